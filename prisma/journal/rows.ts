import type { CaseFile, LadderStepName } from '../../contracts/case-file.ts';
import type { EntryDraft } from '../../contracts/entry.ts';
import type { Instant } from '../../contracts/identity.ts';
import { viewersOf } from '../../domain/access/visibility.ts';
import { claimsOf } from '../../domain/kernel/claims.ts';
import { isTicking } from '../../domain/kernel/deadlines.ts';
import type { ProcessDefinition } from '../../domain/kernel/definition.ts';
import { escalationOf } from '../../domain/kernel/flags.ts';
import type { Facts } from '../../domain/kernel/facts.ts';
import { fingerprintOf } from '../../domain/kernel/fingerprint.ts';
import { patchOf } from '../../domain/kernel/patch.ts';
import { tasksOf } from '../../domain/kernel/tasks.ts';
import { tenureChanges } from '../../domain/kernel/tenures.ts';
import { searchKeysOf } from '../../domain/kernel/search-keys.ts';
import { wakeAt } from '../../domain/kernel/wake.ts';
import { entryHash, newSalt, payloadHash } from './chain.ts';

/** Rows of one decision: the entries chained to their predecessor, and what people read derived from the state after them. */
export interface Before {
  file: CaseFile | null;
  hash: string;
}

export interface DecidedCase {
  definition: ProcessDefinition<never>;
  facts: Facts;
  before: Before;
  entries: readonly EntryDraft[];
  now: Instant;
}

const SNAPSHOT_EVERY = 25;
const SNAPSHOT_LIMIT = 1024 * 1024;

export function entryRows({ definition, before, entries }: DecidedCase) {
  let previous = before;
  return entries.map((entry) => {
    const row = entryRow(definition, previous, entry);
    previous = { file: entry.file, hash: row.hash };
    return row;
  });
}

export type EntryRow = ReturnType<typeof entryRow>;

function entryRow(definition: ProcessDefinition<never>, before: Before, entry: EntryDraft) {
  const { version, type, at, localAt, from, to, body, reason, happenings, involvements, effects, notices, file } = entry;
  const payload = { body, reason, happenings, involvements, effects, notices, patch: patchOf(before.file, file) };
  const salt = newSalt();
  const seal = {
    ...{ stream: file.id, version, type, at, localAt, actor: entry.actor.person, onBehalfOf: entry.actor.onBehalfOf ?? null },
    ...{ role: entry.actor.role, from, to, definition: fingerprintOf(definition) },
    ...{ payloadHash: payloadHash(salt, payload), prevHash: before.hash },
  };
  return { ...seal, hash: entryHash(seal), salt, payload, snapshot: snapshotOf(before.file, entry) };
}

/** The whole case where its state changes and every 25 entries, so that any past day is one row and a few patches away. */
function snapshotOf(before: CaseFile | null, { version, file }: EntryDraft): CaseFile | null {
  const wanted = before === null || before.state !== file.state || version % SNAPSHOT_EVERY === 0;
  return wanted && (before === null || JSON.stringify(file).length <= SNAPSHOT_LIMIT) ? file : null;
}

export function headRow({ definition, facts, before, entries, now }: DecidedCase, file: CaseFile, hash: string) {
  const tasks = tasksOf({ definition, file, facts, now });
  const { title, owner, grade } = definition.policy.list(file as never);
  const involved = [...facts.involvements, ...entries.flatMap(({ involvements }) => involvements)].map(({ person }) => person);
  const open = Object.values(file.deadlines).filter(isTicking);
  return {
    head: {
      ...{ id: file.id, ref: file.ref, process: file.process, state: file.state, settled: file.settled, unit: file.unit, owner, title, grade },
      ...{ revision: file.revision, version: file.version, hash, file, about: definition.policy.about(file as never) },
      ...{ viewers: viewersOf(file, { tasks, involved, items: definition.policy.auditedAs(file as never), units: definition.policy.seenByHeadsOf?.(file as never) }), opened_by: file.openedBy, opened_at: file.openedAt, settled_at: file.settledAt },
      ...{ updated_at: now, due_at: earliest(open.map(({ due }) => due)), escalation: rankOf(escalationOf(file)), wake_at: wakeAt(file) },
      ...{ origin_root: file.origin?.chain[0] ?? null, origin_type: file.origin?.type ?? null, object: file.origin?.object ?? null },
    },
    inbox: tasks.flatMap(({ task, principals, except, deadline }) =>
      principals.map((principal) => ({
        ...{ principal, task, except, deadline, due_at: (deadline && file.deadlines[deadline]?.due) || null, since: file.enteredAt },
      })),
    ),
    keys: unlessSame(before.file && searchKeysOf(definition, before.file), searchKeysOf(definition, file)),
    links: unlessSame(before.file && linksOf(before.file), linksOf(file)),
    claims: unlessSame(claimsOf(definition, before.file), claimsOf(definition, file)),
    parties: unlessSame(before.file && before.file.parties, file.parties),
    tenures: tenureChanges(before.file, entries),
  };
}

function linksOf({ links }: CaseFile) {
  return links.map(({ to, type, direction }) => ({ to_case: to, type, direction }));
}

/** Null where nothing changed, so that nothing is written. */
function unlessSame<T>(before: T | null, after: T): T | null {
  return JSON.stringify(before) === JSON.stringify(after) ? null : after;
}

function earliest(instants: Instant[]): Instant | null {
  return instants.sort()[0] ?? null;
}

/** 0 is E0 (overdue), null is none; a number, so that lists can ask for "at least". */
function rankOf(step: LadderStepName | null): number | null {
  return step === null ? null : Number(step.slice(1));
}
