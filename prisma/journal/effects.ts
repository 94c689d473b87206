import type { PoolClient } from 'pg';
import type { CaseFile } from '../../contracts/case-file.ts';
import type { OwedEffect, Performed, WaitingCase } from '../../contracts/durable.ts';
import type { Effect } from '../../contracts/entry.ts';
import type { CaseId } from '../../contracts/identity.ts';
import { isProcess } from '../../domain/processes.ts';
import { performPage } from './broadcasts.ts';
import { CaseNotFound } from './context.ts';
import type { JournalContext } from './context.ts';
import { openIn } from './open-case.ts';
import { answerSource, askingOf, storeSystemCommand, undecidedCases } from './stored-commands.ts';
import type { EffectSource } from './stored-commands.ts';
import { inTransaction } from './transaction.ts';

/**
 * Effects have one executor, the case's workflow, and are idempotent by (case, version, n) (design.md "The sweeper nudges"). The one
 * behind comes when what this one asks for is decided and its answer, if there is one, as well: so entries come in the same order everywhere.
 */

export function performEffect(context: JournalContext, caseId: CaseId, { version, n }: OwedEffect): Promise<Performed> {
  return inTransaction(context.pool, async (client) => {
    const { rows } = await client.query<{ effect: Effect }>('SELECT effect FROM outbox WHERE case_id = $1 AND version = $2 AND n = $3', [caseId, version, n]);
    const source = { caseId, version, n };
    const { reached, more } = await performPart(context, client, { effect: rows[0]?.effect, source });
    const undecided = more ? [] : await undecidedCases(client, source, context.clock());
    return { reached: await waitingCases(client, [...reached, ...undecided]), more: more || undecided.length > 0 };
  });
}

interface Part {
  reached: CaseId[];
  more: boolean;
}

async function performPart(context: JournalContext, client: PoolClient, { effect, source }: { effect: Effect | undefined; source: EffectSource }): Promise<Part> {
  if (effect?.kind === 'broadcast') return performPage(context, client, { effect, source });
  return { reached: effect ? await perform(context, client, { effect, source }) : [], more: false };
}

interface Performing {
  effect: Exclude<Effect, { kind: 'broadcast' }>;
  source: EffectSource;
}

/** Answers the cases that have to be started or nudged because of it. */
async function perform(context: JournalContext, client: PoolClient, { effect, source }: Performing): Promise<CaseId[]> {
  if (effect.kind === 'nudge') return [effect.to];
  if (effect.kind === 'openCase') return openChild(context, client, { effect, source });
  const { to, command: name, body } = effect;
  await storeSystemCommand(client, { id: askingOf(source), caseId: to, name, body, source, now: context.clock() });
  return [to];
}

async function openChild(context: JournalContext, client: PoolClient, { effect, source }: Performing & { effect: Extract<Effect, { kind: 'openCase' }> }): Promise<CaseId[]> {
  const { rowCount } = await client.query('SELECT 1 FROM case_head WHERE id = $1', [effect.id]);
  if (rowCount === 1) return [effect.id];
  if (!isProcess(effect.process)) throw new Error(`effect opens the unknown process ${effect.process}`);
  const { ref, origin } = await fileOf(client, source.caseId);
  const now = context.clock();
  const parent = { id: source.caseId, ref, link: effect.link, object: effect.object, origin };
  const opened = await openIn(context, client, { process: effect.process, id: effect.id, body: effect.payload, person: null, parent, commandId: '', now });
  if (opened.opened) return [effect.id];
  if ('reasons' in opened) {
    await answerSource(client, { source, answer: { outcome: 'REFUSED', reasons: opened.reasons }, now });
    return [source.caseId];
  }
  const { attachTo: { id: to }, as } = opened;
  const trigger = as ?? { command: 'ATTACH_TRIGGER', body: { from: source.caseId, fromRef: ref, type: effect.link } };
  await storeSystemCommand(client, { id: askingOf(source), caseId: to, name: trigger.command, body: trigger.body, source: null, now });
  await answerSource(client, { source, answer: { outcome: 'ATTACHED', to }, now });
  return [to, source.caseId];
}

async function fileOf(client: PoolClient, caseId: CaseId): Promise<CaseFile> {
  const { rows } = await client.query<{ file: CaseFile }>('SELECT file FROM case_head WHERE id = $1', [caseId]);
  if (!rows[0]) throw new CaseNotFound(caseId);
  return rows[0].file;
}

async function waitingCases(client: PoolClient, ids: readonly CaseId[]): Promise<WaitingCase[]> {
  const { rows } = await client.query<WaitingCase>('SELECT id AS "caseId", process FROM case_head WHERE id = ANY($1::uuid[])', [ids]);
  return rows;
}

export async function settleEffect({ pool, clock }: JournalContext, caseId: CaseId, { version, n }: OwedEffect): Promise<void> {
  await pool.query('UPDATE outbox SET done_at = $4 WHERE case_id = $1 AND version = $2 AND n = $3 AND done_at IS NULL', [caseId, version, n, clock()]);
}
