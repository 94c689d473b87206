import { randomUUID } from 'node:crypto';
import type { Instant, PersonId } from '../../contracts/identity.ts';
import type { MailWay } from '../../domain/mail/way.ts';
import type { CourierContext } from './courier-context.ts';

/** Longer than any attempt may take (`activities/smtp.ts`), so that nobody takes over while somebody still sends. */
const CLAIM_MS = 15 * 60_000;
/** After a restore nothing leaves the house until a person has confirmed (`journal/installation.ts`). */
const NOT_HELD = 'NOT EXISTS (SELECT FROM installation WHERE held_since IS NOT NULL)';

/** A mail in one attempt's hands. */
export interface ClaimedMail {
  id: string;
  key: string;
  person: PersonId;
  way: MailWay;
  attempt: string;
  attempts: number;
  datedAt: Instant;
  messageId: string | null;
  deferredAt: Instant | null;
}

interface Row extends Omit<ClaimedMail, 'datedAt' | 'deferredAt' | 'messageId'> {
  dated_at: Date;
  message_id: string | null;
  deferred_at: Date | null;
}

/** The mail that has been due longest and nobody holds; null when none is. Committed before anything is sent. */
export async function claimMail({ pool, clock }: CourierContext): Promise<ClaimedMail | null> {
  const now = clock();
  const until = new Date(Date.parse(now) + CLAIM_MS).toISOString();
  const { rows } = await pool.query<Row>(
    `UPDATE mail SET state = 'sending', attempt = $1, attempts = attempts + 1, claimed_until = $3, content_at = NULL,
       dated_at = coalesce(dated_at, $2)
     WHERE id = (SELECT id FROM mail WHERE state = 'waiting' AND next_at <= $2 AND ${NOT_HELD} ORDER BY next_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
     RETURNING id, key, person, way, attempt, attempts, dated_at, message_id, deferred_at`,
    [randomUUID(), now, until],
  );
  return rows[0] ? claimedOf(rows[0]) : null;
}

function claimedOf({ dated_at, message_id, deferred_at, ...row }: Row): ClaimedMail {
  return {
    ...row,
    datedAt: dated_at.toISOString(),
    messageId: message_id,
    deferredAt: deferred_at?.toISOString() ?? null,
  };
}

/** Another attempt has the mail; this one must not go on. */
export class ClaimLost extends Error {
  constructor(id: string) {
    super(`mail ${id} is in other hands`);
    this.name = 'ClaimLost';
  }
}

/** From here on the server may have the message, whatever we hear of it. @throws ClaimLost */
export async function beginContent(
  { pool, clock }: CourierContext,
  { id, attempt }: ClaimedMail,
  messageId: string,
): Promise<void> {
  const { rowCount } = await pool.query(
    `UPDATE mail SET content_at = $3, message_id = $4 WHERE id = $1 AND attempt = $2 AND state = 'sending' AND claimed_until > $3`,
    [id, attempt, clock(), messageId],
  );
  if (rowCount !== 1) throw new ClaimLost(id);
}

/** Mails whose sender has died: tried again, and marked where the server may have got them already. */
export async function releaseLostClaims({ pool, clock }: CourierContext): Promise<number> {
  const { rowCount } = await pool.query(
    `UPDATE mail SET state = 'waiting', attempt = NULL, next_at = $1, uncertain = uncertain OR content_at IS NOT NULL
     WHERE state = 'sending' AND claimed_until <= $1`,
    [clock()],
  );
  return rowCount ?? 0;
}

/** How many mails are due. */
export async function countDue({ pool, clock }: CourierContext): Promise<number> {
  const { rows } = await pool.query<{ due: number }>(
    `SELECT count(*)::int AS due FROM mail WHERE state = 'waiting' AND next_at <= $1 AND ${NOT_HELD}`,
    [clock()],
  );
  return rows[0]!.due;
}
