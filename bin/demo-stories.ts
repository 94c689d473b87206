import path from 'node:path';
import type { Instant } from '../contracts/identity.ts';
import type { OrganisationFile } from '../contracts/organisation.ts';
import { atLocalTime, localDate } from '../domain/calendar/due.ts';
import { addWorkingDays } from '../domain/calendar/working-calendar.ts';
import { loadScenario, mainCalendar } from '../simulation/load-scenario.ts';
import type { LoadedScenario } from '../simulation/load-scenario.ts';

/**
 * What has happened in the example company, and how many working days ago each story began. They are told beside each other, step by step
 * in the order of time, and share their names: what one has opened, a later one goes on with. Where two steps fall on the same instant, the
 * story that stands higher here comes first.
 */
const stories: { file: string; workingDaysAgo: number }[] = [
  { file: 'risk/01-foundation.yaml', workingDaysAgo: 335 },
  { file: 'risk/02-assessment-last-year.yaml', workingDaysAgo: 295 },
  { file: 'risk/10-assessment-this-year.yaml', workingDaysAgo: 295 },
  { file: 'treatment/ransomware.yaml', workingDaysAgo: 271 },
  { file: 'treatment/restart.yaml', workingDaysAgo: 261 },
  { file: 'treatment/components.yaml', workingDaysAgo: 260 },
  { file: 'treatment/signing-key.yaml', workingDaysAgo: 260 },
  { file: 'treatment/leavers.yaml', workingDaysAgo: 260 },
  { file: 'treatment/payments.yaml', workingDaysAgo: 260 },
  { file: 'treatment/contracts.yaml', workingDaysAgo: 260 },
  { file: 'statement/first.yaml', workingDaysAgo: 255 },
  { file: 'treatment/salesperson.yaml', workingDaysAgo: 254 },
  { file: 'risk/03-reviews.yaml', workingDaysAgo: 228 },
  { file: 'risk/04-closed-and-merged.yaml', workingDaysAgo: 175 },
  { file: 'treatment/assistants.yaml', workingDaysAgo: 158 },
  { file: 'statement/second.yaml', workingDaysAgo: 131 },
  { file: 'cases/1-restore-tests-closed.yaml', workingDaysAgo: 130 },
  { file: 'risk/05-context-of-this-year.yaml', workingDaysAgo: 77 },
  { file: 'cases/3-patching-overdue.yaml', workingDaysAgo: 62 },
  { file: 'cases/2-leaver-accounts-monitoring.yaml', workingDaysAgo: 60 },
  { file: 'treatment/this-year.yaml', workingDaysAgo: 22 },
  { file: 'cases/4-supplier-review-approval.yaml', workingDaysAgo: 9 },
  { file: 'cases/6-training-cause.yaml', workingDaysAgo: 8 },
  { file: 'cases/5-clear-desk-appealed.yaml', workingDaysAgo: 6 },
  { file: 'cases/7-just-reported.yaml', workingDaysAgo: 1 },
];

/** All of them, with the clock set back from `today`. */
export async function demoStories(today: Instant): Promise<LoadedScenario[]> {
  return Promise.all(
    stories.map(async ({ file, workingDaysAgo }) => {
      const loaded = await loadScenario(path.join(import.meta.dirname, '..', 'demo', file));
      return { ...loaded, start: morningOf(workingDaysAgo, loaded.organisation, today) };
    }),
  );
}

function morningOf(workingDaysAgo: number, organisation: OrganisationFile, today: Instant): Instant {
  const calendar = mainCalendar(organisation);
  return atLocalTime(addWorkingDays(localDate(today, calendar.zone), -workingDaysAgo, calendar), '09:00', calendar.zone);
}
