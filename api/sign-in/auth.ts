import { apiKey } from '@better-auth/api-key';
import { hash, verify } from '@node-rs/argon2';
import { betterAuth } from 'better-auth';
import type { Pool } from 'pg';
import { accountStore } from '../../prisma/queries/accounts.ts';
import { PASSWORD_LENGTH, peopleAccounts } from './people-accounts.ts';

export interface AuthSettings {
  pool: Pool;
  /** Signs the session cookies; at least 32 characters. */
  secret: string;
  publicUrl: string;
}

/**
 * better-auth as this product uses it: called by our own routes, never mounted, so that every answer is ours. Passwords are hashed with Argon2id
 * (the default of @node-rs/argon2); nobody signs up, accounts follow the directory.
 */
export function createAuth({ pool, secret, publicUrl }: AuthSettings) {
  return betterAuth({
    ...{
      secret,
      baseURL: publicUrl,
      appName: 'isms-engine',
      database: accountStore(pool),
      trustedOrigins: [publicUrl],
    },
    emailAndPassword: {
      ...{
        enabled: true,
        disableSignUp: true,
        minPasswordLength: PASSWORD_LENGTH.min,
        maxPasswordLength: PASSWORD_LENGTH.max,
      },
      password: {
        hash: (password) => hash(password),
        verify: ({ hash: stored, password }) => verify(stored, password),
      },
    },
    user: { additionalFields: { personId: { type: 'string', required: true, input: false, unique: true } } },
    session: { expiresIn: 60 * 60 * 24 * 7, disableSessionRefresh: true },
    advanced: {
      ...{ cookiePrefix: 'isms', useSecureCookies: publicUrl.startsWith('https://') },
      ipAddress: { disableIpTracking: true },
    },
    // Limits are those of the API; the plugin's own allow a handful of calls a day.
    rateLimit: { enabled: false },
    plugins: [
      apiKey({
        schema: { apikey: { modelName: 'apiKey' } },
        rateLimit: { enabled: false },
        defaultPrefix: 'isms_',
      }),
      peopleAccounts(),
    ],
    telemetry: { enabled: false },
    logger: { disabled: true },
  });
}

export type Auth = ReturnType<typeof createAuth>;
