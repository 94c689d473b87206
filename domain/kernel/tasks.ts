import type { CaseFile } from '../../contracts/case-file.ts';
import type { Task } from '../../contracts/entry.ts';
import type { Instant, PrincipalKey } from '../../contracts/identity.ts';
import { CANCEL_DECISION } from './cancelling.ts';
import { extensionOf, openDeadlines } from './deadlines.ts';
import type { ProcessDefinition, TaskPolicy } from './definition.ts';
import { SYSTEM, andStandIns, desks, personsOf } from './draft.ts';
import type { Draft } from './draft.ts';
import { partyOf } from './parties.ts';
import { viewOf } from './draft.ts';
import type { Facts } from './facts.ts';
import { HOLD_REVIEW } from './holds.ts';
import { metaOf } from './machine.ts';
import { names } from './names.ts';
import { tell } from './notices.ts';
import { vacancyTasks } from './vacancies.ts';
import { questionTasks } from './rounds/information.ts';
import { barredFrom, seatsInTurn, tierOf, wantingSeats } from './rounds/seats.ts';

/** Inbox lines follow from the state alone; nobody writes or ticks off a task (design.md "Words"). */
export interface TaskGround {
  definition: ProcessDefinition<never>;
  file: CaseFile;
  facts: Facts;
  now: Instant;
}

export function tasksOf({ definition, file, facts, now }: TaskGround): Task[] {
  const draft = { definition, file, facts, now, actor: SYSTEM, body: null } as unknown as Draft;
  return [...stateTasks(draft), ...roundTasks(draft), ...questionTasks(draft), ...acknowledgements(draft), ...refusedEffects(draft), ...vacancyTasks(draft), ...extensionTasks(draft), ...holdTask(draft), ...cancelTask(draft)].map((task) => askSomebody(draft, task));
}

/** Being asked always notifies (rules §4.4), save for what one has brought about oneself; a round asks its approvers by itself. */
export function tellAsked(draft: Draft): void {
  for (const { deadline, ...asked } of stateTasks(draft).map((each) => askSomebody(draft, each))) {
    const { task } = asked;
    const { who, standIns } = desks(draft, asked);
    const told = [...andStandIns(draft, who), ...standIns.map(({ person }) => person)].filter((person) => person !== draft.actor.person);
    tell(draft, told, { kind: 'taskAsked', cause: `task:${task}`, data: { task, due: (deadline && draft.file.deadlines[deadline]?.due) || null } });
  }
}

function stateTasks(draft: Draft): Task[] {
  const meta = metaOf(draft.definition, draft.file.state);
  const deadline = names(meta.deadline).find((name) => draft.file.deadlines[name]?.metAt === null) ?? null;
  return names(meta.task)
    .map((name) => ({ name, policy: taskPolicy(draft, name) }))
    .filter(({ policy }) => policy.when?.(viewOf(draft)) ?? true)
    .map(({ name, policy }) => ({ task: name, principals: partyOf(draft, policy.for), except: [], deadline: policy.deadline ?? deadline }));
}

function taskPolicy(draft: Draft, name: string): TaskPolicy<never> {
  const policy = draft.definition.policy.tasks[name];
  if (!policy) throw new Error(`task "${name}" of ${draft.definition.name} is not defined`);
  return policy;
}

function roundTasks(draft: Draft): Task[] {
  const { round, state } = draft.file;
  if (!round) return [];
  const deadline = names(metaOf(draft.definition, state).deadline)[0] ?? null;
  const approve = seatsInTurn(draft, round).flatMap((seat) => {
    const principals = tierOf(draft, round, seat);
    return principals ? [{ task: 'approve', principals, except: barredFrom(round), deadline }] : [];
  });
  return [...approve, ...wantingSeats(draft, round).map((): Task => ({ task: 'nameApprover', principals: ['role:TOP_MGMT', 'role:ISO'], except: round.never, deadline }))];
}

/** Escalations that were to be acknowledged and were not yet. */
function acknowledgements(draft: Draft): Task[] {
  return openDeadlines(draft).flatMap(({ name, steps }) =>
    steps
      .filter((step) => step.firedAt && !step.collapsed && !step.acknowledgedAt && ['E1', 'E2'].includes(step.step))
      .map(({ recipients = [] }) => ({ task: 'acknowledgeEscalation', principals: recipients.map((each): PrincipalKey => `person:${each}`), except: [], deadline: name })),
  );
}

function refusedEffects({ file }: Draft): Task[] {
  return file.refusedEffects.length === 0 ? [] : [{ task: 'lookAtRefusedEffect', principals: ['role:ISO'], except: [], deadline: null }];
}

/** Later dates that somebody has to decide on. */
function extensionTasks(draft: Draft): Task[] {
  const open = draft.file.extensions.filter(({ outcome }) => outcome === null);
  return open.map(({ deadline }) => ({ task: 'decideExtension', principals: partyOf(draft, `approver:${deadline}`), except: [], deadline: extensionOf(deadline) }));
}

/** A case on hold is never without somebody who looks at it again. */
function holdTask(draft: Draft): Task[] {
  return draft.file.hold ? [{ task: 'reviewHold', principals: partyOf(draft, 'holdKeeper:review'), except: [], deadline: HOLD_REVIEW }] : [];
}

/** Somebody asks to call the case off. */
function cancelTask(draft: Draft): Task[] {
  return draft.file.cancelRequest ? [{ task: 'confirmCancel', principals: partyOf(draft, 'canceller:case'), except: [], deadline: CANCEL_DECISION }] : [];
}

/** No task without somebody: where nobody is left, the ISO is asked to name somebody, else his deputy, else TOP_MGMT. */
function askSomebody(draft: Draft, task: Task): Task {
  const asked = personsOf(draft, task.principals).filter((person) => !task.except.includes(person));
  if (asked.length > 0) return task;
  const tiers: PrincipalKey[][] = [['role:ISO'], ['isoDeputy'], ['role:TOP_MGMT']];
  const principals = tiers.find((tier) => personsOf(draft, tier).length > 0) ?? ['role:TOP_MGMT'];
  return { ...task, task: 'nameHolder', principals, except: [] };
}
