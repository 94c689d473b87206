import type { Pool } from 'pg';
import type { Instant } from '../../contracts/identity.ts';
import type { Finding, OperationsView } from '../../contracts/operations.ts';
import { casesThatWait } from '../../prisma/queries/waiting.ts';
import { databaseReport } from './database-report.ts';
import { awayFinding, databaseFindings, temporalFindings } from './findings.ts';
import { temporalView } from './temporal-report.ts';
import type { TemporalPlace } from './temporal-report.ts';

/** Looks at everything that the engine stands on. Whatever does not answer is a finding, and the rest is looked at all the same. */
export interface Examination {
  pool: Pool;
  /** Null: not asked, since nobody knows where it is. */
  temporal: TemporalPlace | null;
  now: Instant;
  /** What else was looked at. */
  more?: readonly Finding[];
}

const LATE_MS = 60_000;
const EXAMPLES = 20;

export async function examine({ pool, temporal, now, more = [] }: Examination): Promise<OperationsView> {
  const database = await databaseReport(pool, now).catch(reasonOf);
  const suspects = typeof database === 'string' ? [] : await suspectsOf(pool, now);
  const view =
    temporal && typeof database !== 'string'
      ? await temporalView(temporal, { pool, now: Date.parse(now), suspects }).catch(reasonOf)
      : null;
  const findings = [
    ...(typeof database === 'string'
      ? [awayFinding('DATABASE_AWAY', database)]
      : withExamples(databaseFindings(database, now), suspects)),
    ...(view === null
      ? []
      : typeof view === 'string'
        ? [awayFinding('TEMPORAL_AWAY', view)]
        : temporalFindings(view)),
    ...more,
  ];
  return {
    ...{
      at: now,
      ok: findings.every(({ gravity }) => gravity === 'note'),
      findings: findings.toSorted(gravestFirst),
    },
    database: typeof database === 'string' ? null : database,
    temporal:
      view === null || typeof view === 'string'
        ? null
        : { workers: view.workers, sweeper: view.sweeper, running: view.running, missing: view.missing },
  };
}

async function suspectsOf(pool: Pool, now: Instant) {
  const before = new Date(Date.parse(now) - LATE_MS).toISOString();
  return casesThatWait(pool, { before, limit: EXAMPLES }).catch(() => []);
}

const waits = ['STARTS_WAITING', 'EFFECTS_WAITING', 'COMMANDS_WAITING', 'WAKES_MISSED'];

function withExamples(findings: Finding[], suspects: readonly { caseId: string }[]): Finding[] {
  const cases = suspects.map(({ caseId }) => caseId);
  return findings.map((each) => (waits.includes(each.code) ? { ...each, cases } : each));
}

const order = { broken: 0, warning: 1, note: 2 } as const;

function gravestFirst(one: Finding, other: Finding): number {
  return order[one.gravity] - order[other.gravity];
}

/** Names what went wrong and quotes no address or password. */
function reasonOf(error: unknown): string {
  const {
    code,
    message = '',
    details,
  } = error as { code?: string | number; message?: string; details?: string };
  return String(typeof code === 'string' ? code : details || message || 'no answer').slice(0, 200);
}
