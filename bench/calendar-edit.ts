import type pg from 'pg';
import type { CaseFile } from '../contracts/case-file.ts';
import type { ConfigurationChangeDocument } from '../contracts/configuration-change.ts';
import type { CaseId } from '../contracts/identity.ts';
import { startThrowAwayPostgres } from '../bin/embedded/throw-away-postgres.ts';
import { previewOf } from '../domain/configuration-change/preview.ts';
import { standingOf } from '../domain/configuration/in-directory.ts';
import { processes } from '../domain/processes.ts';
import { createJournal } from '../prisma/journal/journal.ts';
import type { Journal } from '../prisma/journal/journal.ts';
import { migrate } from '../prisma/migrate.ts';
import { createPool } from '../prisma/pool.ts';
import { demoOrganisation } from '../test/support/in-process-engine.ts';
import { run, round } from './load.ts';
import { cpuOf, processesOf } from './processes.ts';

/**
 * A calendar edit that moves the deadlines of many running cases: the whole journal, but without workflows, so that what is measured is
 * the deciding. Beside it one person goes on working: how long he waits is the load that others feel.
 */
const LANES = 8;

interface Ground {
  pool: pg.Pool;
  journal: Journal;
  /** Sent to PostgreSQL so far, the borders of transactions included. */
  statements: () => number;
}

export interface CalendarEdit {
  cases: number;
  /** Working out what would move, without writing anything. */
  previewSeconds: number;
  /** From the first page of the broadcast to the last answer. */
  seconds: number;
  perSecond: number;
  moved: number;
  /** What a decision costs: those of the cases, and those of the person who goes on working. */
  perDecision: { nodeCpuMs: number; databaseCpuMs: number; statements: number };
  journalMiB: number;
  /** A person's command before, and while the edit runs. */
  personMs: { alone: number; p50: number; p95: number };
}

export async function measureCalendarEdit(cases: number): Promise<CalendarEdit> {
  const server = await startThrowAwayPostgres({ settings: {} });
  const pool = createPool(server.url, { max: LANES + 4 });
  const statements = countStatements(pool);
  try {
    await migrate(server.url);
    const journal = createJournal({ pool, clock: () => new Date().toISOString() });
    await journal.importOrganisation({ data: demoOrganisation(), actor: 'operator', reason: 'bench' });
    return await measure({ pool, journal, statements }, cases);
  } finally {
    await pool.end();
    await server.stop();
  }
}

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

async function measure(ground: Ground, cases: number): Promise<CalendarEdit> {
  await run({ concurrency: LANES, calls: cases, call: (n) => openAction(ground, n) });
  const person = await openAction(ground, cases);
  await ground.pool.query('UPDATE outbox SET done_at = now()');
  await ground.pool.query('ANALYZE');
  const alone = await run({ concurrency: 1, calls: 50, call: () => comment(ground, person) });
  const change = await draft(ground);
  const previewSeconds = await preview(ground, change);
  await send(ground, { caseId: change, name: 'SUBMIT', person: 'anna.berger', body: {} });
  await send(ground, { caseId: change, name: 'APPROVE', person: 'katharina.vogt', body: { contentHash: (await fileOf(ground, change)).round!.contentHash } });
  const before = await journalMiB(ground);
  const { seconds, waits, ...spent } = await edit(ground, change, person);
  const perDecision = (all: number) => round(all / (cases + waits.length));
  const at = (share: number) => round(waits.sort((a, b) => a - b)[Math.floor(waits.length * share)] ?? 0);
  return {
    ...{ cases, previewSeconds, seconds, perSecond: round(cases / seconds), moved: await movedCases(ground) },
    perDecision: { nodeCpuMs: perDecision(spent.nodeMs), databaseCpuMs: perDecision(spent.databaseMs), statements: perDecision(spent.statements) },
    journalMiB: round((await journalMiB(ground)) - before),
    personMs: { alone: alone.p50Ms, p50: at(0.5), p95: at(0.95) },
  };
}

/** Due dates lie where the calendar is edited, so that every case moves. */
async function openAction({ journal }: Ground, n: number): Promise<CaseId> {
  const body = { title: `Action ${n}`, unit: 'it', owner: 'leon.fischer', due: inDays(20 + (n % 5)) };
  const opened = await journal.openCase({ process: 'action', person: 'anna.berger', body, key: `action-${n}` });
  if (!opened.opened) throw new Error(JSON.stringify(opened));
  return opened.caseId;
}

async function draft({ journal }: Ground): Promise<CaseId> {
  const calendar = demoOrganisation().calendars.find(({ id }) => id === 'DE-BY')!;
  const off = Object.fromEntries([20, 21, 22, 23, 24].map((days) => [inDays(days), 'Company day']));
  const calendars = [{ ...calendar, holidays: { ...calendar.holidays, ...off }, halfDays: {} }];
  const body = { title: 'Closed for a week', calendars, reason: 'bench', effectiveOn: inDays(0) };
  const opened = await journal.openCase({ process: 'configurationChange', person: 'anna.berger', body, key: 'change' });
  if (!opened.opened) throw new Error(JSON.stringify(opened));
  return opened.caseId;
}

interface Sending {
  caseId: CaseId;
  name: string;
  person: string;
  body: object;
}

async function send({ journal }: Ground, { caseId, name, person, body }: Sending): Promise<void> {
  const stored = await journal.storeCommand({ caseId, person, name, body, ifMatch: null, key: `${name}-${Math.random()}` });
  if (!('commandId' in stored)) throw new Error(JSON.stringify(stored));
  const { outcome } = await journal.decideCommand(caseId, stored.commandId);
  if (outcome !== 'ACCEPTED') throw new Error(JSON.stringify(await journal.outcomeOf(stored.commandId)));
}

const comment = (ground: Ground, caseId: CaseId) => send(ground, { caseId, name: 'COMMENT', person: 'leon.fischer', body: { text: 'Going on' } });

async function preview(ground: Ground, change: CaseId): Promise<number> {
  const file = (await fileOf(ground, change)) as CaseFile<ConfigurationChangeDocument>;
  const fetched = { involvements: [], cases: [], children: [], similar: [], spawned: [], evidence: [], vacancies: 0, claims: [], authors: [], tenures: [], deeds: [] };
  const facts = { ...standingOf(await ground.journal.directory()), ...fetched };
  const started = performance.now();
  const moves = previewOf({ change: file, facts, now: new Date().toISOString() });
  for (let after: CaseId | null = null; ; ) {
    const { rows }: { rows: { file: CaseFile }[] } = await ground.pool.query(
      `SELECT file FROM case_head WHERE process = 'action' AND ($1::uuid IS NULL OR id > $1) ORDER BY id LIMIT 500`,
      [after],
    );
    for (const each of rows) moves(processes.action, each.file);
    if (rows.length < 500) return seconds(started);
    after = rows.at(-1)!.file.id;
  }
}

interface Spent {
  nodeMs: number;
  databaseMs: number;
  statements: number;
}

/** Page by page, as the workflow of the change does it, and each case's answer, as their workflows do. */
async function edit(ground: Ground, change: CaseId, person: CaseId): Promise<Spent & { seconds: number; waits: number[] }> {
  const [effect] = (await ground.journal.load(change)).effects;
  const waits: number[] = [];
  const before = usage(ground);
  const started = performance.now();
  let going = true;
  const working = workOn(ground, person, waits, () => going);
  for (let more = true; more;) {
    const page = await ground.journal.performEffect(change, effect!);
    await run({ concurrency: LANES, calls: page.reached.length, call: (n) => answerAll(ground, page.reached[n]!.caseId) });
    more = page.more;
  }
  const took = seconds(started);
  const after = usage(ground);
  going = false;
  await working;
  return { seconds: took, waits, nodeMs: after.nodeMs - before.nodeMs, databaseMs: after.databaseMs - before.databaseMs, statements: after.statements - before.statements };
}

/** The folder of a throw-away server holds the number of the process that started it. */
function usage({ statements }: Ground): Spent {
  const { user, system } = process.cpuUsage();
  const database = cpuOf(processesOf(`throw-away-${process.pid}-`)).reduce((sum, { cpuMs }) => sum + cpuMs, 0);
  return { nodeMs: (user + system) / 1000, databaseMs: database, statements: statements() };
}

function countStatements(pool: pg.Pool): () => number {
  let count = 0;
  pool.on('connect', (client) => {
    const query = client.query.bind(client) as (...all: unknown[]) => unknown;
    const counted = (...all: unknown[]) => {
      count += 1;
      return query(...all);
    };
    client.query = counted as typeof client.query;
  });
  return () => count;
}

async function answerAll({ journal }: Ground, caseId: CaseId): Promise<void> {
  for (const commandId of (await journal.load(caseId)).pendingCommands) await journal.decideCommand(caseId, commandId);
}

async function workOn(ground: Ground, caseId: CaseId, waits: number[], isGoing: () => boolean): Promise<void> {
  while (isGoing()) {
    const sent = performance.now();
    await comment(ground, caseId);
    waits.push(performance.now() - sent);
  }
}

async function fileOf({ pool }: Ground, caseId: CaseId): Promise<CaseFile> {
  const { rows } = await pool.query<{ file: CaseFile }>('SELECT file FROM case_head WHERE id = $1', [caseId]);
  return rows[0]!.file;
}

async function movedCases({ pool }: Ground): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM entry e JOIN entry_payload p USING (stream, version) WHERE e.type = 'TIMES_CHANGED' AND jsonb_array_length(p.payload->'happenings') > 0`,
  );
  return rows[0]!.count;
}

async function journalMiB({ pool }: Ground): Promise<number> {
  const { rows } = await pool.query<{ bytes: string }>("SELECT pg_total_relation_size('entry') + pg_total_relation_size('entry_payload') AS bytes");
  return Number(rows[0]!.bytes) / 1024 / 1024;
}

function seconds(started: number): number {
  return round((performance.now() - started) / 1000);
}
