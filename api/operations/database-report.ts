import type { Pool } from 'pg';
import type { Instant } from '../../contracts/identity.ts';
import type { DatabaseReport } from '../../contracts/operations.ts';
import { clockSkewMs } from '../../prisma/queries/clock-skew.ts';
import { journalFigures } from '../../prisma/queries/journal-figures.ts';
import { heldSince } from '../../prisma/journal/installation.ts';
import { mailState } from '../../prisma/courier/mail-state.ts';
import { missingMigrations } from '../../prisma/queries/readiness.ts';
import { calendarEnds } from '../../prisma/queries/calendar-ends.ts';
import { countOpenCases, waitingWork } from '../../prisma/queries/waiting.ts';

/** What the database says of itself; with migrations missing only that, since the rest may not be there to ask. */
export async function databaseReport(pool: Pool, now: Instant): Promise<DatabaseReport> {
  const missing = await missingMigrations(pool);
  const skew = await clockSkewMs(pool);
  if (missing.length > 0) return { ...nothing, missingMigrations: missing, clockSkewMs: skew };
  return {
    ...{ missingMigrations: missing, clockSkewMs: skew, waiting: await waitingWork(pool, now) },
    ...{
      openCases: await countOpenCases(pool, now),
      journal: await journalFigures(pool),
      mail: await mailOf(pool, now),
    },
    ...{ heldSince: await heldSince(pool), calendars: await calendarEnds(pool, now) },
  };
}

async function mailOf(pool: Pool, now: Instant): Promise<DatabaseReport['mail']> {
  const { due, oldestDue, failing, failed } = await mailState(pool, now);
  return { waiting: due, oldest: oldestDue, failing, failed };
}

const none = { count: 0, oldest: null };
const nothing: DatabaseReport = {
  ...{
    missingMigrations: [],
    clockSkewMs: 0,
    waiting: { starts: none, effects: none, commands: none, wakes: none },
    openCases: 0,
  },
  ...{
    journal: { entries: 0, attempts: 0, heads: 0, verified: null },
    mail: null,
    heldSince: null,
    calendars: [],
  },
};
