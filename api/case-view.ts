import type { z } from 'zod';
import type { CaseStateView, LinkView, deadlineView } from '../contracts/api.ts';
import type { CaseFile, Deadline, DeadlineStep, Link, Round } from '../contracts/case-file.ts';
import type { Instant, PersonId } from '../contracts/identity.ts';
import type { Json } from '../contracts/json.ts';
import { localIso } from '../domain/calendar/due.ts';
import type { Directory } from '../domain/directory/directory.ts';
import type { ProcessDefinition } from '../domain/kernel/definition.ts';
import type { Facts } from '../domain/kernel/facts.ts';
import { seatFor } from '../domain/kernel/rounds.ts';
import { isProcess, processes } from '../domain/processes.ts';
import type { Dependencies } from './dependencies.ts';
import type { Call } from './endpoint.ts';

/** Who looks, when, and by which directory. */
export interface Sight {
  person: PersonId;
  now: Instant;
  directory: Directory;
}

export async function sightOf(
  { reader, now }: Pick<Call, 'reader' | 'now'>,
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
  const { title, owner, grade } = definitionOf(file).policy.list(file as never);
  const {
    id,
    ref,
    process,
    state,
    settled,
    unit,
    zone,
    definition,
    attempt,
    openedBy,
    openedAt,
    enteredAt,
    settledAt,
    parties,
    evidence,
  } = file;
  return {
    ...{
      id,
      ref,
      process,
      state,
      settled,
      title,
      unit,
      owner,
      grade,
      version: file.revision,
      entries: file.version,
      definition,
      zone,
      attempt,
    },
    ...{
      openedBy,
      openedAt,
      enteredAt,
      settledAt,
      document: file.document as Record<string, Json>,
      parties,
      evidence,
    },
    deadlines: Object.values(file.deadlines).map((deadline) => deadlineOf(deadline, zone, sight.now)),
    window: file.window && { ...file.window, endsLocal: localIso(file.window.ends, zone) },
    round: file.round && roundOf(file.round, sight),
    links: file.links.map(linkOf),
    flags: flagsOf(file, sight.now),
  };
}

function deadlineOf(deadline: Deadline, zone: string, now: Instant): z.infer<typeof deadlineView> {
  const { name, issue, owner, anchor, due, originalDue, ladder, metAt, steps } = deadline;
  return {
    ...{
      name,
      issue,
      owner,
      anchor,
      due,
      dueLocal: localIso(due, zone),
      originalDue,
      ladder,
      metAt,
      overdue: isOverdue(deadline, now),
    },
    steps: steps.map((step) => stepOf(step, zone)),
  };
}

function stepOf(step: DeadlineStep, zone: string): z.infer<typeof deadlineView>['steps'][number] {
  const {
    acknowledgeBy = null,
    acknowledgedAt = null,
    acknowledgedBy = null,
    unansweredAt = null,
    recipients = [],
  } = step;
  return {
    ...{
      step: step.step,
      at: step.at,
      atLocal: localIso(step.at, zone),
      firedAt: step.firedAt,
      collapsed: step.collapsed ?? false,
    },
    ...{ acknowledgeBy, acknowledgedAt, acknowledgedBy, unansweredAt, recipients },
  };
}

/** The hash that an approval sends back is given to whom the round asks, together with the content it is over. */
function roundOf(round: Round, { person, now, directory }: Sight): CaseStateView['round'] {
  const asked = seatFor({ facts: factsWithout(directory), now }, round, person) !== undefined;
  const seats = round.seats.map(({ name, decision }) => ({
    name,
    decision: decision && {
      by: decision.by,
      at: decision.at,
      verdict: decision.verdict,
      note: decision.note,
    },
  }));
  const { name, mode, number, openedAt, contentHash } = round;
  return { name, mode, number, openedAt, contentHash: asked ? contentHash : null, seats };
}

function factsWithout(directory: Directory): Facts {
  return { directory, involvements: [], cases: [], children: [], similar: [], spawned: [], evidence: [] };
}

function linkOf({ type, direction, to, toRef, awaited, attempt, key, void: isVoid }: Link): LinkView {
  return {
    type,
    direction,
    to,
    ref: toRef ?? null,
    awaited,
    attempt,
    key: key ?? null,
    void: isVoid ?? false,
  };
}

function flagsOf(file: CaseFile, now: Instant): string[] {
  const open = Object.values(file.deadlines).filter(({ metAt }) => metAt === null);
  const overdue = open.some((deadline) => isOverdue(deadline, now));
  const escalated = open.some(({ steps }) =>
    steps.some(({ step, firedAt }) => firedAt !== null && step.startsWith('E') && step !== 'E0'),
  );
  return [...file.flags, ...(overdue ? ['overdue'] : []), ...(escalated ? ['escalated'] : [])];
}

function isOverdue({ metAt, due }: Deadline, now: Instant): boolean {
  return metAt === null && due < now;
}
