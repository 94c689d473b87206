import type { Pool } from 'pg';
import type { Instant } from '../../contracts/identity.ts';

/** Figures of the whole installation: counts by names of the processes, nothing of any case. */
export interface CaseFigures {
  open: { process: string; state: string; cases: number }[];
  /** Open cases with a deadline that has passed. */
  overdue: { process: string; cases: number }[];
  /** Open cases by the highest step that fired, E0 to E4. */
  escalated: { process: string; step: string; cases: number }[];
}

interface Row {
  process: string;
  state: string;
  escalation: number | null;
  overdue: boolean;
  cases: number;
}

export async function caseFigures(pool: Pool, now: Instant): Promise<CaseFigures> {
  const { rows } = await pool.query<Row>(
    `SELECT process, state, escalation, coalesce(due_at <= $1, false) AS overdue, count(*)::int AS cases
     FROM case_head WHERE settled IS NULL GROUP BY 1, 2, 3, 4`,
    [now],
  );
  return {
    open: summed(rows, ({ process, state }) => ({ process, state })),
    overdue: summed(
      rows.filter(({ overdue }) => overdue),
      ({ process }) => ({ process }),
    ),
    escalated: summed(
      rows.filter(({ escalation }) => escalation !== null),
      ({ process, escalation }) => ({ process, step: `E${escalation}` }),
    ),
  };
}

function summed<K extends object>(rows: readonly Row[], keyOf: (row: Row) => K): (K & { cases: number })[] {
  const sums = new Map<string, K & { cases: number }>();
  for (const row of rows) {
    const key = keyOf(row);
    const name = JSON.stringify(key);
    sums.set(name, { ...key, cases: (sums.get(name)?.cases ?? 0) + row.cases });
  }
  return [...sums.values()];
}
