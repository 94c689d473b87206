import { setup } from 'xstate';
import { z } from 'zod';
import type { Quorum, RoundMode } from '../../contracts/approval.ts';
import type { CaseFile, CaseSummary } from '../../contracts/case-file.ts';
import type { EntryDraft } from '../../contracts/entry.ts';
import type { Instant, PersonId } from '../../contracts/identity.ts';
import type { Json } from '../../contracts/json.ts';
import type { Reason } from '../../contracts/reasons.ts';
import { standingOf } from '../../domain/configuration/in-directory.ts';
import { createDirectory } from '../../domain/directory/directory.ts';
import { decide } from '../../domain/kernel/decide.ts';
import type { ProcessDefinition, SeatPolicy, StateMeta, View } from '../../domain/kernel/definition.ts';
import type { Facts } from '../../domain/kernel/facts.ts';
import type { MachineEvent } from '../../domain/kernel/machine.ts';
import { open } from '../../domain/kernel/open.ts';
import { tasksOf } from '../../domain/kernel/tasks.ts';
import { organisationOf, role } from '../directory/organisations.ts';

/** A process that only tests know: one round of any mode, work behind it, and an end. */
export interface Trial {
  content: string;
  mode: RoundMode;
  seats: SeatPolicy[];
  quorum?: Quorum;
  level?: number;
}

export const AUTHOR = 'author';
export const approvers = ['p1', 'p2', 'p3', 'p4', 'p5', 'p6'] as const;

const machine = setup({ types: {} as { events: MachineEvent; meta: StateMeta } }).createMachine({
  id: 'trial',
  initial: 'rework',
  states: {
    rework: { meta: { task: 'submit' }, on: { SUBMIT: 'pending' } },
    pending: {
      meta: { round: 'trial' },
      on: { APPROVED: 'working', REJECTED: 'rework', REJECTED_FINAL: 'refused', EDIT: {} },
    },
    working: { meta: { task: 'finish' }, on: { FINISH: 'done', LAPSED: 'pending' } },
    done: { meta: { settled: 'done' }, type: 'final' },
    refused: { meta: { settled: 'refused' }, type: 'final' },
  },
});

type Sees = View<Trial>;
const editBody = z.strictObject({ content: z.string() });

export const trial: ProcessDefinition<Trial> = {
  name: 'trial',
  prefix: 'T',
  version: 1,
  machine,
  guards: {},
  behaviours: {},
  policy: {
    parties: {
      author: () => [`person:${AUTHOR}`],
      iso: () => ['role:ISO'],
      isoDeputy: () => ['isoDeputy'],
      topManagement: () => ['role:TOP_MGMT'],
    },
    reassign: {},
    commands: {
      SUBMIT: { by: ['author'], body: z.strictObject({}) },
      FINISH: { by: ['author'], body: z.strictObject({}) },
      EDIT: {
        by: ['author'],
        body: editBody,
        record: ({ doc, body }: Sees & { body: never }) => ({ ...doc, ...(body as object) }),
      },
    } as never,
    tasks: { submit: { for: 'author' }, finish: { for: 'author' } },
    deadlines: {},
    windows: {},
    rounds: {
      trial: {
        mode: ({ doc }) => doc.mode,
        seats: ({ doc }) => doc.seats,
        quorum: ({ doc }) => doc.quorum,
        level: ({ doc }) => doc.level,
        never: () => [AUTHOR],
        neverRule: 'FOUR-EYES',
        conditions: {},
        ruling: () => [{ name: 'ruling', tiers: [['role:TOP_MGMT']] }],
        subject: ({ document }) => document.content,
      },
    },
    reviewInput: 'g',
    list: () => ({ title: 'Trial', owner: AUTHOR, grade: null }),
    auditedAs: () => [],
    about: () => ({}),
  },
  open: {
    by: 'everyone',
    body: z.any(),
    unit: () => 'office',
    document: (body: never) => body,
    parties: () => ({}),
  },
};

const START: Instant = '2026-11-02T08:00:00.000Z';

/** One case of it in virtual time, with people who may leave. */
export interface Bench {
  file(): CaseFile;
  now(): Instant;
  entries(): readonly EntryDraft[];
  /** Reasons of a refusal, none where it was accepted. */
  send(name: string, person: PersonId, body?: Json): Reason[];
  approve(person: PersonId, body?: object): Reason[];
  reject(person: PersonId, body?: object): Reason[];
  pass(days: number): void;
  leave(person: PersonId): void;
  /** Ends the action of a condition. */
  end(action: string, settled: 'done' | 'cancelled'): void;
  /** Who is asked for what. */
  asked(): Record<string, PersonId[]>;
}

export function startTrial(setting: Omit<Trial, 'content'>, process = trial): Bench {
  const definition = process as unknown as ProcessDefinition<never>;
  const roles = [role('ISO', 'iso'), role('TOP_MGMT', 'top')];
  const left = new Map<PersonId, string>();
  const cases: CaseSummary[] = [];
  let now = START;
  let revision = 0;
  const facts = (): Facts => {
    const people = [AUTHOR, 'iso', 'top', ...approvers].map((id) => ({ id, ...(left.has(id) && { until: left.get(id)! }) }));
    const none = { involvements: [], children: [], similar: [], spawned: [], evidence: [], vacancies: 0 };
    return { ...standingOf(createDirectory(organisationOf({ people, roles }), (revision += 1))), ...none, cases } as never;
  };
  const opened = open({
    ...{ definition, id: '00000000-0000-4000-8000-000000000001', ref: 'T-1', body: { content: 'one', ...setting } },
    ...{ actor: { person: AUTHOR, role: '' }, parent: null, facts: facts(), now },
  });
  if (!opened.opened) throw new Error(JSON.stringify(opened));
  const entries = [...opened.entries];
  const file = () => entries.at(-1)!.file;
  const take = (command: Parameters<typeof decide>[0]['command']) => {
    const decision = decide({ definition, file: file(), facts: facts(), now, command });
    entries.push(...decision.entries);
    return decision.refusal?.reasons ?? [];
  };
  const bench: Bench = {
    file,
    now: () => now,
    entries: () => entries,
    send: (name, person, body = {}) => take({ name, body, actor: { person, role: '' } }),
    approve: (person, body = {}) => bench.send('APPROVE', person, { contentHash: file().round?.contentHash ?? '0'.repeat(64), ...body }),
    reject: (person, body = {}) => bench.send('REJECT', person, { reason: 'No', ...body }),
    pass: (days) => {
      now = new Date(Date.parse(now) + days * 86_400_000).toISOString();
      take(null);
    },
    leave: (person) => {
      const yesterday = new Date(Date.parse(now) - 86_400_000).toISOString().slice(0, 10);
      left.set(person, yesterday);
      take(null);
    },
    end: (action, settled) => {
      cases.push({ id: action, ref: 'A-1', process: 'action', state: settled, settled, openedAt: START, settledAt: now, about: {} });
      take(null);
    },
    asked: () => {
      const found = facts();
      const tasks = tasksOf({ definition, file: file(), facts: found, now });
      const all: Record<string, PersonId[]> = {};
      for (const { task, principals, except } of tasks)
        all[task] = [...(all[task] ?? []), ...principals.flatMap((key) => found.directory.resolve(key, now)).filter((each) => !except.includes(each))];
      return all;
    },
  };
  bench.send('SUBMIT', AUTHOR);
  return bench;
}

/** A seat for one person, or for those who follow where the first may not. */
export function seat(name: string, ...persons: PersonId[]): SeatPolicy {
  return { name, tiers: persons.map((person) => [`person:${person}` as const]) };
}
