import { z } from 'zod';
import { conditionBody, quorumSchema, roundModes } from './approval.ts';
import { endingCommandBodies } from './ending-commands.ts';
import { evidenceHash, line, localDate, personId, prose, reasonText, caseId } from './fields.ts';
import { recordCommandBodies } from './record-commands.ts';
import { recordClasses } from './retention.ts';
import { timeCommandBodies } from './time-commands.ts';

/** Commands that every process has (rules §4.2, §4.3, §4.5); the kernel carries them out. */

/** A remark without effect on the state. */
export const commentBody = z.strictObject({ text: prose('Comment') });

/** Attaches evidence to the case (rules §4.7); the bytes were uploaded before and are named by their hash. */
export const addEvidenceBody = z.strictObject({
  evidence: evidenceHash,
  title: line('Title'),
  relatesTo: line('Relates to (clause, control or step)').optional(),
  periodFrom: localDate('Period from').optional(),
  periodUntil: localDate('Period until').optional(),
  classification: z.enum(['PUBLIC', 'INTERNAL', 'CONFIDENTIAL']).default('INTERNAL'),
  kind: z.enum(['FILE', 'SYSTEM_RECORD']).default('FILE'),
  validUntil: localDate('Valid until', 'notPast').optional(),
  recordClass: z.enum(recordClasses).default('evidence').meta({ title: 'Class of record' }),
  keepUntil: localDate('Kept at least until (law or contract)').optional(),
});

/** Gives a role in this case to another person. */
export const reassignBody = z.strictObject({ role: line('Role'), to: personId('New holder'), reason: reasonText });

/** Confirms an escalation step (rules §4.5); the ISO says at E2 what he decided. It does not stop the ladder. */
export const acknowledgeBody = z.strictObject({
  deadline: line('Deadline'),
  step: z.enum(['E1', 'E2', 'E3', 'E4']),
  decision: z.enum(['EXTEND', 'REASSIGN', 'RESCOPE', 'ESCALATE']).optional().meta({ title: 'Decision (at E2)' }),
  note: prose('Note').optional(),
});

/** Typed link to another case, without awaiting it. */
export const linkBody = z.strictObject({
  to: caseId('Case'),
  type: z.enum(['related', 'parentNonconformity', 'supplements']),
  note: prose('Note').optional(),
});

/** Approval over exactly the content one has seen: its hash goes back (rules §4.3). */
export const approveBody = z.strictObject({
  contentHash: z.string().regex(/^[0-9a-f]{64}$/).meta({ title: 'Hash of the content seen' }),
  note: prose('Note').optional(),
  /** Each becomes an action; work may start, the case does not end before all are met, and the approval lapses where one is not in time. */
  conditions: z.array(conditionBody).max(20).default([]).meta({ title: 'Conditions' }),
});

/** Sends the content back for rework, or for good where the process knows that. `backTo` names an earlier part where it knows one. */
export const rejectBody = z.strictObject({
  reason: reasonText,
  final: z.boolean().default(false).meta({ title: 'For good, without rework' }),
  backTo: z.enum(['plan', 'cause']).default('plan').meta({ title: 'Back to' }),
});

/** Asks somebody for what an approver needs to know; the clock of the approval goes on. */
export const requestInformationBody = z.strictObject({ of: personId('Whom to ask'), question: prose('Question') });

/** Answers what an approver has asked; everybody whom the round asks sees it. */
export const answerInformationBody = z.strictObject({ question: line('Key of the question'), answer: prose('Answer') });

/** Takes no part in the round: a conflict of interest that no rule knows of. */
export const recuseBody = z.strictObject({ reason: reasonText });

/** The approver passes his seat to somebody who may stand in for him. */
export const passSeatBody = z.strictObject({ to: personId('New approver'), reason: reasonText });

/** Somebody for a seat that nobody can take. */
export const appointSubstituteBody = z.strictObject({ seat: line('Seat'), person: personId('Substitute'), reason: reasonText });

/** The quorum cannot be reached: TOP_MGMT decides by which mode those decide who are left. */
export const changeModeBody = z
  .strictObject({ mode: z.enum(roundModes).exclude(['SINGLE', 'HIERARCHY']), quorum: quorumSchema.optional(), reason: reasonText })
  .refine(({ mode, quorum }) => (mode === 'QUORUM') === (quorum !== undefined), { path: ['quorum'], message: 'belongs to QUORUM, and to nothing else' });

/** SYSTEM only: an effect was refused or attached to a case that already ran. */
export const effectAnsweredBody = z.strictObject({
  version: z.int(),
  n: z.int(),
  outcome: z.enum(['REFUSED', 'ATTACHED']),
  to: z.uuid().optional(),
  reasons: z.array(z.looseObject({ code: z.string() })).default([]),
});

/** SYSTEM only: another trigger of the same origin is attached instead of opening a second case (rules §14). */
export const attachTriggerBody = z.strictObject({ from: z.uuid(), fromRef: z.string(), type: z.string() });

/** The ISO says what became of an effect that was refused; until then it stays on the desk. */
export const settleEffectBody = z.strictObject({ version: z.int(), n: z.int(), note: prose('What was done about it') });

/** SYSTEM only: everybody whom a broadcast of this case reached has answered. */
export const broadcastEndedBody = z.strictObject({ version: z.int(), n: z.int(), targets: z.int(), accepted: z.int(), refused: z.int() });

/** The interim holder of a party takes it for good. */
export const confirmInterimBody = z.strictObject({ role: line('Role'), note: prose('Note').optional() });

/** Who took over from a leaver stands by what the leaver has committed to. */
export const confirmTakeoverBody = z.strictObject({ role: line('Role'), note: prose('Note').optional() });

const departureRef = { from: z.uuid(), fromRef: z.string() };

/** SYSTEM only: a person has left, no longer holds a role of the organisation, or may not act any more (an auditor from outside); what he holds here needs a new holder. */
export const holderLeftBody = z.strictObject({ ...departureRef, person: z.string(), because: z.enum(['LEFT', 'ROLE_ENDED', 'ACCESS_ENDED']) });

/** SYSTEM only: the unit of the case is no more. */
export const unitDissolvedBody = z.strictObject({ ...departureRef, unit: z.string(), successor: z.string().nullable() });

/** SYSTEM only: people, roles or units have changed; rounds and tasks are looked at again. */
export const peopleChangedBody = z.strictObject({ ...departureRef, because: z.string().max(4000) });

/** SYSTEM only: calendar or ladder have changed; what lies ahead is worked out anew (rules §4.4, §16.1 "holiday table edited"). */
export const timesChangedBody = z.strictObject({ from: z.uuid(), fromRef: z.string() });

export const commonCommandBodies = {
  COMMENT: commentBody,
  ADD_EVIDENCE: addEvidenceBody,
  REASSIGN: reassignBody,
  ACKNOWLEDGE_ESCALATION: acknowledgeBody,
  LINK: linkBody,
  APPROVE: approveBody,
  REJECT: rejectBody,
  REQUEST_INFORMATION: requestInformationBody,
  ANSWER_INFORMATION: answerInformationBody,
  RECUSE: recuseBody,
  PASS_SEAT: passSeatBody,
  APPOINT_SUBSTITUTE: appointSubstituteBody,
  CHANGE_MODE: changeModeBody,
  SETTLE_EFFECT: settleEffectBody,
  EFFECT_ANSWERED: effectAnsweredBody,
  ATTACH_TRIGGER: attachTriggerBody,
  CONFIRM_INTERIM: confirmInterimBody,
  CONFIRM_TAKEOVER: confirmTakeoverBody,
  HOLDER_LEFT: holderLeftBody,
  UNIT_DISSOLVED: unitDissolvedBody,
  BROADCAST_ENDED: broadcastEndedBody,
  PEOPLE_CHANGED: peopleChangedBody,
  TIMES_CHANGED: timesChangedBody,
  ...endingCommandBodies,
  ...timeCommandBodies,
  ...recordCommandBodies,
} as const;

export type CommonCommand = keyof typeof commonCommandBodies;
export type CommonBody<C extends CommonCommand> = z.infer<(typeof commonCommandBodies)[C]>;
