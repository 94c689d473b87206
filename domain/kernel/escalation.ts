import type { Deadline, DeadlineStep } from '../../contracts/case-file.ts';
import type { Instant, PersonId, PrincipalKey } from '../../contracts/identity.ts';
import { dueInstant } from '../calendar/due.ts';
import { andStandIns, calendarOf, inForce, personsOf } from './draft.ts';
import type { Draft } from './draft.ts';
import { partyOf } from './parties.ts';
import { raiseFlag } from './flagging.ts';
import { collapse, ladderSteps, repeatedStep } from './ladder.ts';
import type { LadderRecipient, LadderStep } from './ladder.ts';
import { tell } from './notices.ts';

/** Steps of the ladder as they come due (rules §4.5): they inform and demand acknowledgement, and move nothing else. */

/** Fires what the deadline has reached: the highest step alone, the lower ones marked as collapsed into it (rules §4.4). */
export function fireDueSteps(draft: Draft, deadline: Deadline): void {
  const due = deadline.steps.filter((step) => step.firedAt === null && step.at <= draft.now);
  const full = withRecipients(draft, deadline, due);
  const highest = collapse(full);
  if (!highest) return;
  for (const step of due) markFired(draft, step, step.step !== highest.step);
  fire(draft, deadline, highest, due.map(({ step }) => step).filter((step) => step !== highest.step));
}

/** Fires a step before its time because the ISO decided to escalate. */
export function fireAhead(draft: Draft, deadline: Deadline, name: DeadlineStep['step']): void {
  const step = deadline.steps.find((each) => each.step === name && each.firedAt === null);
  if (!step) return;
  markFired(draft, step, false);
  fire(draft, deadline, withRecipients(draft, deadline, [step])[0]!, []);
}

function markFired(draft: Draft, step: DeadlineStep, collapsed: boolean): void {
  step.firedAt = draft.now;
  if (collapsed) step.collapsed = true;
}

function fire(draft: Draft, deadline: Deadline, rule: LadderStep, collapsed: DeadlineStep['step'][]): void {
  const recipients = recipientsOf(draft, deadline, rule.recipients);
  // The clock does not stop for who is away (rules §3.3): whoever stands in hears of it, and the acknowledgement stays owed by the same.
  const told = andStandIns(draft, recipients);
  const step = deadline.steps.find((each) => each.step === rule.step && each.at === rule.at)!;
  step.recipients = recipients;
  if (rule.acknowledgeWithin) step.acknowledgeBy = dueInstant({ anchor: draft.now, duration: rule.acknowledgeWithin, calendar: calendarOf(draft) });
  if (rule.step === 'E3' || rule.step === 'E4') scheduleE4(draft, deadline, rule.at);
  // E3 puts the case into the next management-review pack by itself (rules §4.5).
  if (rule.step === 'E3') raiseFlag(draft, 'managementReviewItem');
  draft.happenings.push({ kind: 'stepFired', deadline: deadline.name, step: rule.step, scheduledFor: rule.at, collapsed, told });
  tell(draft, told, {
    kind: rule.step.startsWith('R') ? 'reminder' : 'escalation',
    cause: `${deadline.name}:${deadline.issue}:${rule.step}`,
    digest: rule.digest ?? false,
    data: { deadline: deadline.name, step: rule.step, due: deadline.due, ladder: deadline.ladder },
  });
}

/** The next E4 lies after now, however long nobody worked: repeats missed meanwhile are not made up for. */
function scheduleE4(draft: Draft, deadline: Deadline, previous: Instant): void {
  const interval = inForce(draft).value('ladder.repeat');
  let next = repeatedStep(previous, calendarOf(draft), interval);
  while (next.at <= draft.now) next = repeatedStep(next.at, calendarOf(draft), interval);
  deadline.steps.push({ step: next.step, at: next.at, firedAt: null });
}

/** Whom each step tells: by the ladder that was in force when the steps were worked out. */
function withRecipients(draft: Draft, deadline: Deadline, steps: DeadlineStep[]): LadderStep[] {
  const { due, anchor, ladder, workedOutAt } = deadline;
  const calendar = calendarOf(draft);
  const rules = inForce({ facts: draft.facts, now: workedOutAt }).ladder(ladder, draft.definition.name);
  const known = [...ladderSteps({ due, start: '', anchor: anchor.at, ladder, rules, calendar }), repeatedStep(due, calendar)];
  return steps.map(({ step, at }) => ({ ...known.find((rule) => rule.step === step)!, at }));
}

/** Nobody acknowledged in time: the next level and the ISO are told (rules §4.5 "must acknowledge"). */
export function reportUnanswered(draft: Draft, deadline: Deadline, step: DeadlineStep): void {
  step.unansweredAt = draft.now;
  const silent = step.recipients ?? [];
  const above = personsOf(draft, [...silent.map((each): PrincipalKey => `manager:${each}`), 'role:ISO']).filter((each) => !silent.includes(each));
  const told = andStandIns(draft, above);
  draft.happenings.push({ kind: 'unanswered', deadline: deadline.name, step: step.step, since: step.firedAt!, told });
  tell(draft, told, {
    kind: 'unanswered',
    cause: `${deadline.name}:${deadline.issue}:${step.step}:unanswered`,
    data: { deadline: deadline.name, step: step.step, due: deadline.due },
  });
}

/** The present owners of the deadline. */
export function ownersOf(draft: Draft, deadline: Deadline): PersonId[] {
  return personsOf(draft, partyOf(draft, deadline.owner));
}

/**
 * Whom a step tells. Where that would be nobody, or only the owner himself, it goes one level up and the ISO is told
 * (rules §4.5).
 */
function recipientsOf(draft: Draft, deadline: Deadline, recipients: readonly LadderRecipient[]): PersonId[] {
  const owners = ownersOf(draft, deadline);
  return [...new Set(recipients.flatMap((each) => (each === 'substitute' ? substitutesOf(draft, owners) : levelFor(draft, each, owners))))];
}

/** Only who is away has substitutes (rules §4.5 "owner (+ substitute)"). */
function substitutesOf({ facts, now }: Draft, owners: readonly PersonId[]): PersonId[] {
  return owners.flatMap((owner) => facts.directory.substitutesOf(owner, now));
}

const oneUp: Record<'owner' | 'lineManager' | 'iso' | 'topManagement', (owners: PersonId[]) => PrincipalKey[]> = {
  owner: (owners) => owners.map((each): PrincipalKey => `person:${each}`),
  lineManager: (owners) => owners.map((each): PrincipalKey => `manager:${each}`),
  iso: () => ['role:ISO'],
  topManagement: () => ['role:TOP_MGMT'],
};
const levels = ['owner', 'lineManager', 'iso', 'topManagement'] as const;

function levelFor(draft: Draft, recipient: (typeof levels)[number], owners: PersonId[]): PersonId[] {
  if (recipient === 'owner' && owners.length > 0) return owners;
  for (const level of levels.slice(levels.indexOf(recipient))) {
    const found = personsOf(draft, oneUp[level](owners)).filter((each) => !owners.includes(each));
    if (found.length > 0) return level === recipient ? found : [...found, ...personsOf(draft, ['role:ISO'])];
  }
  return personsOf(draft, ['role:ISO', 'role:TOP_MGMT']);
}
