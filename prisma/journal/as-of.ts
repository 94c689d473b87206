import type { CaseFile } from '../../contracts/case-file.ts';
import type { CaseId, Instant } from '../../contracts/identity.ts';
import { applied } from '../../domain/kernel/patch.ts';
import type { Patch } from '../../domain/kernel/patch.ts';
import type { JournalContext } from './context.ts';

/** The case as it was: the last whole state before that instant and the patches since. Null where it did not exist yet. */
export async function fileAsOf({ pool }: JournalContext, caseId: CaseId, at: Instant): Promise<CaseFile | null> {
  const { rows } = await pool.query<RecordedStep>(
    `WITH until AS (SELECT max(version) AS version FROM entry WHERE stream = $1 AND at <= $2),
          whole AS (SELECT max(p.version) AS version FROM entry_payload p, until u WHERE p.stream = $1 AND p.version <= u.version AND p.snapshot IS NOT NULL)
     SELECT p.snapshot, p.payload->'patch' AS patch FROM entry_payload p, until u, whole w
     WHERE p.stream = $1 AND p.version BETWEEN w.version AND u.version ORDER BY p.version`,
    [caseId, at],
  );
  return folded(rows);
}

/** What an entry has kept of the case: all of it or nothing, and what it changed. */
export interface RecordedStep {
  snapshot: CaseFile | null;
  patch: Patch;
}

/** The case after these steps, the first of which is a whole state. Null where there is none. */
export function folded([first, ...later]: readonly RecordedStep[]): CaseFile | null {
  if (!first?.snapshot) return null;
  return later.reduce<CaseFile>((file, { patch }) => applied(file, patch), first.snapshot);
}
