import type pg from 'pg';
import { startThrowAwayPostgres } from '../bin/embedded/throw-away-postgres.ts';
import { settle } from '../bin/journal-driver.ts';
import { openJournal } from '../bin/open-journal.ts';
import { ownHands } from '../bin/own-hands.ts';
import type { RegisterListQuery } from '../contracts/register-view.ts';
import { registerListQuery } from '../contracts/register-view.ts';
import { annexAControls } from '../domain/framework/framework.ts';
import { deriveStatement } from '../domain/statement/derive.ts';
import { sourceQueries, sourcesOf } from '../domain/statement/sources.ts';
import { createFactSource } from '../prisma/journal/facts.ts';
import type { Journal } from '../prisma/journal/journal.ts';
import { migrate } from '../prisma/migrate.ts';
import { findCase, findLinkedCases } from '../prisma/queries/case-by-id.ts';
import type { Reader } from '../prisma/queries/reader.ts';
import { listRegister } from '../prisma/queries/registers.ts';
import { riskMatrix } from '../prisma/queries/risk-matrix.ts';
import { demoOrganisation } from '../test/support/in-process-engine.ts';
import { round, run } from './load.ts';
import type { LoadResult } from './load.ts';

/** The living register as it grows: what people ask of it, an import into it, and what the Statement of Applicability costs. PostgreSQL writes as usual; no workflows, no HTTP. */
export interface RegisterFigures {
  risks: number;
  /** 500 more in one file, all or nothing. */
  import500Ms: number;
  importedPerSecond: number;
  /** A page of 50, by what was asked: filter and order. */
  lists: Record<string, LoadResult>;
  matrix: LoadResult;
  /** A risk with the cases that it is linked to. */
  riskWithLinks: LoadResult;
  /** 93 controls from all open risks and plans: read and derived, and the whole decision of the statement. */
  derivation: LoadResult;
  derivedMs: number;
}

interface World {
  pool: pg.Pool;
  journal: Journal;
  now: () => string;
}

const iso: Reader = { person: 'anna.berger', keys: [], lent: [], isAuditorAccount: false, sees: ['role:ISO', 'person:anna.berger', 'everyone'] };
const owner: Reader = { person: 'nina.schuster', keys: [], lent: [], isAuditorAccount: false, sees: ['person:nina.schuster', 'everyone'] };
const questions: Record<string, [Reader, Partial<RegisterListQuery>]> = {
  'by reference': [iso, {}],
  'highest first': [iso, { sort: 'level', descending: 'true' }],
  'due first': [iso, { sort: 'due' }],
  'owner and unit, highest first': [iso, { owner: 'nina.schuster', unit: 'it', sort: 'level', descending: 'true' }],
  'critical, by title': [iso, { level: 'critical', sort: 'title' }],
  'words': [iso, { q: 'laptop', sort: 'title' }],
  'all filters': [iso, { owner: 'nina.schuster', unit: 'it', level: 'high', category: 'people', q: 'backup', sort: 'updated', descending: 'true' }],
  'what an owner sees': [owner, { sort: 'level', descending: 'true' }],
};

/** `sizes` ascending: the register is filled up from one to the next. */
export async function measureRiskRegister(sizes: readonly number[]): Promise<{ sizes: RegisterFigures[]; growth: Record<string, number> }> {
  const server = await startThrowAwayPostgres({ settings: {} });
  await migrate(server.url);
  const now = () => new Date().toISOString();
  const { pool, journal } = openJournal({ databaseUrl: server.url, max: 8, clock: now });
  try {
    const measured = await measureAll({ pool, journal, now }, sizes);
    return { sizes: measured, growth: growthOf(measured) };
  } finally {
    await pool.end();
    await server.stop();
  }
}

async function measureAll(world: World, sizes: readonly number[]): Promise<RegisterFigures[]> {
  await world.journal.importOrganisation({ data: demoOrganisation(), actor: 'operator', reason: 'bench' });
  await load(world, 'control', annexAControls.map(({ id }, n) => ({ control: id, owner: pick(owners, n) })));
  await quieten(world.pool);
  const noticed = await noticedRisk(world);
  const measured: RegisterFigures[] = [];
  let filled = 0;
  for (const size of sizes) {
    for (; filled < size - 500; filled += Math.min(5000, size - 500 - filled)) await load(world, 'risk', risks(filled, Math.min(5000, size - 500 - filled)));
    const started = performance.now();
    await load(world, 'risk', risks(size - 500, 500));
    const import500Ms = Math.round(performance.now() - started);
    filled = size;
    await quieten(world.pool);
    measured.push({ risks: size, import500Ms, importedPerSecond: round(500_000 / import500Ms), ...(await measureReading(world, noticed)) });
  }
  return measured;
}

/** Nobody starts workflows here; what PostgreSQL would do by and by is done before anybody looks at the clock. */
async function quieten(pool: pg.Pool): Promise<void> {
  await pool.query('UPDATE outbox SET done_at = now() WHERE done_at IS NULL');
  await pool.query('VACUUM ANALYZE');
}

/** What somebody notices between two assessments is linked to the assessment that it opens. */
async function noticedRisk({ pool, journal, now }: World): Promise<string> {
  const opened = await journal.openCase({ process: 'risk', person: 'anna.berger', body: described(0), key: 'noticed' });
  if (!opened.opened) throw new Error(JSON.stringify(opened));
  await settle({ pool, clock: { now: now() }, hands: ownHands(journal) });
  const { links } = (await findCase(pool, iso, opened.caseId))!;
  if (links.length === 0) throw new Error('the risk is linked to nothing');
  return opened.caseId;
}

async function measureReading({ pool }: World, noticed: string): Promise<Omit<RegisterFigures, 'risks' | 'import500Ms' | 'importedPerSecond'>> {
  const one = (call: () => Promise<unknown>, calls = 60) => run({ concurrency: 1, calls, call });
  const lists: Record<string, LoadResult> = {};
  for (const [name, [reader, asked]] of Object.entries(questions)) {
    const filters = registerListQuery.parse({ limit: '50', ...asked });
    const list = () => listRegister(pool, { reader, register: 'risk', filters, after: null });
    await one(list, 5);
    lists[name] = await one(list);
  }
  const facts = await createFactSource(pool).fetch(sourceQueries);
  const started = performance.now();
  deriveStatement(sourcesOf(facts.similar, {}));
  const derivedMs = round(performance.now() - started);
  return {
    lists,
    matrix: await one(() => riskMatrix(pool, { reader: iso, rating: 'current' })),
    riskWithLinks: await one(async () => findLinkedCases(pool, iso, (await findCase(pool, iso, noticed))!.links.map(({ to }) => to))),
    derivation: await one(async () => deriveStatement(sourcesOf((await createFactSource(pool).fetch(sourceQueries)).similar, {})), 10),
    derivedMs,
  };
}

/** What a hundred times as many risks make of each figure: 1 is as before, 100 in proportion. */
function growthOf(measured: readonly RegisterFigures[]): Record<string, number> {
  const [least, most] = [measured[0]!, measured.at(-1)!];
  const grown = (of: (figures: RegisterFigures) => number) => round(of(most) / of(least));
  const lists = Object.keys(questions).map((name) => [name, grown((figures) => figures.lists[name]!.p50Ms)] as const);
  return {
    ...{ risks: grown(({ risks: count }) => count), 'import of 500': grown(({ import500Ms }) => import500Ms), ...Object.fromEntries(lists) },
    ...{ matrix: grown(({ matrix }) => matrix.p50Ms), 'risk with links': grown(({ riskWithLinks }) => riskWithLinks.p50Ms), derivation: grown(({ derivation }) => derivation.p50Ms) },
  };
}

async function load({ journal }: World, process: 'risk' | 'control', bodies: readonly unknown[]): Promise<void> {
  const rows = bodies.map((body, n) => ({ line: n + 2, body }));
  const done = await journal.openMany({ process, rows, person: 'anna.berger', key: `${process}-${JSON.stringify(bodies[0])}`, dryRun: false });
  if (done.outcome !== 'LOADED') throw new Error(JSON.stringify(done).slice(0, 400));
}

const units = ['it', 'it-operations', 'development', 'sales', 'finance'];
const owners = ['thomas.reiter', 'nina.schuster', 'stefan.krause', 'joerg.wagner', 'ingrid.pohl'];
const pick = <T>(all: readonly T[], n: number) => all[n % all.length]!;
const risks = (from: number, count: number) => Array.from({ length: count }, (_, n) => risk(from + n));

/** Spread over owners, units, levels and controls without being random: two runs measure the same. */
function described(n: number) {
  return {
    title: `${pick(['Loss', 'Theft', 'Failure', 'Disclosure'], n)} of ${pick(['laptop', 'server', 'backup'], n * 7)} ${n}`,
    scenario: { kind: 'EVENT', source: 'Staff', event: 'Something is lost on the way', consequence: 'Data are read by others' },
    ...{ affects: ['CONFIDENTIALITY'], unit: pick(units, n), owner: pick(owners, n * 3), category: pick(['people', 'technology', 'suppliers', 'premises'], n * 3) },
  };
}

function risk(n: number) {
  const rating = {
    ...{ impact: { operational: 1 + ((n * 13) % 5), financial: 1 + (n % 3) }, likelihood: 1 + ((n * 7) % 5), rationale: { impact: 'Many customers', likelihood: 'Seen elsewhere' } },
    controls: [0, 1, 2].map((k) => pick(annexAControls, n * 31 + k * 17).id),
  };
  const ratedOn = new Date(Date.now() - 30 * 86_400_000).toISOString().slice(0, 10);
  return { ...described(n), migrated: { source: 'Register.xlsx', reference: `X-${n}`, ratedOn, rating } };
}
