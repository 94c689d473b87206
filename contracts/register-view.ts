import { z } from 'zod';
import { instant, pageOf, pageQuery, personId, uuid } from './api-fields.ts';
import { levels } from './criteria.ts';
import { registerNames } from './register-exchange.ts';

/** Registers as people read them: lists with filters and sort, and the risk matrix (rules §5, §16.8). */

export const registerSorts = ['ref', 'title', 'owner', 'updated', 'due', 'level'] as const;

export const registerListQuery = pageQuery.extend({
  q: z.string().trim().min(1).max(100).optional(),
  owner: personId.optional(),
  unit: z.string().max(64).optional(),
  state: z.string().max(60).optional(),
  /** Risks: level of the current rating; other registers: criticality. */
  level: z.enum(levels).optional(),
  category: z.string().max(200).optional(),
  retired: z.enum(['true', 'false']).default('false'),
  sort: z.enum(registerSorts).default('ref'),
  descending: z.enum(['true', 'false']).default('false'),
});
export type RegisterListQuery = z.infer<typeof registerListQuery>;

export const registerRow = z.strictObject({
  ...{ id: uuid, ref: z.string(), title: z.string(), state: z.string(), settled: z.string().nullable(), unit: z.string() },
  ...{ owner: z.string().nullable(), level: z.string().nullable() },
  /** Earliest open deadline, and the last entry. */
  ...{ due: instant.nullable(), updatedAt: instant },
  /** What the entry tells of itself: `about` of its process. */
  about: z.record(z.string(), z.union([z.string(), z.array(z.string()), z.null()])),
});
export type RegisterRow = z.infer<typeof registerRow>;
export const registerListView = pageOf(registerRow).extend({ register: z.enum(registerNames) });

export const matrixRatings = ['current', 'inherent', 'residual'] as const;
export const matrixQuery = z.strictObject({ rating: z.enum(matrixRatings).default('current'), unit: z.string().max(64).optional(), category: z.string().max(200).optional() });
export type MatrixQuery = z.infer<typeof matrixQuery>;

const cell = z.strictObject({ likelihood: z.int().min(1).max(5), impact: z.int().min(1).max(5), count: z.int(), level: z.enum(levels).nullable() });
export const matrixView = z.strictObject({
  rating: z.enum(matrixRatings),
  /** Every cell that has a risk, by likelihood and then by impact. */
  cells: z.array(cell),
  byLevel: z.strictObject(Object.fromEntries(levels.map((level) => [level, z.int()])) as Record<(typeof levels)[number], z.ZodInt>),
  /** Open risks that have no such rating. */
  unrated: z.int(),
});
export type MatrixView = z.infer<typeof matrixView>;
