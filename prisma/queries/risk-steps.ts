import type { Pool } from 'pg';
import type { CaseFile } from '../../contracts/case-file.ts';
import type { CaseId, PersonId } from '../../contracts/identity.ts';
import type { RiskDocument } from '../../contracts/risk.ts';
import { groupBy } from '../../domain/directory/group-by.ts';
import { applied } from '../../domain/kernel/patch.ts';
import type { Patch } from '../../domain/kernel/patch.ts';
import type { RiskStep } from '../../domain/risk/what-changed.ts';
import type { LastSignature } from './risk-signatures.ts';

type File = CaseFile<RiskDocument>;

/** A risk as it was when it was signed, and every state since. */
export interface StepsSince {
  signed: File;
  since: RiskStep[];
}

interface Row {
  stream: CaseId;
  version: number;
  type: string;
  at: Date;
  actor: PersonId | null;
  /** Version that was signed. */
  base: number;
  snapshot: File | null;
  patch: Patch | null;
}

/** From the last whole state before the signature on; where something was redacted the whole states that came later are needed, too. */
const steps = `
WITH asked AS (SELECT * FROM unnest($1::uuid[], $2::bigint[]) AS a(stream, seq)),
  base AS (SELECT a.stream, max(e.version) AS version FROM asked a JOIN entry e ON e.stream = a.stream AND e.seq < a.seq GROUP BY a.stream),
  whole AS (SELECT b.stream, b.version AS base, max(p.version) AS version FROM base b
    JOIN entry_payload p ON p.stream = b.stream AND p.version <= b.version AND p.snapshot IS NOT NULL GROUP BY b.stream, b.version)
SELECT e.stream, e.version, e.type, e.at, e.actor, w.base, p.payload->'patch' AS patch,
  CASE WHEN e.version = w.version OR bool_or(p.payload IS NULL) OVER (PARTITION BY e.stream) THEN p.snapshot END AS snapshot
FROM whole w JOIN entry e ON e.stream = w.stream AND e.version >= w.version JOIN entry_payload p ON p.stream = e.stream AND p.version = e.version
ORDER BY e.stream, e.version`;

export async function stepsSince(pool: Pool, signatures: readonly LastSignature[]): Promise<Map<CaseId, StepsSince>> {
  const values = [signatures.map(({ risk }) => risk), signatures.map(({ seq }) => seq)];
  const { rows } = await pool.query<Row>({ name: 'risk-steps', text: steps, values });
  const byRisk = groupBy(rows, ({ stream }) => stream);
  return new Map([...byRisk].flatMap(([risk, each]) => {
    const states = statesOf(each);
    const signed = states.findLast(({ row }) => row.version <= row.base);
    return signed ? [[risk, { signed: signed.file, since: states.filter(({ row }) => row.version > row.base).map(stepOf) }] as const] : [];
  }));
}

interface State {
  file: File;
  row: Row;
}

/** The risk after each entry that says so; what was redacted is left out until the next whole state. */
function statesOf(rows: readonly Row[]): State[] {
  return rows.reduce<{ states: State[]; file: File | null }>(
    ({ states, file }, row) => {
      const next = row.snapshot ?? (row.patch && file && (applied(file as CaseFile, row.patch) as File));
      return { states: next ? [...states, { file: next, row }] : states, file: next };
    },
    { states: [], file: null },
  ).states;
}

function stepOf({ file, row: { version, type, at, actor } }: State): RiskStep {
  return { file, entry: { version, type, at: at.toISOString(), actor } };
}
