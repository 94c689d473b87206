import type { PoolClient } from 'pg';
import type { BroadcastScope, Effect } from '../../contracts/entry.ts';
import type { CaseId, Instant } from '../../contracts/identity.ts';
import type { Json } from '../../contracts/json.ts';
import type { Reason } from '../../contracts/reasons.ts';
import type { Directory } from '../../domain/directory/directory.ts';
import { contentHash } from '../../domain/kernel/canonical.ts';
import type { JournalContext } from './context.ts';
import { ANSWER_PATIENCE_MS, endingOf, storeSystemCommand } from './stored-commands.ts';
import type { EffectSource } from './stored-commands.ts';

/**
 * A case tells many (design.md "broadcasts"): one stored command per open case, page by page, each with its answer in a row of
 * its own. The place reached is kept here, so that whoever is killed in between loses nothing and tells nobody twice.
 */
const PAGE = 200;

export interface Broadcasting {
  effect: Extract<Effect, { kind: 'broadcast' }>;
  source: EffectSource;
}

/** One page. Nobody, with more to come: a whole page has not answered yet, or the last ones have not. */
export async function performPage(context: JournalContext, client: PoolClient, broadcasting: Broadcasting): Promise<{ reached: CaseId[]; more: boolean }> {
  const { source } = broadcasting;
  const now = context.clock();
  const { pagedAt, waiting } = await lockBroadcast(client, broadcasting, now);
  if (pagedAt !== null) return waiting === 0 ? { reached: [source.caseId], more: false } : { reached: [], more: await isAnswering(client, source, now) };
  if (waiting >= PAGE) return { reached: [], more: true };
  const scope = scopeSql(broadcasting.effect.scope, await context.directories.newest(client), now);
  const reached = await storePage(client, { ...broadcasting, scope, now });
  if (reached.length === PAGE) return { reached, more: true };
  const isOver = await endPages(client, source, now);
  return { reached: isOver ? [...reached, source.caseId] : reached, more: !isOver };
}

/** One case that cannot answer does not hold back for ever what is owed behind the broadcast. */
async function isAnswering(client: PoolClient, source: EffectSource, now: Instant): Promise<boolean> {
  const { rows } = await client.query<{ at: Date }>(
    `SELECT greatest(b.paged_at, (SELECT max(decided_at) FROM broadcast_result r WHERE (r.case_id, r.version, r.n) = (b.case_id, b.version, b.n))) AS at
     FROM broadcast b WHERE b.case_id = $1 AND b.version = $2 AND b.n = $3`,
    keyOf(source),
  );
  return rows[0]!.at.getTime() > Date.parse(now) - ANSWER_PATIENCE_MS;
}

async function lockBroadcast(client: PoolClient, { effect: { command, scope }, source: { caseId, version, n } }: Broadcasting, now: Instant) {
  await client.query(
    `INSERT INTO broadcast (case_id, version, n, command, scope, targets, waiting, refused, started_at) VALUES ($1, $2, $3, $4, $5, 0, 0, 0, $6) ON CONFLICT DO NOTHING`,
    [caseId, version, n, command, JSON.stringify(scope), now],
  );
  const { rows } = await client.query<{ pagedAt: Date | null; waiting: number }>(
    `SELECT paged_at AS "pagedAt", waiting FROM broadcast WHERE case_id = $1 AND version = $2 AND n = $3 FOR UPDATE`,
    [caseId, version, n],
  );
  return rows[0]!;
}

interface ScopeSql {
  where: string;
  value: string | string[] | null;
}

/** The scope as a condition on heads `h`, its value being $4; every one of them has an index. */
function scopeSql(scope: BroadcastScope, directory: Directory, now: Instant): ScopeSql {
  if ('party' in scope) return { where: 'EXISTS (SELECT FROM case_party p WHERE p.person = $4 AND p.case_id = h.id)', value: scope.party };
  if ('unit' in scope) return { where: 'h.unit = $4', value: scope.unit };
  if ('principal' in scope) return { where: 'EXISTS (SELECT FROM inbox i WHERE i.principal = $4 AND i.case_id = h.id)', value: scope.principal };
  if ('process' in scope) return { where: 'h.process = $4', value: scope.process };
  return 'calendar' in scope ? ofCalendar(scope.calendar, directory, now) : { where: '$4::text IS NULL', value: null };
}

/** Units that no longer exist keep the calendar of the main site. */
function ofCalendar(calendar: string, directory: Directory, now: Instant): ScopeSql {
  const ids = directory.units().map(({ id }) => id);
  const keeps = (unit: string) => directory.calendarOfUnit(unit, now).id === calendar;
  if (!keeps('')) return { where: 'h.unit = ANY($4::text[])', value: ids.filter(keeps) };
  return { where: 'h.unit <> ALL($4::text[])', value: ids.filter((unit) => !keeps(unit)) };
}

const storeCommands = (where: string) => `
WITH page AS (
  SELECT h.id FROM broadcast b JOIN case_head h ON h.id > coalesce(b.cursor, '00000000-0000-0000-0000-000000000000') AND h.id <> $1
  WHERE b.case_id = $1 AND b.version = $2 AND b.n = $3 AND h.settled IS NULL AND ${where} ORDER BY h.id LIMIT ${PAGE}
), stored AS (
  INSERT INTO command (id, case_id, person, name, body, body_hash, source, stored_at)
  SELECT concat_ws(':', 'broadcast', $1::uuid, $2::int, $3::int, id), id, NULL, $5, $6, $7, $8, $9 FROM page ON CONFLICT (id) DO NOTHING
), awaited AS (
  INSERT INTO broadcast_result (case_id, version, n, target) SELECT $1, $2, $3, id FROM page ON CONFLICT DO NOTHING
), moved AS (
  UPDATE broadcast SET targets = targets + c.count, waiting = waiting + c.count, cursor = coalesce(c.last, cursor)
  FROM (SELECT count(*)::int AS count, (SELECT id FROM page ORDER BY id DESC LIMIT 1) AS last FROM page) c
  WHERE case_id = $1 AND version = $2 AND n = $3
)
SELECT id FROM page ORDER BY id`;

async function storePage(client: PoolClient, { effect, source, scope, now }: Broadcasting & { scope: ScopeSql; now: Instant }): Promise<CaseId[]> {
  const { caseId, version, n } = source;
  const { command, body } = effect;
  const stored = [command, JSON.stringify(body), contentHash({ name: command, body }), JSON.stringify({ ...source, broadcast: true }), now];
  const { rows } = await client.query<{ id: CaseId }>(storeCommands(scope.where), [caseId, version, n, scope.value, ...stored]);
  return rows.map(({ id }) => id);
}

async function endPages(client: PoolClient, source: EffectSource, now: Instant): Promise<boolean> {
  await client.query('UPDATE broadcast SET paged_at = $4 WHERE case_id = $1 AND version = $2 AND n = $3', [...keyOf(source), now]);
  return endIfAnswered(client, source, now);
}

export interface BroadcastAnswer {
  source: EffectSource;
  target: CaseId;
  outcome: 'ACCEPTED' | 'REFUSED';
  reasons: Reason[];
  now: Instant;
}

/** Written by the transaction that decides the target's command; whoever answers last tells the source. */
export async function recordBroadcastAnswer(client: PoolClient, { source, target, outcome, reasons, now }: BroadcastAnswer): Promise<void> {
  const { rowCount } = await client.query(
    `UPDATE broadcast_result SET outcome = $5, reasons = $6, decided_at = $7 WHERE case_id = $1 AND version = $2 AND n = $3 AND target = $4 AND outcome IS NULL`,
    [...keyOf(source), target, outcome, JSON.stringify(reasons), now],
  );
  if (rowCount === 0) return;
  const refused = outcome === 'REFUSED' ? 1 : 0;
  await client.query('UPDATE broadcast SET waiting = waiting - 1, refused = refused + $4 WHERE case_id = $1 AND version = $2 AND n = $3', [...keyOf(source), refused]);
  await endIfAnswered(client, source, now);
}

async function endIfAnswered(client: PoolClient, source: EffectSource, now: Instant): Promise<boolean> {
  const { rows } = await client.query<{ targets: number; refused: number }>(
    `UPDATE broadcast SET ended_at = $4 WHERE case_id = $1 AND version = $2 AND n = $3 AND waiting = 0 AND paged_at IS NOT NULL AND ended_at IS NULL
     RETURNING targets, refused`,
    [...keyOf(source), now],
  );
  const [counts] = rows;
  if (!counts) return false;
  const { caseId, version, n } = source;
  const body: Json = { version, n, targets: counts.targets, accepted: counts.targets - counts.refused, refused: counts.refused };
  await storeSystemCommand(client, { id: endingOf(source), caseId, name: 'BROADCAST_ENDED', body, source: null, now });
  return true;
}

function keyOf({ caseId, version, n }: EffectSource): [CaseId, number, number] {
  return [caseId, version, n];
}
