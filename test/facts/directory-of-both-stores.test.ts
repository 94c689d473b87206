import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import pg from 'pg';
import { createJournalDriver } from '../../bin/journal-driver.ts';
import { ownHands } from '../../bin/own-hands.ts';
import type { Directory } from '../../domain/directory/directory.ts';
import { createJournal } from '../../prisma/journal/journal.ts';
import type { ScenarioDriver } from '../../simulation/scenario-driver.ts';
import { createVirtualDriver } from '../../simulation/virtual-driver.ts';
import { createTestDatabase } from '../support/database.ts';
import { demoOrganisation } from '../support/in-process-engine.ts';

const START = '2026-11-02T09:00:00.000Z';

interface Store {
  driver: Pick<ScenarioDriver, 'openCase' | 'command' | 'changeOrganisation' | 'advanceTo'>;
  /** As one part of the engine sees it, and as another does that has not decided anything itself. */
  directories: () => Promise<Directory[]>;
  close: () => Promise<void>;
}

async function memoryStore(): Promise<Store> {
  const driver = createVirtualDriver();
  await driver.begin({ organisation: demoOrganisation(), at: START });
  return { driver, directories: async () => [driver.directory()], close: async () => undefined };
}

async function postgresStore(): Promise<Store> {
  const database = await createTestDatabase();
  const pool = new pg.Pool({ connectionString: database.url, max: 4 });
  const clock = { now: START };
  const journal = createJournal({ pool, clock: () => clock.now });
  const other = createJournal({ pool, clock: () => clock.now });
  const driver = createJournalDriver({ pool, journal, clock, hands: ownHands(journal) });
  await driver.changeOrganisation(demoOrganisation());
  const close = async () => {
    await pool.end();
    await database.drop();
  };
  return { driver, directories: () => Promise.all([journal.directory(), other.directory()]), close };
}

/** One contract for both stores: cases that change the directory are part of it from the decision on that changed them. */
describe.each([
  ['memory', memoryStore],
  ['PostgreSQL', postgresStore],
])('the directory kept in %s', (_, create) => {
  let store: Store;
  let delegation: string;
  let revisions: number[];
  beforeAll(async () => void (store = await create()));
  afterAll(() => store.close());

  const send = (as: string, name: string, body: object = {}) => store.driver.command({ as, caseId: delegation, name, body });
  const delegators = async (at = START) => (await store.directories()).map((each) => each.delegatorsOf('felix.bauer', at));
  const risen = async () => {
    const before = revisions;
    revisions = (await store.directories()).map(({ revision }) => revision);
    return revisions.map((revision, n) => revision > before[n]!);
  };

  it('holds no authority that was only offered, and has a higher revision for it', async () => {
    revisions = (await store.directories()).map(({ revision }) => revision);
    const body = { delegate: 'felix.bauer', scope: 'EVERYTHING', from: '2026-11-02', until: '2026-11-13', reason: 'Conference' };
    const opened = await store.driver.openCase({ as: 'anna.berger', process: 'delegation', body });
    delegation = 'caseId' in opened ? opened.caseId : '';
    expect(opened).toHaveProperty('caseId');
    for (const each of await delegators()) expect(each).toEqual([]);
    expect(new Set(await risen())).toEqual(new Set([true]));
  });

  it('knows of an acceptance with the next question, by its days', async () => {
    expect(await send('felix.bauer', 'ACCEPT')).toEqual({ accepted: true });
    for (const each of await delegators()) expect(each).toEqual(['anna.berger']);
    for (const each of await delegators('2026-11-13T22:59:59.999Z')) expect(each).toEqual(['anna.berger']);
    for (const each of await delegators('2026-11-13T23:00:00.000Z')) expect(each).toEqual([]);
    expect(new Set(await risen())).toEqual(new Set([true]));
  });

  it('keeps its revision while nothing changes it, though commands are refused', async () => {
    expect(await send('joerg.wagner', 'REVOKE', { reason: 'Why not' })).toHaveProperty('reasons');
    expect(new Set(await risen())).toEqual(new Set([false]));
  });

  it('keeps what the cases say when another organisation is loaded', async () => {
    const organisation = demoOrganisation();
    await store.driver.changeOrganisation({ ...organisation, people: organisation.people.map((each) => (each.id === 'anna.berger' ? { ...each, name: 'Anna Berger-Vogt' } : each)) });
    for (const each of await store.directories()) expect(each.person('anna.berger')?.name).toBe('Anna Berger-Vogt');
    for (const each of await delegators()) expect(each).toEqual(['anna.berger']);
    expect(new Set(await risen())).toEqual(new Set([true]));
  });

  it('takes back what was revoked, and still answers for the time before', async () => {
    await store.driver.advanceTo('2026-11-04T09:00:00.000Z');
    expect(await send('anna.berger', 'REVOKE', { reason: 'Back early' })).toEqual({ accepted: true });
    for (const each of await delegators('2026-11-04T09:00:00.000Z')) expect(each).toEqual([]);
    for (const each of await delegators('2026-11-04T08:59:59.999Z')) expect(each).toEqual(['anna.berger']);
  });
});
