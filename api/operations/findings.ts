import type { Instant } from '../../contracts/identity.ts';
import type { DatabaseReport, Finding, FindingCode, Gravity } from '../../contracts/operations.ts';
import type { TemporalView } from './temporal-report.ts';

/** What the reports mean: each finding says what is wrong, how grave it is, and what to do, in one sentence. */

const LATE_MS = 60_000;
const MAIL_LATE_MS = 15 * 60_000;
const VERIFY_EVERY_MS = 8 * 86_400_000;
const CALENDAR_AHEAD_MS = 90 * 86_400_000;
const SKEW_MS = 2_000;

type Words = Omit<Finding, 'code' | 'cases'>;

function finding(
  code: FindingCode,
  { gravity, what, todo }: Words,
  cases: readonly { caseId: string }[] = [],
): Finding {
  return { code, gravity, what, todo, cases: cases.map(({ caseId }) => caseId) };
}

const nudgeThem =
  'Nudge the cases named (isms nudge CASE --reason …), and look at what the worker logs about them if that does not help.';

export function databaseFindings(report: DatabaseReport, now: Instant): Finding[] {
  return [
    ...schemaFindings(report),
    ...skewFindings(report),
    ...waitingFindings(report, now),
    ...mailFindings(report, now),
    ...journalFindings(report, now),
    ...calendarFindings(report, now),
  ];
}

function schemaFindings({ missingMigrations: missing }: DatabaseReport): Finding[] {
  if (missing.length === 0) return [];
  const what = `The database lacks ${missing.length} migration${missing.length === 1 ? '' : 's'}: ${missing.join(', ')}.`;
  return [
    finding('MIGRATIONS_MISSING', {
      gravity: 'broken',
      what,
      todo: 'Stop API and workers, make a backup, run npm run migrate, and start them again.',
    }),
  ];
}

function skewFindings({ clockSkewMs: skew }: DatabaseReport): Finding[] {
  if (Math.abs(skew) <= SKEW_MS) return [];
  const what = `The clock of the database is ${Math.abs(skew)} ms ${skew > 0 ? 'ahead of' : 'behind'} the clock of this machine.`;
  return [
    finding('CLOCK_SKEW', {
      gravity: 'warning',
      what,
      todo: 'Synchronise the clocks of all machines (NTP): deadlines are counted by them.',
    }),
  ];
}

const late: Record<keyof DatabaseReport['waiting'], { code: FindingCode; what: string; todo: string }> = {
  starts: {
    code: 'STARTS_WAITING',
    what: 'Cases whose workflow was not seen to start',
    todo: 'See that a worker and Temporal run; then run isms recover --reason ….',
  },
  effects: {
    code: 'EFFECTS_WAITING',
    what: 'Effects of decisions that were not carried out',
    todo: 'See that a worker and Temporal run; then nudge the cases named (isms nudge CASE --reason …).',
  },
  commands: {
    code: 'COMMANDS_WAITING',
    what: 'Commands of people that nobody has decided',
    todo: 'See that a worker and Temporal run; then nudge the cases named (isms nudge CASE --reason …).',
  },
  wakes: {
    code: 'WAKES_MISSED',
    what: 'Cases whose instant has passed and who were not woken',
    todo: 'See that a worker and Temporal run; then run isms recover --reason ….',
  },
};

function waitingFindings({ waiting }: DatabaseReport, now: Instant): Finding[] {
  return Object.entries(late).flatMap(([name, { code, what, todo }]) => {
    const { count, oldest } = waiting[name as keyof typeof late];
    if (!isOlder(oldest, now, LATE_MS)) return [];
    return [
      finding(code, {
        gravity: 'broken',
        what: `${what}: ${count}, the oldest since ${oldest}.`,
        todo,
      }),
    ];
  });
}

function mailFindings({ mail, heldSince }: DatabaseReport, now: Instant): Finding[] {
  const held = heldSince && {
    ...{
      gravity: 'warning' as Gravity,
      what: `This database was restored: since ${heldSince} no mail leaves the house.`,
    },
    todo: 'Find out what was sent after the backup was made; then run isms restore confirm --reason … (with --drop for not sending what waits).',
  };
  const isLate = mail && !heldSince && isOlder(mail.oldest, now, MAIL_LATE_MS);
  return [
    ...(held ? [finding('HELD_AFTER_RESTORE', held)] : []),
    ...(isLate
      ? [
          finding('MAIL_WAITING', {
            gravity: 'warning',
            what: `Mails that wait: ${mail.waiting}, the oldest since ${mail.oldest}.`,
            todo: 'See that a worker runs and that the mail server of the settings takes mail.',
          }),
        ]
      : []),
    ...(mail && mail.failed > 0
      ? [
          finding('MAIL_FAILED', {
            gravity: 'warning',
            what: `Mails that were refused for good: ${mail.failed}.`,
            todo: 'Correct the addresses in the directory; the notices themselves are in the application.',
          }),
        ]
      : []),
  ];
}

function journalFindings(
  { journal: { verified, entries }, missingMigrations }: DatabaseReport,
  now: Instant,
): Finding[] {
  if (missingMigrations.length > 0 || entries === 0) return [];
  if (verified && verified.problems > 0)
    return [
      finding('JOURNAL_PROBLEMS', {
        gravity: 'broken',
        what: `The verification of ${verified.at} found ${verified.problems} entries that are not as they were written.`,
        todo: 'Run isms verify, keep this database as it is, and compare it with the last backup that verifies.',
      }),
    ];
  if (verified && !isOlder(verified.at, now, VERIFY_EVERY_MS)) return [];
  const what = verified
    ? `The journal was verified last on ${verified.at}.`
    : 'The journal was never verified.';
  return [
    finding('JOURNAL_NOT_VERIFIED', {
      gravity: 'note',
      what,
      todo: 'Run isms verify, best every week by a timer of the machine.',
    }),
  ];
}

function calendarFindings({ calendars }: DatabaseReport, now: Instant): Finding[] {
  const until = new Date(Date.parse(now) + CALENDAR_AHEAD_MS).toISOString().slice(0, 10);
  const ending = calendars.filter((each) => each.until !== null && each.until < until);
  return ending.map(({ calendar, until: last }) =>
    finding('CALENDAR_ENDS', {
      gravity: 'warning',
      what: `The calendar ${calendar} names no day off after ${last}.`,
      todo: 'Load the calendar of the coming years, since deadlines are already counted in them.',
    }),
  );
}

export function temporalFindings({
  workers,
  sweeper,
  missing,
  missingCases,
  failing,
}: TemporalView): Finding[] {
  const words = (gravity: Gravity, what: string, todo: string): Words => ({ gravity, what, todo });
  return [
    ...(workers === 0
      ? [
          finding(
            'NO_WORKER',
            words(
              'broken',
              'No worker asks for work.',
              'Start a worker (bin/worker.ts), or find out why it ended.',
            ),
          ),
        ]
      : []),
    ...(workers > 0 && !sweeper
      ? [
          finding(
            'SWEEPER_MISSING',
            words(
              'warning',
              'The sweeper does not run.',
              'Wait ten seconds, since workers start it; then restart a worker.',
            ),
          ),
        ]
      : []),
    ...(missing > 0
      ? [
          finding(
            'WORKFLOWS_MISSING',
            words(
              'broken',
              `Open cases without a workflow: ${missing}.`,
              'Run isms recover --reason …: it starts those that are missing and disturbs no other.',
            ),
            missingCases,
          ),
        ]
      : []),
    ...(failing.length > 0
      ? [
          finding(
            'CASES_STUCK',
            words('broken', `Cases that wait and fail again and again: ${failing.length}.`, nudgeThem),
            failing,
          ),
        ]
      : []),
  ];
}

/** What is not there to be asked. */
export function awayFinding(part: 'DATABASE_AWAY' | 'TEMPORAL_AWAY' | 'API_AWAY', why: string): Finding {
  const words = {
    DATABASE_AWAY: {
      what: `PostgreSQL does not answer (${why}).`,
      todo: 'Start it, or correct DATABASE_URL: until then nobody reads or decides anything.',
    },
    TEMPORAL_AWAY: {
      what: `Temporal does not answer (${why}).`,
      todo: 'Start it, or correct the TEMPORAL_ settings: commands are stored meanwhile and decided when it returns.',
    },
    API_AWAY: {
      what: `The API does not answer (${why}).`,
      todo: 'Start it (npm start, or bin/api.ts): cases go on meanwhile, but nobody reaches them.',
    },
  }[part];
  return finding(part, { gravity: 'broken', ...words });
}

export function diskFinding(home: string, freeBytes: number): Finding[] {
  if (freeBytes > 1_000_000_000) return [];
  const what = `On the disk of ${home} ${Math.round(freeBytes / 1_000_000)} MB are free.`;
  return [
    finding('DISK_FULL', {
      gravity: freeBytes > 200_000_000 ? 'warning' : 'broken',
      what,
      todo: 'Make room: PostgreSQL stops when there is none left.',
    }),
  ];
}

function isOlder(instant: Instant | null, now: Instant, ms: number): instant is Instant {
  return instant !== null && Date.parse(now) - Date.parse(instant) > ms;
}
