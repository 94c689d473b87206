import type { StatementRow } from '../../contracts/statement.ts';
import { annexAControls } from '../framework/framework.ts';
import { groupBy } from '../directory/group-by.ts';
import type { ControlSource, StatementSources } from './sources.ts';

/**
 * The Statement of Applicability as a pure function of approved data (ISO/IEC 27001:2022 6.1.3 d; rules §6.1, §18 "SoA"): all 93 controls of
 * Annex A and the organisation's own. The order of plans, risks and controls makes no difference.
 */
export function deriveStatement(sources: StatementSources): StatementRow[] {
  const ground = groundOf(sources);
  const own = [...ground.controls.values()].filter(({ source }) => source !== null).sort((a, b) => compare(a.control, b.control));
  return [
    ...annexAControls.map(({ id, title }) => rowOf(ground, { control: id, title, source: 'ANNEX_A' })),
    ...[...own, ...unknownControls(ground)].map(({ control, title, source }) => rowOf(ground, { control, title, source: source ?? 'OWN' })),
  ];
}

interface Ground {
  controls: ReadonlyMap<string, ControlSource>;
  /** By control: plans in force, and risks. */
  plans: ReadonlyMap<string, { ref: string; risks: readonly string[] }[]>;
  risks: ReadonlyMap<string, { ref: string }[]>;
  justifications: StatementSources['justifications'];
}

function groundOf({ plans, risks, controls, justifications }: StatementSources): Ground {
  const needed = plans.flatMap(({ ref, controls: each, reasons }) => each.map((control) => ({ control, ref, risks: reasons[control] ?? [] })));
  const relied = risks.flatMap(({ ref, controls: each }) => each.map((control) => ({ control, ref })));
  return {
    controls: new Map(controls.map((each) => [each.control, each])),
    plans: groupBy(needed, ({ control }) => control),
    risks: groupBy(relied, ({ control }) => control),
    justifications,
  };
}

/** Own controls that a plan or a risk names and that have no case yet. */
function unknownControls({ plans, risks, controls }: Ground): { control: string; title: string; source: null }[] {
  const known = new Set([...annexAControls.map(({ id }) => id), ...controls.keys()]);
  const named = new Set([...plans.keys(), ...risks.keys()]);
  return [...named].filter((each) => !known.has(each)).sort(compare).map((control) => ({ control, title: control, source: null }));
}

/** A control of which nobody has said anything yet. */
const unsaid = { status: 'NOT_STARTED', effective: null, owner: null, how: null, evidenceOn: null, documents: [], actions: [] } as const;

function rowOf(ground: Ground, head: Pick<StatementRow, 'control' | 'title' | 'source'>): StatementRow {
  const found = ground.controls.get(head.control);
  const { status, effective, owner, how, evidenceOn, documents, actions } = found ?? unsaid;
  const reasons = reasonsOf(ground, head.control, found);
  // One of the organisation's own is there because somebody wanted it.
  const applicable = reasons.length > 0 || head.source !== 'ANNEX_A';
  return {
    ...{ ...head, applicable, reasons, plans: refsOf(ground.plans.get(head.control) ?? []) },
    ...{ justification: applicable ? null : (ground.justifications[head.control] ?? null), implemented: status === 'IMPLEMENTED', status },
    ...{ effective, owner, how, evidenceOn, documents: [...documents], actions: [...actions] },
  };
}

/** RISK first, then the mandates by kind and text. */
function reasonsOf({ plans, risks }: Ground, control: string, found: ControlSource | undefined): StatementRow['reasons'] {
  const treated = (plans.get(control) ?? []).flatMap((each) => each.risks);
  const because = sorted([...treated, ...refsOf(risks.get(control) ?? [])]);
  const isNeeded = because.length > 0 || plans.has(control);
  const mandates = (found?.mandates ?? []).map(({ code, text, ref }) => ({ code, text, refs: ref === undefined ? [] : [ref] }));
  const order = (each: (typeof mandates)[number]) => `${each.code} ${each.text} ${each.refs.join()}`;
  return [...(isNeeded ? [{ code: 'RISK' as const, text: null, refs: because }] : []), ...mandates.sort((a, b) => compare(order(a), order(b)))];
}

function refsOf(items: readonly { ref: string }[]): string[] {
  return sorted(items.map(({ ref }) => ref));
}

function sorted(items: readonly string[]): string[] {
  return [...new Set(items)].sort(compare);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
