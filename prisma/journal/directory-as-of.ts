import type { CaseSummary } from '../../contracts/case-file.ts';
import type { CaseId, Instant } from '../../contracts/identity.ts';
import type { OrganisationFile } from '../../contracts/organisation.ts';
import { createDirectory } from '../../domain/directory/directory.ts';
import type { Directory } from '../../domain/directory/directory.ts';
import { groupBy } from '../../domain/directory/group-by.ts';
import { byOpening, summaryOf } from '../../domain/kernel/summary.ts';
import { isProcess, processes } from '../../domain/processes.ts';
import { folded } from './as-of.ts';
import type { RecordedStep } from './as-of.ts';
import type { JournalContext } from './context.ts';

/** The directory as it was recorded at an instant: the organisation loaded last by then, and what its cases said by then. */
export interface RecordedDirectory {
  /** Of the organisation, and when it was loaded. */
  revision: number;
  loadedAt: Instant;
  data: OrganisationFile;
  directory: Directory;
}

/** Null before anybody had loaded an organisation. What was recorded later, be it about that day, is not in it. */
export async function directoryAsOf({ pool }: JournalContext, at: Instant): Promise<RecordedDirectory | null> {
  const { rows } = await pool.query<{ revision: number; at: Date; data: OrganisationFile }>(
    'SELECT revision, at, data FROM organisation_revision WHERE at <= $1 ORDER BY revision DESC LIMIT 1',
    [at],
  );
  const [loaded] = rows;
  if (!loaded) return null;
  const { revision, data } = loaded;
  return { revision, data, loadedAt: loaded.at.toISOString(), directory: createDirectory(data, revision, await casesAsOf(pool, at)) };
}

interface Step extends RecordedStep {
  stream: CaseId;
}

/** Of each case that had changed the directory its last whole state before that instant, and the patches since. */
const STEPS = `
WITH changed AS (SELECT DISTINCT case_id FROM directory_change WHERE case_id IS NOT NULL AND at <= $1),
until AS (SELECT e.stream, max(e.version) AS version FROM entry e JOIN changed c ON c.case_id = e.stream WHERE e.at <= $1 GROUP BY e.stream),
whole AS (SELECT p.stream, max(p.version) AS version FROM entry_payload p JOIN until u ON u.stream = p.stream AND p.version <= u.version
  WHERE p.snapshot IS NOT NULL GROUP BY p.stream)
SELECT p.stream, CASE WHEN p.version = w.version THEN p.snapshot END AS snapshot, p.payload->'patch' AS patch
FROM entry_payload p JOIN until u ON u.stream = p.stream JOIN whole w ON w.stream = p.stream
WHERE p.version BETWEEN w.version AND u.version ORDER BY p.stream, p.version`;

async function casesAsOf(pool: JournalContext['pool'], at: Instant): Promise<CaseSummary[]> {
  const { rows } = await pool.query<Step>(STEPS, [at]);
  return [...groupBy(rows, ({ stream }) => stream).values()].flatMap(toldBy).sort(byOpening);
}

function toldBy(steps: readonly Step[]): CaseSummary[] {
  const file = folded(steps);
  return file && isProcess(file.process) ? [summaryOf(processes[file.process], file)] : [];
}
