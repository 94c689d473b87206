import { isNonconformityGrade } from '../../contracts/finding.ts';
import type { FindingDocument } from '../../contracts/finding.ts';
import type { CaseSummary } from '../../contracts/case-file.ts';
import type { PersonId } from '../../contracts/identity.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason, SegregationRule } from '../../contracts/reasons.ts';
import { isAuditor } from '../access/auditors.ts';
import type { OpeningView, View } from '../kernel/definition.ts';
import { personsOf } from '../kernel/draft.ts';
import { gradeAfter, isAtSecondLevel } from './guards.ts';
import { isParty, secondLevel } from './parties.ts';

/** Segregation of duties of the finding (rules §3.2 SOD-02, SOD-06, SOD-07), and what must hold beside it. */

type Sees = View<FindingDocument, never>;

/** A finding begins in its audit. */
export function opensFromAudit({ actor }: OpeningView): Reason[] {
  return actor.person === null ? [] : [reason('ONLY_FROM_AUDIT', {})];
}

/** SOD-07: findings are graded, regraded and withdrawn by the lead auditor alone, in person. */
export function onlyAsLead({ file, actor }: Sees): Reason[] {
  return file.parties['leadAuditor'] === actor.person ? [] : [blocked('SOD-07', actor.person!, 'notLeadAuditor')];
}

/** Whoever takes over grades as the one before: an auditor, not whom the finding is addressed to, and not by his own hand. */
export function leadReasons(view: Sees, to: PersonId): Reason[] {
  if (to === view.actor.person) return [blocked('SOD-07', to, 'handsOverToHimself')];
  if (isAddressed(view, to)) return [blocked('SOD-06', to, 'recipient')];
  return isAuditor(view.facts.directory, to, view.now) ? [] : [reason('NOT_AN_AUDITOR', { person: to })];
}

function isAddressed(view: Sees, person: PersonId): boolean {
  return isParty({ ...view, file: { ...view.file, parties: {} } }, person);
}

/** Another grade on new evidence: another one indeed, while nobody else decides on it, and nothing under way is undone. */
export function regrades(view: Sees): Reason[] {
  const lead = onlyAsLead(view);
  if (lead.length > 0) return lead;
  if (isAtSecondLevel(view.doc)) return [reason('AT_SECOND_LEVEL', {})];
  const body = view.body as { grade?: string } | undefined;
  if (body && body.grade === view.doc.grade) return [reason('ALREADY_DONE', { what: 'grade' })];
  return body ? undoes(view) : [];
}

/** Decided at second level: never by a party, never by the ISO (rules §18), by whoever is asked first. */
export function decidesAppeal(view: Sees): Reason[] {
  const person = view.actor.person!;
  if (isParty(view, person)) return [blocked('SOD-06', person, 'party')];
  if (view.facts.directory.holdsRole(person, 'ISO', view.now)) return [blocked('SOD-02', person, 'iso')];
  const asked = personsOf(view, secondLevel(view));
  if (!asked.includes(person) && !isOverdue(view)) return [reason('NOT_YOUR_TURN', { waitingFor: asked })];
  // Nobody regrades unasked, whatever the grade would lead to.
  if (!isAtSecondLevel(view.doc)) return [reason('NOTHING_ASKED', { question: 'appeal' })];
  return view.body ? undoes(view) : [];
}

/** Who is asked has let the date pass: whoever comes next may decide as well, so that it does not hang on one person (rules §18 "Everywhere"). */
function isOverdue({ file }: Sees): boolean {
  const { ruling } = file.deadlines;
  return ruling?.metAt === null && ruling.steps.some(({ step, firedAt }) => step.startsWith('E') && firedAt !== null);
}

/** What was a nonconformity and shall be none any more takes its own cases back, as long as nobody has approved their plan; those of earlier audits stay as they are. */
function undoes(view: Sees): Reason[] {
  const { verdict } = (view.body ?? {}) as { verdict?: string };
  const stays = verdict !== 'WITHDRAWN' && isNonconformityGrade(gradeAfter(view));
  if (!isNonconformityGrade(view.doc.grade) || stays || view.doc.issued === null) return [];
  const own = nonconformities(view).filter(({ settled, about }) => settled === null && isOwn(view, about));
  const running = own.filter(({ about }) => about['withdrawable'] !== 'yes');
  return running.length === 0 ? [] : [reason('NONCONFORMITY_UNDER_WAY', { cases: running.map(({ ref }) => ref) })];
}

/** Those that it has opened, or was taken up by. */
export function nonconformities({ file, facts }: Pick<Sees, 'file' | 'facts'>): CaseSummary[] {
  const ids = file.links.filter(({ type, direction, void: gone }) => type === 'nonconformity' && direction === 'child' && !gone).map(({ to }) => to);
  return facts.cases.filter(({ id }) => ids.includes(id));
}

/** Opened by this finding; what has only taken it up stays with the audit that found it first. */
export function isOwn({ file }: Pick<Sees, 'file'>, about: CaseSummary['about']): boolean {
  return about['finding'] === file.id;
}

function blocked(rule: SegregationRule, person: PersonId, because: string): Reason {
  return reason('SOD_BLOCKED', { rule, person, because, waivable: false });
}
