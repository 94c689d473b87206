import { createHash, randomBytes } from 'node:crypto';
import type { Pool } from 'pg';
import type { PersonId } from '../../contracts/identity.ts';
import {
  discardSetupLinks,
  findLink,
  giveBackLink,
  hasPeople,
  hasPerson,
  storeLink,
  takeLink,
} from '../../prisma/queries/one-time-links.ts';
import type { LinkPurpose } from '../../prisma/queries/one-time-links.ts';
import { createAuth } from './auth.ts';
import type { Auth } from './auth.ts';

/** Links that stand in for a password once: valid for a day, used once, stored as a hash. */
const VALID_MS = 24 * 60 * 60 * 1000;

const pages: Record<LinkPurpose, string> = { SIGN_IN: '/sign-in', SETUP: '/setup' };

/** The message is for whoever asked for the link. */
export class UnknownPersonError extends Error {
  constructor(personId: string) {
    super(`There is no person "${personId}" in the directory: import the person first, or correct the id.`);
    this.name = 'UnknownPersonError';
  }
}

export interface SignInLinkRequest {
  pool: Pool;
  publicUrl: string;
  personId: PersonId;
}

/** A link that signs this person in once within 24 hours and lets him or her choose a password. @throws UnknownPersonError */
export async function createSignInLink({ pool, publicUrl, personId }: SignInLinkRequest): Promise<string> {
  if (!(await hasPerson(pool, personId))) throw new UnknownPersonError(personId);
  return newLink({ pool, publicUrl, purpose: 'SIGN_IN', personId });
}

/** A link to the first set-up; null where there are people already. Earlier ones end. */
export async function createSetupLink({
  pool,
  publicUrl,
}: Omit<SignInLinkRequest, 'personId'>): Promise<string | null> {
  if (await hasPeople(pool)) return null;
  await discardSetupLinks(pool);
  return newLink({ pool, publicUrl, purpose: 'SETUP', personId: null });
}

interface NewLink {
  pool: Pool;
  publicUrl: string;
  purpose: LinkPurpose;
  personId: PersonId | null;
}

async function newLink({ pool, publicUrl, purpose, personId }: NewLink): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  const expiresAt = new Date(Date.now() + VALID_MS).toISOString();
  await storeLink(pool, { tokenHash: hashOf(token), purpose, personId, expiresAt });
  return `${publicUrl}${pages[purpose]}?token=${token}`;
}

/** What a page does with the token it was opened with. */
export function linksOf(pool: Pool, purpose: LinkPurpose) {
  const question = (token: string) => ({ tokenHash: hashOf(token), purpose, now: new Date().toISOString() });
  return {
    find: (token: string) => findLink(pool, question(token)),
    /** Does it and uses the link up; null where somebody was faster. A link whose use failed on our side is as good as new. */
    async use<T>(token: string, act: () => Promise<T>): Promise<T | null> {
      if (!(await takeLink(pool, question(token)))) return null;
      try {
        return await act();
      } catch (error) {
        await giveBackLink(pool, hashOf(token));
        throw error;
      }
    },
  };
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

export interface ApiKeyRequest {
  pool: Pool;
  personId: PersonId;
  /** What it is for, so that people recognise it later. */
  name: string;
  days?: number;
}

/** A key that acts as this person, shown once; the database keeps its hash. Valid for 90 days unless told otherwise. @throws UnknownPersonError */
export async function createApiKey({ pool, personId, name, days = 90 }: ApiKeyRequest): Promise<string> {
  if (!(await hasPerson(pool, personId))) throw new UnknownPersonError(personId);
  const auth = keyMaker(pool);
  const { accountId } = await auth.api.accountOfPerson({ body: { personId } });
  const { key } = await auth.api.createApiKey({
    body: { userId: accountId, name, expiresIn: days * 24 * 60 * 60 },
  });
  return key;
}

const keyMakers = new WeakMap<Pool, Auth>();

/** Keys are hashed without a secret, so none has to be at hand where they are made. */
function keyMaker(pool: Pool): Auth {
  const known = keyMakers.get(pool);
  if (known) return known;
  const auth = createAuth({
    pool,
    secret: randomBytes(32).toString('base64url'),
    publicUrl: 'http://localhost',
  });
  keyMakers.set(pool, auth);
  return auth;
}
