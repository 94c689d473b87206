import type { CaseFile, Deadline, DeadlineStep } from '../../contracts/case-file.ts';
import type { EntryDraft } from '../../contracts/entry.ts';
import type { Instant } from '../../contracts/identity.ts';
import type { ProcessDefinition } from './definition.ts';
import { isTicking } from './deadlines.ts';
import { SYSTEM, begin, finish, regard, viewOf } from './draft.ts';
import type { Draft } from './draft.ts';
import { enterState } from './enter.ts';
import { fireDueSteps, reportUnanswered } from './escalation.ts';
import { followSteps } from './follow.ts';
import type { Facts } from './facts.ts';
import { expire } from './evidence.ts';
import { linksSettled } from './links.ts';
import { eventsOf, move } from './machine.ts';
import { deserted, noticeDeserted } from './vacancies.ts';
import { endReasons, hasMetConditions, lapse, noteMetConditions, openConditionsOf } from './rounds/conditions.ts';
import { hasNewDeciders } from './rounds/deciders.ts';
import { voidOnChange } from './rounds/opening.ts';
import { hasNewStaffing, remindUnstaffed } from './rounds/staffing.ts';

/** Time passes, and linked cases come to their ends: each becomes an entry of its own, in order of the instants it was due at. */

interface Occasion {
  at: Instant;
  type: string;
  carryOut: (draft: Draft) => void;
}

export interface Waking {
  definition: ProcessDefinition<never>;
  file: CaseFile;
  facts: Facts;
  now: Instant;
  /** A command comes next, and may give to somebody what a leaver held: vacancies are looked for behind it. */
  commandFollows?: boolean;
}

/** All that is due by now, step by step; empty when nothing is. */
export function wake({ definition, file, facts, now, commandFollows = false }: Waking): EntryDraft[] {
  const entries: EntryDraft[] = [];
  let current = file;
  for (let entry = next(current); entry; entry = next(current)) {
    entries.push(entry);
    current = entry.file;
  }
  return entries;

  function next(from: CaseFile): EntryDraft | null {
    const occasion = metOccasion(from) ?? timed(from).filter(({ at }) => at <= now)[0] ?? triggered({ definition, file: from, facts, now, commandFollows });
    if (!occasion) return null;
    const draft = begin({ definition, file: from, actor: SYSTEM, body: null, now, facts });
    occasion.carryOut(draft);
    return finish(draft, occasion.type);
  }

  /** What was met in time has not lapsed, however late it is noticed. */
  function metOccasion(from: CaseFile): Occasion | null {
    const met = hasMetConditions(regard({ definition, file: from, actor: SYSTEM, body: null, now, facts }));
    return met ? { at: now, type: 'CONDITION_MET', carryOut: noteMetConditions } : null;
  }
}

/** The next instant at which `wake` has something to do, or null. */
export function wakeAt(file: CaseFile): Instant | null {
  return timed(file)[0]?.at ?? null;
}

/** Whether the case may be left alone until somebody turns to it: it has ended, or it stands still and nothing will come due. */
export function rests({ standing }: Pick<ProcessDefinition<never>, 'standing'>, file: CaseFile): boolean {
  return file.settled !== null || (standing === true && wakeAt(file) === null);
}

/** Everything that will come due, earliest first. */
function timed(file: CaseFile): Occasion[] {
  const occasions = [
    ...Object.values(file.deadlines).filter(isTicking).flatMap((each) => [...stepsOf(each), ...acknowledgementsOf(each)]),
    ...windowOf(file),
    ...unstaffedOf(file),
    ...lapsesOf(file),
    ...expiriesOf(file),
  ];
  return occasions.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

function stepsOf({ name, steps }: Deadline): Occasion[] {
  return steps
    .filter((step) => step.firedAt === null)
    .map(({ at }) => ({ at, type: 'DEADLINE_STEP', carryOut: (draft) => fireSteps(draft, name) }));
}

function fireSteps(draft: Draft, deadline: string): void {
  fireDueSteps(draft, draft.file.deadlines[deadline]!);
  followSteps(draft);
}

function acknowledgementsOf({ name, steps }: Deadline): Occasion[] {
  return steps.filter(isUnanswered).map((step) => ({
    at: step.acknowledgeBy!,
    type: 'ESCALATION_UNANSWERED',
    carryOut: (draft) => reportUnanswered(draft, draft.file.deadlines[name]!, sameStep(draft.file.deadlines[name]!, step)),
  }));
}

function sameStep({ steps }: Deadline, { step, at }: DeadlineStep): DeadlineStep {
  return steps.find((each) => each.step === step && each.at === at)!;
}

function isUnanswered(step: DeadlineStep): boolean {
  return step.acknowledgeBy !== undefined && !step.acknowledgedAt && !step.unansweredAt;
}

/** The case does not end over open conditions: they are met or lapse first. Every other window ends on time. */
function windowOf({ window, conditions }: CaseFile): Occasion[] {
  const waits = window?.leadsToAnEnd === true && openConditionsOf({ conditions }).length > 0;
  return window === null || waits ? [] : [{ at: window.ends, type: 'WINDOW_ELAPSED', carryOut: (draft) => elapse(draft) }];
}

/** What follows is reckoned from the instant at which the window ended, not from when somebody was awake to notice. */
function elapse(draft: Draft): void {
  const window = draft.file.window!;
  draft.happenings.push({ kind: 'windowElapsed', window: window.name, scheduledFor: window.ends });
  draft.file.anchors['windowEnd'] = window.ends;
  machineEvent(draft, 'WINDOW_ELAPSED');
}

function lapsesOf(file: CaseFile): Occasion[] {
  const waiting = openConditionsOf(file).filter(({ overdueAt }) => overdueAt === null);
  return waiting.map(({ lapsesAt }) => ({ at: lapsesAt, type: 'APPROVAL_LAPSED', carryOut: approvalLapses }));
}

function approvalLapses(draft: Draft): void {
  const handled = eventsOf(draft.definition, draft.file.state).includes('LAPSED');
  lapse(draft, handled);
  if (handled) machineEvent(draft, 'LAPSED');
}

function unstaffedOf({ round }: CaseFile): Occasion[] {
  if (!round?.unstaffedReminderAt) return [];
  return [{ at: round.unstaffedReminderAt, type: 'NO_ELIGIBLE_APPROVER', carryOut: remindUnstaffed }];
}

/** Evidence that proves nothing any more: its collector is told, for as long as the case is open (rules §4.7). */
function expiriesOf({ evidence, settled }: CaseFile): Occasion[] {
  if (settled !== null) return [];
  const running = evidence.flatMap(({ sha256, validity }) => (validity?.toldAt === null ? [{ sha256, at: validity.ends }] : []));
  return running.map(({ sha256, at }) => ({ at, type: 'EVIDENCE_EXPIRED', carryOut: (draft) => expire(draft, sha256) }));
}

/** Level-triggered events: true as long as the facts are so, raised where the machine waits for them. */
const levels: Record<string, (file: CaseFile, facts: Facts) => boolean> = {
  LINKS_SETTLED: (file, facts) => linksSettled(file, facts.cases),
  NOTHING_OPEN: () => true,
  OWNER_NAMED: () => true,
};

/** Of the kernel, or of the process. */
function holds(draft: Draft, event: string): boolean {
  const { file, facts, definition } = draft;
  if (Object.hasOwn(levels, event)) return levels[event]!(file, facts);
  return definition.policy.levels?.[event]?.(viewOf(draft)) ?? false;
}

/** People may have changed since the round was opened: who has to decide, and whether anybody may. */
function roundOccasion(draft: Draft, now: Instant): Occasion | null {
  if (hasNewDeciders(draft)) return { at: now, type: 'ROUND_RESTARTED', carryOut: voidOnChange };
  return hasNewStaffing(draft) ? { at: now, type: 'NO_ELIGIBLE_APPROVER', carryOut: remindUnstaffed } : null;
}

/** Who held a party is gone: it is noticed here whether or not anybody has said so. */
function vacancyOccasion(draft: Draft, now: Instant): Occasion | null {
  if (deserted(draft).length === 0) return null;
  const carryOut = (each: Draft) => {
    noticeDeserted(each);
    voidOnChange(each);
  };
  return { at: now, type: 'NEEDS_OWNER', carryOut };
}

function triggered({ definition, file, facts, now, commandFollows }: Waking): Occasion | null {
  const draft = regard({ definition, file, actor: SYSTEM, body: null, now, facts });
  const people = (commandFollows ? null : vacancyOccasion(draft, now)) ?? roundOccasion(draft, now);
  if (people) return people;
  const event = eventsOf(definition, file.state).find((each) => holds(draft, each) && isFree(each));
  return event === undefined ? null : { at: now, type: event, carryOut: (each) => machineEvent(each, event) };

  function isFree(name: string): boolean {
    const result = move(definition, file.state, name, viewOf(draft));
    return result.moved && endReasons(draft, result.to).length === 0;
  }
}

/** Sends the machine an event of the engine's own; its guards have been asked or do not exist. */
function machineEvent(draft: Draft, event: string): void {
  const result = move(draft.definition, draft.file.state, event, viewOf(draft));
  if (!result.moved) throw new Error(`${event} is blocked in ${draft.file.state} of ${draft.definition.name}`);
  draft.file.revision += 1;
  enterState(draft, result.to, event);
}
