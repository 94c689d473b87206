import type { Deadline, DeadlineStep } from '../../contracts/case-file.ts';
import type { Instant } from '../../contracts/identity.ts';
import { dueInstant, dueOnDate } from '../calendar/due.ts';
import type { DeadlinePolicy } from './definition.ts';
import { calendarOf, viewOf } from './draft.ts';
import type { Draft } from './draft.ts';
import { ladderSteps } from './ladder.ts';
import { metaOf } from './machine.ts';
import { names } from './names.ts';

/** Deadlines follow the states that name them: set on entering the first, met on leaving the last (design.md "Settled questions"). */
export function followDeadlines(draft: Draft): void {
  const named = names(metaOf(draft.definition, draft.file.state).deadline);
  for (const deadline of openDeadlines(draft)) if (!named.includes(deadline.name)) meetDeadline(draft, deadline);
  for (const name of named) if (!isOpen(draft.file.deadlines[name])) setDeadline(draft, name);
}

/** Deadlines not met yet. */
export function openDeadlines(draft: Pick<Draft, 'file'>): Deadline[] {
  return Object.values(draft.file.deadlines).filter(isOpen);
}

export function isOpen(deadline: Deadline | undefined): deadline is Deadline {
  return deadline !== undefined && deadline.metAt === null;
}

export function meetDeadline(draft: Draft, deadline: Deadline): void {
  deadline.metAt = draft.now;
  const { name, issue, due } = deadline;
  draft.happenings.push({ kind: 'deadlineMet', deadline: name, issue, due, late: draft.now > due });
}

/**
 * Sets the deadline, or takes it up again where the same one comes back (a returned action keeps its date): the steps that
 * have fired stay fired.
 */
export function setDeadline(draft: Draft, name: string): void {
  const policy = policyOf(draft, name);
  if (policy.when && !policy.when(viewOf(draft))) return;
  const anchor = { name: policy.after, at: anchorAt(draft, policy) };
  const due = dueOf(draft, policy, anchor.at);
  if (due === null) return;
  const earlier = draft.file.deadlines[name];
  if (earlier && earlier.due === due && earlier.anchor.at === anchor.at) earlier.metAt = null;
  else draft.file.deadlines[name] = newDeadline(draft, { policy, name, anchor, due, issue: (earlier?.issue ?? 0) + 1 });
  const { issue } = draft.file.deadlines[name]!;
  draft.happenings.push({ kind: 'deadlineSet', deadline: name, issue, due, anchor: policy.after, owner: policy.owner });
}

/** Works out every open deadline anew after a decision that changes what it stands on (a regrade). */
export function resetDeadlines(draft: Draft): void {
  for (const { name, issue } of openDeadlines(draft)) {
    const policy = policyOf(draft, name);
    const due = dueOf(draft, policy, anchorAt(draft, policy));
    if (due === null || due === draft.file.deadlines[name]?.due) continue;
    draft.happenings.push({ kind: 'deadlineDropped', deadline: name, issue });
    setDeadline(draft, name);
  }
}

function policyOf(draft: Draft, name: string): DeadlinePolicy<never> {
  const policy = draft.definition.policy.deadlines[name];
  if (!policy) throw new Error(`deadline "${name}" of ${draft.definition.name} is not defined`);
  return policy;
}

function anchorAt(draft: Draft, policy: DeadlinePolicy<never>): Instant {
  return draft.file.anchors[policy.after] ?? draft.file.enteredAt;
}

/** The due instant: from the duration or on a date; an external date that lies earlier wins (rules §8). */
function dueOf(draft: Draft, policy: DeadlinePolicy<never>, anchor: Instant): Instant | null {
  const calendar = calendarOf(draft);
  const view = viewOf(draft);
  const date = policy.onDate?.(view) ?? null;
  const limit = policy.notAfter?.(view) ?? null;
  const candidates = [
    policy.duration ? dueInstant({ anchor, duration: policy.duration(view), calendar }) : null,
    date ? dueOnDate(date, calendar) : null,
    limit ? dueOnDate(limit, calendar, 'NONE') : null,
  ].filter((each) => each !== null);
  return candidates.sort()[0] ?? null;
}

interface NewDeadline {
  policy: DeadlinePolicy<never>;
  name: string;
  anchor: Deadline['anchor'];
  due: Instant;
  issue: number;
}

function newDeadline(draft: Draft, { policy, name, anchor, due, issue }: NewDeadline): Deadline {
  const ladder = ladderSteps({ due, start: draft.now, anchor: anchor.at, ladder: policy.ladder, calendar: calendarOf(draft) });
  const steps: DeadlineStep[] = ladder.map(({ step, at }) => ({ step, at, firedAt: null }));
  return { name, issue, anchor, due, originalDue: due, ladder: policy.ladder, owner: policy.owner, steps, metAt: null };
}
