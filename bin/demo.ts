import path from 'node:path';
import type pg from 'pg';
import { createAuth } from '../api/sign-in/auth.ts';
import type { Instant } from '../contracts/identity.ts';
import type { OrganisationFile } from '../contracts/organisation.ts';
import { atLocalTime, localDate } from '../domain/calendar/due.ts';
import { addWorkingDays } from '../domain/calendar/working-calendar.ts';
import { createJournal } from '../prisma/journal/journal.ts';
import { createPool } from '../prisma/pool.ts';
import { keepInApp } from '../prisma/courier/sort-notices.ts';
import { loadScenario, mainCalendar } from '../simulation/load-scenario.ts';
import { runScenario } from '../simulation/run-scenario.ts';
import { createJournalDriver } from './journal-driver.ts';
import { ownHands } from './own-hands.ts';
import { environmentOrExit } from './environment.ts';
import { keptSecret } from './secret.ts';

/**
 * `npm start -- --demo`: an example company with cases in different states. Its stories are scenario files, told to the journal
 * through the same door as everything else, with the clock set back: deadlines, reminders and escalations lie where they belong.
 */
const stories: { file: string; workingDaysAgo: number }[] = [
  { file: '1-restore-tests-closed.yaml', workingDaysAgo: 130 },
  { file: '3-patching-overdue.yaml', workingDaysAgo: 62 },
  { file: '2-leaver-accounts-monitoring.yaml', workingDaysAgo: 45 },
  { file: '4-supplier-review-approval.yaml', workingDaysAgo: 9 },
  { file: '6-training-cause.yaml', workingDaysAgo: 8 },
  { file: '5-clear-desk-appealed.yaml', workingDaysAgo: 6 },
  { file: '7-just-reported.yaml', workingDaysAgo: 1 },
];

/** Who signs in to look around, and as what. */
const logins: [person: string, role: string][] = [
  ['anna.berger', 'information security officer'],
  ['katharina.vogt', 'top management'],
  ['thomas.reiter', 'head of IT, owns nonconformities'],
  ['sabine.wolf', 'internal auditor'],
  ['emre.yilmaz', 'administrator, reports and carries out actions'],
];

export async function loadDemo({ databaseUrl }: { databaseUrl: string }): Promise<string[]> {
  const pool = createPool(databaseUrl, { max: 4 });
  const environment = environmentOrExit();
  try {
    if (await isEmpty(pool)) await tellStories(pool);
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

async function tellStories(pool: pg.Pool): Promise<void> {
  const today = new Date().toISOString();
  const clock = { now: today };
  const journal = createJournal({ pool, clock: () => clock.now });
  const told = createJournalDriver({ pool, journal, clock, hands: ownHands(journal) });
  let begun = false;
  const begin = async ({ organisation, at }: { organisation: OrganisationFile; at: Instant }) => {
    clock.now = at;
    if (!begun) await told.changeOrganisation(organisation);
    begun = true;
  };
  for (const { file, workingDaysAgo } of stories) {
    const loaded = await loadScenario(path.join(import.meta.dirname, '..', 'demo', 'cases', file));
    const start = morningOf(workingDaysAgo, loaded.organisation, today);
    const { failures } = await runScenario({ ...loaded, start }, { ...told, begin });
    if (failures.length > 0) throw new Error(`The demo story ${file} does not work: ${JSON.stringify(failures[0])}`);
  }
  await told.advanceTo(today > clock.now ? today : clock.now);
  await keepInApp(pool, 'part of the example');
}

function morningOf(workingDaysAgo: number, organisation: OrganisationFile, today: Instant): Instant {
  const calendar = mainCalendar(organisation);
  return atLocalTime(addWorkingDays(localDate(today, calendar.zone), -workingDaysAgo, calendar), '09:00', calendar.zone);
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
