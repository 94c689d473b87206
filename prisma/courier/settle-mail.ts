import type { PoolClient } from 'pg';
import type { Instant, PersonId } from '../../contracts/identity.ts';
import type { Directory } from '../../domain/directory/directory.ts';
import { isTimeToGiveUp, retryAt } from '../../domain/mail/pauses.ts';
import { inTransaction } from '../journal/transaction.ts';
import type { ClaimedMail } from './claims.ts';
import type { CourierContext } from './courier-context.ts';

/** How an attempt ended. `problem`: what the server said, without anything personal. */
export type MailOutcome =
  | { kind: 'sent' }
  /** The recipient's side puts it off (4xx): it waits alone. */
  | { kind: 'deferred'; problem: string }
  /** The server could not be used at all; no word on this mail. */
  | { kind: 'outage'; problem: string }
  /** The content was handed over and no answer came: it may have arrived. Sent again with the same Message-ID. */
  | { kind: 'unknown'; problem: string }
  /** Refused for good (5xx). */
  | { kind: 'refused'; problem: string }
  /** There is nobody to send it to. */
  | { kind: 'dropped'; problem: string };

interface Settling {
  state: 'waiting' | 'sent' | 'failed' | 'givenUp' | 'dropped';
  nextAt?: Instant;
  deferredAt?: Instant | null;
  uncertain?: boolean;
  problem?: string;
}

/** Writes how the attempt ended, unless the mail is in other hands by now. What failed for good is told to the ISO. */
export async function settleMail(
  context: CourierContext,
  mail: ClaimedMail,
  outcome: MailOutcome,
): Promise<void> {
  const now = context.clock();
  const settling = settlingOf(mail, outcome, now);
  const directory = await context.directory();
  await inTransaction(context.pool, async (client) => {
    const isOurs = await write(client, mail, { ...settling, now });
    if (isOurs && (settling.state === 'failed' || settling.state === 'givenUp'))
      await tellOfFailure(client, mail, { directory, now });
  });
}

function settlingOf(mail: ClaimedMail, outcome: MailOutcome, now: Instant): Settling {
  switch (outcome.kind) {
    case 'sent':
      return { state: 'sent', deferredAt: null };
    case 'dropped':
      return { state: 'dropped', problem: outcome.problem };
    case 'refused':
      return { state: 'failed', problem: outcome.problem };
    case 'outage':
      return { state: 'waiting', nextAt: retryAt(now, mail.attempts, 'server'), problem: outcome.problem };
    case 'unknown':
      return { ...deferral(mail, outcome.problem, now), uncertain: true };
    case 'deferred':
      return deferral(mail, outcome.problem, now);
  }
}

function deferral({ attempts, deferredAt }: ClaimedMail, problem: string, now: Instant): Settling {
  if (isTimeToGiveUp(deferredAt, now)) return { state: 'givenUp', problem };
  return {
    state: 'waiting',
    nextAt: retryAt(now, attempts, 'recipient'),
    deferredAt: deferredAt ?? now,
    problem,
  };
}

async function write(
  client: PoolClient,
  { id, attempt }: ClaimedMail,
  { state, nextAt, deferredAt, uncertain = false, problem, now }: Settling & { now: Instant },
): Promise<boolean> {
  const { rowCount } = await client.query(
    `UPDATE mail SET state = $3, attempt = NULL, next_at = coalesce($4, next_at), deferred_at = coalesce($5, deferred_at),
       uncertain = uncertain OR $6, problem = coalesce($7, problem), ended_at = CASE WHEN $3 = 'waiting' THEN NULL ELSE $8::timestamptz END
     WHERE id = $1 AND attempt = $2 AND state = 'sending'`,
    [id, attempt, state, nextAt ?? null, deferredAt ?? null, uncertain, problem ?? null, now],
  );
  return rowCount === 1;
}

/** In the application alone; one per mail and reader. Where the ISO is the one whom nothing reaches, the deputies learn of it too. */
async function tellOfFailure(
  client: PoolClient,
  { id, person }: ClaimedMail,
  { directory, now }: { directory: Directory; now: Instant },
): Promise<void> {
  const isos = directory.holders('ISO', now);
  const told = isos.every((each) => each === person) ? [...isos, ...directory.isoDeputies(now)] : isos;
  await client.query(
    `INSERT INTO notification (person, cause, kind, case_id, digest, data, at, mailing)
     SELECT to_tell, $2, 'mailFailed', n.case_id, false, $3, $4, 'inApp: by rule or choice'
     FROM unnest($1::text[]) AS to_tell, (SELECT case_id FROM notification WHERE mail_id = $5 ORDER BY id LIMIT 1) n
     ON CONFLICT (person, cause) DO NOTHING`,
    [told, `mail:${id}:failed`, JSON.stringify({ person } satisfies { person: PersonId }), now, id],
  );
}
