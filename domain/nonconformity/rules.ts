import type { NonconformityDocument } from '../../contracts/nonconformity.ts';
import type { PersonId } from '../../contracts/identity.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import type { View } from '../kernel/definition.ts';
import { implementers, reportingLineReasons } from './independence.ts';

/** Segregation of duties of the nonconformity beyond the conflicting relations (rules §3.2, §8). */
type Sees = View<NonconformityDocument, never>;

/** The ISO does not triage what concerns himself or what he is to own; his deputy does (rules §8 edge cases). */
export function triagesOwnCase({ doc, body, actor }: Sees): Reason[] {
  const own = [doc.concerns, (body as { owner?: string } | undefined)?.owner].includes(actor.person ?? undefined);
  return own ? [blocked('P4-TRIAGE', actor.person!, 'concerned')] : [];
}

/** SOD-07: what an audit has found, only its lead auditor withdraws; what the certification body has found, only that body. */
export function withdrawsOnlyAsFinder({ doc, file, actor, body }: Sees): Reason[] {
  if (doc.source === 'CERTIFICATION_BODY') return asksForTheirLetter(body, 'the withdrawal in writing of the certification body');
  if (file.parties['finder'] === actor.person) return [];
  return doc.source === 'INTERNAL_AUDIT' ? [blocked('SOD-07', actor.person!, 'notLeadAuditor')] : [reason('NOT_ENTITLED', { entitled: ['finder'] })];
}

/** SOD-07: findings of an audit are regraded by the lead auditor alone, those of the certification body by that body alone. */
export function regradesOnlyAsGrader({ doc, file, actor, body }: Sees): Reason[] {
  if (doc.source === 'CERTIFICATION_BODY') return asksForTheirLetter(body, 'the regrading in writing of the certification body');
  const lead = file.parties['finder'] === actor.person;
  if (doc.source === 'INTERNAL_AUDIT') return lead ? [] : [blocked('SOD-07', actor.person!, 'notLeadAuditor')];
  return lead && file.parties['ncOwner'] !== actor.person ? [] : ownGradeReasons(file.parties['ncOwner'], actor.person);
}

/** Nobody regrades the nonconformity he owns: that would be his own waiver (SOD-06). */
function ownGradeReasons(owner: PersonId | undefined, person: PersonId | null): Reason[] {
  return owner !== undefined && owner === person ? [blocked('SOD-06', owner, 'ncOwner')] : [];
}

function asksForTheirLetter(body: unknown, what: string): Reason[] {
  const given = (body as { evidence?: string[] } | undefined)?.evidence;
  return given === undefined || given.length > 0 ? [] : [reason('INVALID_PAYLOAD', { path: 'evidence', message: `attach ${what}` })];
}

/** "No corrective action" is decided by the ISO, not by the owner for himself (SOD-06). */
export function waivesOwnCorrectiveAction({ file, actor }: Sees): Reason[] {
  return file.parties['ncOwner'] === actor.person ? [blocked('SOD-06', actor.person!, 'ncOwner')] : [];
}

/** A waiver is given by somebody who does not profit from it, and only where there is something to waive. */
export function mayWaive(view: Sees): Reason[] {
  const { actor } = view;
  const { person } = (view.body ?? {}) as { person?: PersonId };
  if (actor.person === person || implementers(view).includes(actor.person!)) return [blocked('SOD-06', actor.person!, 'party')];
  return person !== undefined && reportingLineReasons(view, person).length === 0 ? [reason('NOTHING_TO_WAIVE', { person })] : [];
}

/** Nobody rules on the appeal he made, or on the refusal he pronounced (SOD-06). */
export function rulesOnOwnAppeal({ file, facts, actor }: Sees): Reason[] {
  const rejected = facts.involvements.some(({ person, relation }) => person === actor.person && relation === 'rejectedReport');
  return file.openedBy === actor.person || rejected ? [blocked('SOD-06', actor.person!, 'party')] : [];
}

function blocked(rule: 'SOD-06' | 'SOD-07' | 'P4-TRIAGE', person: PersonId, because: string): Reason {
  return reason('SOD_BLOCKED', { rule, person, because, waivable: false });
}
