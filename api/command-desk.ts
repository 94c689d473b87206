import type { z } from 'zod';
import type { CommandView } from '../contracts/api.ts';
import type { CaseFile } from '../contracts/case-file.ts';
import { commonCommandBodies } from '../contracts/common-commands.ts';
import type { CaseId } from '../contracts/identity.ts';
import { reason } from '../contracts/reasons.ts';
import { policyOf } from '../domain/kernel/accept.ts';
import { isProcess, processes } from '../domain/processes.ts';
import { commandIdOf, findCommandAndCase, findProcess } from '../prisma/queries/commands.ts';
import type { SentCommand } from '../prisma/queries/commands.ts';
import type { Dependencies } from './dependencies.ts';
import type { Call } from './endpoint.ts';
import { Problem, reasonViews } from './http/problem.ts';
import type { Speech } from './http/problem.ts';
import { validated } from './http/validation.ts';

/** The way of a command that somebody sends over HTTP, alone or among several: checked, stored, decided by its case, looked up. */

export type Caller = Pick<Call, 'reader' | 'speech' | 'now'>;

export interface Sending {
  caseId: CaseId;
  name: string;
  body: unknown;
  key: string;
  ifMatch: number | null;
}

export interface StoredCommand {
  process: string;
  caseId: CaseId;
  commandId: string;
}

/** Stores the command and has it decided, unless it was decided before. @throws Problem where nothing is stored */
export async function sendCommand({ reader, speech }: Caller, dependencies: Dependencies, sending: Sending): Promise<StoredCommand> {
  const { pool, journal } = dependencies;
  const { caseId, name, key } = sending;
  const { person } = reader;
  const process = await findProcess(pool, reader, { caseId, commandId: commandIdOf({ person, caseId, key }) });
  if (process === null) throw new Problem('NOT_FOUND');
  const stored = await journal.storeCommand({ ...sending, person, body: bodyOf(process, name, { body: sending.body, speech }) });
  if ('missing' in stored) throw new Problem('NOT_FOUND');
  if ('reused' in stored) throw new Problem('IDEMPOTENCY_KEY_REUSED');
  const command = { process, caseId, commandId: stored.commandId };
  if (!('known' in stored && stored.outcome !== null)) await decideStored(dependencies, command);
  return command;
}

/** Checked by the schema that the kernel checks by; what does not fit is not stored. */
function bodyOf(process: string, name: string, { body, speech }: { body: unknown; speech: Speech }): unknown {
  const definition = isProcess(process) ? processes[process] : undefined;
  const own = definition?.policy.commands ?? {};
  const policy = definition && Object.hasOwn({ ...commonCommandBodies, ...own }, name) ? policyOf(definition, name) : undefined;
  if (policy) return validated(policy.body as z.ZodType, body, speech);
  throw new Problem('INVALID_REQUEST', { reasons: [reason('UNKNOWN_COMMAND', { command: name, known: definition ? [...Object.keys(own), ...Object.keys(commonCommandBodies)] : [] })] });
}

export async function decideStored({ gateway, people, decisionTimeoutMs }: Dependencies, command: StoredCommand): Promise<void> {
  await gateway.decide({ ...command, timeoutMs: decisionTimeoutMs });
  if (isProcess(command.process) && processes[command.process].changesDirectory) people.forget();
}

/** How it ended, if it has, and the case as it is now; null where the sender may not see it any more. */
export async function findDecision({ reader }: Caller, { pool, metrics }: Dependencies, { process, commandId }: StoredCommand): Promise<{ sent: SentCommand; file: CaseFile | null }> {
  const found = await findCommandAndCase(pool, reader, commandId);
  if (!found) throw new Problem('NOT_FOUND');
  const { name: command, outcome } = found.sent;
  const reasons = outcome?.outcome === 'REFUSED' ? outcome.reasons : [];
  // The name was found among those of the process before the command was stored, so it is one of few.
  metrics.decided({ process, command, outcome: outcomes[outcome?.outcome ?? 'PENDING'], reasons });
  return found;
}

const outcomes = { ACCEPTED: 'accepted', REFUSED: 'refused', PENDING: 'pending' } as const;

export function commandViewOf({ id, caseId, name, storedAt, decidedAt, outcome }: SentCommand, speech: Speech): CommandView {
  const reasons = outcome?.outcome === 'REFUSED' ? reasonViews(outcome.reasons, speech) : [];
  return { id, case: caseId, command: name, storedAt, decidedAt, outcome: outcome?.outcome ?? 'PENDING', reasons };
}
