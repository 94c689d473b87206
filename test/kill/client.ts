import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

/** A stubborn person: sends the same request with the same key until it is answered for good. */
export interface Client {
  send(person: string, method: 'GET' | 'POST', path: string, body?: unknown): Promise<Answer>;
}

export interface Answer {
  status: number;
  body: Record<string, unknown>;
  /** How often it had to be sent. */
  attempts: number;
}

export interface ClientOptions {
  url: string;
  /** API key by person. */
  keys: Record<string, string>;
  deadline: number;
}

const PAUSE_MS = 250;

/** Neither an answer nor a refusal: the engine is being restarted, or nobody has decided yet. */
const undecided = new Set([0, 202, 408, 429, 500, 502, 503, 504]);

export function createClient({ url, keys, deadline }: ClientOptions): Client {
  return {
    async send(person, method, path, body) {
      const key = randomUUID();
      for (let attempts = 1; ; attempts++) {
        const answer = await once(person, method, path, body, key);
        if (!undecided.has(answer.status)) return { ...answer, attempts };
        if (Date.now() > deadline) throw new Error(`${method} ${path} was not answered: ${answer.status} ${JSON.stringify(answer.body)}`);
        await sleep(PAUSE_MS);
      }
    },
  };

  /** Sent twice at once now and then, as an impatient person or a proxy would. */
  async function once(person: string, method: string, path: string, body: unknown, key: string): Promise<Omit<Answer, 'attempts'>> {
    const headers = { 'x-api-key': keys[person] ?? '', 'content-type': 'application/json', 'idempotency-key': key };
    const request = () => fetch(`${url}/api/v1${path}`, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }), signal: AbortSignal.timeout(15_000) });
    const twice = method === 'POST' && key < '2';
    const answers = await Promise.all([request(), ...(twice ? [request()] : [])].map(read));
    return answers.find(({ status }) => !undecided.has(status)) ?? answers[0]!;
  }
}

async function read(request: Promise<Response>): Promise<Omit<Answer, 'attempts'>> {
  try {
    const response = await request;
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  } catch (error) {
    return { status: 0, body: { error: String(error) } };
  }
}
