import { z } from 'zod';
import { workingCalendarSchema } from './calendar.ts';
import { directoryIdSchema, roleAssignmentSchema } from './organisation.ts';
import { registerNames } from './register-exchange.ts';

/**
 * A scenario: a story told to the engine in which every step says who does what and when, and what must be so afterwards.
 * docs/scenarios.md explains it to those who write one.
 */

/**
 * When: `2026-12-29T17:00` (local time of the organisation), `2026-12-29T16:00Z`, `+3wd`, `+90cd`, `+72h`, `+1mo` (the same time of
 * day, or another one: `+3wd 09:00`), or `next step`: when the engine itself next has something to do.
 */
export const scenarioTimeSchema = z
  .string()
  .regex(
    /^(next step|\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?|\+\d+(h|cd|wd|mo)( \d{2}:\d{2})?)$/,
    'must be a time such as 2026-12-29T17:00, +3wd, +90cd, +3wd 09:00 or "next step"',
  );

/** A name given by `call`, or a part of such a case: `nc/a1` is the action that the plan of `nc` calls a1. */
const caseNameSchema = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]*(\/[A-Za-z0-9_-]+)*$/,
    'must be a name given by "call", e.g. nc, or one of its parts, e.g. nc/a1',
  );
const nameSchema = z.string().regex(/^[a-z][a-z0-9-]*$/, 'must be a short name in lower case, e.g. nc');
const commandSchema = z.string().regex(/^[A-Z][A-Z_]*$/, 'must be a command in capitals, e.g. ACCEPT');
const textSchema = z.string().min(1);
const listOf = <T extends z.ZodType>(one: T) =>
  z.union([one, z.array(one)]).transform((each) => (Array.isArray(each) ? each : [each]) as z.output<T>[]);

/** Changes of people and roles, at once. */
export const organisationChangeSchema = z.strictObject({
  /** Whose last day was yesterday. */
  leave: listOf(directoryIdSchema).optional(),
  give: listOf(roleAssignmentSchema.pick({ role: true, person: true })).optional(),
  take: listOf(roleAssignmentSchema.pick({ role: true, person: true })).optional(),
  /** New line managers, by person. */
  manager: z.record(directoryIdSchema, directoryIdSchema).optional(),
});
export type OrganisationChange = z.output<typeof organisationChangeSchema>;

const refusalSchema = z.union([
  textSchema.transform((name) => ({ name, data: {} })),
  z
    .looseObject({ reason: textSchema })
    .transform(({ reason, ...data }): { name: string; data: Record<string, unknown> } => ({
      name: reason,
      data,
    })),
]);

const deadlineExpectationSchema = z.strictObject({
  due: scenarioTimeSchema.optional(),
  originalDue: scenarioTimeSchema.optional(),
  open: z.boolean().optional(),
  late: z.boolean().optional(),
});

export const expectationSchema = z.strictObject({
  /** Which case; without it the one that the step is about. */
  of: caseNameSchema.optional(),
  state: textSchema.optional(),
  settled: textSchema.nullable().optional(),
  attempt: z.int().optional(),
  /** All of these; `overdue` and `escalated` follow from the deadlines. */
  flags: listOf(textSchema).optional(),
  noFlags: listOf(textSchema).optional(),
  /** Highest step that has fired on an open deadline, or `none`. */
  escalation: z.enum(['none', 'E0', 'E1', 'E2', 'E3', 'E4']).optional(),
  /** Who heard what about the case in this step: person → kinds, e.g. `reminder`, `escalation E1`, `taskAsked triage`. */
  told: z.record(directoryIdSchema, listOf(textSchema)).optional(),
  notTold: listOf(directoryIdSchema).optional(),
  /** Who is asked now: task → exactly these persons. */
  asked: z.record(textSchema, listOf(directoryIdSchema)).optional(),
  notAsked: listOf(textSchema).optional(),
  /** The step must fail: a reason (`SOD_BLOCKED`), a rule (`SOD-05`), or a reason with its data. */
  refused: refusalSchema.optional(),
  /** Types of all entries of the case, in order. */
  journal: z.array(textSchema).optional(),
  /** Types of the entries that this step added to the case, in order. */
  entries: z.array(textSchema).optional(),
  /** What those entries tell, in this order, other things between them allowed. */
  happened: listOf(z.looseObject({ kind: textSchema })).optional(),
  /** Kinds that no entry of this step tells. */
  notHappened: listOf(textSchema).optional(),
  /** Who made the last entry of this step, under which authority, and in whose name; `onBehalfOf: null` is the own. */
  acted: z
    .strictObject({
      person: directoryIdSchema.nullable().optional(),
      role: textSchema.optional(),
      onBehalfOf: directoryIdSchema.nullable().optional(),
    })
    .optional(),
  /** Steps that have fired on a deadline so far, each with its time where given; collapsed ones do not count. */
  fired: z
    .record(textSchema, z.union([z.array(textSchema), z.record(textSchema, scenarioTimeSchema)]))
    .optional(),
  deadlines: z.record(textSchema, deadlineExpectationSchema).optional(),
  window: z.strictObject({ ends: scenarioTimeSchema }).nullable().optional(),
  parties: z.record(textSchema, directoryIdSchema.nullable()).optional(),
  /** Part of the document. */
  document: z.record(z.string(), z.unknown()).optional(),
  /** Links by type, to cases by name. */
  linked: z.record(textSchema, listOf(caseNameSchema)).optional(),
  /** Folding the entries of the case gives the stored case. */
  replays: z.literal(true).optional(),
});
export type Expectation = z.output<typeof expectationSchema>;

/** What a step may be; it is exactly one of these, or it only looks. */
const doings = ['open', 'do', 'upload', 'import', 'outage', 'organisation'] as const;

/** The words that go with each of them. */
const needed: Record<(typeof doings)[number], ['as' | 'on' | 'call' | 'file', string][]> = {
  open: [['as', 'say who does it']],
  do: [
    ['as', 'say who does it'],
    ['on', 'say on which case'],
  ],
  upload: [
    ['as', 'say who does it'],
    ['call', 'evidence needs a name to be referred to'],
  ],
  import: [
    ['as', 'say who does it'],
    ['file', 'say which table'],
  ],
  outage: [],
  organisation: [],
};

export const scenarioStepSchema = z
  .strictObject({
    note: textSchema.optional(),
    at: scenarioTimeSchema.optional(),
    as: directoryIdSchema.optional(),
    /** Process to open a case of. */
    open: textSchema.optional(),
    /** Command to send. */
    do: commandSchema.optional(),
    on: caseNameSchema.optional(),
    with: z.record(z.string(), z.unknown()).optional(),
    /** The revision that the sender has seen. */
    ifMatch: z.int().optional(),
    /** File name of evidence; its text is `content`. */
    upload: textSchema.optional(),
    content: z.string().optional(),
    /** Address under which it lies; what is there is not asked for. */
    link: z.url({ protocol: /^https?$/ }).optional(),
    /** Register into which a table is taken over; entries are named by their own numbers, e.g. `r-07`. */
    import: z.enum(registerNames).optional(),
    /** The table, in a file beside the scenario. */
    file: textSchema.optional(),
    /** What the register it comes from is called. */
    source: textSchema.optional(),
    /** Only where others read that of the case; else the step is left out. */
    only: z.record(z.string(), z.string()).optional(),
    /** Nothing works until then. */
    outage: scenarioTimeSchema.optional(),
    organisation: organisationChangeSchema.optional(),
    /** Name for what the step brings about: a case or evidence; beside `on` alone, for that case. */
    call: nameSchema.optional(),
    expect: listOf(expectationSchema).optional(),
  })
  .superRefine((step, context) => {
    const found = doings.filter((each) => step[each] !== undefined);
    const [first, second] = found;
    const refuse = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (second) refuse(second, `is one thing too many: the step already has "${first}"`);
    if (step.only && !step.on) refuse('only', 'is about the case that "on" names');
    const names = step.on !== undefined && step.call !== undefined;
    if (!first && !step.at && !step.expect && !names)
      refuse('expect', 'is missing: a step does something, lets time pass or expects something');
    for (const [word, message] of first ? needed[first] : [])
      if (step[word] === undefined) refuse(word, `is missing: ${message}`);
  });
export type ScenarioStep = z.output<typeof scenarioStepSchema>;

export const scenarioSchema = z.strictObject({
  scenario: textSchema,
  /** What it proves: numbers of rules §16.4, rule ids, sections. */
  proves: listOf(textSchema).optional(),
  about: textSchema.optional(),
  /** `demo`, or an organisation file beside this one. */
  organisation: textSchema.default('demo'),
  /** Changes of the organisation before it begins. */
  changes: organisationChangeSchema.optional(),
  /** Days off and weekends of all sites, instead of their own. */
  calendar: z
    .strictObject({
      weekend: workingCalendarSchema.shape.weekend.optional(),
      holidays: z.record(z.iso.date(), textSchema),
    })
    .optional(),
  start: scenarioTimeSchema,
  steps: z.array(scenarioStepSchema).min(1),
});
export type Scenario = z.output<typeof scenarioSchema>;

/** One thing that was not as expected, or a step that could not be carried out. */
export interface ScenarioFailure {
  /** Number of the step, from 1. */
  step: number;
  /** The step in words, e.g. `step 4: thomas.reiter EFFECTIVE on nc`. */
  label: string;
  what: string;
  expected: unknown;
  found: unknown;
}

export interface ScenarioResult {
  scenario: string;
  passed: boolean;
  steps: number;
  failures: ScenarioFailure[];
  /** Journals by name of the case, normalised: the same for every driver. */
  journals: Record<string, unknown[]>;
}
