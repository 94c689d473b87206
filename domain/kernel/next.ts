import type { NextView } from '../../contracts/api.ts';
import type { CaseFile, Deadline } from '../../contracts/case-file.ts';
import type { EntryDraft, Happening, Task } from '../../contracts/entry.ts';
import type { Instant, PersonId } from '../../contracts/identity.ts';
import { localIso } from '../calendar/due.ts';
import { availableCommands } from './available.ts';
import { isOpen } from './deadlines.ts';
import { SYSTEM, desks, personsOf } from './draft.ts';
import type { Draft } from './draft.ts';
import { partyOf } from './parties.ts';
import { awaitedLinks } from './links.ts';
import { approvalAhead, conditionsAhead } from './rounds/outlook.ts';
import { tasksOf } from './tasks.ts';
import type { TaskGround } from './tasks.ts';
import { wake, wakeAt } from './wake.ts';

/**
 * What happens next and what if nobody moves: who is asked for what and by when, whom each coming step of the ladder will tell, what
 * the end of a window does, what the case waits for. Nothing is predicted by rules of its own: `wake` itself is run at the instants to come.
 */
export function nextSteps(ground: TaskGround): NextView {
  const open = Object.values(ground.file.deadlines).filter(isOpen).sort(earlierFirst);
  const ifLate = new Map(open.map((deadline) => [deadline.name, stepsAhead(ground, deadline)]));
  return {
    tasks: tasksOf(ground).map((task) => ({
      ...nextTask(ground, task),
      ifLate: ifLate.get(task.deadline ?? '') ?? [],
    })),
    deadlines: open.map((deadline) => ({
      ...nextDeadline(ground, deadline),
      ifLate: ifLate.get(deadline.name) ?? [],
    })),
    window: windowAhead(ground),
    waitsFor: waitsFor(ground),
    approval: approvalAhead(ground as never),
    conditions: conditionsAhead(ground as never),
    whenSettled: whenSettled(ground),
  };
}

type ComingStep = NextView['deadlines'][number]['ifLate'][number];

function earlierFirst(one: Deadline, other: Deadline): number {
  return one.due < other.due ? -1 : 1;
}

/** Remarks are always possible; they are not what a task asks for. */
const remarks = ['COMMENT', 'ADD_EVIDENCE', 'LINK', 'CORRECT_RECORD'];

function nextTask(
  ground: TaskGround,
  { deadline, ...asked }: Task,
): Omit<NextView['tasks'][number], 'ifLate'> {
  const { file, now } = ground;
  const { who, standIns } = desks(ground, asked);
  const due = (deadline && file.deadlines[deadline]?.due) || null;
  const dueLocal = due && localIso(due, file.zone);
  return {
    task: asked.task,
    who,
    standIns,
    commands: commandsOf(ground, who[0]),
    deadline,
    due,
    dueLocal,
    overdue: due !== null && due <= now,
  };
}

/** What the first of those asked may send now; the others differ in their past alone. */
function commandsOf(ground: TaskGround, person: PersonId | undefined): string[] {
  if (person === undefined) return [];
  return availableCommands({ ...ground, actor: { person, role: '' } })
    .filter(({ command, blockedBy }) => blockedBy.length === 0 && !remarks.includes(command))
    .map(({ command }) => command);
}

function nextDeadline(ground: TaskGround, deadline: Deadline): Omit<NextView['deadlines'][number], 'ifLate'> {
  const { file, now } = ground;
  const { name, due, owner } = deadline;
  const owners = personsOf(
    ground,
    partyOf({ ...ground, actor: SYSTEM, body: null } as unknown as Draft, owner),
  );
  return { deadline: name, due, dueLocal: localIso(due, file.zone), overdue: due <= now, owners };
}

/** The ladder of one deadline up to its first repeated step, as if the others did not exist. */
function stepsAhead(ground: TaskGround, deadline: Deadline): ComingStep[] {
  const steps: ComingStep[] = [];
  let file = withOnly(ground.file, { deadlines: { [deadline.name]: deadline } });
  for (let at = wakeAt(file); at !== null && !isRepeated(steps.at(-1)); at = wakeAt(file)) {
    const entries = wake({ ...ground, file, now: at > ground.now ? at : ground.now });
    const last = entries.at(-1);
    if (!last || last.to !== file.state) break;
    steps.push(...entries.flatMap((entry) => entry.happenings.flatMap((each) => comingStep(each, entry))));
    file = last.file;
  }
  return steps;
}

function isRepeated(step: ComingStep | undefined): boolean {
  return step?.what === 'E4';
}

/** The case with nothing but this to come due; what time does to it is the work of one deadline or window. */
function withOnly(file: CaseFile, part: Partial<Pick<CaseFile, 'deadlines' | 'window'>>): CaseFile {
  const round = file.round && { ...file.round, unstaffedReminderAt: null };
  return { ...file, deadlines: {}, window: null, conditions: [], ...part, round };
}

function comingStep(happening: Happening, { at: firesAt, file }: EntryDraft): ComingStep[] {
  if (happening.kind === 'unanswered')
    return [stepAt(file, { what: 'UNANSWERED', at: firesAt, tells: happening.told, acknowledgeBy: null })];
  if (happening.kind !== 'stepFired') return [];
  const { deadline, step, scheduledFor, told } = happening;
  const acknowledgeBy =
    file.deadlines[deadline]?.steps.find((each) => each.step === step && each.at === scheduledFor)
      ?.acknowledgeBy ?? null;
  return [stepAt(file, { what: step, at: scheduledFor, tells: told, acknowledgeBy })];
}

function stepAt({ zone }: CaseFile, step: Omit<ComingStep, 'atLocal'>): ComingStep {
  return { ...step, atLocal: localIso(step.at, zone) };
}

function windowAhead(ground: TaskGround): NextView['window'] {
  const { window, zone } = ground.file;
  if (window === null) return null;
  const file = withOnly(ground.file, { window });
  const elapsed = wake({ ...ground, file, now: later(window.ends, ground.now) }).find(
    ({ type }) => type === 'WINDOW_ELAPSED',
  );
  return {
    window: window.name,
    ends: window.ends,
    endsLocal: localIso(window.ends, zone),
    leadsTo: elapsed?.to ?? null,
  };
}

function later(one: Instant, other: Instant): Instant {
  return one > other ? one : other;
}

function waitsFor({ file, facts }: TaskGround): NextView['waitsFor'] {
  return awaitedLinks(file).flatMap(({ to, toRef, type }) => {
    const known = facts.cases.find(({ id }) => id === to);
    return known?.settled
      ? []
      : [{ to, ref: known?.ref ?? toRef ?? null, type, state: known?.state ?? null }];
  });
}

/** Where the case goes once everything it waits for is done. */
function whenSettled(ground: TaskGround): string | null {
  const { facts } = ground;
  const cases = facts.cases.map((each) => ({ ...each, settled: each.settled ?? 'done' }));
  const file = withOnly(ground.file, {});
  return (
    wake({ ...ground, file, facts: { ...facts, cases } }).find(({ type }) => type === 'LINKS_SETTLED')?.to ??
    null
  );
}
