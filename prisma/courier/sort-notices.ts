import type { Pool, PoolClient } from 'pg';
import type { Instant, PersonId } from '../../contracts/identity.ts';
import { configurationOf } from '../../domain/configuration/in-directory.ts';
import type { Directory } from '../../domain/directory/directory.ts';
import { digestSlot, slotAfter } from '../../domain/mail/digest-slot.ts';
import type { DigestSlot, DigestWay } from '../../domain/mail/digest-slot.ts';
import { isOfAccess, wayOf } from '../../domain/mail/way.ts';
import type { StoredNotice } from '../../domain/mail/way.ts';
import { inTransaction } from '../journal/transaction.ts';
import type { CourierContext } from './courier-context.ts';
import { preferencesOfAll } from './preferences.ts';
import type { MailPreferences } from './preferences.ts';

/** One sorts at a time, however many workers there are; sending goes on beside it. */
const SORTING = 27_001_015;

interface NoticeRow extends StoredNotice {
  id: string;
  person: PersonId;
  cause: string;
  at: Date;
}

/**
 * Gives the next notices that nobody has looked at their way out: a mail of their own, a place in a digest, or none. Each is
 * given exactly one, in the transaction that makes it, so nothing later can put it into a second mail.
 * @returns how many were sorted
 */
export async function sortNotices(context: CourierContext, limit: number): Promise<number> {
  const directory = await context.directory();
  return inTransaction(context.pool, async (client) => {
    await client.query('SELECT pg_advisory_xact_lock($1::bigint)', [SORTING]);
    const notices = await unsorted(client, limit);
    const sorting = { client, directory, now: context.clock() };
    const chosen = await preferencesOfAll(client, [...new Set(notices.map(({ person }) => person))]);
    for (const notice of notices) await sort(sorting, notice, chosen.get(notice.person));
    return notices.length;
  });
}

/** Whatever was told so far stays in the application. */
export async function keepInApp(client: Pool | PoolClient, why: string): Promise<void> {
  await client.query('UPDATE notification SET mailing = $1 WHERE mailing IS NULL', [`inApp: ${why}`]);
}

async function unsorted(client: PoolClient, limit: number): Promise<NoticeRow[]> {
  const { rows } = await client.query<NoticeRow>(
    'SELECT id, person, cause, kind, digest, data, at FROM notification WHERE mailing IS NULL ORDER BY id LIMIT $1',
    [limit],
  );
  return rows;
}

interface Sorting {
  client: PoolClient;
  directory: Directory;
  now: Instant;
}

async function sort(sorting: Sorting, notice: NoticeRow, chosen: MailPreferences | undefined): Promise<void> {
  const { client, directory, now } = sorting;
  if (!directory.isActive(notice.person, now)) return settle(client, notice, 'inApp: person is not active');
  // Outside of the days of the access nothing but the access itself reaches an auditor from outside.
  if (directory.isShutOut(notice.person, now) && !isOfAccess(notice)) return settle(client, notice, 'inApp: no access on this day');
  const way = wayOf(notice, chosen?.choices[notice.kind]);
  if (way === 'never') return settle(client, notice, 'inApp: by rule or choice');
  const mailId =
    way === 'direct' ? await directMail(sorting, notice) : await digestMail(sorting, notice, way);
  await settle(client, notice, 'mail', mailId);
}

async function settle(
  client: PoolClient,
  { id }: NoticeRow,
  mailing: string,
  mailId?: string,
): Promise<void> {
  await client.query('UPDATE notification SET mailing = $2, mail_id = $3 WHERE id = $1', [
    id,
    mailing,
    mailId ?? null,
  ]);
}

async function directMail(sorting: Sorting, { person, cause }: NoticeRow): Promise<string> {
  const mail = { key: `direct:${person}:${cause}`, person, way: 'direct', nextAt: sorting.now };
  return (await newMail(sorting, mail))!;
}

/** The person's digest that has not gone yet; else a new one, on the next day where that of the day has gone. */
async function digestMail(sorting: Sorting, { person, at }: NoticeRow, way: DigestWay): Promise<string> {
  const { client, directory, now } = sorting;
  const open = await client.query<{ id: string }>(
    `SELECT id FROM mail WHERE person = $1 AND way = $2 AND state = 'waiting' AND attempts = 0 ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED`,
    [person, way],
  );
  if (open.rows[0]) return open.rows[0].id;
  const ofSite = directory.calendarOfUnit(directory.person(person)!.unit, now);
  const set = configurationOf(directory).at(now).calendar(ofSite.id);
  const calendar = set ? { ...set, zone: ofSite.zone } : ofSite;
  const make = ({ day, at: nextAt }: DigestSlot) =>
    newMail(sorting, { key: `${way}:${person}:${day}`, person, way, nextAt });
  let slot = digestSlot({ way, calendar, at: at.toISOString(), now });
  for (let mailId = await make(slot); ; mailId = await make(slot)) {
    if (mailId !== null) return mailId;
    slot = slotAfter({ way, calendar }, slot.at > now ? slot.at : now);
  }
}

interface NewMail {
  key: string;
  person: PersonId;
  way: string;
  nextAt: Instant;
}

/** Null where there has been one of this key. */
async function newMail(
  { client, now }: Sorting,
  { key, person, way, nextAt }: NewMail,
): Promise<string | null> {
  const { rows } = await client.query<{ id: string }>(
    `INSERT INTO mail (key, person, way, state, created_at, next_at) VALUES ($1, $2, $3, 'waiting', $4, $5)
     ON CONFLICT (key) DO NOTHING RETURNING id`,
    [key, person, way, now, nextAt],
  );
  return rows[0]?.id ?? null;
}
