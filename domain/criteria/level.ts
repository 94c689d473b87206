import { SCALE_STEPS, levels } from '../../contracts/criteria.ts';
import type { CriteriaContent, Level, LevelFunction, Scores, Step } from '../../contracts/criteria.ts';

/** From scores to a level (ISO/IEC 27001:2022 6.1.2 d): consistent, valid and comparable because nobody types it. */

/** Position of a level, the lowest 0. */
export function rankOf(level: Level): number {
  return levels.indexOf(level);
}

/** True where the first is the graver of the two. */
export function isAbove(a: Level, b: Level): boolean {
  return rankOf(a) > rankOf(b);
}

/** The impact that counts: the greatest of all dimensions. */
export function greatestImpact(impact: Scores['impact']): Step {
  return Math.max(...Object.values(impact)) as Step;
}

/** Score and level. Throws RangeError where the matrix has a hole, which an approved one never has. */
export function levelOf(levelFunction: LevelFunction, { impact, likelihood }: Scores): { score: number; level: Level } {
  const greatest = greatestImpact(impact);
  const level = cell(levelFunction, greatest, likelihood);
  if (level === null) throw new RangeError(`no level for likelihood ${likelihood} and impact ${greatest}`);
  return { score: greatest * likelihood, level };
}

function cell(levelFunction: LevelFunction, impact: number, likelihood: number): Level | null {
  if (levelFunction.kind === 'MATRIX') return levelFunction.rows[likelihood - 1]?.[impact - 1] ?? null;
  const { medium, high, critical } = levelFunction.from;
  const reached = [0, medium, high, critical].filter((from) => impact * likelihood >= from).length;
  return levels[reached - 1]!;
}

const steps = Array.from({ length: SCALE_STEPS }, (_, n) => n + 1);

/** Cells without a level, e.g. `likelihood 3 × impact 4`. */
export function holesOf(levelFunction: LevelFunction): string[] {
  return steps.flatMap((likelihood) => steps.filter((impact) => cell(levelFunction, impact, likelihood) === null).map((impact) => cellName(likelihood, impact)));
}

/** Cells whose level is lower than that of a smaller likelihood or impact. */
export function fallsOf(levelFunction: LevelFunction): string[] {
  const rank = (likelihood: number, impact: number) => {
    const level = likelihood > 0 && impact > 0 ? cell(levelFunction, impact, likelihood) : null;
    return level === null ? -1 : rankOf(level);
  };
  const falls = (likelihood: number, impact: number) => {
    const own = rank(likelihood, impact);
    return own >= 0 && own < Math.max(rank(likelihood - 1, impact), rank(likelihood, impact - 1));
  };
  return steps.flatMap((likelihood) => steps.filter((impact) => falls(likelihood, impact)).map((impact) => cellName(likelihood, impact)));
}

/** Levels with a smaller authority than a lower level. */
export function fallingAuthority({ authority }: Pick<CriteriaContent, 'authority'>): Level[] {
  const weight = { OWNER: 0, OWNER_WITH_MANDATE: 1, TOP_MGMT_TOO: 2 };
  return levels.filter((level, n) => n > 0 && weight[authority[level]] < weight[authority[levels[n - 1]!]]);
}

/** Levels that no combination of scores reaches. */
export function unreachable(levelFunction: LevelFunction): Level[] {
  const reached = new Set(steps.flatMap((likelihood) => steps.map((impact) => cell(levelFunction, impact, likelihood))));
  return levels.filter((level) => !reached.has(level));
}

const cellName = (likelihood: number, impact: number) => `likelihood ${likelihood} × impact ${impact}`;
