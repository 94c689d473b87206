import type { Effect } from '../../contracts/entry.ts';
import type { CaseId } from '../../contracts/identity.ts';
import { derivedCaseId } from './canonical.ts';
import type { Follow } from './definition.ts';
import { personsOf, viewOf } from './draft.ts';
import type { Draft } from './draft.ts';
import { addLink } from './links.ts';
import { tell } from './notices.ts';

/** Rules decide, behaviours follow: what a process says follows from a step becomes effects, notices and flags of the entry. */
export function followBehaviours(draft: Draft, when: 'entering' | 'after', name: string): void {
  const behaviour = draft.definition.behaviours[when]?.[name];
  for (const each of behaviour?.(viewOf(draft)) ?? []) follow(draft, each);
}

function follow(draft: Draft, each: Follow): void {
  if ('kind' in each) owe(draft, each);
  else if (each.follow === 'open') openChild(draft, each);
  else if (each.follow === 'inform') inform(draft, each);
  else if (each.follow === 'link') linkPeer(draft, each);
  else raiseFlag(draft, each.flag);
}

/** A broadcast is remembered in the case, so that it knows when all of them have ended. */
export function owe(draft: Draft, effect: Exclude<Effect, { kind: 'openCase' }>): void {
  const { version } = draft.file;
  if (effect.kind === 'broadcast') draft.file.broadcasts.push({ version: version + 1, n: draft.effects.length, command: effect.command, ended: null });
  draft.effects.push(effect);
}

export function openChild(draft: Draft, { process, payload, link, awaited, object, part }: Extract<Follow, { follow: 'open' }>): void {
  const id = derivedCaseId(draft.file.id, draft.file.version + 1, draft.effects.length);
  draft.effects.push({ kind: 'openCase', process, id, payload, link, awaited, object });
  addLink(draft, { type: link, to: id, direction: 'child', awaited, attempt: draft.file.attempt, ...part });
}

/** A link is known on both sides: the other case learns of it by an effect. */
export function linkPeer(draft: Draft, { to, toRef, type }: { to: CaseId; toRef: string; type: string }): void {
  addLink(draft, { type, to, toRef, direction: 'peer', awaited: false, attempt: draft.file.attempt });
  draft.effects.push({ kind: 'command', to, command: 'ATTACH_TRIGGER', body: { from: draft.file.id, fromRef: draft.file.ref, type } });
}

function inform(draft: Draft, { to, subject }: Extract<Follow, { follow: 'inform' }>): void {
  const told = personsOf(draft, to);
  draft.happenings.push({ kind: 'informed', subject, told });
  tell(draft, told, { kind: 'information', cause: `inform:${subject}`, data: { subject } });
}

export function raiseFlag(draft: Draft, flag: string): void {
  if (draft.file.flags.includes(flag)) return;
  draft.file.flags.push(flag);
  draft.happenings.push({ kind: 'flagged', flag });
}
