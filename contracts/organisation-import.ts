import { z } from 'zod';
import { flag } from './api-fields.ts';
import { departureKinds } from './departure.ts';

/** Import and re-import of the organisation over `/api/v1` (rules §3.3). */

export const importQuery = z.strictObject({
  dryRun: flag.default(false).meta({ description: 'Only say what would be added, changed and ended' }),
  complete: flag.default(false).meta({ description: 'Whoever is not listed ends with yesterday, with a departure' }),
});

export const importBody = z.strictObject({
  files: z
    .array(z.strictObject({ name: z.string().min(1).max(200), text: z.string() }))
    .min(1)
    .max(10)
    .meta({ description: '.json: an organisation; .csv: people, units or roles, told apart by their columns' }),
  reason: z.string().trim().min(1).max(4000).optional().meta({ description: 'For the journal; needed unless dryRun' }),
});

const change = z.strictObject({
  what: z.enum(['organisation', 'calendar', 'site', 'unit', 'person', 'role']),
  id: z.string(),
  change: z.enum(['ADDED', 'CHANGED', 'ENDED']),
  fields: z.array(
    z.strictObject({ field: z.string(), before: z.string().nullable(), after: z.string().nullable() }),
  ),
});

const ending = z.strictObject({
  kind: z.enum(departureKinds),
  person: z.string().nullable(),
  role: z.string().nullable(),
  unit: z.string().nullable(),
  successor: z.string().nullable(),
  lastDay: z.string(),
  openCases: z.int().meta({ description: 'Open cases that will need an owner, or move to another unit' }),
});

export const importView = z.strictObject({
  outcome: z.enum(['CHECKED', 'LOADED', 'UNCHANGED']),
  revision: z.int().nullable(),
  people: z.int(),
  changes: z.array(change),
  endings: z.array(ending),
  departures: z.array(z.string()).meta({ description: 'References of the departures that were opened' }),
  warnings: z.array(z.strictObject({ code: z.string(), path: z.string(), text: z.string() })),
});
export type ImportView = z.infer<typeof importView>;
