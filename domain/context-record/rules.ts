import type { ContextRecordDocument, OpenContextRecord } from '../../contracts/context-record.ts';
import type { Actor } from '../../contracts/entry.ts';
import type { Instant, PersonId } from '../../contracts/identity.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import type { View } from '../kernel/definition.ts';
import type { Facts } from '../kernel/facts.ts';
import { contentReasons } from './guards.ts';
import { latest, writersOf } from './records.ts';

/** Who keeps the records of the context, and who must not confirm them. */

const KEEPERS = ['role:ISO', 'isoDeputy', 'role:TOP_MGMT'];

export function openingReasons({ body, actor, facts, now }: { body: OpenContextRecord; actor: Actor; facts: Facts; now: Instant }): Reason[] {
  const keys: string[] = actor.person === null ? KEEPERS : facts.directory.keysOf(actor.person, now);
  if (!KEEPERS.some((key) => keys.includes(key))) return [reason('NOT_ENTITLED', { entitled: ['iso', 'isoDeputy', 'topManagement'] })];
  return contentReasons(body.kind, body);
}

/** Whoever has written any of the version does not confirm it. */
export function writers({ doc, file }: Pick<View<ContextRecordDocument>, 'doc' | 'file'>): PersonId[] {
  return writersOf(latest(doc), file.openedBy);
}

export function confirmsOwn(view: View<ContextRecordDocument, never>): Reason[] {
  const { person } = view.actor;
  return person !== null && writers(view).includes(person) ? [reason('SOD_BLOCKED', { rule: 'FOUR-EYES', person, because: 'preparedContext', waivable: false })] : [];
}
