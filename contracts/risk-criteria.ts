import { z } from 'zod';
import { SCALE_STEPS, authorities, dimensions, levelSchema, levels } from './criteria.ts';
import type { CriteriaContent, Level } from './criteria.ts';
import { line, prose, reasonText } from './fields.ts';
import type { Instant } from './identity.ts';
import { span } from './span.ts';

/** Version of the risk criteria and of the method (ISO/IEC 27001:2022 6.1.2 a; rules §5 "Risk criteria"). */

const scaleStep = z.strictObject({ label: line('Name of the step'), meaning: prose('What it means') });
const scale = z.array(scaleStep).length(SCALE_STEPS, `must have ${SCALE_STEPS} steps, the least first`);

const product = z.int().min(2).max(SCALE_STEPS * SCALE_STEPS);
const levelFunction = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('PRODUCT'), from: z.strictObject({ medium: product, high: product, critical: product }) }),
  // A draft may have holes; they are named when it is submitted.
  z.strictObject({ kind: z.literal('MATRIX'), rows: z.array(z.array(levelSchema.nullable()).max(SCALE_STEPS)).max(SCALE_STEPS) }),
]);

const byLevel = <T extends z.ZodType>(value: T) =>
  z.strictObject(Object.fromEntries(levels.map((level) => [level, value])) as Record<Level, T>);

/** HARD: every risk is looked at again within a year. */
const interval = span(['cd', 'mo'], { min: 1, max: 12 });

const content = {
  title: line('Title'),
  reason: reasonText,
  method: prose('Method: how risks are found, analysed and evaluated').optional(),
  scales: z.strictObject({ impact: z.partialRecord(z.enum(dimensions), scale), likelihood: scale }),
  levelFunction,
  acceptableUpTo: levelSchema.nullable().default('low').meta({ title: 'Highest level that needs no treatment' }),
  categories: z.array(z.strictObject({ category: line('Category'), acceptableUpTo: levelSchema.nullable() })).max(30).default([]),
  authority: byLevel(z.enum(authorities)).meta({ title: 'Who may accept, by level' }),
  temporaryAcceptance: prose('When a risk above the threshold may be accepted for a time').optional(),
  triggers: z.array(line('What an assessment is triggered by')).max(30).default([]),
  reviewInterval: byLevel(interval).partial().default({}).meta({ title: 'Review at least every, by level' }),
};

export const openRiskCriteriaBody = z.strictObject(content);
export type OpenRiskCriteria = z.output<typeof openRiskCriteriaBody>;

export const riskCriteriaBodies = {
  /** The whole version as it is to be now. */
  EDIT: z.strictObject(content),
  SUBMIT: z.strictObject({ note: prose('Note').optional() }),
  /** SYSTEM only: a newer version has been approved. */
  SUPERSEDE: z.strictObject({ from: z.uuid(), fromRef: z.string() }),
} as const;

export type RiskCriteriaCommand = keyof typeof riskCriteriaBodies;
export type RiskCriteriaBody<C extends RiskCriteriaCommand> = z.infer<(typeof riskCriteriaBodies)[C]>;

export interface RiskCriteriaDocument extends CriteriaContent {
  title: string;
  reason: string;
  method: string | null;
  temporaryAcceptance: string | null;
  triggers: string[];
  /** Set when it takes effect; in force from then on. */
  effectiveAt: Instant | null;
  predecessor: string | null;
}

/** What the directory reads of it; `content` is JSON of `CriteriaContent`, `effectiveAt` is null until it is in force. */
export type RiskCriteriaAbout = { title: string; effectiveAt: Instant | null; content: string };
