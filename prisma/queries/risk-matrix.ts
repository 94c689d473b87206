import type { Pool } from 'pg';
import { levels } from '../../contracts/criteria.ts';
import type { Level } from '../../contracts/criteria.ts';
import type { MatrixQuery, MatrixView } from '../../contracts/register-view.ts';
import type { Reader } from './reader.ts';
import { keysIn, seenUnderPlain } from './sight.ts';

/** Where an entry lies is worked out when it is written (migration `register_lists`): likelihood, impact, level. */
const columns: Record<MatrixView['rating'], string> = { current: 'current_cell', inherent: 'inherent_cell', residual: 'residual_cell' };

interface Counted {
  cell: string | null;
  count: number;
}

/** How many open risks lie in each cell, by the rating that is asked for; the greatest impact of all dimensions counts. Not confirmed yet: as proposed. */
export async function riskMatrix(pool: Pool, { reader, rating, unit, category }: { reader: Reader } & MatrixQuery): Promise<MatrixView> {
  const { rows } = await pool.query<Counted>(
    `SELECT h.${columns[rating]} AS cell, count(*)::int AS count FROM case_head h
     WHERE h.process = 'risk' AND h.settled IS NULL AND ${seenUnderPlain('$1')} AND ($2::text IS NULL OR h.unit = $2) AND ($3::text IS NULL OR h.category = $3)
     GROUP BY 1`,
    [keysIn('risk', reader.sees), unit ?? null, category ?? null],
  );
  const cells = rows.flatMap(cellOf).sort((a, b) => a.likelihood - b.likelihood || a.impact - b.impact || levels.indexOf(a.level) - levels.indexOf(b.level));
  const sum = (counts: { count: number }[]) => counts.reduce((total, { count }) => total + count, 0);
  return {
    ...{ rating, cells },
    byLevel: Object.fromEntries(levels.map((level) => [level, sum(cells.filter((each) => each.level === level))])) as MatrixView['byLevel'],
    unrated: sum(rows.filter(({ cell }) => cell === null)),
  };
}

function cellOf({ cell, count }: Counted) {
  if (cell === null) return [];
  const [likelihood, impact, level] = cell.split(',');
  return [{ likelihood: Number(likelihood), impact: Number(impact), count, level: level as Level }];
}
