import path from 'node:path';
import { migrate } from '../prisma/migrate.ts';
import { hasTemporal, temporalConfig } from '../temporal.config.ts';
import { runNodeProcess } from './embedded/node-process.ts';
import { environmentOrExit } from './environment.ts';
import { assertPortFree, untilReady } from './ready.ts';
import { claimHome, publishEngine, releaseHome } from './running.ts';
import { postgresService, processService, temporalService } from './services.ts';
import { type Service, Supervisor } from './supervisor.ts';

/** `npm start`: everything the engine needs on this machine, in the order in which one stands on the other. */
const environment = environmentOrExit();
const withDemo = isDemoWanted(process.argv.slice(2));
const say = (line: string) => console.log(line);
const supervisor = new Supervisor(say);
const stopping = new AbortController();
const readyWithinMs = 120_000;

/** What our processes find in their environment; our own servers add where they are. */
const env: NodeJS.ProcessEnv = { ...process.env, ISMS_HOME: environment.home };

process.stdout.on('error', () => undefined); // whoever read our lines may have gone
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));
refuseBadTemporalSettings();
await claimPlace();
await bringUp().catch(giveUp);

async function claimPlace(): Promise<void> {
  try {
    await assertPortFree(environment);
    claimHome(environment.home);
  } catch (error) {
    console.error(messageOf(error));
    process.exit(1);
  }
}

async function bringUp(): Promise<void> {
  await startServers();
  await supervisor.run(processService('Worker', env), processService('API', env));
  await untilReady(environment.listenUrl, { waitMs: readyWithinMs, signal: stopping.signal });
  if (withDemo) await errand('demo');
  const { DATABASE_URL: databaseUrl = '', TEMPORAL_ADDRESS: temporalAddress } = env;
  publishEngine(environment.home, { url: environment.listenUrl, databaseUrl, temporalAddress });
  say(`isms-engine ready on ${environment.listenUrl}`);
  void afterReady();
}

/** PostgreSQL and Temporal, unless the environment names others. */
async function startServers(): Promise<void> {
  say('Starting PostgreSQL and Temporal …');
  const own = [
    ...(environment.databaseUrl ? [] : [await ownPostgres()]),
    ...(hasTemporal() ? [] : [await ownTemporal()]),
  ];
  await supervisor.run(...own);
  if (environment.databaseUrl) await migrateGiven(environment.databaseUrl);
}

async function migrateGiven(databaseUrl: string): Promise<void> {
  await migrate(databaseUrl).catch((error: NodeJS.ErrnoException) => {
    throw new Error(
      `The database of DATABASE_URL cannot be used (${error.message || error.code}): check both.`,
    );
  });
}

async function ownPostgres(): Promise<Service> {
  const { service, databaseUrl } = await postgresService(environment.home);
  env.DATABASE_URL = databaseUrl;
  return service;
}

async function ownTemporal(): Promise<Service> {
  const restarted = () => errand('recover');
  const { service, address } = await temporalService({ home: environment.home, say, restarted });
  env.TEMPORAL_ADDRESS = address;
  return service;
}

/** Temporal in memory is empty now; the cases that are open in the journal go on while the first people sign in. */
async function afterReady(): Promise<void> {
  await errand('setupLink').catch(tell);
  await errand('recover').catch(tell);
}

async function errand(name: 'demo' | 'setupLink' | 'recover'): Promise<void> {
  const script = path.join(import.meta.dirname, 'errand.ts');
  const lines = await runNodeProcess({ script, args: [name], env, signal: stopping.signal });
  if (Array.isArray(lines)) lines.map(String).forEach(say);
}

async function stop(exitCode: number): Promise<void> {
  if (stopping.signal.aborted) return; // npm and the terminal each pass the signal on
  stopping.abort();
  say('Stopping …');
  await supervisor.stop().catch(tell);
  releaseHome(environment.home);
  process.exit(exitCode);
}

async function giveUp(error: unknown): Promise<void> {
  if (stopping.signal.aborted) return;
  tell(error);
  await stop(1);
}

function tell(error: unknown): void {
  if (!stopping.signal.aborted) console.error(messageOf(error));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function isDemoWanted(args: string[]): boolean {
  const unknown = args.filter((each) => each !== '--demo');
  if (unknown.length === 0) return args.length > 0;
  console.error(`npm start knows --demo alone, not ${unknown.join(' ')}.`);
  process.exit(2);
}

function refuseBadTemporalSettings(): void {
  try {
    temporalConfig();
  } catch (error) {
    console.error(`The TEMPORAL_ settings cannot be used: ${messageOf(error)}.`);
    process.exit(2);
  }
}
