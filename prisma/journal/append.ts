import type { PoolClient } from 'pg';
import { rests } from '../../domain/kernel/wake.ts';
import type { CommandOutcome } from './outcome.ts';
import { entryRows, headRow } from './rows.ts';
import type { DecidedCase, EntryRow } from './rows.ts';

/**
 * The one statement that writes a decision: entries, what was said, the head, inbox, links, keys, involvements, notices, what
 * is owed, and the outcome of the command. All of it or nothing; it consists of the parts that have something to write.
 */
interface Part {
  name: string;
  wanted: (written: Written) => boolean;
  sql: string;
}

/** All columns but those that PostgreSQL works out itself. */
const HEAD = `id, ref, process, state, settled, unit, owner, title, grade, revision, version, hash, file, about, viewers, opened_by, opened_at,
  settled_at, updated_at, due_at, escalation, wake_at, origin_root, origin_type, object`;

const parts: readonly Part[] = [
  {
    name: 'entries',
    wanted: ({ entries }) => entries.length > 0,
    sql: `SELECT * FROM jsonb_to_recordset($1::jsonb->'entries') AS e(stream uuid, version int, type text, at timestamptz, "localAt" text, actor text,
      "onBehalfOf" text, role text, "from" text, "to" text, definition text, "payloadHash" text, "prevHash" text, hash text, salt text, payload jsonb, snapshot jsonb)`,
  },
  {
    name: 'written',
    wanted: ({ entries }) => entries.length > 0,
    sql: `INSERT INTO entry (stream, version, type, at, local_at, actor, on_behalf_of, role, from_state, to_state, definition, payload_hash, prev_hash, hash)
      SELECT stream, version, type, at, "localAt", actor, "onBehalfOf", role, "from", "to", definition, "payloadHash", "prevHash", hash FROM entries ORDER BY version`,
  },
  {
    name: 'said',
    wanted: ({ entries }) => entries.length > 0,
    sql: `INSERT INTO entry_payload (stream, version, salt, payload, snapshot) SELECT stream, version, salt, payload, nullif(snapshot, 'null'::jsonb) FROM entries`,
  },
  {
    name: 'head',
    wanted: () => true,
    sql: `INSERT INTO case_head (${HEAD}) SELECT ${HEAD} FROM jsonb_populate_record(null::case_head, $1::jsonb->'head')
      ON CONFLICT (id) DO UPDATE SET state = excluded.state, settled = excluded.settled, unit = excluded.unit, owner = excluded.owner,
        title = excluded.title, grade = excluded.grade, revision = excluded.revision, version = excluded.version, hash = excluded.hash,
        file = excluded.file, about = excluded.about, viewers = excluded.viewers, settled_at = excluded.settled_at, updated_at = excluded.updated_at,
        due_at = excluded.due_at, escalation = excluded.escalation, wake_at = excluded.wake_at`,
  },
  { name: 'cleared', wanted: ({ entries }) => entries.length > 0, sql: `DELETE FROM inbox WHERE case_id = $2 AND version < $3` },
  {
    name: 'asked',
    wanted: ({ inbox }) => inbox.length > 0,
    sql: `INSERT INTO inbox (case_id, version, n, principal, task, "except", deadline, due_at, since)
      SELECT $2, $3, (t.ordinality - 1)::int, t.row->>'principal', t.row->>'task', ARRAY(SELECT jsonb_array_elements_text(t.row->'except')),
        t.row->>'deadline', (t.row->>'due_at')::timestamptz, (t.row->>'since')::timestamptz
      FROM jsonb_array_elements($1::jsonb->'inbox') WITH ORDINALITY AS t(row, ordinality)`,
  },
  {
    name: 'unkeyed',
    wanted: ({ keys }) => keys !== null,
    sql: `DELETE FROM case_key k WHERE k.case_id = $2
      AND NOT EXISTS (SELECT 1 FROM jsonb_to_recordset($1::jsonb->'keys') AS n(key text, value text) WHERE n.key = k.key AND n.value = k.value)`,
  },
  {
    name: 'keyed',
    wanted: ({ keys }) => keys !== null,
    sql: `INSERT INTO case_key (case_id, key, value) SELECT $2, key, value FROM jsonb_to_recordset($1::jsonb->'keys') AS n(key text, value text)
      ON CONFLICT DO NOTHING`,
  },
  {
    name: 'unclaimed',
    wanted: ({ claims }) => claims !== null,
    sql: `DELETE FROM case_claim c WHERE c.case_id = $2 AND NOT ($1::jsonb->'claims' ? c.key)`,
  },
  {
    name: 'claimed',
    wanted: ({ claims }) => claims !== null,
    sql: `INSERT INTO case_claim (key, case_id) SELECT n.key, $2 FROM jsonb_array_elements_text($1::jsonb->'claims') AS n(key)
      WHERE NOT EXISTS (SELECT 1 FROM case_claim h WHERE h.key = n.key AND h.case_id = $2)`,
  },
  {
    name: 'unheld',
    wanted: ({ parties }) => parties !== null,
    sql: `DELETE FROM case_party p WHERE p.case_id = $2 AND NOT ($1::jsonb->'parties' ? p.role)`,
  },
  {
    name: 'held',
    wanted: ({ parties }) => parties !== null,
    sql: `INSERT INTO case_party (case_id, role, person) SELECT $2, key, value FROM jsonb_each_text($1::jsonb->'parties')
      ON CONFLICT (case_id, role) DO UPDATE SET person = excluded.person WHERE case_party.person <> excluded.person`,
  },
  {
    name: 'ended',
    wanted: ({ tenures }) => tenures.ended.length > 0,
    sql: `UPDATE tenure t SET ended_at = e.at FROM jsonb_to_recordset($1::jsonb->'tenures'->'ended') AS e(party text, at timestamptz)
      WHERE t.case_id = $2 AND t.party = e.party AND t.ended_at IS NULL`,
  },
  {
    name: 'began',
    wanted: ({ tenures }) => tenures.began.length > 0,
    sql: `INSERT INTO tenure (case_id, party, version, person, began_at, ended_at)
      SELECT $2, party, version, person, "from", until
      FROM jsonb_to_recordset($1::jsonb->'tenures'->'began') AS b(party text, person text, version int, "from" timestamptz, until timestamptz)`,
  },
  {
    name: 'linked',
    wanted: ({ links }) => links !== null,
    sql: `INSERT INTO case_link (from_case, n, to_case, type, direction)
      SELECT $2, (l.ordinality - 1)::int, (l.row->>'to_case')::uuid, l.row->>'type', l.row->>'direction'
      FROM jsonb_array_elements($1::jsonb->'links') WITH ORDINALITY AS l(row, ordinality)
      ON CONFLICT DO NOTHING`,
  },
  {
    name: 'involved',
    wanted: ({ entries }) => entries.some(({ payload }) => payload.involvements.length > 0),
    sql: `INSERT INTO involvement (person, relation, object, case_id, version, at, on_behalf)
      SELECT i.person, i.relation, i.object, $2, e.version, i.at, coalesce(i."onBehalf", false)
      FROM entries e, jsonb_to_recordset(e.payload->'involvements') AS i(person text, relation text, object uuid, at timestamptz, "onBehalf" boolean)`,
  },
  {
    name: 'told',
    wanted: ({ entries }) => entries.some(({ payload }) => payload.notices.length > 0),
    sql: `INSERT INTO notification (person, cause, kind, case_id, digest, data, at)
      SELECT n."to", n.cause, n.kind, $2, n.digest, n.data, e.at
      FROM entries e, jsonb_to_recordset(e.payload->'notices') AS n("to" text, cause text, kind text, digest boolean, data jsonb)
      ON CONFLICT (person, cause) DO NOTHING`,
  },
  {
    name: 'owed',
    wanted: ({ outbox }) => outbox.length > 0,
    sql: `INSERT INTO outbox (case_id, version, n, effect, created_at)
      SELECT $2, (o.row->>'version')::int, (o.row->>'n')::int, o.row->'effect', $4
      FROM jsonb_array_elements($1::jsonb->'outbox') AS o(row)`,
  },
];

const DECIDED = `UPDATE command SET decided_at = $4, outcome = $1::jsonb->'outcome', body = NULL WHERE id = $5`;

export interface Append extends DecidedCase {
  /** The command that this decides, with how it ended. */
  command: { id: string; outcome: CommandOutcome } | null;
}

/** Writes a decision that has entries, or refreshes what people read where there are none. */
export async function append(client: PoolClient, decided: Append): Promise<void> {
  const { before, entries, command, now } = decided;
  const rows = entryRows(decided);
  const file = entries.at(-1)?.file ?? before.file!;
  const written = { entries: rows, ...headRow(decided, file, rows.at(-1)?.hash ?? before.hash), outbox: outboxOf(decided), outcome: command?.outcome ?? null };
  const values = [JSON.stringify(written), file.id, file.version, now, command?.id ?? ''];
  const refreshed = entries.length === 0 ? [client.query('DELETE FROM inbox WHERE case_id = $1', [file.id])] : [];
  await Promise.all([...refreshed, client.query({ ...statementFor(written), values })]);
}

type Written = { entries: EntryRow[]; outbox: ReturnType<typeof outboxOf> } & ReturnType<typeof headRow>;

/** Prepared under a name that says which parts it has; there are few combinations. Parameters get their types where no part names them. */
function statementFor(written: Written) {
  const wanted = parts.filter((part) => part.wanted(written));
  const text = `WITH typed AS (SELECT $2::uuid, $3::int), ${wanted.map(({ name, sql }) => `${name} AS (${sql})`).join(', ')} ${DECIDED}`;
  return { name: `append:${wanted.map((part) => parts.indexOf(part)).join('.')}`, text };
}

/** Effects by entry; a new case owes the start of its workflow first (version 0), unless it has nothing to do. */
function outboxOf({ definition, before, entries }: DecidedCase) {
  const isIdle = rests(definition, entries.at(-1)?.file ?? before.file!) && entries.every(({ effects }) => effects.length === 0);
  const start = before.file === null && !(definition.standing && isIdle) ? [{ version: 0, n: 0, effect: { kind: 'start' } }] : [];
  return [...start, ...entries.flatMap(({ version, effects }) => effects.map((effect, n) => ({ version, n, effect })))];
}
