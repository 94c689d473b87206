import { levels } from '../../contracts/criteria.ts';
import type { AcceptanceAuthority, CriteriaContent, Dimension, Level, Scores } from '../../contracts/criteria.ts';
import type { CaseId, Instant } from '../../contracts/identity.ts';
import { durationOf } from '../calendar/duration-text.ts';
import type { Duration } from '../calendar/duration.ts';
import type { Configuration } from '../configuration/configuration.ts';
import { defaultCriteria } from './defaults.ts';
import { isAbove, levelOf } from './level.ts';

/** An approved version of the criteria, in force from that instant on until the next one is. */
export interface CriteriaVersion {
  caseId: CaseId;
  ref: string;
  effectiveAt: Instant;
  content: CriteriaContent;
}

/** The criteria of one organisation over time; what was in force at an instant never changes afterwards. */
export interface Criteria {
  at(instant: Instant): CriteriaInForce;
  /** A version by its reference (`default` or that of its case), as an assessment is pinned to one; durations as they are at that instant. Null for an unknown one. */
  version(ref: string, at: Instant): CriteriaInForce | null;
  /** By the instant at which they took effect. */
  readonly versions: readonly CriteriaVersion[];
}

export const DEFAULT_CRITERIA = 'default';

export interface CriteriaInForce extends Pick<CriteriaContent, 'scales' | 'levelFunction'> {
  /** `default`, or the reference of the case that approved them. */
  ref: string;
  caseId: CaseId | null;
  /** Ascending. */
  levels: readonly Level[];
  /** Dimensions with a scale. */
  dimensions: readonly Dimension[];
  /** Level and score of these scores; the greatest impact counts. */
  levelOf(scores: Scores): { score: number; level: Level };
  /** True where a risk of that level and category needs no treatment. */
  isAcceptable(level: Level, category: string | null): boolean;
  authority(level: Level): AcceptanceAuthority;
  isAbove(a: Level, b: Level): boolean;
  /** How long an acceptance may hold at most (rules §6 "Validity caps"). */
  validity(level: Level, withinCriteria: boolean): Duration;
  /** A risk of that level is looked at again at least so often. */
  reviewInterval(level: Level): Duration;
}

export function createCriteria(versions: readonly CriteriaVersion[], configuration: Configuration): Criteria {
  const inOrder = versions.toSorted((a, b) => (`${a.effectiveAt} ${a.caseId}` < `${b.effectiveAt} ${b.caseId}` ? -1 : 1));
  const made = (version: CriteriaVersion | undefined, at: Instant) => inForceOf(version, configuration.at(at));
  return {
    versions: inOrder,
    at: (instant) => made(inOrder.findLast(({ effectiveAt }) => effectiveAt <= instant), instant),
    version: (ref, at) => {
      const found = inOrder.find((each) => each.ref === ref);
      return found || ref === DEFAULT_CRITERIA ? made(found, at) : null;
    },
  };
}

function inForceOf(version: CriteriaVersion | undefined, set: ReturnType<Configuration['at']>): CriteriaInForce {
  const { scales, levelFunction, authority, reviewInterval } = version?.content ?? defaultCriteria;
  const content = version?.content ?? defaultCriteria;
  return {
    ...{ ref: version?.ref ?? DEFAULT_CRITERIA, caseId: version?.caseId ?? null, levels, scales, levelFunction, isAbove },
    dimensions: Object.keys(scales.impact) as Dimension[],
    levelOf: (scores) => levelOf(levelFunction, scores),
    isAcceptable: (level, category) => isAcceptable(content, level, category),
    authority: (level) => authority[level],
    validity: (level, within) => set.span(within ? 'acceptance.validity.withinCriteria' : `acceptance.validity.${level}`),
    reviewInterval: (level) => (reviewInterval[level] ? durationOf(reviewInterval[level]) : set.span(`risk.reviewInterval.${level}`)),
  };
}

function isAcceptable({ acceptableUpTo, categories }: CriteriaContent, level: Level, category: string | null): boolean {
  const own = categories.find((each) => each.category === category);
  const limit = own ? own.acceptableUpTo : acceptableUpTo;
  return limit !== null && !isAbove(level, limit);
}
