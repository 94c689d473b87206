import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { createApp } from '../../api/app.ts';
import type { AppSettings } from '../../api/dependencies.ts';
import { createReach } from '../../api/evidence-links/reach.ts';
import { endpoints } from '../../api/endpoints.ts';
import { createApiKey } from '../../api/sign-in/one-time-links.ts';
import { createSignIn } from '../../api/sign-in/sign-in.ts';
import { databaseReadiness } from '../../api/readiness-checks.ts';
import { startInProcessEngine } from '../support/in-process-engine.ts';
import type { InProcessEngine } from '../support/in-process-engine.ts';

/** The HTTP API on a real PostgreSQL; cases are decided in this process, since their durable side is tested elsewhere. */
export interface TestApi {
  engine: InProcessEngine;
  url: string;
  /** Sends as this person by API key; null for nobody. Checks that the answer is one that the description promises. */
  as(person: string | null): Caller;
  log: string[];
  close(): Promise<void>;
}

export type Body = string | Uint8Array<ArrayBuffer>;

export interface Reply<T = Record<string, never>> {
  status: number;
  headers: Headers;
  body: T;
}

export interface Caller {
  get<T>(path: string, headers?: Record<string, string>): Promise<Reply<T>>;
  post<T>(path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply<T>>;
  send<T>(
    method: string,
    path: string,
    init?: { headers?: Record<string, string>; body?: Body },
  ): Promise<Reply<T>>;
}

/** Other parts than the usual ones; those that need the engine are made from it. */
export type Overrides = Partial<AppSettings> | ((engine: InProcessEngine) => Partial<AppSettings>);

export async function startTestApi(overrides: Overrides = {}): Promise<TestApi> {
  const engine = await startInProcessEngine();
  const { pool, journal } = engine;
  const log: string[] = [];
  const publicUrl = 'http://isms.example';
  const app = createApp({
    ...{ pool, journal, publicUrl, clock: () => engine.now() },
    mailSecret: 'another secret of at least thirty-two characters',
    signIn: createSignIn({ pool, publicUrl, secret: 'a secret of at least thirty-two characters' }),
    reach: createReach({ allowedHosts: [] }),
    logger: pino({ level: 'info' }, { write: (line: string) => void log.push(line) }),
    readiness: databaseReadiness(pool),
    temporal: null,
    gateway: inProcessGateway(engine),
    ...(typeof overrides === 'function' ? overrides(engine) : overrides),
  });
  const server = createServer(app).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const keys = new Map<string, Promise<string>>();
  const keyOf = (person: string) => {
    const key = keys.get(person) ?? createApiKey({ pool, personId: person, name: 'test' });
    keys.set(person, key);
    return key;
  };
  return {
    ...{ engine, url, log },
    as: (person) =>
      callerOf(url, async () =>
        person === null ? new Headers() : new Headers({ 'x-api-key': await keyOf(person) }),
      ),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await engine.close();
    },
  };
}

export function inProcessGateway({ journal, settle }: InProcessEngine): AppSettings['gateway'] {
  return {
    start: async () => 'STARTED',
    nudge: async (_process, caseId) => void (await journal.wake(caseId)),
    async decide({ caseId, commandId }) {
      await journal.decideCommand(caseId, commandId);
      await settle();
      return 'DECIDED';
    },
  };
}

export function callerOf(url: string, credentials: () => Promise<Headers>): Caller {
  async function send<T>(
    method: string,
    path: string,
    { headers = {}, body }: { headers?: Record<string, string>; body?: Body } = {},
  ): Promise<Reply<T>> {
    const response = await fetch(url + path, {
      method,
      headers: { ...Object.fromEntries(await credentials()), ...headers },
      body,
      redirect: 'manual',
    });
    const type = response.headers.get('content-type') ?? '';
    const answer = method !== 'HEAD' && /json/.test(type) ? await response.json() : await response.text();
    expectDocumented(method, path, response, answer);
    return { status: response.status, headers: response.headers, body: answer as T };
  }
  return {
    send,
    get: (path, headers) => send('GET', path, { headers }),
    post: (path, body, headers) =>
      send('POST', path, {
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body ?? {}),
      }),
  };
}

/** No answer but those that `openapi.json` promises, and each of the shape it promises. */
function expectDocumented(method: string, path: string, response: Response, answer: unknown): void {
  const [pathname = ''] = path.split('?');
  const endpoint = endpoints.find(
    (each) => each.method === method.toLowerCase() && matches(each.path, pathname),
  );
  if (!endpoint || method === 'HEAD' || response.status >= 400) return;
  const documented = endpoint.answers[response.status];
  if (!documented) throw new Error(`${method} ${path} answered ${response.status}, which is not described`);
  documented.schema?.parse(answer);
}

function matches(pattern: string, pathname: string): boolean {
  return new RegExp(`^/api/v1${pattern.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(pathname);
}
