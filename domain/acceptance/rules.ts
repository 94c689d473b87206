import type { AcceptanceDocument, AcceptanceKind, OpenAcceptance } from '../../contracts/acceptance.ts';
import type { CaseFile, CaseSummary } from '../../contracts/case-file.ts';
import type { Level } from '../../contracts/criteria.ts';
import type { Instant, LocalDate, PersonId } from '../../contracts/identity.ts';
import type { Json } from '../../contracts/json.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import { needsTopManagement } from '../access/acceptance-authority.ts';
import { datePlus } from '../calendar/date-sum.ts';
import { atLocalTime, localDate } from '../calendar/due.ts';
import type { Duration } from '../calendar/duration.ts';
import { criteriaOf } from '../criteria/in-directory.ts';
import { contentHash } from '../kernel/canonical.ts';
import type { OpeningView, View } from '../kernel/definition.ts';
import { inForce } from '../kernel/draft.ts';
import type { FactQuery } from '../kernel/facts.ts';

/** Until when a risk may be accepted, by whom, and how often (rules §6 "Risk acceptance", §18 "Acceptance"). */

export type Sees = View<AcceptanceDocument, never>;
type Ground = Pick<Sees, 'facts' | 'now'>;

function later(date: LocalDate, duration: Duration): LocalDate {
  return duration.kind === 'CALENDAR' ? datePlus(date, duration) : date;
}

/** Whole days of a span of the configuration, e.g. 90 of `90cd`. */
export function daysOf({ facts, now }: Ground, key: 'acceptance.expiring' | 'acceptance.grace' | 'acceptance.freshRating'): number {
  return Number.parseInt(inForce({ facts, now }).value(key), 10);
}

/** The night in which it ends: the first instant at which it holds no more. */
export function endOf({ document, zone }: Pick<CaseFile<AcceptanceDocument>, 'document' | 'zone'>): Instant {
  return atLocalTime(datePlus(document.until, { days: 1 }), '00:00', zone);
}

/** When its last days begin, in which it is renewed or not. */
export function beginOfEnd({ file, facts, now }: View<AcceptanceDocument>): Instant {
  return atLocalTime(datePlus(file.document.until, { days: 1 - daysOf({ facts, now }, 'acceptance.expiring') }), '00:00', file.zone);
}

/** Facts beside the case: the risk as it is now, what came before, and which other acceptance of the risk is in force. */
export function factsAbout({ risk, predecessor, plan }: { risk: string; predecessor?: string | null | undefined; plan?: string | null | undefined }): FactQuery[] {
  return [
    { fact: 'cases', ids: [risk, predecessor, plan].filter((each) => each != null) },
    { fact: 'claims', keys: [claimOf({ risk, kind: 'RESIDUAL' }), claimOf({ risk, kind: 'INTERIM' })] },
  ];
}

/** One acceptance of a risk at a time, and beside it one interim acceptance while it is treated. */
export function claimOf({ risk, kind }: { risk: string; kind: AcceptanceKind }): string {
  return `${kind === 'INTERIM' ? 'interim' : 'acceptance'}:${risk}`;
}

/** Whether there is somebody to tell there: what is not known yet is taken as open. */
export function isOpenCase({ facts }: Pick<Sees, 'facts'>, id: string | null): id is string {
  return id !== null && !facts.cases.some((each) => each.id === id && each.settled !== null);
}

/** Of the plan behind it (rules §6 RESIDUAL_ACCEPTANCE "no open conditions"). */
export function conditionReasons({ doc, facts }: Pick<Sees, 'doc' | 'facts'>): Reason[] {
  const open = facts.cases.find(({ id }) => id === doc.plan)?.about['conditionsOpen'];
  return Array.isArray(open) && open.length > 0 ? [reason('CONDITIONS_OPEN', { conditions: open })] : [];
}

export function riskOf({ doc, facts }: Pick<Sees, 'doc' | 'facts'>): CaseSummary | undefined {
  return facts.cases.find(({ id }) => id === doc.risk);
}

/** Who owns the risk now; who did when it was opened where the risk says nothing. */
export function riskOwner(view: Pick<Sees, 'doc' | 'facts' | 'file'>): PersonId | undefined {
  return (riskOf(view)?.about['owner'] as PersonId | null | undefined) ?? view.file.parties['owner'];
}

export function needsTop(view: View<AcceptanceDocument>): boolean {
  const { level, expected } = view.doc;
  const owner = riskOwner(view);
  return owner === undefined || needsTopManagement(view, { owner, level, expected });
}

/** The longest that this level may be accepted, from that day on; interim ones last as long as the plan. */
export function latestUntil(ground: Ground, { kind, level, withinCriteria, from }: { kind: AcceptanceKind; level: Level; withinCriteria: boolean; from: LocalDate }): LocalDate | null {
  if (kind === 'INTERIM') return null;
  const cap = later(from, criteriaOf(ground.facts).at(ground.now).validity(level, withinCriteria));
  return withinCriteria ? datePlus(cap, { days: daysOf(ground, 'acceptance.grace') }) : cap;
}

/** Validity above its cap is refused (rules §6 "Validity caps"). */
export function capReasons(view: Sees, until: LocalDate): Reason[] {
  const latest = latestUntil(view, view.doc);
  if (latest !== null && until > latest) return [reason('VALIDITY_TOO_LONG', { until, latest })];
  return until < view.doc.from ? [reason('PERIOD_REVERSED', { from: view.doc.from, until })] : [];
}

/** What is accepted: over exactly this one signs. */
export function subjectOf({ document }: Pick<CaseFile<AcceptanceDocument>, 'document'>): Json {
  const { risk, kind, level, expected, criteria, ratedOn, contentHash: rating, from, until, reason: because, compensatingControls } = document;
  return { risk, kind, level, expected, criteria, ratedOn, contentHash: rating, from, until, reason: because, compensatingControls };
}

/** Everybody has signed who must, before it was opened: the owner by confirming or by approving the plan, TOP_MGMT above his limit. */
export function isSigned(view: View<AcceptanceDocument>): boolean {
  const { kind, signedBy } = view.doc;
  if (kind === 'RESIDUAL' || kind === 'RENEWAL') return false;
  if (kind === 'MIGRATED') return signedBy.length > 0;
  const owner = riskOwner(view);
  const byOwner = signedBy.some(({ role, person, onBehalfOf }) => role === 'RISK_OWNER' && (onBehalfOf ?? person) === owner);
  return byOwner && (!needsTop(view) || signedBy.some(({ role }) => role === 'TOP_MGMT'));
}

/** The acceptance that this one renews, if that has come to its end. */
export function endedPredecessor({ doc, facts }: Pick<Sees, 'doc' | 'facts'>): CaseSummary | undefined {
  return facts.cases.find(({ id, settled }) => id === doc.predecessor && settled !== null);
}

/** Another acceptance that still holds what this one will. */
export function otherHolders({ doc, file, facts }: Pick<Sees, 'doc' | 'facts' | 'file'>, keys: readonly string[] = [claimOf(doc)]): string[] {
  return [...new Set(facts.claims.filter(({ key, caseId }) => keys.includes(key) && caseId !== file.id).map(({ caseId }) => caseId))];
}

/** The renewal that was asked for and has not come to an end. */
export function openRenewal({ file, facts }: Pick<Sees, 'file' | 'facts'>): CaseSummary | undefined {
  const ids = file.links.filter(({ type, direction }) => type === 'renewal' && direction === 'child').map(({ to }) => to);
  return facts.cases.find(({ id, settled }) => ids.includes(id) && settled === null);
}

/** Above the criteria a risk is accepted again so often and no more (rules §6 "max two renewals"). */
export function isExhausted({ doc, facts, now }: Pick<Sees, 'doc' | 'facts' | 'now'>): boolean {
  return !doc.withinCriteria && doc.renewals >= inForce({ facts, now }).value('acceptance.renewals');
}

/** Hash of a rating as others tell of it. */
export function ratingHash({ id, about }: CaseSummary): string {
  const { level = null, ratedOn = null, criteria = null, score = null } = about;
  return contentHash({ risk: id, level, ratedOn, criteria, score });
}

/** People open only what is taken over from another system; all else follows from an assessment, a plan, or the acceptance before. */
export function openingReasons({ body, actor, facts, now }: OpeningView): Reason[] {
  const opening = body as OpenAcceptance;
  const isIso = actor.person !== null && ['ISO', 'ISO_DEPUTY'].some((role) => facts.directory.holdsRole(actor.person!, role as 'ISO', now));
  if (actor.person !== null && (opening.kind !== 'MIGRATED' || !isIso)) return [reason('NOT_ENTITLED', { entitled: opening.kind === 'MIGRATED' ? ['iso', 'isoDeputy'] : [] })];
  const risk = facts.cases.find(({ id }) => id === opening.risk);
  if (risk && risk.process !== 'risk') return [reason('UNKNOWN_CASE', { path: 'risk', case: opening.risk })];
  return [...contentReasons(opening, { facts, now }), ...(actor.person === null ? [] : migratedReasons(opening, risk))];
}

function contentReasons(opening: OpenAcceptance, ground: Ground): Reason[] {
  const { kind, level, category = null, until } = opening;
  const acceptable = criteriaOf(ground.facts).at(ground.now).isAcceptable(level, category);
  if (kind === 'WITHIN_CRITERIA' && !acceptable) return [reason('LEVEL_ABOVE_CRITERIA', { level })];
  const from = fromOf(opening, ground);
  const latest = latestUntil(ground, { kind, level, withinCriteria: acceptable, from });
  if (latest === null && until === undefined) return [reason('INVALID_PAYLOAD', { path: 'until', message: 'an interim acceptance says until when' })];
  if (latest !== null && until !== undefined && until > latest) return [reason('VALIDITY_TOO_LONG', { until, latest })];
  return until !== undefined && until < from ? [reason('PERIOD_REVERSED', { from, until })] : [];
}

/** The original signatures are on record, and it is the present owner who will confirm it. */
function migratedReasons({ signedBy = [], evidence = [], owner }: OpenAcceptance, risk: CaseSummary | undefined): Reason[] {
  const present = risk?.about['owner'];
  if (present && present !== owner) return [reason('NOT_THE_RISK_OWNER', { person: owner, owner: String(present) })];
  return signedBy.length > 0 && evidence.length > 0 ? [] : [reason('INVALID_PAYLOAD', { path: 'signedBy', message: 'name the original signatures and attach them as evidence' })];
}

/** A renewal holds from the end of the acceptance before it, all others at once (rules §18). */
function fromOf({ kind, predecessor }: OpenAcceptance, { facts, now }: Ground): LocalDate {
  const before = facts.cases.find(({ id }) => id === predecessor)?.about['until'];
  const today = localDate(now, facts.directory.organisation.zone);
  return kind === 'RENEWAL' && typeof before === 'string' && before >= today ? datePlus(before, { days: 1 }) : today;
}

export function opened(body: OpenAcceptance, now: Instant, { facts }: Pick<Sees, 'facts'>): AcceptanceDocument {
  const { title, risk, riskRef, kind, level, expected = null, category = null, criteria, ratedOn, compensatingControls = [] } = body;
  const withinCriteria = criteriaOf(facts).at(now).isAcceptable(level, category);
  const from = fromOf(body, { facts, now });
  const until = body.until ?? latestUntil({ facts, now }, { kind, level, withinCriteria, from }) ?? from;
  return {
    ...{ title, risk, riskRef, kind, level, expected, category, withinCriteria, criteria, ratedOn, contentHash: body.contentHash },
    ...{ from, until, reason: body.reason, compensatingControls, signedBy: body.signedBy ?? [], confirmed: false, comment: null },
    ...{ predecessor: body.predecessor ?? null, renewals: body.renewals ?? 0, plan: body.plan ?? null, planRef: body.planRef ?? null },
    ...{ supersededBy: null, ended: null },
  };
}
