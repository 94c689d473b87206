import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createJournalDriver } from '../../bin/journal-driver.ts';
import { ownHands } from '../../bin/own-hands.ts';
import { canonicalJson } from '../../domain/kernel/canonical.ts';
import type { FactSource, FetchedFacts } from '../../domain/kernel/facts.ts';
import { createFactSource } from '../../prisma/journal/facts.ts';
import { createJournal } from '../../prisma/journal/journal.ts';
import { createPool } from '../../prisma/pool.ts';
import { loadScenario } from '../../simulation/load-scenario.ts';
import { createMemoryFacts } from '../../simulation/memory-facts.ts';
import { runScenario } from '../../simulation/run-scenario.ts';
import { createVirtualDriver } from '../../simulation/virtual-driver.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';

/** Told once to each store: parties that change hands, fall vacant, are released, and cases that end and are taken up again. */
const stories = ['nc-reopened-on-new-evidence', 'action-changes-hands', 'departure-verifier-leaves-in-monitoring', 'nc-withdrawn-reopens-its-duplicates', 'treatment-from-plan-to-acceptance'];

const BEGINNING = '2000-01-01T00:00:00.000Z';

/** Ids of cases differ between the stores; references do not. */
function known({ tenures, deeds }: FetchedFacts) {
  return {
    tenures: tenures.map(({ case: { ref, state }, parents, ...rest }) => ({ ref, state, parents: parents.map((each) => each.ref).sort(), ...rest })).sort(byText),
    deeds: deeds.map(({ case: { ref }, parents, ...rest }) => ({ ref, parents: parents.map((each) => each.ref).sort(), ...rest })).sort(byText),
  };
}

const byText = (one: object, other: object) => (canonicalJson(one) < canonicalJson(other) ? -1 : 1);

describe.each(stories)('who held which party in the story %s', (name) => {
  let database: TestDatabase;
  let pool: ReturnType<typeof createPool>;
  let real: FactSource;
  let virtual: FactSource;
  let persons: string[];

  beforeAll(async () => {
    const scenario = await loadScenario(`scenarios/${name}.yaml`);
    persons = scenario.organisation.people.map(({ id }) => id);
    const told = createVirtualDriver();
    await runScenario(scenario, told);
    virtual = createMemoryFacts(told.journalInMemory().store);
    database = await createTestDatabase();
    pool = createPool(database.url, { max: 4 });
    const clock = { now: scenario.start };
    const journal = createJournal({ pool, clock: () => clock.now });
    const driver = createJournalDriver({ pool, journal, clock, hands: ownHands(journal) });
    await runScenario(scenario, { ...driver, begin: ({ organisation }) => driver.changeOrganisation(organisation) });
    real = createFactSource(pool);
  }, 60_000);
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  const past = (source: FactSource, since: string) => source.fetch([{ fact: 'tenures', persons, since }, { fact: 'deeds', persons, since }]).then(known);

  it('is the same in both stores, from the beginning and since any instant at which one ended', async () => {
    const all = await past(virtual, BEGINNING);
    expect(all.tenures.length).toBeGreaterThan(0);
    expect(await past(real, BEGINNING)).toEqual(all);
    for (const until of new Set(all.tenures.flatMap((each) => each.until ?? []))) {
      const later = new Date(Date.parse(until) + 1).toISOString();
      expect(await past(real, until)).toEqual(await past(virtual, until));
      expect(await past(real, later)).toEqual(await past(virtual, later));
      expect((await past(real, later)).tenures.length).toBeLessThan((await past(real, until)).tenures.length);
    }
  });

  it('is what a database that did not write it down gets from its entries', async () => {
    const rows = async () => (await pool.query('SELECT * FROM tenure ORDER BY case_id, party, version')).rows;
    const written = await rows();
    await pool.query('TRUNCATE tenure');
    await pool.query(fillFromEntries());
    expect(await rows()).toEqual(written);
  });
});

/** The part of the migration that reads what is stored. */
function fillFromEntries(): string {
  const folder = readdirSync('prisma/migrations').find((each) => each.endsWith('_tenures'))!;
  const sql = readFileSync(path.join('prisma/migrations', folder, 'migration.sql'), 'utf8');
  return sql.slice(sql.indexOf('INSERT INTO'));
}
