import { z } from 'zod';
import { instant, pageOf, pageQuery, uuid } from './api-fields.ts';

/** What the organisation has set, and what a change of it would move. */

const changeRef = z.strictObject({ id: uuid, ref: z.string(), effectiveAt: instant });

export const configurationView = z.strictObject({
  asOf: instant,
  values: z.array(
    z.strictObject({
      key: z.string().meta({ examples: ['nonconformity.containment.major'] }),
      title: z.string(),
      value: z.unknown().meta({ description: 'A span such as 5wd, a number, a ladder, …' }),
      source: z.string().meta({ description: 'Where the default comes from; the reference of the change where one has set it' }),
      change: changeRef.nullable(),
      awaits: z.string().nullable().meta({ description: 'Process that will ask for it and does not run yet' }),
    }),
  ),
  calendars: z.array(
    z.strictObject({
      id: z.string(),
      zone: z.string(),
      sites: z.array(z.string()),
      source: z.string().nullable(),
      lastDay: z.iso.date().nullable().meta({ description: 'Days off are known up to then' }),
      endsSoon: z.boolean().meta({ description: 'Within twelve months: deadlines beyond would leave out weekends alone' }),
      change: changeRef.nullable(),
    }),
  ),
  upcoming: z.array(changeRef.extend({ keys: z.array(z.string()) })),
});
export type ConfigurationView = z.infer<typeof configurationView>;

export const configurationQuery = z.strictObject({ asOf: instant.optional() });

const movedDeadline = z.strictObject({
  kind: z.literal('timesChanged'),
  deadline: z.string(),
  issue: z.int(),
  due: z.strictObject({ from: instant, to: instant }),
  steps: z.array(z.strictObject({ step: z.string(), from: instant.nullable(), to: instant.nullable() })),
});

const counts = z.strictObject({ process: z.string(), cases: z.int(), deadlines: z.int() });

export const previewView = pageOf(
  z.strictObject({
    case: z.strictObject({ id: uuid, ref: z.string(), process: z.string(), title: z.string(), zone: z.string() }),
    deadlines: z.array(movedDeadline),
  }),
).extend({
  counts: z.array(counts).nullable().meta({ description: 'By process, over all cases, also those that the reader may not see; on the first page' }),
});
export type PreviewView = z.infer<typeof previewView>;

export const previewQuery = pageQuery;
