import { type Command, Option } from 'commander';
import { collected } from './options.ts';
import { addCalendarFeed } from './person-commands.ts';
import { act } from './run.ts';

/** What needs no engine: rehearsals and sums. */
export function addOfflineCommands(program: Command): void {
  const scenario = program
    .command('scenario')
    .description('rehearsals from files (docs/scenarios.md): scenario run');
  scenario
    .command('run <files...>')
    .description('play scenario files and compare what happens with what they expect')
    .addOption(
      new Option('--driver <driver>', 'in virtual time, or on a Temporal server')
        .choices(['virtual', 'temporal'])
        .default('virtual'),
    )
    .option('--json', 'for programs')
    .action(act(async () => (await import('./offline/run-scenarios.ts')).runScenarios));
  const calendar = program.command('calendar').description('working days: calendar due, calendar make; your own dates: calendar feed');
  addCalendarFeed(calendar);
  calendar
    .command('make <region>')
    .description('write a working calendar with the public holidays of a country or region, such as DE-BY')
    .requiredOption('--years <years>', 'which years: 2026-2030')
    .option('--zone <zone>', 'time zone (default: that of the region)')
    .option('--id <id>', 'name of the calendar (default: the region)')
    .option('--half-day <day>', 'work ends at noon: 12-24:"Christmas Eve" in every year, 2027-05-07:Name in one', collected)
    .option('--company-day <day>', 'day off by a rule of the company, written likewise', collected)
    .option('--json', 'for programs; it is JSON anyway')
    .action(act(async () => (await import('./offline/calendar-make.ts')).calendarMake));
  calendar
    .command('due')
    .description('when something is due, and when its reminders and escalations fire')
    .requiredOption(
      '--anchor <when>',
      'from when: 2026-10-23, 2026-10-23T18:00 (at the site) or 2026-10-23T16:00Z',
    )
    .requiredOption('--duration <time>', 'how long: 5wd, 14cd, 72h or 1mo')
    .option(
      '--calendar <file or site>',
      'calendar file (.json), or a site of the loaded organisation (default: its first)',
    )
    .addOption(
      new Option('--roll <rule>', 'where a due date on a day off goes').choices([
        'following',
        'preceding',
        'none',
      ]),
    )
    .addOption(
      new Option('--ladder <class>', 'which escalation ladder')
        .choices(['standard', 'critical', 'legal'])
        .default('standard'),
    )
    .option('--json', 'for programs')
    .action(act(async () => (await import('./offline/calendar-due.ts')).calendarDue));
}
