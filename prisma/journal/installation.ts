import type { Pool, PoolClient } from 'pg';
import type { Instant } from '../../contracts/identity.ts';
import type { JournalContext } from './context.ts';
import { recordOperationIn } from './operations.ts';
import { inTransaction } from './transaction.ts';

/**
 * A restored database has forgotten what left the house since the backup; so from its first start on nothing leaves until a person has
 * confirmed (docs/decisions/2026-11-24-held-after-restore.md). It is known by its marks: those of another server, another database, or
 * another start than the folder beside it remembers.
 */
interface Installation {
  identity: string;
  startMark: string | null;
  heldSince: Instant | null;
}

/** Server and database: a dump that was loaded elsewhere bears another. */
const IDENTITY = `SELECT (SELECT system_identifier FROM pg_control_system())::text || '/' ||
  (SELECT oid FROM pg_database WHERE datname = current_database())::text AS identity`;

export interface Start {
  /** Of a data folder of our own: the marks that the last start may have left, and the one of this start. */
  marks?: { known: readonly string[]; next: string };
}

/** Looks whether this is the database that was worked on last, and holds mail back where it is not. @returns since when, or null */
export function noteStart(context: JournalContext, { marks }: Start = {}): Promise<Instant | null> {
  return inTransaction(context.pool, async (client) => {
    const { rows } = await client.query<{ identity: string }>(IDENTITY);
    const { identity } = rows[0]!;
    const known = await lockInstallation(client, identity);
    const isOther =
      known.identity !== identity ||
      (marks !== undefined && known.startMark !== null && !marks.known.includes(known.startMark));
    await client.query(
      'UPDATE installation SET identity = $1, start_mark = coalesce($2, start_mark) WHERE id = 1',
      [identity, marks?.next ?? null],
    );
    if (!isOther || known.heldSince !== null) return known.heldSince;
    return hold(context, client, {
      actor: 'operator',
      reason: 'This database is not the one that was worked on last',
    });
  });
}

async function lockInstallation(client: PoolClient, identity: string): Promise<Installation> {
  await client.query(
    "INSERT INTO installation (id, identity) VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET identity = coalesce(nullif(installation.identity, ''), $1)",
    [identity],
  );
  const { rows } = await client.query<{
    identity: string;
    start_mark: string | null;
    held_since: Date | null;
  }>('SELECT identity, start_mark, held_since FROM installation WHERE id = 1 FOR UPDATE');
  const { identity: known, start_mark: startMark, held_since: since } = rows[0]!;
  return { identity: known, startMark, heldSince: since?.toISOString() ?? null };
}

interface Asked {
  /** Person id, or `operator` for who works on the machine itself. */
  actor: string;
  reason: string;
}

/** Somebody says that the database was restored, where its marks do not tell. @returns since when it is held */
export function beginRestore(context: JournalContext, asked: Asked): Promise<Instant> {
  return inTransaction(context.pool, async (client) => {
    const { heldSince: since } = await lockInstallation(client, '');
    return since ?? hold(context, client, asked);
  });
}

async function hold(context: JournalContext, client: PoolClient, asked: Asked): Promise<Instant> {
  const since = context.clock();
  await client.query('UPDATE installation SET held_since = $1, held_because = $2 WHERE id = 1', [
    since,
    asked.reason,
  ]);
  await recordOperationIn(context, client, { ...asked, type: 'RESTORE_BEGUN', body: { heldSince: since } });
  return since;
}

export interface Confirmation extends Asked {
  /** What waits is not sent any more: it went out before the restore. The notices stay in the application. */
  drop: boolean;
}

/** Lets mail go its way again. @returns how many mails were dropped, or null where nothing was held */
export function confirmRestore(
  context: JournalContext,
  { drop, ...asked }: Confirmation,
): Promise<{ dropped: number } | null> {
  return inTransaction(context.pool, async (client) => {
    const { heldSince: since } = await lockInstallation(client, '');
    if (since === null) return null;
    const dropped = drop ? await dropMail(client, context.clock()) : 0;
    await client.query('UPDATE installation SET held_since = NULL, held_because = NULL WHERE id = 1');
    await recordOperationIn(context, client, {
      ...asked,
      type: 'RESTORE_CONFIRMED',
      body: { heldSince: since, dropped },
    });
    return { dropped };
  });
}

/** Mails that wait, and notices of which none has been made yet. */
async function dropMail(client: PoolClient, now: Instant): Promise<number> {
  const { rows } = await client.query<{ found: string | null }>("SELECT to_regclass('mail')::text AS found");
  if (!rows[0]?.found) return 0;
  const notices = await client.query(
    "UPDATE notification SET mailing = 'inApp: dropped after a restore' WHERE mailing IS NULL",
  );
  const mails = await client.query(
    "UPDATE mail SET state = 'dropped', ended_at = $1 WHERE state IN ('waiting', 'sending')",
    [now],
  );
  return (notices.rowCount ?? 0) + (mails.rowCount ?? 0);
}

/** Since when nothing leaves the house because this database was restored; null: everything goes its way. */
export async function heldSince(client: Pool | PoolClient): Promise<Instant | null> {
  const { rows } = await client.query<{ held_since: Date | null }>(
    'SELECT held_since FROM installation WHERE id = 1',
  );
  return rows[0]?.held_since?.toISOString() ?? null;
}

/** Remembers what a verification said, for who asks how the journal fares. */
export async function noteVerification(
  pool: Pool,
  { at, entries, problems }: { at: Instant; entries: number; problems: number },
): Promise<void> {
  await pool.query(
    `INSERT INTO installation (id, identity, verified_at, verified_entries, verify_problems) VALUES (1, '', $1, $2, $3)
     ON CONFLICT (id) DO UPDATE SET verified_at = $1, verified_entries = $2, verify_problems = $3`,
    [at, entries, problems],
  );
}
