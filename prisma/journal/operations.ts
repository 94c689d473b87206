import type { PoolClient } from 'pg';
import type { Json } from '../../contracts/json.ts';
import type { JournalContext } from './context.ts';
import { appendToStream } from './stream-entries.ts';
import { lockStream } from './stream-heads.ts';
import { OPERATIONS_STREAM } from './streams.ts';
import { inTransaction } from './transaction.ts';

/**
 * What was done to the engine itself, by whom and why: a stream of the journal like any other. Nothing here changes the state of a case;
 * what follows from a nudge is an entry of the case.
 */
export type OperationType = 'NUDGED' | 'RECOVERY_ASKED' | 'RECOVERED' | 'RESTORE_BEGUN' | 'RESTORE_CONFIRMED' | 'SEAL_KEY_ROTATED';

export interface Operation {
  type: OperationType;
  /** Person id, or `operator` for who works on the machine itself. */
  actor: string;
  reason: string;
  /** What it was done to, and what came of it. */
  body: Record<string, Json>;
}

export function recordOperation(context: JournalContext, operation: Operation): Promise<number> {
  return inTransaction(context.pool, (client) => recordOperationIn(context, client, operation));
}

export async function recordOperationIn(
  { clock, directories }: JournalContext,
  client: PoolClient,
  { type, actor, reason, body }: Operation,
): Promise<number> {
  const { organisation } = await directories.newest(client);
  const head = await lockStream(client, OPERATIONS_STREAM);
  const role = actor === 'operator' ? 'operator' : 'admin';
  return appendToStream(client, head, {
    ...{ type, at: clock(), zone: organisation.zone, actor, role },
    ...{ to: type, definition: 'operations@1', payload: { body, reason } },
  });
}
