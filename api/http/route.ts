import { Router } from 'express';
import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import { noQuery } from '../../contracts/api-fields.ts';
import type { Reason } from '../../contracts/reasons.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Answer, Call, Endpoint } from '../endpoint.ts';
import { sendPage } from '../sign-in/page.ts';
import { logAnswer } from './access-log.ts';
import { bytesBody, jsonBody } from './body.ts';
import { languageOf } from './language.ts';
import { addressOf } from './limits.ts';
import { Problem } from './problem.ts';
import type { Speech } from './problem.ts';
import { requireOwnOrigin } from './security.ts';
import { validated } from './validation.ts';

type Caller = Pick<Call, 'reader' | 'signedIn'>;

declare module 'express-serve-static-core' {
  interface Locals {
    /** Pattern of the route, for the log. */
    route?: string;
    /** Who sent the request; null for nobody we know. */
    caller?: Caller | null;
    /** How this reader is spoken to, once it is known who it is. */
    speech?: Speech;
  }
}

/** Mounts the endpoints; whatever else is asked of their paths is 405, and of other paths 404. */
export function routesOf(endpoints: readonly Endpoint[], dependencies: Dependencies): Router {
  const router = Router({ caseSensitive: true });
  for (const endpoint of endpoints)
    router[endpoint.method](pathOf(endpoint), ...stepsOf(endpoint, dependencies));
  for (const path of new Set(endpoints.map(pathOf)))
    router.all(path, notAllowed(endpoints.filter((each) => pathOf(each) === path)));
  router.use(() => {
    throw new Problem('NOT_FOUND');
  });
  return router;
}

/** `/cases/{id}` is `/cases/:id` for Express. */
function pathOf({ path }: Endpoint): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1');
}

function notAllowed(endpoints: readonly Endpoint[]): RequestHandler {
  const methods = endpoints.map(({ method }) => method.toUpperCase());
  const allow = [...new Set([...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'])]
    .sort()
    .join(', ');
  return (request, response) => {
    if (request.method !== 'OPTIONS') throw new Problem('METHOD_NOT_ALLOWED', { headers: { Allow: allow } });
    response.status(204).set('Allow', allow).end();
  };
}

/** Who, then how often, then from where, then what: nobody has his or her body read before being known. */
function stepsOf(endpoint: Endpoint, dependencies: Dependencies): RequestHandler[] {
  const { body } = endpoint;
  const caller: RequestHandler = async (request, response, next) => {
    response.locals.route = endpoint.path;
    response.locals.caller =
      endpoint.access === 'public'
        ? await stranger(dependencies, request, response)
        : await known(dependencies, request, response);
    next();
  };
  const parse = body === undefined ? [] : [body === 'bytes' ? bytesBody : jsonBody];
  const handle: RequestHandler = async (request, response) => {
    const call = callOf(endpoint, dependencies, { request, response });
    const answer = await endpoint.handle(call, dependencies);
    await logAnswer(dependencies, endpoint, { call, answer });
    send(response, answer);
  };
  return [caller, ...parse, handle];
}

async function stranger({ limiters }: Dependencies, request: Request, response: Response): Promise<null> {
  await limiters.stranger(request, response, addressOf(request));
  response.locals.speech = { language: languageOf(request) };
  return null;
}

async function known(dependencies: Dependencies, request: Request, response: Response): Promise<Caller> {
  const { signIn, people, limiters, publicUrl } = dependencies;
  const signedIn = await signIn.whoSent(request.headers);
  const reader = signedIn && (await people.readerOf(signedIn.person));
  if (!signedIn || !reader) {
    await limiters.stranger(request, response, addressOf(request));
    throw unknownCaller(signedIn && (await people.refusalOf(signedIn.person)));
  }
  await limiters.person(request, response, reader.person);
  if (signedIn.by === 'session' && !isSafe(request)) requireOwnOrigin(request, publicUrl);
  response.locals.speech = await speechFor(dependencies, request, reader.person);
  return { reader, signedIn };
}

/** Somebody who has left the organisation, or audits on other days, is told so; everybody else is asked to sign in. */
function unknownCaller(because: Reason | null): Problem {
  return new Problem('UNAUTHENTICATED', {
    reasons: because ? [because] : undefined,
    headers: { 'WWW-Authenticate': 'Bearer realm="isms-engine"' },
  });
}

function isSafe({ method }: Request): boolean {
  return method === 'GET' || method === 'HEAD';
}

async function speechFor({ people }: Dependencies, request: Request, person: string): Promise<Speech> {
  const directory = await people.directory();
  const locale = directory.person(person)?.locale ?? directory.organisation.locale;
  return { language: languageOf(request, locale), nameOf: (id) => directory.person(id)?.name ?? id };
}

const noParams = z.strictObject({});

function callOf(
  endpoint: Endpoint,
  { clock }: Dependencies,
  { request, response }: { request: Request; response: Response },
): Call {
  const speech = response.locals.speech!;
  const check = (schema: z.ZodType, value: unknown) => validated(schema, value, speech);
  const { params = noParams, query = noQuery, body } = endpoint;
  return {
    request,
    params: pathValues(params, request),
    query: check(query, request.query),
    body: body === undefined ? undefined : body === 'bytes' ? bytesOf(request) : check(body, request.body),
    speech,
    now: clock(),
    ...(response.locals.caller as Caller), // a public endpoint has no caller, and does not look for one
  };
}

/** An id that cannot be one leads nowhere, like any unknown one. */
function pathValues(schema: z.ZodObject, { params }: Request): unknown {
  const result = schema.safeParse(params);
  if (!result.success) throw new Problem('NOT_FOUND');
  return result.data;
}

function bytesOf({ body }: Request): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}

function send(response: Response, { status, body, bytes, page, headers }: Answer): void {
  if (page) return sendPage(response, page);
  response
    .status(status)
    .set({ 'Cache-Control': 'no-store', 'Content-Language': response.locals.speech?.language, ...headers });
  if (bytes) sendBytes(response, bytes);
  else if (body === undefined) response.end();
  // Not `response.json`: it would compute a hash of every answer that nobody keeps.
  else response.set('Content-Type', 'application/json; charset=utf-8').end(JSON.stringify(body));
}

/** Never rendered here, whatever it is: a file to keep (rules §4.7). */
function sendBytes(response: Response, { content, mediaType, fileName }: NonNullable<Answer['bytes']>): void {
  response.attachment(fileName).set({
    'Content-Type': mediaType,
    'Content-Length': String(content.length),
    'Content-Security-Policy': "sandbox; default-src 'none'",
  });
  response.end(content);
}
