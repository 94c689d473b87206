import type { LocalDate, PersonId } from '../../contracts/identity.ts';
import type { Inconsistency, StatementRow } from '../../contracts/statement.ts';
import { annexAControls } from '../framework/framework.ts';
import { deriveStatement } from './derive.ts';
import type { PlanSource, StatementSources } from './sources.ts';

/** What stands against a statement (rules §6.1 "Consistency errors"; §18 "SoA": only approved, not superseded plans block, drafts warn). */
export interface Checking {
  rows: readonly StatementRow[];
  /** As they are now, which may be later than the rows. */
  sources: StatementSources;
  /** Evidence before that day proves nothing any more. */
  evidenceSince: LocalDate;
  isActive: (person: PersonId) => boolean;
}

export function inconsistencies(checking: Checking): { errors: Inconsistency[]; warnings: Inconsistency[] } {
  const { rows, sources } = checking;
  const excluded = rows.filter(({ applicable }) => !applicable).map(({ control }) => control);
  return {
    errors: [...wholeErrors(rows), ...rows.flatMap((row) => rowErrors(row, checking)), ...exclusionErrors(excluded, sources), ...missing(rows, sources)],
    warnings: excluded.flatMap((control) => named('EXCLUDED_BUT_IN_DRAFT', control, plansWith(sources.draftPlans, control))),
  };
}

function wholeErrors(rows: readonly StatementRow[]): Inconsistency[] {
  const stated = rows.map(({ control }) => control);
  const absent = annexAControls.map(({ id }) => id).filter((id) => stated.filter((each) => each === id).length !== 1);
  const foreign = rows.filter(({ control, source }) => source === 'ANNEX_A' && !annexAControls.some(({ id }) => id === control)).map(({ control }) => control);
  const wrong = [...absent, ...foreign];
  return wrong.length === 0 ? [] : [{ code: 'NOT_ALL_OF_ANNEX_A', control: null, refs: wrong }];
}

function rowErrors(row: StatementRow, { evidenceSince, isActive }: Checking): Inconsistency[] {
  const { control, applicable, reasons, justification, implemented, evidenceOn, plans, actions, owner } = row;
  const wrong = (code: Inconsistency['code'], holds: boolean): Inconsistency[] => (holds ? [{ code, control, refs: [] }] : []);
  if (!applicable) return wrong('EXCLUDED_WITHOUT_JUSTIFICATION', justification === null);
  return [
    ...wrong('APPLICABLE_WITHOUT_REASON', reasons.length === 0),
    ...wrong('EVIDENCE_TOO_OLD', implemented && (evidenceOn === null || evidenceOn < evidenceSince)),
    ...wrong('NO_ACTION', !implemented && plans.length === 0 && actions.length === 0),
    ...wrong('OWNER_VACANT', owner === null || !isActive(owner)),
  ];
}

function exclusionErrors(excluded: readonly string[], sources: StatementSources): Inconsistency[] {
  return excluded.flatMap((control) => [
    ...named('EXCLUDED_BUT_IN_PLAN', control, plansWith(sources.plans, control)),
    ...named('EXCLUDED_BUT_RELIED_ON', control, sources.risks.filter((risk) => risk.controls.includes(control)).map(({ ref }) => ref)),
    ...named('EXCLUDED_BUT_REQUIRED', control, requirements(sources, control)),
  ]);
}

/** An own control that somebody needs by now and that the rows do not have. */
function missing(rows: readonly StatementRow[], sources: StatementSources): Inconsistency[] {
  const stated = new Set(rows.map(({ control }) => control));
  const needed = deriveStatement(sources).filter(({ control, source }) => source !== 'ANNEX_A' && !stated.has(control));
  return needed.map(({ control, plans }) => ({ code: 'EXCLUDED_BUT_IN_PLAN', control, refs: plans }));
}

function requirements({ controls }: StatementSources, control: string): string[] {
  return controls.filter((each) => each.control === control).flatMap(({ mandates }) => mandates.map(({ code, text, ref }) => ref ?? `${code}: ${text}`));
}

function plansWith(plans: readonly PlanSource[], control: string): string[] {
  return plans.filter(({ controls }) => controls.includes(control)).map(({ ref }) => ref);
}

function named(code: Inconsistency['code'], control: string, refs: readonly string[]): Inconsistency[] {
  return refs.length === 0 ? [] : [{ code, control, refs: [...new Set(refs)].sort() }];
}
