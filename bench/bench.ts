import { parseArgs } from 'node:util';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { createCaseGateway } from '../api/case-gateway.ts';
import { createApiKey } from '../api/sign-in/one-time-links.ts';
import { startNodeProcess } from '../bin/embedded/node-process.ts';
import type pg from 'pg';
import { openJournal } from '../bin/open-journal.ts';
import { taskQueue, temporalConfig } from '../temporal.config.ts';
import { demoOrganisation } from '../test/support/in-process-engine.ts';
import { createHome, killAll, processesOn, startEngine } from '../test/support/started-engine.ts';
import type { StartedEngine } from '../test/support/started-engine.ts';
import { report as nonconformity } from '../test/support/nonconformity-bodies.ts';
import { run, round } from './load.ts';
import type { LoadResult } from './load.ts';
import { cpuOf, memoryMiB, processesOf, spent } from './processes.ts';
import type { Bench } from './bench-ground.ts';
import { inboxAmong, openActions } from './bench-ground.ts';
import { measureCalendarEdit } from './calendar-edit.ts';
import { measureLeaver } from './leaver.ts';
import { printed } from './printed.ts';
import { measureRiskRegister } from './risk-register.ts';

/**
 * `npm run bench [-- --json]`: bare Temporal beside our decision, on the same server in one run. Figures of a machine are noise;
 * the ratios are what counts. `--only calendarEdit --cases 10000`: nothing but an edit of the calendar over so many running cases.
 * `--only leaver`: nothing but somebody who leaves with 300 assignments. `--only riskRegister --risks 500,5000,50000`: nothing but a register of risks that grows.
 */
const { values } = parseArgs({ options: { json: { type: 'boolean', default: false }, calls: { type: 'string', default: '1500' }, cases: { type: 'string', default: '10000' }, risks: { type: 'string', default: '500,5000' }, only: { type: 'string' } } });
const calls = Number(values.calls);
const say = (line: string) => void (values.json || console.log(line));

export interface Measured extends LoadResult {
  cpuMsPerCall: Record<string, number>;
}

if (values.only === 'calendarEdit') {
  console.log(JSON.stringify(await measureCalendarEdit(Number(values.cases)), null, 2));
  process.exit(0);
}
const sizes = values.risks.split(',').map(Number);
if (values.only === 'riskRegister') {
  console.log(JSON.stringify(await measureRiskRegister(sizes), null, 2));
  process.exit(0);
}
if (values.only === 'leaver') {
  const away = createHome();
  const alone = await leaverAlone(away).finally(() => {
    killAll(processesOn(away));
    rmSync(away, { recursive: true, force: true });
  });
  console.log(JSON.stringify(alone, null, 2));
  process.exit(0);
}
const home = createHome();
const figures = await measureAll().finally(() => {
  killAll(processesOn(home));
  rmSync(home, { recursive: true, force: true });
});
console.log(values.json ? JSON.stringify(figures, null, 2) : printed(figures));
process.exit(0);

async function measureAll() {
  const starts = { coldSeconds: await timed(async () => stopAgain(await startEngine(home))), warmSeconds: 0 };
  let engine: StartedEngine | undefined;
  starts.warmSeconds = await timed(async () => void (engine = await startEngine(home)));
  await sleep(5000);
  const memory = memoryMiB(processesOf(home));
  say(`started: ${JSON.stringify(starts)}, at rest: ${JSON.stringify(memory)} MiB`);
  const ground = await prepare(engine!);
  const bare = await measurePair('bare Temporal', await bareUpdate(ground));
  const host = await measurePair('host', hostDecision(ground));
  const http = await measurePair('HTTP', httpDecision(ground));
  const opening = await measure('opening over HTTP', 20, Math.min(calls, 1000), httpOpening(ground));
  await inboxAmong(ground, 5000);
  const inbox = await measure('inbox of 50 among 5,000', 20, 2000, () => ground.get('/tasks?limit=50', 'anna.berger'));
  const leaver = await measureLeaver(ground, { assignments: 300, home });
  say(`leaver: ${JSON.stringify(leaver)}`);
  await ground.close();
  const calendarEdit = await measureCalendarEdit(Number(values.cases));
  const riskRegister = await measureRiskRegister(sizes);
  return { starts, memoryMiB: memory, bare, host, http, opening, inbox, leaver, calendarEdit, riskRegister };
}

async function leaverAlone(away: string) {
  const ground = await prepare(await startEngine(away));
  return measureLeaver(ground, { assignments: 300, home: away }).finally(() => ground.close());
}

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return round((performance.now() - started) / 1000);
}

async function stopAgain({ start }: StartedEngine): Promise<void> {
  start.kill('SIGTERM');
  await new Promise((resolve) => start.once('exit', resolve));
}

async function measurePair(name: string, call: (n: number, caller: number) => Promise<unknown>) {
  return { one: await measure(`${name}, one at a time`, 1, Math.ceil(calls / 4), call), twenty: await measure(`${name}, twenty at a time`, 20, calls, call) };
}

/** Warms up first: what a process does for the first time is not what it costs. */
async function measure(name: string, concurrency: number, count: number, call: (n: number, caller: number) => Promise<unknown>): Promise<Measured> {
  await run({ concurrency, calls: Math.ceil(count / 5), call });
  const pids = processesOf(home);
  const before = cpuOf(pids);
  const load = await run({ concurrency, calls: count, call });
  const cpu = Object.entries(spent(before, cpuOf(pids))).map(([process, ms]) => [process, round(ms / count)]);
  const measured = { ...load, cpuMsPerCall: Object.fromEntries(cpu) as Record<string, number> };
  say(`${name}: ${JSON.stringify(measured)}`);
  return measured;
}

async function prepare(engine: StartedEngine): Promise<Bench> {
  const env = { ...process.env, TEMPORAL_ADDRESS: engine.temporalAddress };
  const { connectionOptions, namespace } = temporalConfig(env);
  const connection = await Connection.connect(connectionOptions);
  const client = new Client({ connection, namespace });
  const { pool, journal } = openJournal({ databaseUrl: engine.databaseUrl, max: 20 });
  await journal.importOrganisation({ data: demoOrganisation(), actor: 'operator', reason: 'bench' });
  const keys: Record<string, string> = {};
  for (const person of ['anna.berger', 'leon.fischer']) keys[person] = await createApiKey({ pool, personId: person, name: 'bench' });
  const headers = (person: string) => ({ 'x-api-key': keys[person]!, 'content-type': 'application/json' });
  const answered = async (response: Response) => {
    if (!response.ok || response.status === 202) throw new Error(`${response.status} ${await response.text()}`);
    return response.json() as Promise<Record<string, unknown>>;
  };
  const ground: Bench = {
    ...{ engine, client, pool, journal, env, actions: [] as string[] },
    get: (url, person) => fetch(`${engine.url}/api/v1${url}`, { headers: headers(person) }).then(answered),
    post: (url, person, body) => fetch(`${engine.url}/api/v1${url}`, { method: 'POST', headers: headers(person), body: JSON.stringify(body) }).then(answered),
    close: async () => void (await Promise.all([pool.end(), connection.close()])),
  };
  ground.actions = await openActions(ground, 20);
  return ground;
}

async function bareUpdate({ client, env }: Bench) {
  await startNodeProcess({ script: path.join(import.meta.dirname, 'bare-worker.ts'), env: { ...env, ISMS_HOME: home } });
  const handles = await Promise.all(
    Array.from({ length: 20 }, (_, n) => client.workflow.start('bare', { workflowId: `bare-${n}`, taskQueue: 'bare', args: [] })),
  );
  return (n: number, caller: number) => handles[caller % handles.length]!.executeUpdate('empty', { updateId: `u${n}-${Math.random()}`, args: [`u${n}`] });
}

/** The same as HTTP does behind its door: store the command, have the case's workflow decide it. */
function hostDecision({ client, journal, actions }: Bench) {
  const gateway = createCaseGateway(client, { taskQueue });
  const sent = new Map<string, number>();
  return async (_: number, caller: number) => {
    const caseId = actions[caller % actions.length]!;
    const turn = sent.get(caseId) ?? 0;
    sent.set(caseId, turn + 1);
    const { name, body } = turnOf(turn);
    const stored = await journal.storeCommand({ caseId, person: 'leon.fischer', name, body, ifMatch: null, key: `host-${Math.random()}` });
    if (!('commandId' in stored)) throw new Error(JSON.stringify(stored));
    await gateway.decide({ process: 'action', caseId, commandId: stored.commandId, timeoutMs: 10_000 });
    const outcome = await journal.outcomeOf(stored.commandId);
    if (outcome?.outcome !== 'ACCEPTED') throw new Error(JSON.stringify(outcome));
  };
}

function httpDecision({ post, actions, pool }: Bench) {
  const sent = new Map<string, number>();
  return async (_: number, caller: number) => {
    const caseId = actions[caller % actions.length]!;
    const turn = sent.get(caseId) ?? (await firstTurn(pool, caseId));
    sent.set(caseId, turn + 1);
    const { name, body } = turnOf(turn);
    await post(`/cases/${caseId}/commands/${name}`, 'leon.fischer', body);
  };
}

/** A real decision with a change of state: an action is blocked and unblocked again. */
function turnOf(turn: number) {
  return turn % 2 === 0 ? { name: 'BLOCK', body: { reason: 'waiting for a part' } } : { name: 'UNBLOCK', body: {} };
}

async function firstTurn(pool: pg.Pool, caseId: string): Promise<number> {
  const { rows } = await pool.query<{ state: string }>('SELECT state FROM case_head WHERE id = $1', [caseId]);
  return rows[0]!.state === 'blocked' ? 1 : 0;
}

function httpOpening({ post }: Bench) {
  const today = new Date().toISOString().slice(0, 10);
  return (n: number) => post('/cases', 'anna.berger', { process: 'nonconformity', payload: { ...nonconformity, title: `Bench ${n}`, detectedOn: today } });
}
