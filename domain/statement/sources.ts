import type { CaseSummary } from '../../contracts/case-file.ts';
import type { ControlStatus, Mandate } from '../../contracts/control.ts';
import type { LocalDate, PersonId } from '../../contracts/identity.ts';
import type { FactQuery } from '../kernel/facts.ts';

/** What a statement is derived from: approved data and nothing else (rules §6.1 "Derivation"). */
export interface StatementSources {
  /** In force: approved and not superseded. `reasons`: risks for which each control is needed. */
  plans: readonly PlanSource[];
  /** Not approved yet: they warn. */
  draftPlans: readonly PlanSource[];
  /** Open risks and the existing controls on which a current rating relies, treated or not (rules §18 "SoA"). */
  risks: readonly { ref: string; controls: readonly string[] }[];
  controls: readonly ControlSource[];
  /** By control: why it is not applicable. */
  justifications: Readonly<Record<string, string>>;
}

export interface PlanSource {
  ref: string;
  controls: readonly string[];
  /** By control: references of risks. */
  reasons: Readonly<Record<string, readonly string[]>>;
}

export interface ControlSource {
  control: string;
  title: string;
  /** Null for Annex A. */
  source: string | null;
  owner: PersonId | null;
  status: ControlStatus;
  effective: 'yes' | 'no' | null;
  how: string | null;
  documents: readonly string[];
  evidenceOn: LocalDate | null;
  mandates: readonly Mandate[];
  actions: readonly string[];
}

/** The cases it is read from. */
export const sourceQueries: FactQuery[] = [
  { fact: 'byKey', process: 'control', key: 'register', value: 'control' },
  { fact: 'byKey', process: 'risk', key: 'register', value: 'risk', fields: ['controls'] },
  { fact: 'byKey', process: 'treatmentPlan', key: 'planInForce', value: 'yes' },
  { fact: 'byKey', process: 'treatmentPlan', key: 'planInForce', value: 'no' },
];

/** Reads the cases; those that have ended count no more. */
export function sourcesOf(cases: readonly CaseSummary[], justifications: Readonly<Record<string, string>>): StatementSources {
  const open = (process: string) => cases.filter((each) => each.process === process && each.settled === null);
  const risks = open('risk');
  const refs = new Map(risks.map(({ id, ref }) => [id, ref]));
  const plans = cases.filter(({ process }) => process === 'treatmentPlan');
  return {
    plans: plans.filter(isInForce).map((each) => planOf(each, refs)),
    draftPlans: plans.filter((each) => !isInForce(each) && each.settled === null).map((each) => planOf(each, refs)),
    risks: risks.map(({ ref, about }) => ({ ref, controls: listOf(about['controls']) })),
    controls: open('control').map(controlOf),
    justifications,
  };
}

function isInForce({ about }: CaseSummary): boolean {
  return about['inForce'] === 'yes';
}

function planOf({ ref, about }: CaseSummary, refs: ReadonlyMap<string, string>): PlanSource {
  const reasons = JSON.parse(textOf(about['reasons']) ?? '{}') as Record<string, string[]>;
  const named = Object.entries(reasons).map(([control, risks]) => [control, risks.map((risk) => refs.get(risk) ?? risk)]);
  return { ref, controls: listOf(about['controls']), reasons: Object.fromEntries(named) as Record<string, string[]> };
}

function controlOf({ about }: CaseSummary): ControlSource {
  return {
    ...{ control: textOf(about['control'])!, title: textOf(about['title'])!, source: textOf(about['source']), owner: textOf(about['owner']) },
    ...{ status: about['status'] as ControlStatus, effective: (about['effective'] ?? null) as ControlSource['effective'], how: textOf(about['how']) },
    ...{ documents: listOf(about['documents']), evidenceOn: textOf(about['evidenceOn']), actions: listOf(about['actions']) },
    mandates: JSON.parse(textOf(about['mandates']) ?? '[]') as Mandate[],
  };
}

function textOf(value: CaseSummary['about'][string] | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

function listOf(value: CaseSummary['about'][string] | undefined): string[] {
  return Array.isArray(value) ? value : [];
}
