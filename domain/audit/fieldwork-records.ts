import type { AuditBody, AuditDocument, AuditResult } from '../../contracts/audit.ts';
import type { PersonId } from '../../contracts/identity.ts';
import type { ItemKey } from '../../contracts/universe.ts';
import { dueInstant, localDate } from '../calendar/due.ts';
import { calendarOf, inForce } from '../kernel/draft.ts';
import { barring } from './independence.ts';
import { said, sees, spoken } from './records.ts';
import type { Records } from './records.ts';
import { issuedReport } from './report.ts';

/** What each command writes from the opening meeting to the issued report; nothing here decides. */

type Doc = AuditDocument;

const meetingOf = ({ heldOn, participants, note }: AuditBody<'OPENING_MEETING'>) => ({ heldOn, participants, note: note ?? null });

export function begun({ doc, body }: Records<'OPENING_MEETING'>): Doc {
  return { ...doc, meetings: { ...doc.meetings, opening: meetingOf(body) } };
}

export function recorded(view: Records<'RECORD_RESULT'>): Doc {
  const { doc, body, now, actor } = view;
  const { item, result, method, population = null, sample = null, reason = null, evidence } = body;
  return { ...doc, results: [...doc.results, { item, result, method, population, sample, reason, evidence, by: actor.person!, at: now, void: null }] };
}

export function sampleAsked(view: Records<'REQUEST_SAMPLE'>): Doc {
  const { doc, body, now, actor } = view;
  return { ...doc, sampleRequests: [...doc.sampleRequests, { key: `s${doc.sampleRequests.length + 1}`, ...body, by: actor.person!, at: now, answer: null }] };
}

export function sampleAnswered(view: Records<'ANSWER_SAMPLE'>): Doc {
  const { doc, body } = view;
  const answer = { ...spoken(view), text: body.answer, evidence: body.evidence };
  return { ...doc, sampleRequests: doc.sampleRequests.map((each) => (each.key === body.request ? { ...each, answer } : each)) };
}

export function drafted(view: Records<'DRAFT_FINDING'>): Doc {
  const { doc, body, now, actor } = view;
  return { ...doc, findings: [...doc.findings, { number: doc.findings.length + 1, item: body.item, by: actor.person!, at: now }] };
}

/** Only what somebody in conflict has recorded is void. */
function voided(view: Records<'REASSIGN_ITEM' | 'REPERFORM' | 'LEAVE_UNCOVERED'>, items: readonly ItemKey[]): AuditResult[] {
  const bars = barring(sees(view));
  const inConflict = ({ by, item }: AuditResult) => bars(by, item).length > 0;
  return view.doc.results.map((each) => (each.void === null && items.includes(each.item) && inConflict(each) ? { ...each, void: { at: view.now, because: view.body.reason } } : each));
}

/** The items are this person's now; somebody new joins the team for them. */
function handedTo(team: Doc['team'], to: PersonId, items: readonly ItemKey[]): Doc['team'] {
  const others = team.map((each) => (each.person === to ? { ...each, items: [...new Set([...each.items, ...items])] } : { ...each, items: each.items.filter((item) => !items.includes(item)) }));
  return team.some(({ person }) => person === to) ? others : [...others, { person: to, role: 'AUDITOR', items: [...items] }];
}

/** With other items, what was declared is declared again. */
function takenOver(view: Records<'REASSIGN_ITEM' | 'REPERFORM'>, to: PersonId, items: readonly ItemKey[]): Doc {
  const { doc } = view;
  const knew = doc.team.find(({ person }) => person === to)?.items ?? [];
  const declarations = items.every((item) => knew.includes(item)) ? doc.declarations : doc.declarations.filter(({ person }) => person !== to);
  return { ...doc, results: voided(view, items), team: handedTo(doc.team, to, items), declarations };
}

export const itemReassigned = (view: Records<'REASSIGN_ITEM'>): Doc => takenOver(view, view.body.to, [view.body.item]);

export const doneAgain = (view: Records<'REPERFORM'>): Doc => ({ ...takenOver(view, view.body.to, view.body.items), terminated: null, meetings: { ...view.doc.meetings, closing: null } });

export function leftUncovered(view: Records<'LEAVE_UNCOVERED'>): Doc {
  const { doc, body } = view;
  const left = body.items.map((item) => ({ item, cause: 'INDEPENDENCE' as const, reason: body.reason }));
  return { ...doc, results: voided(view, body.items), notCovered: [...doc.notCovered, ...left] };
}

export function hindered(view: Records<'OBSTACLE'>): Doc {
  const { doc, body, now, actor } = view;
  return { ...doc, obstacles: [...doc.obstacles, { text: body.text, items: body.items, by: actor.person!, at: now }] };
}

/** What stood in the way is an obstacle of the report as well. */
export function suspended(view: Records<'SUSPEND'>): Doc {
  const { doc, body, now, actor } = view;
  return { ...doc, suspended: said(view), obstacles: [...doc.obstacles, { text: body.reason, items: [], by: actor.person!, at: now }] };
}

export const resumed = ({ doc }: Records<'RESUME_FIELDWORK'>): Doc => ({ ...doc, suspended: null });

export const terminated = (view: Records<'TERMINATE'>): Doc => ({ ...view.doc, terminated: said(view) });

/** The auditee has some days for comments on facts. */
export function closed(view: Records<'CLOSING_MEETING'>): Doc {
  const { doc, body, now, file } = view;
  const due = dueInstant({ anchor: now, duration: inForce(view).span('audit.factCheck'), calendar: calendarOf(view) });
  return { ...doc, meetings: { ...doc.meetings, closing: meetingOf(body) }, factCheckUntil: localDate(due, file.zone), spoken: [] };
}

export function commented(view: Records<'COMMENT_FACTS'>): Doc {
  const { doc, body } = view;
  return { ...doc, comments: [...doc.comments, { key: `c${doc.comments.length + 1}`, ...spoken(view), text: body.text, finding: body.finding ?? null, answer: null }], spoken: [...doc.spoken, spoken(view).by] };
}

export function withoutComment(view: Records<'NO_COMMENT'>): Doc {
  const { doc } = view;
  return { ...doc, noComment: [...doc.noComment, spoken(view)], spoken: [...doc.spoken, spoken(view).by] };
}

export function commentAnswered(view: Records<'ANSWER_COMMENT'>): Doc {
  const { doc, body, now, actor } = view;
  const answer = { by: actor.person!, at: now, text: body.answer };
  return { ...doc, comments: doc.comments.map((each) => (each.key === body.comment ? { ...each, answer } : each)) };
}

export function concluded({ doc, body }: Records<'FINALISE' | 'EDIT_REPORT' | 'AMEND'>): Doc {
  return { ...doc, conclusions: body.conclusions, distribution: body.distribution };
}

export const issued = (view: Records<'ISSUE'>): Doc => ({ ...view.doc, reports: [...view.doc.reports, issuedReport(sees(view), null)] });

export function amended(view: Records<'AMEND'>): Doc {
  const doc = concluded(view);
  return { ...doc, reports: [...doc.reports, issuedReport({ ...sees(view), doc }, view.body.reason)] };
}

export const acknowledged = (view: Records<'ACKNOWLEDGE'>): Doc => {
  const { doc } = view;
  return { ...doc, acknowledgements: [...doc.acknowledgements, { ...spoken(view), version: doc.reports.at(-1)!.version }] };
};
