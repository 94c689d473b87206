import path from 'node:path';
import { migrate } from '../prisma/migrate.ts';
import { hasTemporal } from '../temporal.config.ts';
import { runNodeProcess } from './embedded/node-process.ts';
import { preflight } from './preflight.ts';
import { untilReady } from './ready.ts';
import { publishEngine, releaseHome } from './running.ts';
import { postgresService, processService, temporalService } from './services.ts';
import { type Service, Supervisor } from './supervisor.ts';

/** `npm start`: everything the engine needs on this machine, in the order in which one stands on the other. */
const { environment, withDemo } = await preflight(process.argv.slice(2));
const { home, listenUrl } = environment;
const say = (line: string) => console.log(line);
const supervisor = new Supervisor(say);
const stopping = new AbortController();
const readyWithinMs = 60_000;

/** What our processes find in their environment; our own servers add where they are. */
const env: NodeJS.ProcessEnv = { ...process.env, ISMS_HOME: home };

process.stdout.on('error', () => undefined); // whoever read our lines may have gone
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));
if (process.env.npm_lifecycle_event === 'start') stopWithParent();
await bringUp().catch(giveUp);

async function bringUp(): Promise<void> {
  await startServers();
  // Its stories lie in the past: told before a worker runs, nothing in them happens today.
  if (withDemo) await errand('demo');
  await supervisor.run(processService('Worker', env), processService('API', env));
  await untilReady(listenUrl, { waitMs: readyWithinMs, signal: stopping.signal });
  const { DATABASE_URL: databaseUrl = environment.databaseUrl ?? '', TEMPORAL_ADDRESS: temporalAddress } =
    env;
  publishEngine(home, { url: listenUrl, databaseUrl, temporalAddress });
  say(`isms-engine ready on ${listenUrl}`);
  if (environment.mail === null) say('Notices stay in the application: set SMTP_URL and MAIL_FROM to mail them too.');
  void afterReady();
}

/** PostgreSQL and Temporal, unless the environment names others. */
async function startServers(): Promise<void> {
  if (environment.databaseUrl) await migrateGiven(environment.databaseUrl);
  const own = [
    ...(environment.databaseUrl ? [] : [await ownPostgres()]),
    ...(hasTemporal() ? [] : [await ownTemporal()]),
  ];
  if (own.length > 0) say(`Starting ${own.map(({ name }) => name).join(' and ')} …`);
  await supervisor.run(...own);
}

async function migrateGiven(databaseUrl: string): Promise<void> {
  await migrate(databaseUrl).catch((error: NodeJS.ErrnoException) => {
    throw new Error(`The database of DATABASE_URL cannot be used: ${error.message || error.code}.`);
  });
}

async function ownPostgres(): Promise<Service> {
  const { service, databaseUrl } = await postgresService({ home, apiPort: environment.port });
  env.DATABASE_URL = databaseUrl;
  return service;
}

async function ownTemporal(): Promise<Service> {
  const restarted = () => errand('recover');
  const { service, address } = await temporalService({ home, apiPort: environment.port, say, restarted });
  env.TEMPORAL_ADDRESS = address;
  return service;
}

/** Temporal in memory is empty now; the cases that are open in the journal go on while the first people sign in. */
async function afterReady(): Promise<void> {
  await errand('setupLink').catch(giveWay);
  await errand('recover').catch(giveWay);
}

async function errand(name: 'demo' | 'setupLink' | 'recover'): Promise<void> {
  const script = path.join(import.meta.dirname, 'errand.ts');
  const lines = await runNodeProcess({ script, args: [name], env, signal: stopping.signal });
  if (Array.isArray(lines)) lines.map(String).forEach(say);
}

async function stop(exitCode: 0 | 1): Promise<void> {
  if (stopping.signal.aborted) return; // npm and the terminal each pass the signal on
  stopping.abort();
  say('Stopping …');
  await supervisor.stop().catch(tell);
  releaseHome(home);
  process.exit(exitCode);
}

/** A signal to npm ends npm and its shell, which passes nothing on: their end is our signal. */
function stopWithParent(): void {
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && void stop(0), 250).unref();
}

async function giveUp(error: unknown): Promise<void> {
  if (stopping.signal.aborted) return;
  tell(error);
  await stop(1);
}

/** What failed beside the point stops nothing; the sweeper brings back what recovery missed. */
function giveWay(error: unknown): void {
  if (!stopping.signal.aborted) tell(error);
}

function tell(error: unknown): void {
  console.error(error instanceof Error ? error.message : String(error));
}
