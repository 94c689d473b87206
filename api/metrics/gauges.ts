import type { Pool } from 'pg';
import { Gauge } from 'prom-client';
import type { Registry } from 'prom-client';
import type { Instant } from '../../contracts/identity.ts';
import { mailState } from '../../prisma/courier/mail-state.ts';
import { caseFigures } from '../../prisma/queries/case-figures.ts';
import { journalFigures } from '../../prisma/queries/journal-figures.ts';
import { waitingWork } from '../../prisma/queries/waiting.ts';
import type { Waiting } from '../../prisma/queries/waiting.ts';

/** Figures of the whole installation, read when somebody scrapes: the same from every API process. */
export interface GaugeGround {
  registry: Registry;
  pool: Pool;
  clock: () => Instant;
}

/** However many scrape, the database is asked once in this time. */
const RECENT_MS = 5_000;

/** Puts the newest figures into the registry; leaves the old ones out where the database does not answer. */
export function createGauges({ registry, pool, clock }: GaugeGround): () => Promise<void> {
  const set = settersOf(registry);
  let until = 0;
  return async () => {
    set.pool(pool);
    if (until > Date.now()) return;
    until = Date.now() + RECENT_MS;
    await ask({ pool, clock }, set).then(
      () => set.up(1),
      () => set.up(0),
    );
  };
}

type Setters = ReturnType<typeof settersOf>;

async function ask({ pool, clock }: Omit<GaugeGround, 'registry'>, set: Setters): Promise<void> {
  const now = clock();
  const [cases, waiting, mail, journal] = await Promise.all([
    ...[caseFigures(pool, now), waitingWork(pool, now)],
    ...[mailState(pool, now), journalFigures(pool)],
  ] as const);
  set.cases(cases);
  for (const [what, each] of Object.entries(waiting) as [string, Waiting][]) set.waiting(what, each, now);
  set.waiting('mails', { count: mail.due, oldest: mail.oldestDue }, now);
  set.mailsFailed(mail.failed);
  set.journal(journal);
}

function settersOf(registry: Registry) {
  const gauge = <L extends string>(name: string, help: string, labelNames: readonly L[] = []) =>
    new Gauge({ name: `isms_${name}`, help, labelNames: [...labelNames], registers: [registry] });
  const up = gauge('database_up', 'Whether the database answered the last scrape');
  const open = gauge('open_cases', 'Open cases', ['process', 'state']);
  const overdue = gauge('overdue_cases', 'Open cases with a deadline that has passed', ['process']);
  const escalated = gauge('escalated_cases', 'Open cases by the highest step that fired', [
    'process',
    'step',
  ]);
  const waits = gauge('waiting', 'What waits to be done', ['what']);
  const age = gauge('waiting_oldest_seconds', 'Age of the oldest that waits', ['what']);
  const mailsFailed = gauge('mails_failed', 'Mails that were refused for good');
  const entries = gauge('journal_entries', 'Number of the last entry of the journal');
  const attempts = gauge('journal_attempts', 'Refusals for authority or segregation of duties');
  const connections = gauge('pool_connections', 'Connections of this process to the database', ['state']);
  return {
    up: (value: 0 | 1) => up.set(value),
    cases(figures: Awaited<ReturnType<typeof caseFigures>>) {
      for (const each of [open, overdue, escalated]) each.reset();
      for (const { process, state, cases } of figures.open) open.set({ process, state }, cases);
      for (const { process, cases } of figures.overdue) overdue.set({ process }, cases);
      for (const { process, step, cases } of figures.escalated) escalated.set({ process, step }, cases);
    },
    waiting(what: string, { count, oldest }: Waiting, now: Instant) {
      waits.set({ what }, count);
      age.set({ what }, oldest === null ? 0 : Math.max(0, (Date.parse(now) - Date.parse(oldest)) / 1000));
    },
    mailsFailed: (count: number) => mailsFailed.set(count),
    journal(figures: Awaited<ReturnType<typeof journalFigures>>) {
      entries.set(figures.entries);
      attempts.set(figures.attempts);
    },
    pool({ totalCount, idleCount, waitingCount }: Pool) {
      connections.set({ state: 'used' }, totalCount - idleCount);
      connections.set({ state: 'idle' }, idleCount);
      connections.set({ state: 'waitedFor' }, waitingCount);
    },
  };
}
