import type { AuditBody, AuditCommand, AuditDocument, AuditPlan } from '../../contracts/audit.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import { askedPerson } from '../kernel/draft.ts';
import type { View } from '../kernel/definition.ts';
import { itemsInConflict, teamBarriers } from './independence.ts';
import { auditees, teamOf, undeclared } from './team.ts';
import { pendingAuditees, pendingReceivers } from './parties.ts';
import { programmeOf, replanReasons } from './programme.ts';
import { amendReasons, issueReasons, readyReasons } from './report-rules.ts';
import { openItems, withoutFinding } from './results.ts';
import { safeguardReasons, takeoverReasons, teamReasons, unplanned, waiverReasons } from './team-rules.ts';
import { earliestStart, hasEscalated, latestPostponed, lies } from './times.ts';

/** Guards of the audit (rules §7 and §18): each says what stands in the way, or nothing. */

type Sees<C extends AuditCommand> = View<AuditDocument, AuditBody<C>>;
type Any = View<AuditDocument, never>;

const any = (view: View<AuditDocument, unknown>) => view as Any;
const missing = <T>(items: readonly T[], as: (items: T[]) => Reason): Reason[] => (items.length > 0 ? [as([...items])] : []);

function isPeriod({ from, until }: { from: string; until: string }): Reason[] {
  return until < from ? [reason('PERIOD_REVERSED', { from, until })] : [];
}

const isFitTeam = teamReasons;
const isToBeWaived = waiverReasons;

/** Notice is as long as usual, or somebody answers for less: the auditee, who consents, or the programme manager, for whom it is urgent (rules §18). */
function noticeReasons(view: Any, { dates, shortNotice }: AuditPlan): Reason[] {
  const earliest = earliestStart(view);
  const isShort = dates.from < earliest && !shortNotice && view.doc.urgent === null;
  return isShort ? [reason('NOTICE_TOO_SHORT', { start: dates.from, earliest })] : [];
}

function isSoundPlan(view: Sees<'SUBMIT_PLAN'>): Reason[] {
  const { body, doc } = view;
  if (!body) return [];
  const { from, until } = doc.window;
  return [
    ...isPeriod(body.dates),
    ...(lies(body.dates, doc.window) ? [] : [reason('OUTSIDE_WINDOW', { ...body.dates, windowFrom: from, windowUntil: until })]),
    ...noticeReasons(any(view), body),
    ...unplanned(any(view), body.agenda.flatMap(({ items }) => items)),
    ...missing(doc.objections.filter(({ decision }) => decision === null), (open) => reason('OBJECTION_UNDECIDED', { objections: open.map(({ key }) => key) })),
    ...upheld(any(view)),
    ...declarations(any(view)),
  ];
}

function upheld(view: Any): Reason[] {
  const out = view.doc.objections.filter(({ decision }) => decision?.verdict === 'UPHELD').map(({ person }) => person);
  return teamOf(view).filter(({ person }) => out.includes(person)).map(({ person }) => reason('OBJECTION_UPHELD', { person }));
}

function declarations(view: Any): Reason[] {
  return missing(undeclared(view), (persons) => reason('NOT_DECLARED', { persons }));
}

function isOpenObjection({ doc, body }: Sees<'DECIDE_OBJECTION'>): Reason[] {
  const isOpen = doc.objections.some(({ key, decision }) => decision === null && (body === undefined || key === body.objection));
  return isOpen ? [] : [reason('NOTHING_ASKED', { question: body?.objection ?? 'objection' })];
}

/** Less notice than usual needs the auditee's own word, unless it is urgent. */
function agreesToIt({ doc, body }: Sees<'AGREE'>): Reason[] {
  const lacks = body !== undefined && doc.plan?.shortNotice === true && doc.urgent === null && body.shortNotice !== true;
  return lacks ? [reason('CONSENT_TO_SHORT_NOTICE', { start: doc.plan!.dates.from })] : [];
}

function agreesLast(view: Sees<'AGREE'>): Reason[] {
  const others = pendingAuditees(any(view)).filter((each) => each !== askedPerson(view.actor));
  return [...agreesToIt(view), ...missing(others, (waitingFor) => reason('NOT_YOUR_TURN', { waitingFor }))];
}

/** Other dates, or a conflict of somebody in the team (rules §7 PLAN_SENT). */
function isForAuditeeToAsk(view: Sees<'REQUEST_CHANGE'>): Reason[] {
  const { body } = view;
  if (!body) return [];
  if (body.dates) return isPeriod(body.dates);
  const person = body.conflict!.person;
  return teamOf(any(view)).some((each) => each.person === person) ? [] : [reason('NOT_IN_TEAM', { person })];
}

/** The line manager of a silent auditee was told; what is urgent waits for nobody. Silence is no consent to short notice. */
function mayStand(view: Sees<'LET_PLAN_STAND'>): Reason[] {
  const { doc } = view;
  if (doc.urgent) return [];
  if (doc.plan?.shortNotice) return [reason('CONSENT_TO_SHORT_NOTICE', { start: doc.plan.dates.from })];
  return hasEscalated(view, 'agreement', 'E1') ? [] : [reason('NOT_ESCALATED', { deadline: 'agreement', step: 'E1' })];
}

/** On the day agreed, or earlier with the auditee at the table; everybody independent still (SOD-01). */
function mayBegin(view: Sees<'OPENING_MEETING'>): Reason[] {
  const { doc, body } = view;
  const from = doc.plan!.dates.from;
  const isEarly = body !== undefined && body.heldOn < from && auditees(any(view)).some((each) => !body.participants.includes(each));
  return [...(isEarly ? [reason('NOT_BEGUN_YET', { from })] : []), ...declarations(any(view)), ...safeguardReasons(any(view), teamOf(any(view))), ...teamBarriers(any(view))];
}

function isPlannedItem(view: Sees<'RECORD_RESULT' | 'DRAFT_FINDING'>): Reason[] {
  return view.body ? unplanned(any(view), [view.body.item]) : [];
}

function areItems(view: Sees<'OBSTACLE' | 'REQUEST_SAMPLE'>): Reason[] {
  const { body } = view;
  return body ? unplanned(any(view), 'items' in body ? body.items : [body.item]) : [];
}

function isAsked({ doc, body }: Sees<'ANSWER_SAMPLE'>): Reason[] {
  const isOpen = doc.sampleRequests.some(({ key, answer }) => answer === null && (body === undefined || key === body.request));
  return isOpen ? [] : [reason('NOTHING_ASKED', { question: body?.request ?? 'sample' })];
}

function isFitForItem(view: Sees<'REASSIGN_ITEM'>): Reason[] {
  return view.body ? takeoverReasons(any(view), view.body.to, [view.body.item]) : [];
}

/** Only what an auditor in conflict had a say in (rules §18). */
function lacksIndependence(view: Sees<'LEAVE_UNCOVERED' | 'REPERFORM'>): Reason[] {
  const { body } = view;
  const inConflict = itemsInConflict(any(view));
  if (!body) return inConflict.length > 0 ? [] : [reason('NO_CONFLICT', { items: [] })];
  const foreign = unplanned(any(view), body.items);
  return [...foreign, ...missing(body.items.filter((item) => !inConflict.includes(item)), (items) => reason('NO_CONFLICT', { items }))];
}

function isDoneAgain(view: Sees<'REPERFORM'>): Reason[] {
  const reasons = lacksIndependence(view);
  return reasons.length > 0 || !view.body ? reasons : takeoverReasons(any(view), view.body.to, view.body.items);
}

/** What somebody with a waived conflict has recorded was looked at by the second auditor as well. */
function unsafeguarded({ doc }: Any): Reason[] {
  const looked = (person: string, item: string) => doc.results.some((each) => each.by === person && each.item === item && each.void === null);
  const open = doc.waivers.filter(({ person, item, secondAuditor }) => looked(person, item) && !looked(secondAuditor, item));
  return open.map(({ person, item, secondAuditor }) => reason('SECOND_AUDITOR_MISSING', { person, item, secondAuditor }));
}

/** Every planned item has a result, and every finding is one (rules §7 `closingMeeting`). */
function everyItemHasAResult(view: Any): Reason[] {
  return [
    ...unsafeguarded(view),
    ...missing(openItems(view.doc), (items) => reason('ITEMS_WITHOUT_RESULT', { items })),
    ...missing(withoutFinding(view), (items) => reason('FINDING_MISSING', { items })),
  ];
}

function isOpenComment({ doc, body }: Sees<'ANSWER_COMMENT'>): Reason[] {
  const isOpen = doc.comments.some(({ key, answer }) => answer === null && (body === undefined || key === body.comment));
  return isOpen ? [] : [reason('NOTHING_ASKED', { question: body?.comment ?? 'comment' })];
}

const isReadyToFinalise = readyReasons;
const mayBeIssued = issueReasons;
const mayBeAmended = amendReasons;

function acknowledgesLast(view: Sees<'ACKNOWLEDGE'>): Reason[] {
  const others = pendingReceivers(any(view), askedPerson(view.actor));
  return missing(others, (waitingFor) => reason('NOT_YOUR_TURN', { waitingFor }));
}

/** Within the cycle and sixty days of what was planned; further only by top management (rules §7 `postpone`). */
function isLater(view: Sees<'POSTPONE'>): Reason[] {
  const { body, doc, actor, facts, now } = view;
  if (!body) return [];
  if (body.window.from <= doc.window.from) return [reason('NOT_LATER', { due: doc.window.from, newDate: body.window.from })];
  const latest = latestPostponed(any(view), programmeOf(any(view))?.until ?? null);
  const keys = actor.person === null ? [] : facts.directory.keysOf(askedPerson(actor)!, now);
  const isTop = keys.includes('role:TOP_MGMT');
  return [...isPeriod(body.window), ...(body.window.from > latest && !isTop ? [reason('POSTPONED_TOO_FAR', { latest })] : [])];
}

function goesOnInTheCycle(view: Sees<'REPLAN'>): Reason[] {
  const { body } = view;
  return body ? [...unplanned(any(view), body.items.map(({ item }) => item)), ...replanReasons(any(view), body.items)] : [];
}

/** Nothing of the universe gets lost with an audit of the programme (rules §7 `cancel`, §9 no. 7). */
function isReplanned(view: Any): Reason[] {
  const { doc } = view;
  if (doc.programme === null) return [];
  const lost = doc.items.map(({ key }) => key).filter((key) => !doc.replan.some(({ item }) => item === key));
  return missing(lost, (items) => reason('ITEMS_NOT_REPLANNED', { items }));
}

function hasNoFindings({ doc }: Any): Reason[] {
  return missing(doc.findings, (findings) => reason('FINDINGS_OPEN', { findings: findings.map(({ number }) => `f${number}`) }));
}

export const auditGuards = {
  acknowledgesLast,
  agreesLast,
  agreesToIt,
  areItems,
  everyItemHasAResult,
  goesOnInTheCycle,
  hasNoFindings,
  isAsked,
  isDoneAgain,
  isFitForItem,
  isFitTeam,
  isForAuditeeToAsk,
  isLater,
  isOpenComment,
  isOpenObjection,
  isPlannedItem,
  isReadyToFinalise,
  isReplanned,
  isSoundPlan,
  isToBeWaived,
  lacksIndependence,
  mayBeAmended,
  mayBeIssued,
  mayBegin,
  mayStand,
};
