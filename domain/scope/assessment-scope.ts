import type { AssessmentDocument, AssessmentScope } from '../../contracts/assessment.ts';
import type { CaseSummary } from '../../contracts/case-file.ts';
import type { Instant, UnitId } from '../../contracts/identity.ts';
import type { Directory } from '../directory/directory.ts';

/** What an assessment is about, and whether one covers another (rules §5 "open RA covering the scope", §16.1 "duplicate triggers"). */

export type Scope = AssessmentDocument['scope'];

export interface ScopeGround {
  directory: Directory;
  now: Instant;
  /** Risks that scopes name, as far as they are known. */
  risks: readonly CaseSummary[];
}

export function scopeOf({ all, units, assets, risks }: AssessmentScope): Scope {
  if (all) return { all: true, units: [], assets: [], risks: [] };
  const each = (items: readonly string[]) => [...new Set(items)].sort();
  return { all: false, units: each(units), assets: each(assets), risks: each(risks) };
}

/** The same for the same scope. */
export function scopeKey({ all, units, assets, risks }: Scope): string {
  return all ? 'all' : [...units.map((id) => `unit:${id}`), ...assets.map((id) => `asset:${id}`), ...risks.map((id) => `risk:${id}`)].join(' ');
}

/** As other cases read it. */
export function scopeItems({ all, units, assets, risks }: Scope): string[] {
  return all ? ['all'] : [...units, ...assets, ...risks];
}

/** A unit is inside where it or one above it is named. */
export function isInUnits(unit: UnitId, units: readonly UnitId[], { directory, now }: Pick<ScopeGround, 'directory' | 'now'>): boolean {
  for (let each: UnitId | null = unit; each !== null; each = directory.unitAbove(each, now)) if (units.includes(each)) return true;
  return false;
}

/** Everything in the other one is in this one. */
export function covers(scope: Scope, other: Scope, ground: ScopeGround): boolean {
  if (scope.all || other.all) return scope.all;
  return (
    other.units.every((unit) => isInUnits(unit, scope.units, ground)) &&
    other.assets.every((asset) => scope.assets.includes(asset)) &&
    other.risks.every((risk) => hasRisk(scope, risk, ground))
  );
}

/** Something is in both. */
export function overlaps(scope: Scope, other: Scope, ground: ScopeGround): boolean {
  if (scope.all || other.all) return true;
  const unit = other.units.some((each) => isInUnits(each, scope.units, ground)) || scope.units.some((each) => isInUnits(each, other.units, ground));
  const risk = other.risks.some((each) => hasRisk(scope, each, ground)) || scope.risks.some((each) => hasRisk(other, each, ground));
  return unit || risk || other.assets.some((each) => scope.assets.includes(each));
}

function hasRisk(scope: Scope, id: string, ground: ScopeGround): boolean {
  const risk = ground.risks.find((each) => each.id === id);
  return scope.risks.includes(id) || (risk !== undefined && isRiskOf(scope, risk, ground));
}

/** A risk of the register belongs to the scope by itself, by its unit or by one of its assets. */
export function isRiskOf(scope: Scope, { id, about }: CaseSummary, ground: Pick<ScopeGround, 'directory' | 'now'>): boolean {
  if (scope.all || scope.risks.includes(id)) return true;
  const assets = (about['assets'] ?? []) as string[];
  return isInUnits(String(about['unit'] ?? ''), scope.units, ground) || assets.some((each) => scope.assets.includes(each));
}

export function merged(scope: Scope, other: Scope): Scope {
  if (scope.all || other.all) return scopeOf({ all: true, units: [], assets: [], risks: [] });
  return scopeOf({ units: [...scope.units, ...other.units], assets: [...scope.assets, ...other.assets], risks: [...scope.risks, ...other.risks] });
}
