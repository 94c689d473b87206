import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentHash } from '../../domain/kernel/canonical.ts';
import type { FactQuery, FactSource } from '../../domain/kernel/facts.ts';
import { createJournalDriver } from '../../bin/journal-driver.ts';
import { ownHands } from '../../bin/own-hands.ts';
import { createFactSource } from '../../prisma/journal/facts.ts';
import { createJournal } from '../../prisma/journal/journal.ts';
import { createPool } from '../../prisma/pool.ts';
import { createMemoryFacts } from '../../simulation/memory-facts.ts';
import type { ScenarioDriver } from '../../simulation/scenario-driver.ts';
import { createVirtualDriver } from '../../simulation/virtual-driver.ts';
import { createTestDatabase } from '../support/database.ts';
import { demoOrganisation } from '../support/in-process-engine.ts';
import { acceptance, cause, correction, plan, report } from '../support/nonconformity-bodies.ts';

const START = '2026-11-02T09:00:00.000Z';

interface Store {
  driver: Pick<ScenarioDriver, 'openCase' | 'command' | 'uploadEvidence' | 'view' | 'advanceTo'>;
  facts: FactSource;
  close: () => Promise<void>;
}

async function memoryStore(): Promise<Store> {
  const driver = createVirtualDriver();
  await driver.begin({ organisation: demoOrganisation(), at: START });
  return { driver, facts: createMemoryFacts(driver.journalInMemory().store), close: async () => undefined };
}

async function postgresStore(): Promise<Store> {
  const database = await createTestDatabase();
  const pool = createPool(database.url, { max: 4 });
  const clock = { now: START };
  const journal = createJournal({ pool, clock: () => clock.now });
  const driver = createJournalDriver({ pool, journal, clock, hands: ownHands(journal) });
  await driver.changeOrganisation(demoOrganisation());
  const close = async () => {
    await pool.end();
    await database.drop();
  };
  return { driver, facts: createFactSource(pool), close };
}

/** One contract for both stores of facts (design.md "Same journal"). */
describe.each([
  ['memory', memoryStore],
  ['PostgreSQL', postgresStore],
])('facts kept in %s', (_, create) => {
  let store: Store;
  let nc: string;
  let action: string;
  let proof: string;
  beforeAll(async () => {
    store = await create();
    const { driver } = store;
    const opened = await driver.openCase({ as: 'emre.yilmaz', process: 'nonconformity', body: report });
    nc = 'caseId' in opened ? opened.caseId : '';
    const uploaded = await driver.uploadEvidence({ as: 'leon.fischer', name: 'p.txt', bytes: Buffer.from('proof') });
    proof = 'sha256' in uploaded ? uploaded.sha256 : '';
    const send = (as: string, name: string, body: unknown = {}, caseId = nc) => driver.command({ as, caseId, name, body });
    await send('anna.berger', 'ACCEPT', acceptance);
    await send('thomas.reiter', 'RECORD_CORRECTION', correction);
    await send('thomas.reiter', 'SUBMIT_CAUSE', cause);
    await send('anna.berger', 'CA_NEEDED');
    await send('thomas.reiter', 'SUBMIT_PLAN', plan);
    await send('anna.berger', 'APPROVE', { contentHash: (await driver.view(nc)).file.round!.contentHash });
    action = (await driver.view(nc)).file.links.find(({ type }) => type === 'correctiveAction')!.to;
    await send('leon.fischer', 'ACKNOWLEDGE', {}, action);
    await send('leon.fischer', 'SUBMIT', { result: 'done', evidence: [proof] }, action);
  });
  afterAll(() => store.close());

  const ask = async (query: FactQuery) => store.facts.fetch([query]);

  it('involvements lie on the case and on the case it belongs to, in order, each with its instant', async () => {
    const { involvements } = await ask({ fact: 'involvements', objects: [nc] });
    expect(new Set(involvements.map(({ object, at }) => `${object} ${at}`))).toEqual(new Set([`${nc} ${START}`]));
    const inOrder = involvements.map(({ person, relation }) => `${relation} ${person}`);
    const written = ['recordedCorrection thomas.reiter', 'authoredCause thomas.reiter', 'implementedAction leon.fischer'];
    expect(inOrder.filter((each) => written.includes(each))).toEqual(written);
    expect((await ask({ fact: 'involvements', objects: [action] })).involvements.map(({ relation }) => relation)).toEqual(['implementedAction']);
  });

  it('summaries of cases are what the process tells about them; unknown ones are left out', async () => {
    const { cases } = await ask({ fact: 'cases', ids: [nc, '00000000-0000-4000-8000-00000000dead'] });
    expect(cases).toEqual([
      {
        ...{ id: nc, ref: 'NC-2026-0001', process: 'nonconformity', state: 'implementing', settled: null, openedAt: START, settledAt: null },
        about: expect.objectContaining({ grade: 'minor', requirement: 'A.8.13', unit: 'it', owner: 'thomas.reiter' }),
      },
    ]);
  });

  it('children of a case are those it opened', async () => {
    const { children } = await ask({ fact: 'children', of: nc });
    expect(children.map(({ id, state }) => [id === action, state])).toContainEqual([true, 'submitted']);
  });

  it('cases are found by the keys they carry, within their process', async () => {
    const found = async (process: string, value: string) => (await ask({ fact: 'byKey', process, key: 'requirementUnit', value })).similar.map(({ id }) => id === nc);
    expect(await found('nonconformity', 'A.8.13|it')).toEqual([true]);
    expect(await found('action', 'A.8.13|it')).toEqual([]);
    expect(await found('nonconformity', 'A.8.13|hr')).toEqual([]);
  });

  it('a case that several questions find is there once, with at least the fields that one of them asks for', async () => {
    const byKey = { fact: 'byKey', process: 'nonconformity', key: 'requirementUnit', value: 'A.8.13|it' } as const;
    const about = async (...queries: FactQuery[]) => (await store.facts.fetch(queries)).similar.map((each) => each.about);
    expect(await about({ ...byKey, fields: ['grade'] }, { ...byKey, fields: ['owner'] })).toEqual([expect.objectContaining({ grade: 'minor', owner: 'thomas.reiter' })]);
    expect(await about({ ...byKey, fields: ['grade'] }, byKey)).toEqual([expect.objectContaining({ grade: 'minor', requirement: 'A.8.13', unit: 'it' })]);
  });

  it('what an origin has opened for an object is found since an instant, and not before it', async () => {
    const { object } = (await store.driver.view(action)).file.origin!;
    const since = async (instant: string) => (await ask({ fact: 'spawned', root: nc, process: 'action', type: 'correctiveAction', object, since: instant })).spawned.map(({ id }) => id);
    expect(await since('2026-10-03T09:00:00.000Z')).toEqual([action]);
    expect(await since('2026-11-02T09:00:00.001Z')).toEqual([]);
  });

  it('of evidence only what is stored is known, and of a link what was found', async () => {
    expect((await ask({ fact: 'evidence', hashes: [proof, 'f'.repeat(64)] })).evidence).toEqual([{ sha256: proof, link: null }]);
    const url = 'https://status.example/backups';
    const linked = await store.driver.uploadEvidence({ as: 'leon.fischer', name: 'page', bytes: Buffer.from('all green'), link: url });
    const { sha256 } = linked as { sha256: string };
    expect((await ask({ fact: 'evidence', hashes: [sha256] })).evidence).toEqual([{ sha256, link: expect.objectContaining({ url, bytes: 9, whole: true }) }]);
    expect(sha256).toBe(contentHash((await ask({ fact: 'evidence', hashes: [sha256] })).evidence[0]!.link));
  });

  it('of an entry it is known who wrote it, and of none that is not there', async () => {
    const authors = async (version: number) => (await ask({ fact: 'author', of: nc, version })).authors;
    expect(await authors(1)).toEqual([{ of: nc, version: 1, person: 'emre.yilmaz', onBehalfOf: null }]);
    expect(await authors(999)).toEqual([]);
  });

  it('claims nothing that was not asked for', async () => {
    expect(await store.facts.fetch([])).toMatchObject({ involvements: [], cases: [], children: [], similar: [], spawned: [], evidence: [] });
  });
});
