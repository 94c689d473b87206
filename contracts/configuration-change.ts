import { z } from 'zod';
import { workingCalendarSchema } from './calendar.ts';
import type { WorkingCalendar } from './calendar.ts';
import { configurationPartSchema } from './configuration.ts';
import type { ConfigurationPart } from './configuration.ts';
import { line, localDate, prose, reasonText } from './fields.ts';
import type { Instant, LocalDate } from './identity.ts';

/** Change of the configuration under four eyes (rules §16.6). */

const change = {
  set: configurationPartSchema.default({}).meta({ title: 'Values by name' }),
  calendars: z
    .array(workingCalendarSchema)
    .max(20)
    .default([])
    .meta({ title: 'Working calendars, each as a whole', description: 'As `isms calendar make` writes them' }),
  effectiveOn: localDate('Takes effect on', 'notPast'),
  reason: reasonText,
};

const shape = z.strictObject(change);

/** Something is changed, and no calendar twice. */
function isChange({ set, calendars }: Pick<z.output<typeof shape>, 'set' | 'calendars'>, context: z.RefinementCtx): void {
  const refuse = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
  if (Object.keys(set).length === 0 && calendars.length === 0) refuse('set', 'must name at least one value, or a calendar in calendars');
  if (new Set(calendars.map(({ id }) => id)).size < calendars.length) refuse('calendars', 'must name each calendar once');
}

export const openConfigurationChangeBody = z.strictObject({ title: line('Title'), ...change }).superRefine(isChange);
export type OpenConfigurationChange = z.infer<typeof openConfigurationChangeBody>;

export const configurationChangeBodies = {
  /** The whole change as it is to be now; also takes in what has come into force meanwhile. */
  EDIT: shape.superRefine(isChange),
  SUBMIT: z.strictObject({ note: prose('Note').optional() }),
  /** Calls off what was approved and has not taken effect. */
  REVOKE: z.strictObject({ reason: reasonText }),
  /** SYSTEM only: later changes have replaced all that this one set. */
  SUPERSEDE: z.strictObject({ from: z.uuid(), fromRef: z.string() }),
} as const;

export type ConfigurationChangeCommand = keyof typeof configurationChangeBodies;
export type ConfigurationChangeBody<C extends ConfigurationChangeCommand> = z.infer<(typeof configurationChangeBodies)[C]>;

export interface ConfigurationChangeDocument {
  title: string;
  set: ConfigurationPart;
  calendars: WorkingCalendar[];
  effectiveOn: LocalDate;
  reason: string;
  /** What was in force when it was written: the values it replaces, and the hash of each calendar. */
  before: { set: ConfigurationPart; calendars: Record<string, string> };
}

/** What the directory reads of it; `effectiveAt` is null until it is approved, and `change` is JSON. */
export type ConfigurationChangeAbout = {
  title: string;
  keys: string[];
  effectiveOn: LocalDate;
  effectiveAt: Instant | null;
  change: string;
};
