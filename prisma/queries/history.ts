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

/** Entries of a case with what was said in them. The caller has made sure that the reader may see the case. */
export async function historyOf(
  pool: Pool,
  { caseId, order, limit, after }: HistoryQuestion,
): Promise<Page<EntryView>> {
  const beyond = after === null ? '' : `AND e.version ${order === 'asc' ? '>' : '<'} $2`;
  const { rows } = await pool.query<Row>(
    `SELECT e.*, p.payload FROM entry e LEFT JOIN entry_payload p ON p.stream = e.stream AND p.version = e.version
     WHERE e.stream = $1 ${beyond} ORDER BY e.version ${order} LIMIT ${limit + 1}`,
    [caseId, ...(after ?? [])],
  );
  return pageOf(rows, { limit, item: entryOf, key: ({ version }) => [version] });
}

interface Row {
  version: number;
  type: string;
  at: Date;
  local_at: string;
  actor: string | null;
  on_behalf_of: string | null;
  role: string;
  from_state: string | null;
  to_state: string;
  definition: string;
  payload_hash: string;
  prev_hash: string;
  hash: string;
  payload: { body: Json; reason: string | null; happenings: Happening[] } | null;
}

function entryOf(row: Row): EntryView {
  const { version, type, actor, role, definition, hash, payload } = row;
  return {
    ...{
      version,
      type,
      at: row.at.toISOString(),
      localAt: row.local_at,
      actor,
      onBehalfOf: row.on_behalf_of,
      role,
    },
    ...{
      from: row.from_state,
      to: row.to_state,
      reason: payload?.reason ?? null,
      body: payload?.body ?? null,
    },
    ...{ happenings: payload?.happenings ?? [], redacted: payload === null },
    ...{ definition, payloadHash: row.payload_hash, prevHash: row.prev_hash, hash },
  };
}
