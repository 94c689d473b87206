import { hash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { APIError } from 'better-auth/api';
import { fromNodeHeaders } from 'better-auth/node';
import type { Pool } from 'pg';
import type { PersonId } from '../../contracts/identity.ts';
import { findAccount, findAccountOfPerson } from '../../prisma/queries/accounts.ts';
import { databaseStartedAt, pingDatabase } from '../../prisma/queries/readiness.ts';
import { createAuth } from './auth.ts';
import type { Auth, AuthSettings } from './auth.ts';
import { createRecentAnswers } from './recent-answers.ts';

/** Who sent a request, as far as its credentials say; whether the person is active is the directory's to say. */
export interface SignedIn {
  person: PersonId;
  by: 'session' | 'apiKey';
}

export interface SignIn {
  /** Null without credentials, and with ones that are not valid. Checked anew every few seconds only. */
  whoSent(headers: IncomingHttpHeaders): Promise<SignedIn | null>;
  /** Cookies of the new session, or null where person and password do not fit. */
  withPassword(input: { person: PersonId | null; password: string }): Promise<string[] | null>;
  /** Cookies of a session that a one-time link has opened. */
  withoutPassword(input: { person: PersonId; newPassword?: string }): Promise<string[]>;
  /** Ends the session; the cookies clear the browser's. */
  out(headers: IncomingHttpHeaders): Promise<string[]>;
}

/** A revoked session or key may go on reading for so long; `decide` asks the directory in its own transaction. */
const RECENT_MS = 5_000;

export function createSignIn(settings: AuthSettings): SignIn {
  const auth = createAuth(settings);
  const { pool } = settings;
  const recent = createRecentAnswers<SignedIn>({ forMs: RECENT_MS, most: 10_000 });
  return {
    whoSent(headers) {
      const credential = credentialOf(headers);
      if (credential === null) return Promise.resolve(null);
      return recent.of(fingerprint(credential), () => checked(pool, () => twice(() => check(auth, pool, credential))));
    },
    withPassword: (input) => checked(pool, () => withPassword(auth, pool, input)),
    async withoutPassword({ person, newPassword }) {
      const { headers } = await auth.api.signInPerson({
        body: { personId: person, password: newPassword },
        returnHeaders: true,
      });
      return headers.getSetCookie();
    },
    async out(headers) {
      const credential = credentialOf(headers);
      if (credential !== null) recent.forget(fingerprint(credential));
      const answer = await auth.api.signOut({ headers: fromNodeHeaders(headers), returnHeaders: true });
      return answer.headers.getSetCookie();
    },
  };
}

interface Credential {
  by: SignedIn['by'];
  /** The key, or the whole cookie header. */
  value: string;
}

/** A key that is sent counts, valid or not; the cookie is only looked at without one. */
function credentialOf(headers: IncomingHttpHeaders): Credential | null {
  const key = headers['x-api-key'] ?? /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1];
  if (typeof key === 'string') return { by: 'apiKey', value: key };
  const cookie = /(?:^|; *)((?:__Secure-)?isms\.session_token=[^;]+)/.exec(headers.cookie ?? '')?.[1];
  return cookie === undefined ? null : { by: 'session', value: cookie };
}

function fingerprint({ by, value }: Credential): string {
  return hash('sha256', `${by}:${value}`, 'base64url');
}

async function check(auth: Auth, pool: Pool, { by, value }: Credential): Promise<SignedIn | null> {
  if (by === 'session') {
    const found = await auth.api.getSession({ headers: new Headers({ cookie: value }) });
    return found && { person: found.user.personId, by };
  }
  const { valid, key } = await auth.api.verifyApiKey({ body: { key: value } });
  const account = valid && key ? await findAccount(pool, key.referenceId) : null;
  return account && { person: account.personId, by };
}

/** One "no" may come from a connection that broke just then; the second is asked on another one. */
async function twice<T>(question: () => Promise<T | null>): Promise<T | null> {
  return (await question()) ?? question();
}

/** better-auth answers "invalid" also where it could not ask; so a no is believed only while the database is there. */
async function checked<T>(pool: Pool, question: () => Promise<T | null>): Promise<T | null> {
  try {
    const startedAt = await databaseStartedAt(pool);
    const answer = await question();
    // A database that was started again in between has not said no.
    if (answer === null && (await databaseStartedAt(pool)) !== startedAt) return await checked(pool, question);
    return answer;
  } catch (error) {
    await pingDatabase(pool);
    throw error;
  }
}

/** Without an account the same hash is computed, so that the time taken does not tell who has one. */
async function withPassword(
  auth: Auth,
  pool: Pool,
  { person, password }: { person: PersonId | null; password: string },
): Promise<string[] | null> {
  const account = person === null ? null : await findAccountOfPerson(pool, person);
  const email = account?.email ?? 'nobody@people.invalid';
  try {
    const { headers } = await auth.api.signInEmail({ body: { email, password }, returnHeaders: true });
    return headers.getSetCookie();
  } catch (error) {
    if (error instanceof APIError && error.statusCode === 401) return null;
    throw error;
  }
}
