import type { FindingBody, FindingCommand, FindingDocument, FindingGrade, GradeSet, OpenFinding } from '../../contracts/finding.ts';
import type { Instant } from '../../contracts/identity.ts';
import type { View } from '../kernel/definition.ts';
import { askedPerson } from '../kernel/draft.ts';
import type { Facts } from '../kernel/facts.ts';
import { earlierOf, proposedGrade } from './earlier.ts';

/** What each command writes into the document of a finding; nothing here decides. */

type Doc = FindingDocument;
type Records<C extends FindingCommand> = View<Doc, FindingBody<C>> & { body: FindingBody<C> };

export function drafted(body: OpenFinding, now: Instant, { facts }: { facts: Facts }): Doc {
  const { title, number, item, requirement, statement, recipient, proposed = null } = body;
  const audit = { id: body.audit, ref: body.auditRef };
  const units = [...new Set(body.units)];
  const earlier = earlierOf({ requirement, units, audit }, facts, now);
  return {
    ...{ title, audit, number, item, requirement, statement, units, recipient, earlier, proposed: proposedGrade(proposed, earlier) },
    ...{ grade: null, grades: [], urgent: null, notTheSame: [], disputes: [], appeal: null, issued: null, ofi: null },
  };
}

/** Another requirement or unit is looked up anew. */
export function amended(view: Records<'AMEND'>): Doc {
  const { doc, body, facts, now } = view;
  const { title = doc.title, requirement = doc.requirement, statement = doc.statement, recipient = doc.recipient } = body;
  const units = [...new Set(body.units ?? doc.units)];
  const subject = { requirement, units, audit: doc.audit };
  const isSame = requirement === doc.requirement && units.every((unit) => doc.units.includes(unit)) && units.length === doc.units.length;
  const earlier = isSame ? doc.earlier : earlierOf(subject, facts, now);
  return { ...doc, title, requirement, statement, recipient, units, earlier, proposed: proposedGrade(body.proposed ?? doc.proposed, earlier) };
}

/** A grade with who has set it (SOD-07). */
function gradedAs({ doc, actor, now }: View<Doc, unknown>, grade: FindingGrade, { how, reason }: Pick<GradeSet, 'how' | 'reason'>): Pick<Doc, 'grade' | 'grades'> {
  return { grade, grades: [...doc.grades, { grade, by: actor.person!, at: now, how, reason }] };
}

export function graded(view: Records<'GRADE'>): Doc {
  return { ...view.doc, ...gradedAs(view, view.body.grade, { how: 'GRADED', reason: view.body.reason }) };
}

export function regraded(view: Records<'REGRADE'>): Doc {
  return { ...view.doc, ...gradedAs(view, view.body.grade, { how: 'REGRADED', reason: view.body.reason }) };
}

export function notTheSame({ doc, body, actor }: Records<'NOT_THE_SAME'>): Doc {
  return { ...doc, notTheSame: [...doc.notTheSame, { id: body.nonconformity, by: actor.person!, reason: body.reason }] };
}

export function urgent({ doc, body, now }: Records<'MARK_URGENT'>): Doc {
  return { ...doc, urgent: { exposure: body.exposure, incident: body.incident, at: now, noted: null } };
}

export function noted({ doc, body, actor, now }: Records<'TAKE_NOTE'>): Doc {
  return { ...doc, urgent: doc.urgent && { ...doc.urgent, noted: { by: actor.person!, at: now, note: body.note } } };
}

export function disputed({ doc, body, actor, now }: Records<'DISPUTE'>): Doc {
  return { ...doc, disputes: [...doc.disputes, { by: askedPerson(actor)!, at: now, reason: body.reason, answer: null }] };
}

export function disputeAnswered(view: Records<'ANSWER_DISPUTE'>): Doc {
  const { doc, body, actor, now } = view;
  const to = body.grade ?? doc.grade;
  const answer = { by: actor.person!, at: now, text: body.answer, from: doc.grade, to };
  const disputes = doc.disputes.map((each, n) => (n === doc.disputes.length - 1 ? { ...each, answer } : each));
  const isOther = body.grade !== undefined && body.grade !== doc.grade;
  return { ...doc, disputes, ...(isOther && gradedAs(view, body.grade!, { how: 'DISPUTE', reason: body.answer })) };
}

export function appealed({ doc, body, actor, now }: Records<'APPEAL'>): Doc {
  return { ...doc, appeal: { by: askedPerson(actor)!, at: now, reason: body.reason, decision: null } };
}

export function ruledOn(view: Records<'DECIDE_APPEAL'>): Doc {
  const { doc, body, actor, now } = view;
  const { verdict, reason, grade } = body;
  const decision = { by: actor.person!, at: now, verdict, reason, from: doc.grade, to: grade ?? doc.grade };
  return { ...doc, appeal: doc.appeal && { ...doc.appeal, decision }, ...(grade && gradedAs(view, grade, { how: 'APPEAL', reason })) };
}

/** What is open or was closed since it was drafted is looked up once more: the report is issued weeks later. */
export function issued({ doc, body, facts, now }: Records<'ISSUE'>): Doc {
  return { ...doc, issued: { report: body.report, at: now }, earlier: earlierOf(doc, facts, now) };
}

export function improvementDecided({ doc, body, actor, now }: Records<'DECIDE_OFI'>): Doc {
  const { decision, reason, owner = null } = body;
  return { ...doc, ofi: { decision, by: actor.person!, at: now, reason, owner } };
}
