import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import type { CaseFile } from '../../contracts/case-file.ts';
import type { EntryDraft } from '../../contracts/entry.ts';
import type { CaseId, Instant, PersonId } from '../../contracts/identity.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import { localDate } from '../../domain/calendar/due.ts';
import { contentHash } from '../../domain/kernel/canonical.ts';
import { openedWithoutClaims, openingStep } from '../../domain/kernel/claims.ts';
import type { ProcessDefinition } from '../../domain/kernel/definition.ts';
import type { Facts } from '../../domain/kernel/facts.ts';
import { needsOfOpening } from '../../domain/kernel/needs.ts';
import { cycleProtectionSince, open } from '../../domain/kernel/open.ts';
import type { Opened, Parent } from '../../domain/kernel/open.ts';
import { isProcess, processes } from '../../domain/processes.ts';
import { append } from './append.ts';
import { GENESIS } from './chain.ts';
import { takenClaims } from './claims.ts';
import type { JournalContext } from './context.ts';
import { raiseDirectory } from './directory-changes.ts';
import { fetchGround } from './facts.ts';
import type { Ground } from './facts.ts';
import { lockGround } from './locks.ts';
import type { CommandOutcome } from './outcome.ts';
import type { DecidedCase } from './rows.ts';
import { inOneBreath, inTransaction } from './transaction.ts';
import type { Transaction } from './transaction.ts';

/** Opening a case goes through the same door: case, first entry and the row that owes its workflow commit together. */
export interface OpeningDraft {
  process: string;
  body: unknown;
  person: PersonId;
  key: string;
}

export type OpenedCase =
  | { opened: true; caseId: CaseId; ref: string; process: string; file: CaseFile }
  | { opened: false; reasons: Reason[] }
  | { opened: false; reused: true }
  /** The trigger was attached to a case that runs: a command there, stored and not decided yet. */
  | { opened: false; attached: { caseId: CaseId; process: string; commandId: string } };

/** Opens a case for a person. The same key again answers the same case; with another body it is refused. */
export async function openCase(context: JournalContext, draft: OpeningDraft): Promise<OpenedCase> {
  const { process, body, person, key } = draft;
  if (!isProcess(process)) return { opened: false, reasons: [reason('UNKNOWN_PROCESS', { process, known: Object.keys(processes) })] };
  const caseId = randomUUID();
  const command = { id: contentHash({ person, opens: process, key }), bodyHash: contentHash({ process, body }) };
  return inTransaction(context.pool, async (client, atCommit) => {
    const opening = { process, id: caseId, body, person, parent: null, commandId: command.id, now: context.clock() };
    const [earlier, ground] = await inOneBreath(client, () => [
      claimKey(client, { ...command, name: 'OPEN', caseId, person, now: opening.now, outcome: null }),
      groundOf(context, client, opening),
    ]);
    if (earlier) return earlier.bodyHash === command.bodyHash ? answerEarlier(client, earlier) : { opened: false, reused: true };
    const opened = await openOn({ client, atCommit }, opening, ground);
    const file = opened.opened && opened.entries.at(-1)!.file;
    if (file) return { opened: true, caseId, ref: file.ref, process, file };
    if ('attachTo' in opened) return attach(client, { id: command.id, opened, now: opening.now });
    await client.query('DELETE FROM command WHERE id = $1', [command.id]);
    return { opened: false, reasons: 'reasons' in opened ? opened.reasons : [] };
  });
}

interface Attaching {
  id: string;
  opened: Extract<Opened, { attachTo: unknown }>;
  now: Instant;
}

/** What was to open a case becomes a command of the one that runs, under the same key. */
async function attach(client: PoolClient, { id, opened: { attachTo, as }, now }: Attaching): Promise<OpenedCase> {
  await client.query('UPDATE command SET case_id = $2, name = $3, body = $4, stored_at = $5, decided_at = NULL WHERE id = $1', [
    ...[id, attachTo.id, as!.command, JSON.stringify(as!.body), now],
  ]);
  return { opened: false, attached: { caseId: attachTo.id, process: attachTo.process, commandId: id } };
}

interface KeyClaim {
  id: string;
  name: 'OPEN' | 'IMPORT';
  bodyHash: string;
  caseId: CaseId;
  person: PersonId;
  now: Instant;
  /** Null where it is told with what is opened. */
  outcome: CommandOutcome | null;
}

/** Takes the key, or waits for whoever holds it and answers what he opened. */
export async function claimKey(client: PoolClient, { id, name, bodyHash, caseId, person, now, outcome }: KeyClaim): Promise<{ bodyHash: string; caseId: CaseId } | null> {
  const { rowCount } = await client.query(
    `INSERT INTO command (id, case_id, person, name, body_hash, stored_at, decided_at, outcome) VALUES ($1, $2, $3, $4, $5, $6, $6, $7) ON CONFLICT (id) DO NOTHING`,
    [id, caseId, person, name, bodyHash, now, outcome && JSON.stringify(outcome)],
  );
  if (rowCount === 1) return null;
  const { rows } = await client.query<{ body_hash: string; case_id: CaseId }>('SELECT body_hash, case_id FROM command WHERE id = $1', [id]);
  return { bodyHash: rows[0]!.body_hash, caseId: rows[0]!.case_id };
}

async function answerEarlier(client: PoolClient, { caseId }: { caseId: CaseId }): Promise<OpenedCase> {
  const { rows } = await client.query<{ file: CaseFile }>('SELECT file FROM case_head WHERE id = $1', [caseId]);
  const { file } = rows[0]!;
  return { opened: true, caseId, ref: file.ref, process: file.process, file };
}

export interface OpenIn {
  process: keyof typeof processes;
  id: CaseId;
  body: unknown;
  person: PersonId | null;
  parent: Parent | null;
  commandId: string;
  now: Instant;
}

/** Opens within the transaction of another decision. */
export async function openIn(context: JournalContext, client: PoolClient, opening: OpenIn): Promise<Opened> {
  const writes: Promise<unknown>[] = [];
  const opened = await openOn({ client, atCommit: (write) => void writes.push(write()) }, opening, await groundOf(context, client, opening));
  await Promise.all(writes);
  return opened;
}

async function groundOf({ directories }: JournalContext, client: PoolClient, { process, id, body, parent, now }: OpenIn): Promise<Ground> {
  const definition = processes[process];
  const queries = needsOfOpening(definition, { body, parent, since: cycleProtectionSince(now) });
  const [, ground] = await inOneBreath(client, () => [
    lockGround(client, { objects: [id, ...(parent ? [parent.id] : [])].sort(), changesDirectory: definition.changesDirectory }),
    fetchGround(client, directories, { queries, caseId: id }),
  ]);
  return ground;
}

async function openOn({ client, atCommit }: Transaction, { process, id, body, person, parent, commandId, now }: OpenIn, ground: Ground): Promise<Opened> {
  const definition = processes[process];
  const actor = { person, role: person === null ? 'SYSTEM' : 'everyone' };
  const openAs = (ref: string) => open({ definition, id, ref, body, actor, parent, facts: ground.facts, now });
  const tried = openAs(REF_TO_COME);
  const opened = openedWithoutClaims(tried, await takenClaims(client, openingStep(definition, tried)));
  if (!opened.opened) return opened;
  const [ref] = await takeRefs(client, { definition, facts: ground.facts, now, count: 1 });
  const entries = named(opened.entries, ref!, openAs);
  atCommit(() => appendOpening(client, { definition, facts: ground.facts, entries, now }, commandId));
  return { opened: true, entries };
}

/** Writes a case that is new, and how the command ended that has opened it. */
export async function appendOpening(client: PoolClient, opening: Omit<DecidedCase, 'before'>, commandId: string): Promise<void> {
  const { definition, entries, now } = opening;
  const { id, version, revision } = entries.at(-1)!.file;
  const outcome: CommandOutcome = { outcome: 'ACCEPTED', version, revision };
  const written = append(client, { ...opening, before: { file: null, hash: GENESIS }, command: { id: commandId, outcome } });
  const raised = definition.changesDirectory ? [raiseDirectory(client, { caseId: id, at: now })] : [];
  await Promise.all([written, ...raised]);
}

/** References count per process and year, without gaps: the counter is part of the same transaction, and held by it to the end. */
export async function takeRefs(client: PoolClient, { definition: { prefix }, facts, now, count }: { definition: ProcessDefinition<never>; facts: Facts; now: Instant; count: number }): Promise<string[]> {
  const name = `${prefix}-${localDate(now, facts.directory.organisation.zone).slice(0, 4)}`;
  const { rows } = await client.query<{ value: number }>(
    'INSERT INTO counter (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = counter.value + $2 RETURNING value',
    [name, count],
  );
  const first = rows[0]!.value - count + 1;
  return Array.from({ length: count }, (_, n) => `${name}-${String(first + n).padStart(4, '0')}`);
}

const REF_TO_COME = '(reference to come)';

/**
 * The number is given last, so that its row is locked as briefly as can be; a case that was refused takes none. Where something that
 * follows at once names the case to others, it is opened again under its number.
 */
function named(entries: readonly EntryDraft[], ref: string, openAs: (ref: string) => Opened): EntryDraft[] {
  const renamed = entries.map((entry) => ({ ...entry, file: { ...entry.file, ref } }));
  if (!JSON.stringify(renamed).includes(REF_TO_COME)) return renamed;
  const opened = openAs(ref);
  if (!opened.opened) throw new Error(`${ref} is refused for its number`);
  return opened.entries;
}
