import type { Round } from '../../../contracts/case-file.ts';
import { contentHash } from '../canonical.ts';
import type { RoundPolicy } from '../definition.ts';
import { inForce, viewOf } from '../draft.ts';
import type { Draft } from '../draft.ts';

/** Who decides what: by the policy of the process, or by the next authority after the third rejection. */

export function roundPolicy(draft: Pick<Draft, 'definition'>, name: string): RoundPolicy<never> {
  const policy = draft.definition.policy.rounds[name];
  if (!policy) throw new Error(`round "${name}" of ${draft.definition.name} is not defined`);
  return policy;
}

export function contentOf(draft: Draft, name: string): string {
  return contentHash(roundPolicy(draft, name).subject(draft.file));
}

/** Who decides in which order, and who never does. */
export type Deciders = Pick<Round, 'mode' | 'seats' | 'never' | 'quorum' | 'level'>;

/** The third rejection takes the question to the next authority (rules §4.3), whatever the mode was. */
export function decidersOf(draft: Draft, name: string): Deciders {
  const policy = roundPolicy(draft, name);
  const view = viewOf(draft);
  const never = policy.never(view);
  if (isRuled(draft, name)) return { mode: 'SEQUENTIAL', never, seats: policy.ruling!(view).map(seatFrom) };
  const [quorum, level] = [policy.quorum?.(view), policy.level?.(view)];
  return { mode: policy.mode(view), never, seats: policy.seats(view).map(seatFrom), ...(quorum && { quorum }), ...(level !== undefined && { level }) };
}

export function isRuled(draft: Draft, name: string): boolean {
  return roundPolicy(draft, name).ruling !== undefined && (draft.file.reworks[name] ?? 0) >= inForce(draft).value('round.rejectionsBeforeRuling');
}

function seatFrom({ name, tiers, mandatory, level }: ReturnType<RoundPolicy<never>['seats']>[number]): Round['seats'][number] {
  return { name, tiers, decision: null, ...(mandatory && { mandatory }), ...(level !== undefined && { level }) };
}

/** Fingerprint of the deciders; substitutes, recusals and a changed mode are no part of it. */
export function basisOf(deciders: Deciders): string {
  return contentHash(structuredClone(deciders) as never);
}

/** True where others have to decide than when the round was opened: a regrade, another owner, a role in other hands. */
export function hasNewDeciders(draft: Draft): boolean {
  const { round } = draft.file;
  return round !== null && round.basis !== basisOf(decidersOf(draft, round.name));
}
