import { z } from 'zod';
import { instant, uuid } from './api-fields.ts';

/** How the engine itself fares: `GET /api/v1/operations` and `isms doctor`. Ids and counts only, nothing of what a case says. */

/** broken: something does not work or may be lost; warning: will, unless somebody looks; note: good to know. */
export const gravities = ['broken', 'warning', 'note'] as const;
export type Gravity = (typeof gravities)[number];

/** What may be found; a closed list, so that monitoring can rely on it. */
export const findingCodes = [
  'DATABASE_AWAY',
  'MIGRATIONS_MISSING',
  'CLOCK_SKEW',
  'TEMPORAL_AWAY',
  'API_AWAY',
  'NO_WORKER',
  'SWEEPER_MISSING',
  'WORKFLOWS_MISSING',
  'CASES_STUCK',
  'STARTS_WAITING',
  'EFFECTS_WAITING',
  'COMMANDS_WAITING',
  'WAKES_MISSED',
  'MAIL_WAITING',
  'MAIL_FAILED',
  'HELD_AFTER_RESTORE',
  'JOURNAL_PROBLEMS',
  'JOURNAL_NOT_VERIFIED',
  'CALENDAR_ENDS',
  'DISK_FULL',
] as const;
export type FindingCode = (typeof findingCodes)[number];

const finding = z.strictObject({
  code: z.enum(findingCodes),
  gravity: z.enum(gravities),
  what: z.string(),
  todo: z.string().meta({ description: 'What to do about it, in one sentence' }),
  cases: z.array(uuid).meta({ description: 'At most twenty of the cases concerned' }),
});
export type Finding = z.infer<typeof finding>;

const waiting = z.strictObject({ count: z.int(), oldest: instant.nullable() });

const databaseReport = z.strictObject({
  missingMigrations: z.array(z.string()),
  clockSkewMs: z.int().meta({ description: 'Clock of the database minus clock of the process that asked' }),
  waiting: z.strictObject({ starts: waiting, effects: waiting, commands: waiting, wakes: waiting }),
  openCases: z.int(),
  journal: z.strictObject({
    entries: z.int(),
    attempts: z.int(),
    heads: z.int(),
    verified: z.strictObject({ at: instant, entries: z.int(), problems: z.int() }).nullable(),
  }),
  mail: z
    .strictObject({ waiting: z.int(), oldest: instant.nullable(), failing: z.int(), failed: z.int() })
    .nullable(),
  heldSince: instant.nullable().meta({ description: 'Since when nothing leaves the house after a restore' }),
  calendars: z.array(z.strictObject({ calendar: z.string(), until: z.string().nullable() })),
});
export type DatabaseReport = z.infer<typeof databaseReport>;

const temporalReport = z.strictObject({
  workers: z.int().meta({ description: 'That asked for work within the last 90 seconds' }),
  sweeper: z.boolean(),
  running: z.int().meta({ description: 'Workflows of cases that run' }),
  missing: z.int().meta({ description: 'Open cases without a running workflow' }),
});
export type TemporalReport = z.infer<typeof temporalReport>;

export const operationsView = z.strictObject({
  at: instant,
  ok: z.boolean().meta({ description: 'Nothing is broken and there is no warning' }),
  findings: z.array(finding),
  database: databaseReport.nullable().meta({ description: 'Null: it does not answer' }),
  temporal: temporalReport.nullable().meta({ description: 'Null: it does not answer' }),
});
export type OperationsView = z.infer<typeof operationsView>;

const reason = z.string().trim().min(3).max(1000).meta({ description: 'Why, for the journal' });

export const nudgeBody = z.strictObject({ case: uuid, reason });
export const nudgeView = z.strictObject({ case: uuid, process: z.string(), nudged: z.literal(true) });
export const recoverBody = z.strictObject({ reason });
export const recoverView = z.strictObject({
  openCases: z.int().meta({ description: 'How many are started or nudged from now on, nearest wake first' }),
});
