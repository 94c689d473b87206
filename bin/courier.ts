import type { Pool } from 'pg';
import { createCourier } from '../activities/courier.ts';
import type { Courier } from '../activities/courier.ts';
import { smtpServer } from '../activities/smtp.ts';
import type { Instant } from '../contracts/identity.ts';
import type { Directory } from '../domain/directory/directory.ts';
import { createMailStore } from '../prisma/courier/mail-store.ts';
import type { Environment } from './environment.ts';
import { keptSecret } from './secret.ts';

/** The courier as this installation has it: with the mail server of the environment, or without one. */
export function createInstalledCourier(parts: {
  environment: Environment;
  pool: Pool;
  clock: () => Instant;
  directory: () => Promise<Directory>;
}): Courier {
  const { environment, ...context } = parts;
  const { mail, publicUrl, home } = environment;
  const store = createMailStore(context);
  if (mail === null) return createCourier({ store, mail: null });
  const { smtpUrl, from, replyTo } = mail;
  const secret = environment.mailSecret ?? keptSecret(home, 'mail-secret');
  return createCourier({
    store,
    mail: { server: smtpServer(smtpUrl), settings: { from, replyTo, publicUrl, secret } },
  });
}
