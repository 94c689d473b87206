import { readFileSync } from 'node:fs';
import { Failure } from '../failure.ts';
import { readEnvironmentOrFail } from '../environment.ts';
import { type Api, createApi } from './api.ts';

export interface PersonOptions {
  apiKey?: string;
}

/** The engine's API, as the person whose key is given. */
export async function connect({ apiKey }: PersonOptions): Promise<Api> {
  const url = readUrl() ?? (await urlOfRunningEngine());
  const key = apiKey ?? readKey();
  if (!/^[\x21-\x7e]{8,500}$/.test(key))
    throw new Failure('usage', 'This is no API key: copy the whole line that isms key create printed.');
  return createApi({ url, key });
}

function readUrl(): string | undefined {
  const given = process.env.ISMS_URL;
  if (!given) return undefined;
  if (!/^https?:\/\/[^/]/.test(given) || !URL.canParse(given)) {
    throw new Failure(
      'usage',
      `ISMS_URL must be a URL that begins with http:// or https://, not ${JSON.stringify(given)}.`,
    );
  }
  return given.replace(/\/+$/, '');
}

async function urlOfRunningEngine(): Promise<string> {
  const { runningEngine } = await import('../../running.ts');
  const engine = runningEngine((await readEnvironmentOrFail()).home);
  if (!engine)
    throw new Failure(
      'unreachable',
      'No engine runs here: start it with npm start, or set ISMS_URL to where it runs.',
    );
  return engine.url;
}

function readKey(): string {
  const key = process.env.ISMS_API_KEY || keyFromFile();
  if (key) return key;
  throw new Failure('notAllowed', 'Say who you are: set ISMS_API_KEY to your key.', {
    code: 'UNAUTHENTICATED',
    hints: ['The operator makes one on the machine of the engine: isms key create PERSON'],
  });
}

function keyFromFile(): string | undefined {
  const file = process.env.ISMS_API_KEY_FILE;
  if (!file) return undefined;
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    throw new Failure(
      'usage',
      `ISMS_API_KEY_FILE names ${file}, which cannot be read: correct the path or its permissions.`,
    );
  }
}
