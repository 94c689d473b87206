import type { Pool } from 'pg';
import { z } from 'zod';
import type { NotificationView } from '../../contracts/api-records.ts';
import type { Instant } from '../../contracts/identity.ts';
import type { Json } from '../../contracts/json.ts';
import { pageOf } from './cursor.ts';
import type { Page } from './cursor.ts';
import type { Reader } from './reader.ts';
import { seenUnder } from './sight.ts';

/** As it is stored; what it says is told in the reader's language. */
export type StoredNotification = Omit<NotificationView, 'text' | 'data'> & { data: Record<string, Json> };

/** Last notification of the page before. */
export const notificationKey = z.tuple([z.string().regex(/^\d{1,18}$/)]);

export interface NotificationQuestion {
  reader: Reader;
  unread: boolean | undefined;
  limit: number;
  after: z.infer<typeof notificationKey> | null;
}

/** What a person was told, newest first. The case is named as long as the person may see it. */
export async function notificationsOf(
  pool: Pool,
  { reader, unread, limit, after }: NotificationQuestion,
): Promise<Page<StoredNotification>> {
  const conditions = [
    ...(unread === undefined ? [] : [`n.read_at IS ${unread ? 'NULL' : 'NOT NULL'}`]),
    ...(after === null ? [] : ['n.id < $3']),
  ];
  const { rows } = await pool.query<Row>(
    `SELECT n.id, n.kind, n.at, n.read_at, n.data, n.case_id, h.ref, h.title, h.process
     FROM notification n LEFT JOIN case_head h ON h.id = n.case_id AND ${seenUnder('$2')}
     WHERE ${['n.person = $1', ...conditions].join(' AND ')} ORDER BY n.id DESC LIMIT ${limit + 1}`,
    [reader.person, reader.sees, ...(after ?? [])],
  );
  return pageOf(rows, { limit, item: notificationOf, key: ({ id }) => [id] });
}

/** Marks those of the person's own that were not read yet; answers how many. */
export async function markRead(
  pool: Pool,
  { person, ids, now }: { person: string; ids: readonly string[]; now: Instant },
): Promise<number> {
  const { rowCount } = await pool.query(
    'UPDATE notification SET read_at = $3 WHERE person = $1 AND id = ANY($2::bigint[]) AND read_at IS NULL',
    [person, ids, now],
  );
  return rowCount ?? 0;
}

interface Row {
  id: string;
  kind: string;
  at: Date;
  read_at: Date | null;
  data: Record<string, Json>;
  case_id: string;
  ref: string | null;
  title: string;
  process: string;
}

function notificationOf({
  id,
  kind,
  at,
  read_at,
  data,
  case_id,
  ref,
  title,
  process,
}: Row): StoredNotification {
  const named = ref === null ? null : { id: case_id, ref, title, process };
  return { id, kind, at: at.toISOString(), readAt: read_at?.toISOString() ?? null, data, case: named };
}
