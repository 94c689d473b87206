import { randomUUID } from 'node:crypto';
import { Failure } from '../failure.ts';
import { failureOf, type Problem } from './problem.ts';

export interface Reply<T> {
  status: number;
  data: T;
  /** Where to look, with 202. */
  location: string | null;
  /** Under which idempotency key it was sent. */
  key: string | null;
}

export interface Page<T> {
  items: T[];
  next: string | null;
}

export type Query = Record<string, string | number | boolean | undefined>;

export interface Sending {
  body: unknown;
  /** Idempotency key; one of its own unless given. */
  key?: string;
  ifMatch?: number;
}

interface Request {
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  query?: Query;
  headers?: Record<string, string>;
  body?: string | Uint8Array<ArrayBuffer>;
}

const answerWithinMs = 60_000;
const largestPage = 200;

/** The engine's HTTP API under `/api/v1`. Whatever is not a success becomes a `Failure`. */
export class Api {
  readonly #url: string;
  readonly #key: string;

  constructor({ url, key }: { url: string; key: string }) {
    this.#url = url;
    this.#key = key;
  }

  async get<T>(path: string, query: Query = {}): Promise<T> {
    return (await this.#request<T>({ method: 'GET', path, query })).data;
  }

  /** As many as asked for, page by page; `next` is null where there are no more. */
  async list<T>(path: string, query: Query, limit: number): Promise<Page<T>> {
    const items: T[] = [];
    let next: string | null | undefined;
    while (items.length < limit && next !== null) {
      const page: Page<T> = await this.get(path, {
        ...query,
        limit: Math.min(limit - items.length, largestPage),
        cursor: next,
      });
      items.push(...page.items);
      next = page.next;
    }
    return { items, next: next ?? null };
  }

  async send<T>(path: string, { body, key = randomUUID(), ifMatch }: Sending): Promise<Reply<T>> {
    const headers = {
      'content-type': 'application/json',
      'idempotency-key': key,
      ...(ifMatch !== undefined && { 'if-match': `"${ifMatch}"` }),
    };
    try {
      return await this.#request<T>({ method: 'POST', path, headers, body: JSON.stringify(body) });
    } catch (error) {
      throw error instanceof Failure ? withAdvice(error, key) : error;
    }
  }

  async remove(path: string): Promise<void> {
    await this.#request({ method: 'DELETE', path });
  }

  async upload<T>(
    path: string,
    { bytes, type, query, key }: { bytes: Uint8Array<ArrayBuffer>; type: string; query: Query; key?: string },
  ): Promise<T> {
    const headers = { 'content-type': type, ...(key !== undefined && { 'idempotency-key': key }) };
    return (await this.#request<T>({ method: 'POST', path, query, headers, body: bytes })).data;
  }

  /** A file: its bytes, what the server calls it, and the hash of what stands in it. */
  async download(path: string, query: Query): Promise<{ bytes: Uint8Array; fileName: string | null; hash: string | null }> {
    const answer = await this.#fetch({ method: 'GET', path, query });
    if (answer.status >= 400) throw failureOf(answer.status, (await answer.json().catch(() => undefined)) as Problem | undefined);
    if (!answer.ok) throw this.#unexpected(answer.status);
    const fileName = /filename="([^"\\/]+)"/.exec(answer.headers.get('content-disposition') ?? '')?.[1] ?? null;
    return { bytes: new Uint8Array(await answer.arrayBuffer()), fileName, hash: answer.headers.get('x-content-sha-256') };
  }

  async #request<T>(request: Request): Promise<Reply<T>> {
    const answer = await this.#fetch(request);
    const data: unknown = answer.status === 204 ? null : await answer.json().catch(() => undefined);
    if (answer.status >= 400) throw failureOf(answer.status, data as Problem | undefined);
    if (!answer.ok || data === undefined) throw this.#unexpected(answer.status);
    const { headers, status } = answer;
    return {
      status,
      data: data as T,
      location: headers.get('location'),
      key: headers.get('idempotency-key'),
    };
  }

  async #fetch({ method, path, query = {}, headers, body }: Request): Promise<Response> {
    const ours = { 'x-api-key': this.#key, accept: 'application/json', 'accept-language': 'en' };
    const options: RequestInit = {
      method,
      headers: { ...ours, ...headers },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(answerWithinMs),
    };
    return fetch(`${this.#url}/api/v1${path}${queryString(query)}`, options).catch((error: unknown) => {
      throw this.#unreachable(error);
    });
  }

  #unreachable(error: unknown): Failure {
    const { cause, name } = error as { cause?: { code?: string; message?: string }; name: string };
    const why = cause?.code ?? cause?.message ?? name;
    return new Failure(
      'unreachable',
      `Nothing answers on ${this.#url} (${why}): start the engine with npm start, or correct ISMS_URL.`,
      {
        code: 'UNAVAILABLE',
      },
    );
  }

  #unexpected(status: number): Failure {
    return new Failure(
      'unreachable',
      `What answers on ${this.#url} (status ${status}) is not the API of isms-engine: correct ISMS_URL.`,
    );
  }
}

function queryString(query: Query): string {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)] satisfies [string, string]],
  );
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
}

/** Whether it happened is not known after a lost answer: only the same key may be tried again. */
function withAdvice({ exit, message, details }: Failure, key: string): Failure {
  const { reasons = [], hints = [] } = details;
  const again = `If it may have arrived, send the same again with --key ${key}: then nothing happens twice.`;
  const fields = 'Text is given as --set field=value; numbers, true, false and lists as --set field:=value.';
  const isMisread = reasons.some(({ code }) => code === 'INVALID_PAYLOAD');
  return new Failure(exit, message, {
    ...details,
    key,
    hints: [...hints, ...(isMisread ? [fields] : []), ...(exit === 'unreachable' ? [again] : [])],
  });
}

export function createApi(options: { url: string; key: string }): Api {
  return new Api(options);
}
