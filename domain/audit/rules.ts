import type { AuditBody, AuditDocument } from '../../contracts/audit.ts';
import type { PersonId } from '../../contracts/identity.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import { askedPerson } from '../kernel/draft.ts';
import type { View } from '../kernel/definition.ts';
import { barrierReasons } from './independence.ts';
import { isLeftUncovered } from './results.ts';
import { auditees, auditorsOfItem, leadOf, undeclared } from './team.ts';
import type { Sees } from './team.ts';

/** Who may do what beyond the party that he or she is (rules §3.2, §7). */

type OnItem = View<AuditDocument, AuditBody<'RECORD_RESULT'> | AuditBody<'DRAFT_FINDING'>>;

/** An item is audited by who was assigned to it, or by who leads; by somebody who has declared, and is independent now (SOD-01). */
export function auditsItem(view: OnItem): Reason[] {
  const sees = view as unknown as Sees;
  const person = askedPerson(view.actor);
  if (person === null) return [];
  if (undeclared(sees).includes(person)) return [reason('NOT_DECLARED', { persons: [person] })];
  if (!view.body) return [];
  const { item } = view.body;
  if (!view.doc.items.some(({ key }) => key === item)) return [];
  const auditors = [...auditorsOfItem(sees, item), leadOf(sees)].filter((each): each is PersonId => each !== null);
  if (!auditors.includes(person)) return [reason('NOT_YOUR_ITEM', { item, auditors })];
  if (isLeftUncovered(view.doc, item)) return [reason('ALREADY_DONE', { what: 'leftUncovered' })];
  return barrierReasons(sees, person, [item]);
}

/** Who was asked answers, or the management of what is audited. */
export function answersOwnRequest(view: View<AuditDocument, AuditBody<'ANSWER_SAMPLE'>>): Reason[] {
  const { body, doc } = view;
  const person = askedPerson(view.actor);
  const asked = doc.sampleRequests.find(({ key }) => key === body?.request)?.askedOf;
  if (asked === undefined || person === asked || (person !== null && auditees(view as unknown as Sees).includes(person))) return [];
  return [reason('NOT_YOUR_TURN', { waitingFor: [asked] })];
}

/** Nobody decides on an objection against himself (SOD-06). */
export function decidesOnHimself(view: View<AuditDocument, AuditBody<'DECIDE_OBJECTION'>>): Reason[] {
  const { actor, doc, body } = view;
  const concerned = doc.objections.find(({ key }) => key === body?.objection);
  const own = concerned !== undefined && [actor.person, actor.onBehalfOf].some((each) => each === concerned.person || each === concerned.by);
  return own ? [reason('SOD_BLOCKED', { rule: 'SOD-06', person: actor.person!, because: 'party', waivable: false })] : [];
}
