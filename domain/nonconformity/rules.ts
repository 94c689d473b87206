import type { Actor } from '../../contracts/entry.ts';
import { isAuditor } from '../access/auditors.ts';
import type { NonconformityDocument, ReportNonconformity } from '../../contracts/nonconformity.ts';
import type { Instant, PersonId } from '../../contracts/identity.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason, SegregationRule } from '../../contracts/reasons.ts';
import type { View } from '../kernel/definition.ts';
import type { Facts } from '../kernel/facts.ts';
import { segregationReasons } from '../access/segregation.ts';
import { implementers, reportsToWithoutWaiver } from './independence.ts';

/** Segregation of duties of the nonconformity beyond the conflicting relations (rules §3.2, §8). */
type Sees = View<NonconformityDocument, never>;

/** The ISO does not triage what concerns himself or what he is to own; his deputy does (rules §8 edge cases). */
export function triagesOwnCase({ doc, body, actor }: Sees): Reason[] {
  const own = [doc.concerns, (body as { owner?: string } | undefined)?.owner].includes(actor.person ?? undefined);
  return own ? [blocked('P4-TRIAGE', actor.person!, 'concerned')] : [];
}

/**
 * SOD-07: what an audit has found, only its lead auditor withdraws; what the certification body has found, only that body. Nobody
 * withdraws what he himself has to put right (SOD-06).
 */
export function withdrawsOnlyAsFinder({ doc, file, actor, body }: Sees): Reason[] {
  // Its finding was regraded or taken back where that is decided.
  if (actor.person === null) return [];
  if (file.parties['ncOwner'] === actor.person) return [blocked('SOD-06', actor.person!, 'ncOwner')];
  if (doc.source === 'CERTIFICATION_BODY') return asksForTheirLetter(body, 'the withdrawal in writing of the certification body');
  if (file.parties['finder'] === actor.person) return [];
  return doc.source === 'INTERNAL_AUDIT' ? [blocked('SOD-07', actor.person!, 'notLeadAuditor')] : [reason('NOT_ENTITLED', { entitled: ['finder'] })];
}

/**
 * SOD-07: findings of an audit are regraded by the lead auditor alone, those of the certification body by that body alone. Nobody
 * regrades the nonconformity that he owns or that concerns him: that would be his own waiver (SOD-06).
 */
export function regradesOnlyAsGrader({ doc, file, actor, body }: Sees): Reason[] {
  // So does the finding, by whoever may grade it.
  if (actor.person === null) return [];
  if (file.parties['ncOwner'] === actor.person) return [blocked('SOD-06', actor.person!, 'ncOwner')];
  if (doc.concerns === actor.person) return [blocked('SOD-06', actor.person!, 'concerned')];
  if (doc.source === 'CERTIFICATION_BODY') return asksForTheirLetter(body, 'the regrading in writing of the certification body');
  const lead = file.parties['finder'] === actor.person;
  return doc.source === 'INTERNAL_AUDIT' && !lead ? [blocked('SOD-07', actor.person!, 'notLeadAuditor')] : [];
}

/** A finding stays with those who may find: not with the owner, not with who hands it over, and one of an audit with an auditor. */
export function finderReasons({ doc, file, facts, now, actor }: Sees, to: PersonId): Reason[] {
  if (to === file.parties['ncOwner']) return [blocked('SOD-06', to, 'ncOwner')];
  if (to === actor.person) return [blocked('SOD-07', to, 'handsOverToHimself')];
  return doc.source === 'INTERNAL_AUDIT' && !isAuditor(facts.directory, to, now) ? [reason('NOT_AN_AUDITOR', { person: to })] : [];
}

/** What an owner will do, and who has done the opposite before must not do (SOD-05, approver ≠ owner, triage). */
const ownerRelations = ['recordedCorrection', 'authoredCause', 'submittedPlan'];

/** Who triaged, approved, verifies or has judged does not become the owner afterwards: the order makes no difference. */
export function ownerReasons({ file, doc, facts, now }: Sees, to: PersonId): Reason[] {
  const unfit = answersForTopManagement({ doc, facts, now }, to);
  if (unfit.length > 0) return unfit;
  // The first owner is named by triage.
  if (!file.parties['ncOwner']) return [reason('NOT_REASSIGNABLE', { role: 'ncOwner', reassignable: ['finder', 'verifier'] })];
  const { involvements } = facts;
  const triaged = involvements.some(({ person, relation, object }) => person === to && relation === 'triaged' && object === file.id);
  return [
    ...(triaged ? [blocked('P4-TRIAGE', to, 'triaged')] : []),
    ...(file.parties['verifier'] === to ? [blocked('SOD-05', to, 'verifier')] : []),
    ...ownerRelations.flatMap((relation) => segregationReasons(to, relation, { self: file.id, parents: [] }, involvements)),
  ];
}

/** What is found against top management is answered by one of it, and by nobody below (rules §7 "Edge cases"). */
export function answersForTopManagement({ doc, facts, now }: Pick<Sees, 'doc' | 'facts' | 'now'>, owner: PersonId | undefined): Reason[] {
  if (doc.recipient !== 'TOP_MGMT' || owner === undefined) return [];
  return facts.directory.holdsRole(owner, 'TOP_MGMT', now) ? [] : [reason('NOT_TOP_MANAGEMENT', { person: owner })];
}

/** Who answers for the nonconformity does not confirm that it was put right (SOD-06). */
export function confirmsOwnWork({ file, actor }: Sees): Reason[] {
  return file.parties['ncOwner'] === actor.person ? [blocked('SOD-06', actor.person!, 'ncOwner')] : [];
}

/** What the outside body asked to see is sent, or closed by them, before the case ends: its milestone does not end unnoticed. */
export function hasAnsweredOutsideBody({ doc }: Sees): Reason[] {
  const due = doc.external?.evidenceDue;
  return due && !doc.cbEvidence && !doc.closedByCb ? [reason('CB_EVIDENCE_NOT_SENT', { due })] : [];
}

/**
 * SOD-07: a finding of an audit comes, with its grade, from the lead auditor himself. What a report has issued is opened whoever has left or lost
 * a role meanwhile: nothing delays it (rules §7).
 */
export function reportsOwnFinding({ body, actor, facts, now }: { body: ReportNonconformity; actor: Actor; facts: Facts; now: Instant }): Reason[] {
  const { source, leadAuditor } = body;
  if (source !== 'INTERNAL_AUDIT' || leadAuditor === undefined || actor.person === null) return [];
  if (!isAuditor(facts.directory, leadAuditor, now)) return [reason('NOT_AN_AUDITOR', { person: leadAuditor })];
  return actor.person === leadAuditor ? [] : [reason('NOT_THE_LEAD_AUDITOR', { leadAuditor })];
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
  const { actor, file } = view;
  const { person, reportsTo } = (view.body ?? {}) as { person?: PersonId; reportsTo?: PersonId };
  const parties = [person, reportsTo, file.parties['ncOwner'], ...implementers(view)];
  if (parties.includes(actor.person ?? undefined)) return [blocked('SOD-06', actor.person!, 'party')];
  const needed = person === undefined || reportsTo === undefined || reportsToWithoutWaiver(view, person, reportsTo);
  return needed ? [] : [reason('NOTHING_TO_WAIVE', { person })];
}

/** Nobody rules on the appeal he made, or on the refusal he pronounced (SOD-06). */
export function rulesOnOwnAppeal(view: Sees): Reason[] {
  return isPartyToAppeal(view, view.actor.person!) ? [blocked('SOD-06', view.actor.person!, 'party')] : triagesOwnCase(view);
}

export function isPartyToAppeal({ file, facts }: Sees, person: PersonId): boolean {
  const triaged = facts.involvements.some((each) => each.person === person && each.relation === 'triaged' && each.object === file.id);
  return file.openedBy === person || triaged;
}

function blocked(rule: SegregationRule, person: PersonId, because: string): Reason {
  return reason('SOD_BLOCKED', { rule, person, because, waivable: false });
}
