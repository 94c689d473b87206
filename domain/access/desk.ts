import type { Task } from '../../contracts/entry.ts';
import type { Instant, PersonId, PrincipalKey } from '../../contracts/identity.ts';
import type { Directory } from '../directory/directory.ts';
import type { Mandate } from '../directory/standing-in.ts';
import type { ProcessDefinition } from '../kernel/definition.ts';
import { eventsOf, metaOf, statesOf } from '../kernel/machine.ts';
import { names } from '../kernel/names.ts';

/** On whose desk a task lies: of those it is asked of, and of those who stand in for them (rules §3.3). Worked out whenever somebody looks. */

/** Somebody who has a task because of somebody else. */
export interface StandIn {
  person: PersonId;
  kind: Mandate['kind'];
  for: PersonId;
}

export interface Desks {
  /** Asked in their own right. */
  who: PersonId[];
  /** And who may do it in their name, each once, unless asked already. */
  standIns: StandIn[];
}

interface Ground {
  definition: ProcessDefinition<never>;
  directory: Directory;
  now: Instant;
}

export function desksOf({ definition, directory, now }: Ground, { task, principals, except }: Pick<Task, 'task' | 'principals' | 'except'>): Desks {
  const free = (person: PersonId) => !except.includes(person);
  const who = [...new Set(principals.flatMap((key) => directory.resolve(key, now)))].filter(free);
  const mandates = who
    .flatMap((person) => directory.mandatesFor(person, now))
    .filter((mandate) => free(mandate.person) && !who.includes(mandate.person))
    .filter((mandate) => lends(directory, mandate.principal, principals, now) && coversTask(definition, mandate, task));
  const standIns = new Map(mandates.map(({ person, kind, principal }) => [person, { person, kind, for: principal }]));
  return { who, standIns: [...standIns.values()] };
}

/** A task that asks for what the principal does not lend stays with the principal. */
function lends(directory: Directory, principal: PersonId, principals: readonly PrincipalKey[], now: Instant): boolean {
  const lent = directory.lentKeysOf(principal, now);
  return principals.some((key) => lent.includes(key));
}

/** Tasks of the kernel, and the decisions that they ask for. */
const kernelTasks: Record<string, readonly string[]> = {
  approve: ['APPROVE', 'REJECT', 'REQUEST_INFORMATION'],
  nameApprover: ['APPOINT_SUBSTITUTE', 'CHANGE_MODE'],
  answerInformation: ['ANSWER_INFORMATION'],
  acknowledgeEscalation: ['ACKNOWLEDGE_ESCALATION'],
  nameHolder: ['REASSIGN'],
  lookAtRefusedEffect: ['SETTLE_EFFECT'],
  decideExtension: ['GRANT_EXTENSION', 'REFUSE_EXTENSION'],
  confirmCancel: ['CONFIRM_CANCEL', 'REFUSE_CANCEL'],
  reviewHold: ['RESUME', 'PROLONG_HOLD'],
  reassign: ['REASSIGN'],
  // What somebody has taken over is confirmed by nobody else.
  confirmTakeover: [],
};

/** Whether anything that the task asks for lies within the mandate. */
export function coversTask(definition: ProcessDefinition<never>, { scope }: Pick<Mandate, 'scope'>, task: string): boolean {
  if (kernelTasks[task]?.length === 0) return false;
  if (scope === 'EVERYTHING' || scope.processes.includes(definition.name)) return true;
  const prefix = `${definition.name}:`;
  const commands = scope.decisions.filter((decision) => decision.startsWith(prefix)).map((decision) => decision.slice(prefix.length));
  return commands.length > 0 && decisionsOf(definition, task).some((command) => commands.includes(command));
}

/** Commands by which a task is done: those possible in the states that name it. */
function decisionsOf(definition: ProcessDefinition<never>, task: string): readonly string[] {
  return kernelTasks[task] ?? statesOf(definition).filter((state) => names(metaOf(definition, state).task).includes(task)).flatMap((state) => eventsOf(definition, state));
}

/**
 * Persons, and for each who is absent whoever is there in his or her place: the substitutes, else the line manager, the next one, the ISO, top
 * management. Nobody's silence stays unnoticed because he is away.
 */
export function withStandIns({ directory, now }: Omit<Ground, 'definition'>, persons: readonly PersonId[]): PersonId[] {
  return [...new Set(persons.flatMap((person) => [person, ...(directory.isAbsent(person, now) ? inPlaceOf(directory, person, now) : [])]))];
}

function inPlaceOf(directory: Directory, person: PersonId, now: Instant): PersonId[] {
  const tiers: (() => PersonId[])[] = [
    () => directory.substitutesOf(person, now),
    ...([`manager:${person}`, `manager2:${person}`, 'role:ISO', 'role:TOP_MGMT'] as const).map((key) => () => directory.resolve(key, now)),
  ];
  for (const tier of tiers) {
    const present = tier().filter((each) => each !== person && !directory.isAbsent(each, now));
    if (present.length > 0) return present;
  }
  return [];
}

/** A part of somebody's inbox that lies before another: what is addressed to that key, in that process and for that task alone where named. */
export interface LentDesk extends Omit<StandIn, 'person'> {
  key: PrincipalKey;
  process: string | null;
  task: string | null;
}

type Registry = Readonly<Record<string, ProcessDefinition<never>>>;

/** The desks of all those whom the person stands in for. */
export function lentDesks({ directory, now }: Omit<Ground, 'definition'>, person: PersonId, processes: Registry): LentDesk[] {
  return directory.mandatesOf(person, now).flatMap(({ kind, principal, scope }) =>
    directory.lentKeysOf(principal, now).flatMap((key) => partsOf(scope, processes).map((part) => ({ kind, for: principal, key, ...part }))),
  );
}

function partsOf(scope: Mandate['scope'], processes: Registry): Pick<LentDesk, 'process' | 'task'>[] {
  if (scope === 'EVERYTHING') return [{ process: null, task: null }];
  const whole = scope.processes.map((process) => ({ process, task: null }));
  const limited = { scope: { processes: [], decisions: scope.decisions } };
  const single = Object.values(processes).flatMap((definition) =>
    tasksOf(definition).filter((task) => coversTask(definition, limited, task)).map((task) => ({ process: definition.name, task })),
  );
  return [...whole, ...single];
}

function tasksOf(definition: ProcessDefinition<never>): string[] {
  return [...Object.keys(kernelTasks), ...Object.keys(definition.policy.tasks)];
}
