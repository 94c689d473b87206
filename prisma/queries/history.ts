import type { Pool } from 'pg';
import { z } from 'zod';
import type { EntryView } from '../../contracts/api.ts';
import type { Happening } from '../../contracts/entry.ts';
import type { CaseId } from '../../contracts/identity.ts';
import type { Json } from '../../contracts/json.ts';
import { pageOf } from './cursor.ts';
import type { Page } from './cursor.ts';

/** Last entry of the page before. */
export const historyKey = z.tuple([z.int()]);

export interface HistoryQuestion {
  caseId: CaseId;
  order: 'asc' | 'desc';
  limit: number;
  after: z.infer<typeof historyKey> | null;
}

const columns = `e.version, e.type, e.at, e.local_at AS "localAt", e.actor, e.on_behalf_of AS "onBehalfOf", e.role, e.from_state AS "from",
  e.to_state AS "to", e.definition, e.payload_hash AS "payloadHash", e.prev_hash AS "prevHash", e.hash`;

/** Entries of a case with what was said in them. The caller has made sure that the reader may see the case. */
export async function historyOf(
  pool: Pool,
  { caseId, order, limit, after }: HistoryQuestion,
): Promise<Page<EntryView>> {
  const beyond = after === null ? '' : `AND e.version ${order === 'asc' ? '>' : '<'} $2`;
  const { rows } = await pool.query<Row>(
    `SELECT ${columns}, p.payload FROM entry e LEFT JOIN entry_payload p ON p.stream = e.stream AND p.version = e.version
     WHERE e.stream = $1 ${beyond} ORDER BY e.version ${order} LIMIT ${limit + 1}`,
    [caseId, ...(after ?? [])],
  );
  return pageOf(rows, { limit, item: entryOf, key: ({ version }) => [version] });
}

type Said = 'reason' | 'body' | 'happenings' | 'redacted';

interface Row extends Omit<EntryView, Said | 'at'> {
  at: Date;
  payload: { body: Json; reason: string | null; happenings: Happening[] } | null;
}

/** What was redacted is gone; that something was said, by whom and when, stays. */
function entryOf({ at, payload, ...row }: Row): EntryView {
  const { reason = null, body = null, happenings = [] } = payload ?? {};
  return { ...row, at: at.toISOString(), reason, body, happenings, redacted: payload === null };
}
