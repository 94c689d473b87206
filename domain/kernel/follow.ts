import type { LadderStepName } from '../../contracts/case-file.ts';
import type { Effect, Happening } from '../../contracts/entry.ts';
import type { CaseId } from '../../contracts/identity.ts';
import { derivedCaseId } from './canonical.ts';
import type { Follow } from './definition.ts';
import { personsOf, viewOf } from './draft.ts';
import type { Draft } from './draft.ts';
import { fireAhead } from './escalation.ts';
import { lowerFlag, raiseFlag } from './flagging.ts';
import { severity } from './ladder.ts';
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
  else if (each.follow === 'escalate') escalate(draft, each);
  else if (each.follow === 'lowerFlag') lowerFlag(draft, each.flag);
  else raiseFlag(draft, each.flag);
}

/**
 * What follows elsewhere from ladders that have come so far that the ISO records a decision (rules §4.5 E2, §14 L3). A deadline informs and
 * never moves its own case; others may stand on what it is about.
 */
export function followSteps(draft: Draft, since = 0): void {
  const fired = draft.happenings.slice(since).flatMap((each) => (each.kind === 'stepFired' ? [each] : []));
  for (const each of fired) if (isFirstAtE2(draft, each)) for (const next of draft.definition.behaviours.escalated?.[each.deadline]?.(viewOf(draft)) ?? []) follow(draft, next);
}

/** The first step of this date that is as severe as E2; what an outage has collapsed into it counts as one with it. */
function isFirstAtE2({ file }: Draft, { deadline, step, collapsed }: Extract<Happening, { kind: 'stepFired' }>): boolean {
  const grave = (name: LadderStepName) => severity(name) >= severity('E2');
  const now = [step, ...collapsed];
  const before = file.deadlines[deadline]!.steps.filter((each) => each.firedAt !== null && !now.includes(each.step));
  return grave(step) && !before.some((each) => grave(each.step));
}

/** What is late from the beginning waits for no ladder: the step fires now (rules §14 L10 "E2 now"). */
function escalate(draft: Draft, { deadline, step }: Extract<Follow, { follow: 'escalate' }>): void {
  const open = draft.file.deadlines[deadline];
  const before = draft.happenings.length;
  if (open && open.metAt === null) fireAhead(draft, open, step);
  followSteps(draft, before);
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
