import { randomUUID } from 'node:crypto';
import type { BetterAuthPlugin, User } from 'better-auth';
import { createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import { z } from 'zod';

/** Longer sentences are welcome; shorter ones are guessed (NIST SP 800-63B: length counts, composition does not). */
export const PASSWORD_LENGTH = { min: 12, max: 200 } as const;

const personBody = z.object({ personId: z.string(), password: z.string().optional() });

/**
 * Accounts belong to people of the directory and hold nothing about them but their id: names and addresses change in one place. The endpoints
 * are for the server alone; no request reaches them from outside.
 */
export const peopleAccounts = () =>
  ({
    id: 'people-accounts',
    endpoints: {
      /** The account of the person, made at first need. */
      accountOfPerson: createAuthEndpoint.serverOnly(
        { method: 'POST', body: personBody },
        async (context) => {
          const account = await ensureAccount(context.context, context.body.personId);
          return context.json({ accountId: account.id });
        },
      ),
      /** Signs the person in without a password, which a one-time link has replaced; sets a new password where one is given. */
      signInPerson: createAuthEndpoint.serverOnly({ method: 'POST', body: personBody }, async (context) => {
        const { personId, password } = context.body;
        const user = await ensureAccount(context.context, personId);
        if (password !== undefined) await setPassword(context.context, user.id, password);
        const session = await context.context.internalAdapter.createSession(user.id);
        await setSessionCookie(context, { session, user });
        return context.json({ accountId: user.id });
      }),
    },
  }) satisfies BetterAuthPlugin;

type AuthContext = Parameters<NonNullable<BetterAuthPlugin['init']>>[0];

async function ensureAccount({ adapter }: AuthContext, personId: string): Promise<User> {
  const known = await findAccount(adapter, personId);
  if (known) return known;
  const now = new Date();
  const data = {
    personId,
    name: personId,
    email: `${randomUUID()}@people.invalid`,
    emailVerified: true,
    createdAt: now,
    updatedAt: now,
  };
  // Two first uses at once: the second finds what the first has made.
  return adapter.create<typeof data, User>({ model: 'user', data }).catch(async (error: unknown) => {
    const made = await findAccount(adapter, personId);
    if (made) return made;
    throw error;
  });
}

function findAccount(adapter: AuthContext['adapter'], personId: string): Promise<User | null> {
  return adapter.findOne<User>({ model: 'user', where: [{ field: 'personId', value: personId }] });
}

/** A new password ends the sessions that the old one had opened. */
async function setPassword(
  { internalAdapter, password }: AuthContext,
  userId: string,
  chosen: string,
): Promise<void> {
  const hashed = await password.hash(chosen);
  const credential = await internalAdapter.findCredentialAccount(userId);
  if (credential) await internalAdapter.updateAccount(credential.id, { password: hashed });
  else
    await internalAdapter.linkAccount({
      userId,
      providerId: 'credential',
      accountId: userId,
      password: hashed,
    });
  await internalAdapter.deleteUserSessions(userId);
}
