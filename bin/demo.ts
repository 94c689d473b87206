import type pg from 'pg';
import { createAuth } from '../api/sign-in/auth.ts';
import type { Instant } from '../contracts/identity.ts';
import type { OrganisationFile } from '../contracts/organisation.ts';
import { createJournal } from '../prisma/journal/journal.ts';
import { createPool } from '../prisma/pool.ts';
import { keepInApp } from '../prisma/courier/sort-notices.ts';
import { tellTogether } from '../simulation/tell-together.ts';
import { demoStories } from './demo-stories.ts';
import { createJournalDriver } from './journal-driver.ts';
import { ownHands } from './own-hands.ts';
import { environmentOrExit } from './environment.ts';
import { keptSecret } from './secret.ts';

/** Who signs in to look around, and as what. */
const logins: [person: string, role: string][] = [
  ['anna.berger', 'information security officer'],
  ['katharina.vogt', 'top management'],
  ['martin.huber', 'deputy of the officer, assesses risks'],
  ['thomas.reiter', 'head of IT, owns risks and nonconformities'],
  ['lea.hoffmann', 'head of device software, owns risks'],
  ['sabine.wolf', 'internal auditor'],
  ['emre.yilmaz', 'administrator, reports and carries out actions'],
];

/**
 * `npm start -- --demo`: an example company with cases in different states. Its stories (demo-stories.ts) are scenario files, told to the
 * journal through the same door as everything else, with the clock set back: deadlines, reminders and escalations lie where they belong.
 */
export async function loadDemo({ databaseUrl }: { databaseUrl: string }): Promise<string[]> {
  const pool = createPool(databaseUrl, { max: 4 });
  const environment = environmentOrExit();
  try {
    if (await isEmpty(pool)) {
      await tellStories(databaseUrl);
      await keepInApp(pool, 'part of the example');
    }
    const password = keptSecret(environment.home, 'demo-password');
    return await giveLogins({ pool, password, publicUrl: environment.publicUrl });
  } finally {
    await pool.end();
  }
}

async function isEmpty(pool: pg.Pool): Promise<boolean> {
  const { rowCount } = await pool.query('SELECT 1 FROM organisation_revision LIMIT 1');
  return rowCount === 0;
}

/** Nobody waits for one of these commits: the first one after them makes all of them durable. */
async function tellStories(databaseUrl: string): Promise<void> {
  const pool = createPool(databaseUrl, { max: 2, options: '-c synchronous_commit=off' });
  await tellTo(pool).finally(() => pool.end());
}

async function tellTo(pool: pg.Pool): Promise<void> {
  const today = new Date().toISOString();
  const clock = { now: today };
  const journal = createJournal({ pool, clock: () => clock.now });
  const told = createJournalDriver({ pool, journal, clock, hands: ownHands(journal) });
  const begin = async ({ organisation, at }: { organisation: OrganisationFile; at: Instant }) => {
    clock.now = at;
    await told.changeOrganisation(organisation);
  };
  const [failure] = await tellTogether(await demoStories(today), { ...told, begin });
  if (failure) throw new Error(`The demo story "${failure.scenario}" does not work: ${JSON.stringify(failure)}`);
  await told.advanceTo(today);
}

/** One generated password for all of them, kept with the other secrets of this installation. */
async function giveLogins({ pool, password, publicUrl }: { pool: pg.Pool; password: string; publicUrl: string }): Promise<string[]> {
  const auth = createAuth({ pool, secret: password.padEnd(32, '.'), publicUrl });
  const directory = await createJournal({ pool, clock: () => new Date().toISOString() }).directory();
  for (const [personId] of logins) await auth.api.signInPerson({ body: { personId, password } });
  return [
    `Example company "${directory.organisation.name}". Password of all logins: ${password}`,
    ...logins.map(([id, role]) => `  ${(directory.person(id)?.email ?? id).padEnd(44)} ${role}`),
  ];
}
