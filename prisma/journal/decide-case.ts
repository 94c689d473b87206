import type { PoolClient } from 'pg';
import type { CaseFile } from '../../contracts/case-file.ts';
import type { CaseStanding, Decided } from '../../contracts/durable.ts';
import type { Actor } from '../../contracts/entry.ts';
import type { CaseId, Instant, PersonId } from '../../contracts/identity.ts';
import type { Json } from '../../contracts/json.ts';
import { kindOf } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import { withoutClaims } from '../../domain/kernel/claims.ts';
import { decide } from '../../domain/kernel/decide.ts';
import type { Decision } from '../../domain/kernel/decide.ts';
import { needsOf, objectsOf } from '../../domain/kernel/needs.ts';
import { rests, wakeAt } from '../../domain/kernel/wake.ts';
import { processes } from '../../domain/processes.ts';
import type { ProcessName } from '../../domain/processes.ts';
import { append } from './append.ts';
import { recordAttempt } from './attempts.ts';
import { recordBroadcastAnswer } from './broadcasts.ts';
import { takenClaims } from './claims.ts';
import { CaseNotFound } from './context.ts';
import type { JournalContext } from './context.ts';
import { fetchGround } from './facts.ts';
import type { Ground } from './facts.ts';
import { raiseDirectory } from './directory-changes.ts';
import { lockGround } from './locks.ts';
import type { CommandOutcome } from './outcome.ts';
import { answerSource } from './stored-commands.ts';
import type { EffectSource } from './stored-commands.ts';
import { inOneBreath, inTransaction } from './transaction.ts';
import type { Transaction } from './transaction.ts';

/** The only door (design.md "The write path"): state, authority, segregation of duties and journal in one transaction. */

interface Head {
  file: CaseFile;
  hash: string;
  updatedAt: Instant;
}

interface StoredCommand {
  id: string;
  person: PersonId | null;
  name: string;
  body: Json;
  ifMatch: number | null;
  source: EffectSource | null;
  decided: boolean;
  outcome: CommandOutcome | null;
}

/** Decides a stored command; one already decided answers what was recorded then, and the standing now. */
export function decideCommand(context: JournalContext, caseId: CaseId, commandId: string): Promise<Decided> {
  return inTransaction(context.pool, async (client, atCommit) => {
    const { head, command } = await lockHeadAndCommand(client, caseId, commandId);
    const ground = await groundOf(context, client, { head, command });
    if (command.decided) return { outcome: command.outcome?.outcome ?? 'ACCEPTED', ...standing(head.file, ground, null, command) };
    return decideOn(context, { client, atCommit }, { head, command, ground });
  });
}

/** Lets time pass, and looks again at linked cases. */
export function wakeCase(context: JournalContext, caseId: CaseId): Promise<Decided> {
  return inTransaction(context.pool, async (client, atCommit) => {
    const head = await lockHead(client, caseId);
    return decideOn(context, { client, atCommit }, { head, command: null, ground: await groundOf(context, client, { head, command: null }) });
  });
}

interface Situation {
  head: Head;
  command: StoredCommand | null;
  ground: Ground;
}

async function groundOf(context: JournalContext, client: PoolClient, { head, command }: Omit<Situation, 'ground'>): Promise<Ground> {
  const { file } = head;
  const definition = definitionOf(file);
  const queries = needsOf(definition, file, command ? { name: command.name, body: command.body } : undefined);
  const [, ground] = await inOneBreath(client, () => [
    lockGround(client, { objects: objectsOf(file), changesDirectory: definition.changesDirectory }),
    fetchGround(client, context.directories, { queries, caseId: file.id }),
  ]);
  return ground;
}

async function decideOn(context: JournalContext, transaction: Transaction, { head, command, ground }: Situation): Promise<Decided> {
  const definition = definitionOf(head.file);
  // Never before the last entry, whatever the machine's clock says.
  const now = [context.clock(), head.updatedAt].sort()[1]!;
  const deciding = { definition, file: head.file, facts: ground.facts, now, command: command && { ...command, actor: actorOf(command) } };
  const decided = decide(deciding);
  const decision = withoutClaims(deciding, decided, await takenClaims(transaction.client, { definition, before: head.file, after: decided.file }));
  const outcome = command && outcomeOf(decision);
  record(transaction, { head, ground, decision, now, command: command && outcome && { id: command.id, outcome } });
  if (command) await answer(transaction.client, { command, decision, caseId: head.file.id, now });
  return { outcome: outcome?.outcome ?? 'WOKEN', ...standing(decision.file, ground, decision, command) };
}

interface Recording extends Pick<Situation, 'head' | 'ground'> {
  decision: Decision;
  now: Instant;
  command: { id: string; outcome: CommandOutcome } | null;
}

function record({ client, atCommit }: Transaction, { head, ground, decision, now, command }: Recording): void {
  const definition = definitionOf(head.file);
  const { entries } = decision;
  const before = { file: head.file, hash: head.hash };
  if (entries.length === 0 && command) return atCommit(() => recordOutcome(client, command, now));
  atCommit(() => append(client, { definition, facts: ground.facts, before, entries, now, command }));
  if (definition.changesDirectory && entries.length > 0) atCommit(() => raiseDirectory(client, { caseId: head.file.id, at: now }));
}

/** Tells those who wait for the answer beside the sender: the case that owed it, and the record of attempts. */
async function answer(client: PoolClient, { command, decision, caseId, now }: Answered): Promise<void> {
  if (decision.refusal) await followRefusal(client, { command, decision, caseId, now });
  if (command.source?.broadcast) await recordBroadcastAnswer(client, { source: command.source, target: caseId, ...answerOf(decision), now });
}

function actorOf({ person }: StoredCommand): Actor {
  return { person, role: person === null ? 'SYSTEM' : '' };
}

function outcomeOf({ refusal, file, entries }: Decision): CommandOutcome {
  if (refusal) return { outcome: 'REFUSED', reasons: refusal.reasons, revision: file.revision };
  return { outcome: 'ACCEPTED', version: entries.at(-1)!.version, revision: file.revision };
}

function answerOf({ refusal }: Decision): { outcome: 'ACCEPTED' | 'REFUSED'; reasons: Reason[] } {
  return { outcome: refusal ? 'REFUSED' : 'ACCEPTED', reasons: refusal?.reasons ?? [] };
}

async function recordOutcome(client: PoolClient, { id, outcome }: { id: string; outcome: CommandOutcome }, now: Instant): Promise<void> {
  await client.query('UPDATE command SET decided_at = $2, outcome = $3, body = NULL WHERE id = $1', [id, now, JSON.stringify(outcome)]);
}

interface Answered {
  command: StoredCommand;
  decision: Decision;
  caseId: CaseId;
  now: Instant;
}

/** Authority and segregation go into the attempts stream; an effect's refusal goes back to the case that owed it. */
async function followRefusal(client: PoolClient, { command, decision, caseId, now }: Answered): Promise<void> {
  const { reasons } = decision.refusal!;
  if (command.source && !command.source.broadcast) await answerSource(client, { source: command.source, answer: { outcome: 'REFUSED', reasons }, now });
  if (command.person === null || !['authority', 'segregation'].includes(kindOf(reasons))) return;
  await recordAttempt(client, { caseId, person: command.person, command: command.name, reasons, at: now });
}

/** What the workflow acts on; it never acts on anything it worked out itself. */
function standing(file: CaseFile, { owed, pending }: Ground, decision: Decision | null, command: StoredCommand | null): CaseStanding {
  const added = decision?.entries.flatMap(({ version, effects }) => effects.map((_, n) => ({ version, n }))) ?? [];
  return {
    ...{ version: file.version, wakeAt: wakeAt(file), effects: [...owed, ...added], settled: rests(definitionOf(file), file) },
    pendingCommands: pending.filter((id) => id !== command?.id),
  };
}

export function definitionOf({ process }: Pick<CaseFile, 'process'>) {
  return processes[process as ProcessName];
}

const HEAD = `h.file, h.hash, h.updated_at`;
const COMMAND = `c.id, c.person, c.name, c.body, c.if_match, c.source, c.decided_at, c.outcome`;

interface Row {
  file: CaseFile;
  hash: string;
  updated_at: Date;
  id: string;
  person: string | null;
  name: string;
  body: Json;
  if_match: number | null;
  source: EffectSource | null;
  decided_at: Date | null;
  outcome: CommandOutcome | null;
}

async function lockHead(client: PoolClient, caseId: CaseId): Promise<Head> {
  const { rows } = await client.query<Row>({ name: 'head', text: `SELECT ${HEAD} FROM case_head h WHERE h.id = $1 FOR UPDATE`, values: [caseId] });
  return headOf(rows[0], caseId);
}

/** Both rows are locked, so that after waiting both are read as they are now. */
async function lockHeadAndCommand(client: PoolClient, caseId: CaseId, commandId: string): Promise<{ head: Head; command: StoredCommand }> {
  const { rows } = await client.query<Row>({
    name: 'head-and-command',
    text: `SELECT ${HEAD}, ${COMMAND} FROM case_head h JOIN command c ON c.case_id = h.id AND c.id = $2 WHERE h.id = $1 FOR UPDATE OF h, c`,
    values: [caseId, commandId],
  });
  const row = rows[0];
  const head = headOf(row, caseId);
  const { id, person, name, body, if_match: ifMatch, source, decided_at: decidedAt, outcome } = row!;
  return { head, command: { id, person, name, body, ifMatch, source, decided: decidedAt !== null, outcome } };
}

function headOf(row: Row | undefined, caseId: CaseId): Head {
  if (!row) throw new CaseNotFound(caseId);
  return { file: row.file, hash: row.hash, updatedAt: row.updated_at.toISOString() };
}
