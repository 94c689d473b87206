import { createServer } from 'node:http';
import { Client, Connection } from '@temporalio/client';
import { createApp } from '../api/app.ts';
import { createCaseGateway } from '../api/case-gateway.ts';
import { createReach } from '../api/evidence-links/reach.ts';
import { databaseReadiness, temporalReadiness } from '../api/readiness-checks.ts';
import { createSignIn } from '../api/sign-in/sign-in.ts';
import { taskQueue, temporalConfig } from '../temporal.config.ts';
import { createClock } from './clock.ts';
import { environmentOrExit } from './environment.ts';
import { createLog } from './log.ts';
import { openJournal } from './open-journal.ts';
import { keptSecret } from './secret.ts';

/**
 * The process that answers HTTP; any number of them may run side by side. It serves what it can: without Temporal or workers it reads and
 * stores, and without PostgreSQL it says so. SIGTERM lets the requests at hand end.
 */
const environment = environmentOrExit();
const { databaseUrl, publicUrl, host, port, home, authSecret, mailSecret } = environment;
if (!databaseUrl) giveUp('DATABASE_URL must name the PostgreSQL of the journal.');
const { connectionOptions, namespace } = temporalConfig();

const clock = createClock(environment);
const { pool, journal } = openJournal({
  ...{ databaseUrl, clock, max: 20 },
  more: { connectionTimeoutMillis: 5_000, statement_timeout: 30_000 },
});

// Connects at the first call and again whenever the server comes back.
const client = new Client({ connection: Connection.lazy(connectionOptions), namespace });

const app = createApp({
  ...{ pool, journal, clock, publicUrl },
  mailSecret: mailSecret ?? keptSecret(home, 'mail-secret'),
  temporal: { client, taskQueue },
  gateway: createCaseGateway(client, { taskQueue }),
  signIn: createSignIn({ pool, publicUrl, secret: authSecret ?? keptSecret(home, 'auth-secret') }),
  reach: createReach({ allowedHosts: environment.evidenceHosts }),
  logger: createLog('api', environment),
  metricsToken: environment.metricsToken,
  readiness: { ...databaseReadiness(pool), ...temporalReadiness(client, { taskQueue }) },
});

const server = createServer(app);
server.on('error', ({ message }) => giveUp(`The API cannot listen on ${host}:${port}: ${message}`));
server.listen(port, host);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());

const STOP_WITHIN_MS = 2_500;

async function stop(): Promise<void> {
  setTimeout(() => process.exit(0), STOP_WITHIN_MS).unref();
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  await closed;
  await Promise.allSettled([pool.end(), client.connection.close()]);
  process.exit(0);
}

function giveUp(message: string): never {
  console.error(message);
  process.exit(1);
}
