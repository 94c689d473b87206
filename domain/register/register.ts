import { openRegisterEntryBody } from '../../contracts/register.ts';
import type { OpenRegisterEntry, RegisterDocument } from '../../contracts/register.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import type { Actor } from '../../contracts/entry.ts';
import type { Instant } from '../../contracts/identity.ts';
import type { ProcessDefinition } from '../kernel/definition.ts';
import type { Facts } from '../kernel/facts.ts';
import { registerGuards } from './guards.ts';
import { registerMachine } from './machine.ts';
import { registerPolicy } from './policy.ts';
import type { Register } from './policy.ts';

function document({ unit: _, owner: __, ...body }: OpenRegisterEntry): RegisterDocument {
  const none = { code: null, description: null, kind: null, criticality: null, classification: null, since: null, until: null };
  return { ...none, ...body };
}

/** Who adds an entry: the ISO and the deputy, whoever is to own it, and who heads the unit. */
function openingReasons({ body: { owner, unit }, actor: { person }, facts, now }: { body: OpenRegisterEntry; actor: Actor; facts: Facts; now: Instant }): Reason[] {
  if (person === null || person === owner || facts.directory.headsOf(unit, now).includes(person)) return [];
  const held = facts.directory.keysOf(person, now);
  return held.includes('role:ISO') || held.includes('isoDeputy') ? [] : [reason('NOT_ENTITLED', { entitled: ['owner', 'unitHead', 'iso', 'isoDeputy'] })];
}

/** A register whose entries are cases of their own that stand still (ISO/IEC 27001:2022 A.5.9; rules §16.8). */
export function registerOf({ prefix, ...register }: Register & { prefix: string }): ProcessDefinition<RegisterDocument> {
  const { name } = register;
  return {
    ...{ name, prefix, version: 1, standing: true },
    machine: registerMachine(name),
    guards: registerGuards,
    policy: registerPolicy(register),
    behaviours: {},
    open: {
      by: 'everyone',
      body: openRegisterEntryBody,
      unit: ({ unit }: OpenRegisterEntry) => unit,
      document,
      parties: ({ owner }: OpenRegisterEntry): Record<string, string> => (owner ? { owner } : {}),
      rules: openingReasons,
    },
  };
}
