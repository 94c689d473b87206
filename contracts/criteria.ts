import { z } from 'zod';

/** How risks are measured (ISO/IEC 27001:2022 6.1.2 a; rules §5 "Risk criteria", §16.6). The default is five by five. */

/** From the lowest to the highest. */
export const levels = ['low', 'medium', 'high', 'critical'] as const;
export type Level = (typeof levels)[number];

/** What an impact is looked at for; the greatest of them counts. */
export const dimensions = ['financial', 'legal', 'operational', 'reputation', 'safety', 'privacy'] as const;
export type Dimension = (typeof dimensions)[number];

/** Steps of every scale, 1 the least. */
export const SCALE_STEPS = 5;
export type Step = 1 | 2 | 3 | 4 | 5;

/** Who may accept a risk of a level: its owner alone, the owner where he has a mandate for that level, or TOP_MGMT beside him (SOD-04). */
export const authorities = ['OWNER', 'OWNER_WITH_MANDATE', 'TOP_MGMT_TOO'] as const;
export type AcceptanceAuthority = (typeof authorities)[number];

export const levelSchema = z.enum(levels);
export const stepSchema = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]);

/** Impact by dimension, at least one; dimensions that do not apply are left out. */
export const impactSchema = z
  .partialRecord(z.enum(dimensions), stepSchema)
  .refine((impact) => Object.keys(impact).length > 0, 'must give the impact in at least one dimension')
  .meta({ title: 'Impact by dimension, from 1 to 5' });
export type Impact = z.output<typeof impactSchema>;

/** What a level follows from; nobody types a level. */
export interface Scores {
  impact: Impact;
  likelihood: Step;
}

/** Meaning of one step of a scale. */
export interface ScaleStep {
  label: string;
  meaning: string;
}

/** Five steps, the least first. */
export type Scale = readonly ScaleStep[];

/**
 * From scores to a level: by the product of likelihood and greatest impact, where each level begins at that product; or by a
 * matrix, a row for each likelihood from 1 on and in it a level for each impact from 1 on.
 */
export type LevelFunction =
  | { kind: 'PRODUCT'; from: { medium: number; high: number; critical: number } }
  | { kind: 'MATRIX'; rows: (Level | null)[][] };

/** Highest level that needs no treatment in a category of risks, `null`: none does not. */
export interface CategoryThreshold {
  category: string;
  acceptableUpTo: Level | null;
}

/** The part of the criteria that decides: what a version of them says. */
export interface CriteriaContent {
  scales: { impact: Partial<Record<Dimension, Scale>>; likelihood: Scale };
  levelFunction: LevelFunction;
  acceptableUpTo: Level | null;
  categories: readonly CategoryThreshold[];
  authority: Record<Level, AcceptanceAuthority>;
  /** Span such as `3mo` by level; where none is given, that of the configuration holds. */
  reviewInterval: Partial<Record<Level, string>>;
}
