import type { ContextContent, ContextRecordBody, ContextRecordCommand, ContextRecordDocument, ContextVersion, OpenContextRecord } from '../../contracts/context-record.ts';
import type { Actor } from '../../contracts/entry.ts';
import type { Instant, PersonId } from '../../contracts/identity.ts';
import type { Json } from '../../contracts/json.ts';
import { endOfWindow } from '../calendar/due.ts';
import { contentHash } from '../kernel/canonical.ts';
import type { View } from '../kernel/definition.ts';
import { calendarOf, inForce } from '../kernel/draft.ts';

/** What each command writes into a record of the context; nothing here decides. */

type Records<C extends ContextRecordCommand> = View<ContextRecordDocument, ContextRecordBody<C>> & { body: ContextRecordBody<C> };

/** The version that is worked on, or that holds. */
export function latest({ versions }: ContextRecordDocument): ContextVersion {
  return versions.at(-1)!;
}

interface Writing {
  number: number;
  change: string | null;
  actor: Actor;
  now: Instant;
}

function version(given: ContextContent, { number, change, actor, now }: Writing): ContextVersion {
  const { scope, issues, climate, parties } = given;
  const content: ContextContent = { ...(scope && { scope }), ...(issues && { issues }), ...(climate && { climate }), ...(parties && { parties }) };
  return { number, content, contentHash: contentHash(content as Json), preparedBy: personsOf(actor), preparedAt: now, change };
}

function personsOf({ person, onBehalfOf }: Actor): PersonId[] {
  return [person, onBehalfOf].filter((each): each is PersonId => each != null);
}

export function opened(body: OpenContextRecord, now: Instant): ContextRecordDocument {
  const first = version(body, { number: 1, change: null, actor: { person: null, role: '' }, now });
  return { kind: body.kind, title: body.title, versions: [first], confirmations: [] };
}

/** Until somebody has seen a version, who amends it works on the same one; both have prepared it then. */
export function amended({ doc, body, actor, now, file }: Records<'AMEND'>): ContextRecordDocument {
  const last = latest(doc);
  const seen = doc.confirmations.some(({ version: confirmed }) => confirmed === last.number);
  const next = version(body, { number: seen ? last.number + 1 : last.number, change: body.reason, actor, now });
  const earlier = seen ? [] : writersOf(last, file.openedBy);
  return { ...doc, versions: [...(seen ? doc.versions : doc.versions.slice(0, -1)), { ...next, preparedBy: [...new Set([...earlier, ...next.preparedBy])] }] };
}

/** The first version is its opener's. */
export function writersOf({ number, preparedBy }: ContextVersion, openedBy: PersonId): PersonId[] {
  return number === 1 && openedBy !== 'SYSTEM' ? [...new Set([openedBy, ...preparedBy])] : preparedBy;
}

/** It holds as long as the window that begins with the confirmation. */
export function confirmed(view: Records<'CONFIRM'>): ContextRecordDocument {
  const { doc, body, actor, now } = view;
  const validUntil = endOfWindow({ anchor: now, duration: inForce(view).span('context.validity'), calendar: calendarOf(view) });
  const confirmation = { version: latest(doc).number, contentHash: body.contentHash, by: actor.person!, onBehalfOf: actor.onBehalfOf ?? null, role: actor.role, at: now, validUntil };
  return { ...doc, confirmations: [...doc.confirmations, confirmation] };
}
