import type { Pool, PoolClient } from 'pg';

/**
 * The few statements of a decision are prepared once; planning them anew for every decision, or compiling them, costs a quarter
 * more than it saves.
 */
const BEGIN = 'BEGIN; SET LOCAL plan_cache_mode = force_generic_plan; SET LOCAL jit = off';

/** Hands in a write that travels with the COMMIT: nothing after it needs its answer. */
export type AtCommit = (write: () => Promise<unknown>) => void;

export interface Transaction {
  client: PoolClient;
  atCommit: AtCommit;
}

/** Runs the work in one READ COMMITTED transaction; what throws leaves nothing behind. */
export async function inTransaction<T>(pool: Pool, work: (client: PoolClient, atCommit: AtCommit) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  // A connection that breaks between two statements says so here as well as at the next one, which is where it is dealt with.
  client.on('error', ignore);
  try {
    const writes: (() => Promise<unknown>)[] = [];
    const [, result] = await inOneBreath(client, () => [client.query(BEGIN), work(client, (write) => void writes.push(write))]);
    await inOneBreath(client, () => [...writes.map((write) => write()), client.query('COMMIT')]);
    release(client);
    return result;
  } catch (error) {
    await rollBack(client);
    throw error;
  }
}

/**
 * What is asked here leaves in one piece, so that several statements cost one trip to the server. They run in the order in which
 * they are asked, each on what is committed by then; once one fails, none after it in the transaction does anything.
 */
export function inOneBreath<const Answers extends readonly Promise<unknown>[]>(
  { connection: { stream } }: PoolClient,
  ask: () => Answers,
): Promise<{ -readonly [N in keyof Answers]: Awaited<Answers[N]> }> {
  return Promise.all(corked(stream, ask)) as Promise<{ -readonly [N in keyof Answers]: Awaited<Answers[N]> }>;
}

function corked<Answers>(stream: PoolClient['connection']['stream'], ask: () => Answers): Answers {
  stream.cork();
  try {
    return ask();
  } finally {
    stream.uncork();
  }
}

/** A connection that cannot even roll back is thrown away with what it held. */
async function rollBack(client: PoolClient): Promise<void> {
  try {
    await client.query('ROLLBACK');
    release(client);
  } catch (error) {
    release(client, error instanceof Error ? error : true);
  }
}

function release(client: PoolClient, broken?: Error | true): void {
  client.off('error', ignore);
  client.release(broken);
}

function ignore(): void {}
