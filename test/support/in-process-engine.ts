import type pg from 'pg';
import { readFileSync } from 'node:fs';
import type { CaseId, Instant, PersonId } from '../../contracts/identity.ts';
import type { OrganisationFile } from '../../contracts/organisation.ts';
import { createJournal } from '../../prisma/journal/journal.ts';
import type { Journal } from '../../prisma/journal/journal.ts';
import { createPool } from '../../prisma/pool.ts';
import { createTestDatabase } from './database.ts';

/** The journal on a real PostgreSQL, with effects carried out at once instead of by workflows, and a clock that tests shift. */
export interface InProcessEngine {
  journal: Journal;
  pool: pg.Pool;
  url: string;
  now(): Instant;
  setNow(instant: Instant): void;
  open(process: string, person: PersonId, body: unknown): Promise<CaseId>;
  send(
    caseId: CaseId,
    command: string,
    person: PersonId,
    body?: unknown,
    ifMatch?: number,
  ): Promise<Awaited<ReturnType<Journal['outcomeOf']>>>;
  /** Lets every case do what is due and owed until nothing is left. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

export const demoOrganisation = (): OrganisationFile =>
  JSON.parse(readFileSync('demo/organisation.json', 'utf8')) as OrganisationFile;

export async function startInProcessEngine(
  start: Instant = '2026-11-02T09:00:00.000Z',
): Promise<InProcessEngine> {
  const database = await createTestDatabase();
  const pool = createPool(database.url, { max: 10 });
  let now = start;
  let keys = 0;
  const journal = createJournal({ pool, clock: () => now });
  await journal.importOrganisation({ data: demoOrganisation(), actor: 'operator', reason: 'test' });
  const settle = () => settleAll(journal, pool);
  return {
    ...{ journal, pool, url: database.url, settle, now: () => now },
    setNow: (instant) => void (now = instant),
    open: async (process, person, body) => {
      const opened = await journal.openCase({ process, person, body, key: `k${++keys}` });
      if (!opened.opened) throw new Error(JSON.stringify(opened));
      await settle();
      return opened.caseId;
    },
    send: async (caseId, name, person, body = {}, ifMatch) => {
      const stored = await journal.storeCommand({
        caseId,
        person,
        name,
        body,
        ifMatch: ifMatch ?? null,
        key: `k${++keys}`,
      });
      if (!('commandId' in stored)) throw new Error(JSON.stringify(stored));
      await journal.decideCommand(caseId, stored.commandId);
      await settle();
      return journal.outcomeOf(stored.commandId);
    },
    close: async () => {
      await pool.end();
      await database.drop();
    },
  };
}

async function settleAll(journal: Journal, pool: pg.Pool): Promise<void> {
  for (let busy = true; busy;) {
    const { rows } = await pool.query<{ id: string }>(
      `SELECT case_id AS id FROM outbox WHERE done_at IS NULL UNION SELECT case_id FROM command WHERE decided_at IS NULL`,
    );
    busy = rows.length > 0;
    for (const { id } of rows) await settleCase(journal, id);
  }
}

async function settleCase(journal: Journal, caseId: CaseId): Promise<void> {
  const { effects, pendingCommands } = await journal.load(caseId);
  for (const commandId of pendingCommands) await journal.decideCommand(caseId, commandId);
  for (const effect of effects) {
    const { reached, more } = await journal.performEffect(caseId, effect);
    for (const touched of reached) await journal.wake(touched.caseId);
    if (more) return;
    await journal.settleEffect(caseId, effect);
  }
}
