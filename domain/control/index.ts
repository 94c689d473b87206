import { openControlBody } from '../../contracts/control.ts';
import type { ControlDocument, OpenControl } from '../../contracts/control.ts';
import type { Actor } from '../../contracts/entry.ts';
import type { Instant } from '../../contracts/identity.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import { annexAControl } from '../framework/annex-a.ts';
import type { ProcessDefinition } from '../kernel/definition.ts';
import type { Facts } from '../kernel/facts.ts';
import { controlBehaviours } from './behaviours.ts';
import { controlGuards } from './guards.ts';
import { controlMachine } from './machine.ts';
import { controlPolicy } from './policy.ts';

function document({ control, title, source, status, how, documents, mandates }: OpenControl): ControlDocument {
  const known = annexAControl(control);
  return {
    ...{ control: known?.id ?? control, title: known?.title ?? title ?? control, source: known ? null : (source ?? 'OWN') },
    ...{ status, how: how ?? null, documents, changedOn: null, evidenceOn: null, effective: null, notEffectiveBecause: null },
    ...{ mandates: mandates.map((each, n) => ({ ...each, key: `m${n + 1}` })), mandatesGiven: mandates.length, actions: [] },
  };
}

interface Opening {
  body: OpenControl;
  actor: Actor;
  facts: Facts;
  now: Instant;
}

/** The ISO, the deputy, or whoever is to own it; what looks like Annex A is of Annex A. */
function openingReasons({ body: { control, title, owner }, actor: { person }, facts, now }: Opening): Reason[] {
  if (!annexAControl(control) && (title === undefined || /^A\./i.test(control))) return [reason('UNKNOWN_CONTROL', { path: 'control', control })];
  if (person === null || person === owner) return [];
  const held = facts.directory.keysOf(person, now);
  return held.includes('role:ISO') || held.includes('isoDeputy') ? [] : [reason('NOT_ENTITLED', { entitled: ['owner', 'iso', 'isoDeputy'] })];
}

/** Where nobody says, the unit of its owner, else the one above all. */
function unitOf({ unit, owner }: OpenControl, { facts: { directory } }: { facts: Facts }): string {
  return unit ?? (owner && directory.person(owner)?.unit) ?? directory.units().find(({ parent }) => !parent)?.id ?? '';
}

/** Control (ISO/IEC 27001:2022 6.1.3; rules §6.1, §14 L20). */
export const control: ProcessDefinition<ControlDocument> = {
  ...{ name: 'control', prefix: 'C', version: 1, standing: true },
  machine: controlMachine,
  guards: controlGuards,
  policy: controlPolicy,
  behaviours: controlBehaviours,
  open: {
    by: 'everyone',
    body: openControlBody,
    unit: unitOf,
    document,
    parties: ({ owner }: OpenControl): Record<string, string> => (owner ? { owner } : {}),
    rules: openingReasons,
  },
};
