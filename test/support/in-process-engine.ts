import type pg from 'pg';
import { readFileSync } from 'node:fs';
import type { CaseId, Instant, PersonId } from '../../contracts/identity.ts';
import type { OrganisationFile } from '../../contracts/organisation.ts';
import { settle as settleAll } from '../../bin/journal-driver.ts';
import { openJournal } from '../../bin/open-journal.ts';
import { ownHands } from '../../bin/own-hands.ts';
import type { Journal } from '../../prisma/journal/journal.ts';
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
  const clock = { now: start };
  let keys = 0;
  const { pool, journal } = openJournal({ databaseUrl: database.url, clock: () => clock.now, max: 10 });
  await journal.importOrganisation({ data: demoOrganisation(), actor: 'operator', reason: 'test' });
  const settle = () => settleAll({ pool, clock, hands: ownHands(journal) });
  return {
    ...{ journal, pool, url: database.url, settle, now: () => clock.now },
    setNow: (instant) => void (clock.now = instant),
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
