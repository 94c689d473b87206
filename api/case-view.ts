import type { z } from 'zod';
import type { CaseStateView, LinkView, deadlineView } from '../contracts/api.ts';
import type { CaseFile, Deadline, DeadlineStep, Link, Round, RoundSeat } from '../contracts/case-file.ts';
import type { Instant, PersonId } from '../contracts/identity.ts';
import { actorsOnBehalf } from '../domain/access/on-behalf.ts';
import { localIso } from '../domain/calendar/due.ts';
import { standingOf } from '../domain/configuration/in-directory.ts';
import type { Directory } from '../domain/directory/directory.ts';
import type { ProcessDefinition } from '../domain/kernel/definition.ts';
import type { Facts } from '../domain/kernel/facts.ts';
import { flagsOf, isOverdue } from '../domain/kernel/flags.ts';
import { eligible, seatOf } from '../domain/kernel/rounds/seats.ts';
import { isProcess, processes } from '../domain/processes.ts';
import { caseRecord } from './case-record-view.ts';
import type { Dependencies } from './dependencies.ts';
import type { Call } from './endpoint.ts';

/** Who looks, when, and by which directory. */
export interface Sight {
  person: PersonId;
  now: Instant;
  directory: Directory;
}

type Looking = Pick<Call, 'reader' | 'now'>;

export async function sightOf(
  { reader, now }: Looking,
  { people }: Pick<Dependencies, 'people'>,
): Promise<Sight> {
  return { person: reader.person, now, directory: await people.directory() };
}

export function definitionOf({ process }: Pick<CaseFile, 'process'>): ProcessDefinition<never> {
  if (!isProcess(process)) throw new Error(`no process "${process}" runs here`);
  return processes[process];
}

/** The state of a case as it goes over the wire; from the case file and the directory alone. */
export function caseState(file: CaseFile, sight: Sight): CaseStateView {
  const { id, ref, process, definition, state, settled, unit, zone, attempt, parties } = file;
  const { openedBy, openedAt, enteredAt, settledAt, window } = file;
  return {
    ...{ id, ref, process, state, settled, ...definitionOf(file).policy.list(file as never), unit },
    ...{ version: file.revision, entries: file.version, definition, zone, attempt },
    ...{ openedBy, openedAt, enteredAt, settledAt, parties },
    ...caseRecord(file),
    document: file.document as Record<string, unknown>,
    deadlines: Object.values(file.deadlines).map((deadline) => deadlineOf(deadline, zone, sight.now)),
    window: window && { name: window.name, opens: window.opens, ends: window.ends, endsLocal: localIso(window.ends, zone) },
    round: file.round && roundOf(file.round, process, sight),
    conditions: file.conditions,
    links: file.links.map(linkOf),
    flags: flagsOf(file, sight.now),
    vacancies: file.vacancies,
  };
}

type DeadlineView = z.infer<typeof deadlineView>;

function deadlineOf(deadline: Deadline, zone: string, now: Instant): DeadlineView {
  const { name, issue, owner, anchor, due, originalDue, ladder, metAt, steps } = deadline;
  return {
    ...{ name, issue, owner, anchor, due, originalDue, ladder, metAt },
    dueLocal: localIso(due, zone),
    overdue: isOverdue(deadline, now),
    steps: steps.map((step) => stepOf(step, zone)),
  };
}

function stepOf(step: DeadlineStep, zone: string): DeadlineView['steps'][number] {
  const unset = { acknowledgeBy: null, acknowledgedAt: null, acknowledgedBy: null, unansweredAt: null };
  return { ...unset, collapsed: false, recipients: [], ...step, atLocal: localIso(step.at, zone) };
}

/** The hash that an approval sends back is given to whom the round asks, together with the content it is over. */
function roundOf(round: Round, process: string, { person, now, directory }: Sight): CaseStateView['round'] {
  const { name, mode, number, openedAt, contentHash, seats, quorum = null, level = null, recusals, questions } = round;
  const facts = factsWithout(directory);
  const self = { person, role: '' };
  const inTheirName = actorsOnBehalf({ actor: self, facts, now }, { process, command: 'APPROVE' });
  const isAsked = [self, ...inTheirName].some((actor) => seatOf({ facts, now }, round, actor) !== undefined);
  return {
    ...{ name, mode, quorum, level, number, openedAt, recusals, questions },
    contentHash: isAsked ? contentHash : null,
    seats: seats.map((seat) => seatViewOf(seat, seat.decision ? [] : eligible({ facts, now }, round, seat))),
  };
}

type SeatView = NonNullable<CaseStateView['round']>['seats'][number];

function seatViewOf({ name, decision, mandatory, level }: RoundSeat, asked: PersonId[]): SeatView {
  const seat = { name, mandatory: mandatory ?? false, level: level ?? null, asked };
  if (decision === null) return { ...seat, decision };
  const { by, onBehalfOf = null, at, verdict, note, conditions = [], final = false } = decision;
  return { ...seat, decision: { by, onBehalfOf, at, verdict, note, conditions, final } };
}

export function factsWithout(directory: Directory): Facts {
  return { ...standingOf(directory), involvements: [], cases: [], children: [], similar: [], spawned: [], evidence: [], vacancies: 0, claims: [], authors: [], tenures: [], deeds: [] };
}

function linkOf({ type, direction, to, toRef, awaited, attempt, key, void: isVoid }: Link): LinkView {
  const carried = { key: key ?? null, void: isVoid ?? false };
  return { type, direction, to, ref: toRef ?? null, awaited, attempt, ...carried };
}
