import type { ClientBase, Pool } from 'pg';
import type { CaseId, Instant, PersonId } from '../../contracts/identity.ts';
import type { Json } from '../../contracts/json.ts';
import type { Reason } from '../../contracts/reasons.ts';
import { contentHash } from '../../domain/kernel/canonical.ts';
import type { JournalContext } from './context.ts';
import type { CommandOutcome } from './outcome.ts';

/** Commands are stored before they are decided: nothing that was said is lost, whoever dies meanwhile. */

/** The effect of another case that a command comes from. */
export interface EffectSource {
  caseId: CaseId;
  version: number;
  n: number;
  /** One of many who were told the same: the answer goes into its row, not back as a refused effect. */
  broadcast?: true;
}

export interface CommandDraft {
  caseId: CaseId;
  person: PersonId;
  name: string;
  body: unknown;
  ifMatch: number | null;
  /** Idempotency key: with person and case it names the command. */
  key: string;
}

export type Stored =
  | { stored: true; commandId: string }
  | { known: true; commandId: string; outcome: CommandOutcome | null }
  | { reused: true }
  | { missing: true };

export async function storeCommand({ pool, clock }: JournalContext, draft: CommandDraft): Promise<Stored> {
  const { caseId, person, name, body, ifMatch, key } = draft;
  const commandId = contentHash({ person, caseId, key });
  const bodyHash = contentHash({ name, body, ifMatch });
  const { rowCount } = await pool.query(
    `INSERT INTO command (id, case_id, person, name, body, body_hash, if_match, stored_at)
     SELECT $1, h.id, $3, $4, $5, $6, $7, $8 FROM case_head h WHERE h.id = $2 ON CONFLICT (id) DO NOTHING`,
    [commandId, caseId, person, name, JSON.stringify(body ?? null), bodyHash, ifMatch, clock()],
  );
  return rowCount === 1 ? { stored: true, commandId } : knownCommand(pool, commandId, bodyHash);
}

async function knownCommand(pool: Pool, commandId: string, bodyHash: string): Promise<Stored> {
  const { rows } = await pool.query<{ body_hash: string; outcome: CommandOutcome | null }>('SELECT body_hash, outcome FROM command WHERE id = $1', [commandId]);
  const [row] = rows;
  if (!row) return { missing: true };
  return row.body_hash === bodyHash ? { known: true, commandId, outcome: row.outcome } : { reused: true };
}

export async function outcomeOf({ pool }: JournalContext, commandId: string): Promise<CommandOutcome | null> {
  const { rows } = await pool.query<{ outcome: CommandOutcome | null }>('SELECT outcome FROM command WHERE id = $1', [commandId]);
  return rows[0]?.outcome ?? null;
}

/** What an effect asks of another case. */
export const askingOf = ({ caseId, version, n }: EffectSource): string => `effect:${caseId}:${version}:${n}`;

/** What comes back to the case that owed it, if something does. */
const answerTo = ({ caseId, version, n }: EffectSource): string => `answer:${caseId}:${version}:${n}`;

/** That all whom a broadcast told have answered. */
export const endingOf = ({ caseId, version, n }: EffectSource): string => `broadcast:${caseId}:${version}:${n}:ended`;

/** A case that cannot decide keeps the effects behind from being performed for so long. */
export const ANSWER_PATIENCE_MS = 5 * 60_000;

/** The cases that have yet to decide something because of an effect: the one that is asked, or the one that owed it. */
export async function undecidedCases(client: ClientBase, source: EffectSource, now: Instant): Promise<CaseId[]> {
  const since = new Date(Date.parse(now) - ANSWER_PATIENCE_MS).toISOString();
  const { rows } = await client.query<{ case_id: CaseId }>(
    'SELECT case_id FROM command WHERE id = ANY($1) AND decided_at IS NULL AND stored_at > $2',
    [[askingOf(source), answerTo(source), endingOf(source)], since],
  );
  return rows.map(({ case_id: caseId }) => caseId);
}

export interface SystemCommand {
  id: string;
  caseId: CaseId;
  name: string;
  body: Json;
  source: EffectSource | null;
  now: Instant;
}

/** A command of the engine itself; its id is derived from the effect, so that doing it twice stores it once. */
export async function storeSystemCommand(client: ClientBase | Pool, { id, caseId, name, body, source, now }: SystemCommand): Promise<void> {
  await client.query(
    `INSERT INTO command (id, case_id, person, name, body, body_hash, source, stored_at) VALUES ($1, $2, NULL, $3, $4, $5, $6, $7) ON CONFLICT (id) DO NOTHING`,
    [id, caseId, name, JSON.stringify(body), contentHash({ name, body }), source && JSON.stringify(source), now],
  );
}

export interface Answer {
  source: EffectSource;
  answer: { outcome: 'REFUSED'; reasons: Reason[] } | { outcome: 'ATTACHED'; to: CaseId };
  now: Instant;
}

/** Tells the case that owed an effect what became of it; never an endless retry (design.md "The sweeper nudges"). */
export async function answerSource(client: ClientBase | Pool, { source, answer, now }: Answer): Promise<void> {
  const { caseId, version, n } = source;
  await storeSystemCommand(client, { id: answerTo(source), caseId, name: 'EFFECT_ANSWERED', body: { version, n, ...answer } as Json, source: null, now });
}
