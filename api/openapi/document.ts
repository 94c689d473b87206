import { z } from 'zod';
import { problemView } from '../../contracts/api.ts';
import { errorTable } from '../../contracts/errors.ts';
import type { ErrorCode } from '../../contracts/errors.ts';
import type { Documented, Endpoint, RequestHeader } from '../endpoint.ts';
import { EVIDENCE_LIMIT } from '../http/body.ts';

/** OpenAPI 3.1 of the endpoints: their JSON schemas are those of the zod schemas that validate. */
export function openApiOf(endpoints: readonly Endpoint[]) {
  const paths = new Map<string, Record<string, object>>();
  for (const each of endpoints)
    paths.set(each.path, { ...paths.get(each.path), [each.method]: operationOf(each) });
  return {
    openapi: '3.1.0',
    info: {
      title: 'isms-engine',
      version: '1',
      description,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    tags: [...new Set(endpoints.map(({ tag }) => tag))].map((name) => ({ name })),
    security: [{ apiKey: [] }, { bearer: [] }, { session: [] }],
    paths: Object.fromEntries(paths),
    components: {
      schemas: { Problem: schemaOf(problemView, 'output') },
      securitySchemes: {
        apiKey: { type: 'apiKey', in: 'header', name: 'x-api-key' },
        bearer: { type: 'http', scheme: 'bearer', description: 'The same key as in x-api-key' },
        session: { type: 'apiKey', in: 'cookie', name: 'isms.session_token' },
      },
    },
  };
}

const description = `The ISMS as running cases. Refusals are application/problem+json with reasons; what one may not see answers 404.
Lists are pages: pass the \`next\` of one as the \`cursor\` of the following. Texts are in English or German (Accept-Language).`;

type Direction = 'input' | 'output';

function schemaOf(schema: z.ZodType, io: Direction): Record<string, unknown> {
  const json = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Record<string, unknown>;
  delete json['$schema']; // the dialect of the whole document
  return json;
}

function operationOf(endpoint: Endpoint): object {
  const { method, path, tag, summary, description: more, access, body } = endpoint;
  return {
    operationId: operationIdOf(method, path),
    ...{ tags: [tag], summary, ...(more && { description: more }) },
    ...(access === 'public' && { security: [] }),
    parameters: parametersOf(endpoint),
    ...(body !== undefined && { requestBody: requestBodyOf(endpoint) }),
    responses: {
      ...Object.fromEntries(
        Object.entries(endpoint.answers).map(([status, each]) => [status, answerOf(each)]),
      ),
      ...problemsOf(endpoint),
    },
  };
}

/** `post /cases/{id}/commands/{command}` is `postCasesIdCommandsCommand`. */
function operationIdOf(method: string, path: string): string {
  const words = path.match(/[A-Za-z0-9]+/g) ?? [];
  return method + words.map((word) => word[0]!.toUpperCase() + word.slice(1)).join('');
}

function parametersOf({ params, query, headers = [] }: Endpoint): object[] {
  return [
    ...fieldsOf(params, 'path'),
    ...fieldsOf(query, 'query'),
    ...headers.map((name) => ({ in: 'header', name, ...headerParameters[name] })),
  ];
}

const headerParameters: Record<RequestHeader, { description: string; schema: object }> = {
  'Idempotency-Key': {
    description:
      'Names the request: sent again with the same key it acts once. Made by the server where it is missing, and answered.',
    schema: { type: 'string', minLength: 1, maxLength: 200 },
  },
  'If-Match': {
    description: 'Version of the case that was seen, in quotes; refused with 409 if it has moved on.',
    schema: { type: 'string', examples: ['"7"'] },
  },
};

function fieldsOf(shape: z.ZodObject | undefined, place: 'path' | 'query'): object[] {
  if (!shape) return [];
  const { properties = {}, required = [] } = schemaOf(shape, 'input') as {
    properties?: Record<string, { description?: string }>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description: text, ...schema }]) => ({
    ...{ in: place, name, required: place === 'path' || required.includes(name), schema },
    ...(text && { description: text }),
  }));
}

function requestBodyOf({ body, bodyVariants }: Endpoint): object {
  if (body === 'bytes')
    return {
      required: true,
      description: `At most ${EVIDENCE_LIMIT} bytes`,
      content: { 'application/octet-stream': { schema: {} } },
    };
  const schema = bodyVariants
    ? variantsOf(body as z.ZodType, bodyVariants)
    : schemaOf(body as z.ZodType, 'input');
  return { required: true, content: { 'application/json': { schema } } };
}

/** Where the body has an envelope, the variant is its payload; else the variant is the body. */
function variantsOf(body: z.ZodType, variants: Record<string, z.ZodType>): object {
  const enveloped = body instanceof z.ZodObject && 'payload' in body.shape;
  const each = ([name, variant]: [string, z.ZodType]) => {
    const schema = { title: name, ...schemaOf(variant, 'input') };
    return enveloped ? envelope(name, schema) : schema;
  };
  return { anyOf: Object.entries(variants).map(each) };
}

function envelope(process: string, payload: object): object {
  return {
    type: 'object',
    title: process,
    properties: { process: { const: process }, payload },
    required: ['process', 'payload'],
    additionalProperties: false,
  };
}

function answerOf({ description: text, schema, bytes, page, location }: Documented): object {
  const content = bytes
    ? { content: { 'application/octet-stream': { schema: {} } } }
    : page
      ? { content: { 'text/html': { schema: { type: 'string' } } } }
      : schema && { content: { 'application/json': { schema: schemaOf(schema, 'output') } } };
  const headers = location && {
    headers: { Location: { description: 'Where to look', schema: { type: 'string' } } },
  };
  return { description: text, ...content, ...headers };
}

/** What may come of every request of its kind, and what this one adds; one answer per status. */
function problemsOf({ access, query, params, body, errors }: Endpoint): Record<string, object> {
  const sent: ErrorCode[] =
    body === undefined
      ? []
      : [
          'BODY_TOO_LARGE',
          'UNSUPPORTED_MEDIA_TYPE',
          ...(body === 'bytes' ? [] : (['MALFORMED_JSON'] as const)),
        ];
  const codes: ErrorCode[] = [
    ...(access === 'signedIn' ? (['UNAUTHENTICATED', 'ORIGIN_REFUSED'] as const) : []),
    ...(params ? (['NOT_FOUND'] as const) : []),
    ...((query ?? body) ? (['INVALID_REQUEST'] as const) : []),
    ...sent,
    ...errors,
    ...(['TOO_MANY_REQUESTS', 'INTERNAL', 'UNAVAILABLE'] as const),
  ];
  const statuses = [...new Set(codes.map((code) => errorTable[code].status))];
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      problemAnswer(codes.filter((code) => errorTable[code].status === status)),
    ]),
  );
}

function problemAnswer(codes: readonly ErrorCode[]): object {
  const text = [...new Set(codes)].map((code) => `${code}: ${errorTable[code].title.en}`).join('; ');
  return {
    description: text,
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
}
