import type pg from 'pg';
import type { CaseFile } from '../../contracts/case-file.ts';
import type { Actor, EntryDraft, Notice } from '../../contracts/entry.ts';
import type { CaseId, Instant, PersonId, PrincipalKey } from '../../contracts/identity.ts';
import { desksOf } from '../../domain/access/desk.ts';
import { flagsOf } from '../../domain/kernel/flags.ts';
import type { Patch } from '../../domain/kernel/patch.ts';
import { processes } from '../../domain/processes.ts';
import type { ProcessName } from '../../domain/processes.ts';
import type { Journal } from '../journal/journal.ts';

/** What scenarios look at, read from the same rows that people read. */
export interface ScenarioGround {
  pool: pg.Pool;
  journal: Journal;
}

export async function scenarioCase({ pool, journal }: ScenarioGround, caseId: CaseId, now: Instant) {
  const { rows } = await pool.query<{ file: CaseFile }>('SELECT file FROM case_head WHERE id = $1', [caseId]);
  if (!rows[0]) throw new Error(`there is no case ${caseId}`);
  const { file } = rows[0];
  return { file, flags: flagsOf(file, now), asked: await asked(pool, journal, { caseId, process: file.process as ProcessName, now }) };
}

interface Asking {
  caseId: CaseId;
  process: ProcessName;
  now: Instant;
}

async function asked(pool: pg.Pool, journal: Journal, { caseId, process, now }: Asking) {
  const ground = { definition: processes[process], directory: await journal.directory(), now };
  const { rows } = await pool.query<{ task: string; principals: PrincipalKey[]; except: PersonId[] }>(
    `SELECT task, array_agg(principal ORDER BY n) AS principals, "except" FROM inbox WHERE case_id = $1 GROUP BY task, "except" ORDER BY min(n)`,
    [caseId],
  );
  return rows.map((row) => {
    const { who, standIns } = desksOf(ground, row);
    return { task: row.task, persons: [...who, ...standIns.map(({ person }) => person)] };
  });
}

interface EntryRow {
  version: number;
  type: string;
  actor: PersonId | null;
  on_behalf_of: PersonId | null;
  role: string;
  at: Date;
  local_at: string;
  from_state: string | null;
  to_state: string;
  payload: Omit<EntryDraft, 'file'> & { patch: Patch };
}

export async function scenarioJournal(pool: pg.Pool, caseId: CaseId) {
  const { rows } = await pool.query<EntryRow>(
    'SELECT e.*, p.payload FROM entry e JOIN entry_payload p USING (stream, version) WHERE e.stream = $1 ORDER BY e.version',
    [caseId],
  );
  return rows.map(({ version, type, actor, on_behalf_of: onBehalfOf, role, at, local_at: localAt, from_state: from, to_state: to, payload }) => ({
    ...payload,
    ...{ version, type, actor: { person: actor, role, ...(onBehalfOf && { onBehalfOf }) } satisfies Actor, at: at.toISOString(), localAt, from, to },
  }));
}

export async function scenarioNotices(pool: pg.Pool) {
  const { rows } = await pool.query<Notice & { person: PersonId; case_id: CaseId; at: Date }>('SELECT * FROM notification ORDER BY id');
  return rows.map(({ person: to, cause, kind, digest, data, case_id: caseId, at }) => ({ to, cause, kind, digest, data, caseId, at: at.toISOString() }));
}
