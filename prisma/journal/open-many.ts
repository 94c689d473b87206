import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import type { CaseId, PersonId } from '../../contracts/identity.ts';
import type { Reason } from '../../contracts/reasons.ts';
import { contentHash } from '../../domain/kernel/canonical.ts';
import { processes } from '../../domain/processes.ts';
import type { JournalContext } from './context.ts';
import { claimKey, openIn } from './open-case.ts';
import { inTransaction } from './transaction.ts';

/** Many cases of one process, opened through the one door in one transaction: all of them, or none. */
export interface Openings {
  process: keyof typeof processes;
  rows: readonly { line: number; body: unknown }[];
  person: PersonId;
  key: string;
  /** Everything is done and taken back, so that what is said is what would be. */
  dryRun: boolean;
}

export type OpenedMany =
  | { outcome: 'LOADED' | 'CHECKED'; opened: { line: number; id: CaseId; ref: string; title: string }[] }
  | { outcome: 'REFUSED'; refused: { line: number; reasons: Reason[] }[] }
  | { outcome: 'LOADED_BEFORE' }
  | { outcome: 'REUSED' };

/** Leaves nothing behind. */
class TakenBack extends Error {}

export async function openMany(context: JournalContext, openings: Openings): Promise<OpenedMany> {
  let answer: OpenedMany = { outcome: 'LOADED_BEFORE' };
  const work = async (client: PoolClient) => {
    answer = (await claimedBefore(context, client, openings)) ?? (await openAll(context, client, openings));
    if (answer.outcome !== 'LOADED') throw new TakenBack();
  };
  await inTransaction(context.pool, work).catch((error: unknown) => {
    if (!(error instanceof TakenBack)) throw error;
  });
  return answer;
}

/** The same key again opens nothing a second time. */
async function claimedBefore({ clock }: JournalContext, client: PoolClient, { process, rows, person, key, dryRun }: Openings): Promise<OpenedMany | null> {
  if (dryRun) return null;
  const id = contentHash({ person, imports: process, key });
  const bodyHash = contentHash(rows.map(({ body }) => body) as never);
  const claim = { id, name: 'IMPORT' as const, bodyHash, caseId: randomUUID(), person, now: clock() };
  const earlier = await claimKey(client, { ...claim, outcome: { outcome: 'ACCEPTED', version: 1, revision: 1 } });
  return earlier && { outcome: earlier.bodyHash === bodyHash ? 'LOADED_BEFORE' : 'REUSED' };
}

async function openAll(context: JournalContext, client: PoolClient, { process, rows, person, dryRun }: Openings): Promise<OpenedMany> {
  const refused: { line: number; reasons: Reason[] }[] = [];
  const done: { line: number; id: CaseId; ref: string; title: string }[] = [];
  for (const { line, body } of rows) {
    const id = randomUUID();
    const opened = await openIn(context, client, { process, id, body, person, parent: null, commandId: '', now: context.clock() });
    const file = opened.opened ? opened.entries.at(-1)!.file : null;
    if (file) done.push({ line, id, ref: file.ref, title: processes[process].policy.list(file as never).title });
    else refused.push({ line, reasons: 'reasons' in opened ? opened.reasons : [] });
  }
  if (refused.length > 0) return { outcome: 'REFUSED', refused };
  return { outcome: dryRun ? 'CHECKED' : 'LOADED', opened: done };
}
