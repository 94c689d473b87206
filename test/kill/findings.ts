import type pg from 'pg';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CaseFile } from '../../contracts/case-file.ts';
import type { Happening } from '../../contracts/entry.ts';
import { createClock } from '../../bin/clock.ts';
import { openJournal } from '../../bin/open-journal.ts';
import type { Told } from './case-story.ts';

/** What the journal holds after a kill run, against what people were told. Every list of a good run is empty. */
export interface Findings {
  cases: number;
  acknowledged: number;
  entries: number;
  steps: number;
  /** Acknowledged, and not in the journal once. */
  lostOrDoubled: string[];
  /** Steps of a deadline that fired twice, or are past and did not fire. */
  wrongSteps: string[];
  /** Cases, effects and commands that did not go on by themselves. */
  stuck: string[];
  verifyProblems: string[];
}

interface EntryRow {
  stream: string;
  version: number;
  type: string;
  happenings: Happening[];
}

export async function findings({ databaseUrl, told, clockFile }: { databaseUrl: string; told: Told[]; clockFile: string }): Promise<Findings> {
  const clock = createClock({ testClockFile: clockFile });
  const { pool, journal } = openJournal({ databaseUrl, clock, max: 2 });
  try {
    await untilQuiet(pool, clock());
    const { rows: entries } = await pool.query<EntryRow>(`SELECT e.stream, e.version, e.type, p.payload->'happenings' AS happenings FROM entry e JOIN entry_payload p USING (stream, version)`);
    const { rows: heads } = await pool.query<{ file: CaseFile }>('SELECT file FROM case_head');
    const verified = await journal.verify();
    return {
      ...{ cases: told.length, acknowledged: told.flatMap((each) => each.acknowledged).length, entries: entries.length },
      steps: entries.filter(({ type }) => type === 'DEADLINE_STEP').length,
      lostOrDoubled: lostOrDoubled(entries, told),
      wrongSteps: [...doubledSteps(entries), ...heads.flatMap(({ file }) => lostSteps(file, clock()))],
      stuck: await stuck(pool, told),
      verifyProblems: verified.problems.map((each) => JSON.stringify(each)),
    };
  } finally {
    await pool.end();
  }
}

/** Everything owed is done and everything stored is decided; the sweeper needs a few seconds after the last strike. */
async function untilQuiet(pool: pg.Pool, now: string): Promise<void> {
  for (let turn = 0; turn < 60; turn++) {
    const waiting = await pool
      .query<{ n: number }>(
        `SELECT (SELECT count(*) FROM outbox WHERE done_at IS NULL) + (SELECT count(*) FROM command WHERE decided_at IS NULL)
           + (SELECT count(*) FROM case_head WHERE wake_at < $1) AS n`,
        [now],
      )
      .then(({ rows }) => Number(rows[0]!.n))
      .catch(() => -1);
    if (waiting === 0) return;
    await sleep(1000);
  }
}

function lostOrDoubled(entries: readonly EntryRow[], told: readonly Told[]): string[] {
  return told
    .flatMap(({ acknowledged }) => acknowledged)
    .map(({ caseId, command }) => ({ caseId, command, found: entries.filter((entry) => entry.stream === caseId && entry.type === command).length }))
    .filter(({ found }) => found !== 1)
    .map(({ caseId, command, found }) => `${command} of ${caseId} is there ${found} times`);
}

function doubledSteps(entries: readonly EntryRow[]): string[] {
  const seen = new Set<string>();
  return entries.flatMap(({ stream, happenings }) =>
    (happenings ?? []).flatMap((each) => {
      if (each.kind !== 'stepFired') return [];
      const name = `${stream} ${each.deadline} ${each.step} ${each.scheduledFor}`;
      const doubled = seen.has(name) ? [`${name} fired twice`] : [];
      seen.add(name);
      return doubled;
    }),
  );
}

/** A step whose time has come while its deadline was open has fired. */
function lostSteps(file: CaseFile, now: string): string[] {
  return Object.values(file.deadlines).flatMap(({ name, steps, metAt }) =>
    steps.filter(({ at, firedAt }) => metAt === null && at <= now && firedAt === null).map(({ step, at }) => `${file.ref} ${name} ${step} of ${at} did not fire`),
  );
}

async function stuck(pool: pg.Pool, told: readonly Told[]): Promise<string[]> {
  const { rows } = await pool.query<{ what: string }>(
    `SELECT 'effect ' || case_id || ' ' || version || '.' || n AS what FROM outbox WHERE done_at IS NULL
     UNION ALL SELECT 'command ' || name || ' of ' || case_id FROM command WHERE decided_at IS NULL
     UNION ALL SELECT 'case ' || ref || ' is ' || state FROM case_head WHERE id = ANY($1::uuid[]) AND state <> 'closed'
     UNION ALL SELECT 'action ' || ref || ' is ' || state FROM case_head WHERE id = ANY($2::uuid[]) AND state <> 'done'`,
    [told.map(({ caseId }) => caseId), told.map(({ actionId }) => actionId)],
  );
  return rows.map(({ what }) => what);
}
