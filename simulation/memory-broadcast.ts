import type { BroadcastCounts } from '../contracts/case-file.ts';
import type { BroadcastScope, Effect } from '../contracts/entry.ts';
import type { CaseId } from '../contracts/identity.ts';
import { SYSTEM } from '../domain/kernel/draft.ts';
import { needsOf } from '../domain/kernel/needs.ts';
import { tasksOf } from '../domain/kernel/tasks.ts';
import type { MemoryGround, MemoryJournal } from './memory-journal.ts';
import type { StoredCase } from './memory-store.ts';

export interface Telling {
  effect: Extract<Effect, { kind: 'broadcast' }>;
  source: { caseId: CaseId; version: number; n: number };
}

/** Tells all at once what the journal on PostgreSQL tells page by page; the answers are kept likewise. */
export async function tellMany(journal: MemoryJournal, ground: MemoryGround, { effect, source }: Telling): Promise<BroadcastCounts> {
  const targets = await targetsOf(journal, ground, { effect, source });
  let refused = 0;
  for (const target of targets) {
    const { refusal } = await journal.decide(target, { name: effect.command, body: effect.body, actor: SYSTEM });
    if (refusal) refused += 1;
    journal.store.broadcastResults.push({ ...source, target, outcome: refusal ? 'REFUSED' : 'ACCEPTED', reasons: refusal?.reasons ?? [] });
  }
  return { targets: targets.length, accepted: targets.length - refused, refused };
}

async function targetsOf(journal: MemoryJournal, ground: MemoryGround, { effect, source }: Telling): Promise<CaseId[]> {
  const open = [...journal.store.cases.values()].filter(({ file }) => file.settled === null && file.id !== source.caseId);
  const found: CaseId[] = [];
  for (const stored of open) if (await isIn(journal, ground, { stored, scope: effect.scope })) found.push(stored.file.id);
  return found.sort();
}

async function isIn(journal: MemoryJournal, ground: MemoryGround, { stored, scope }: { stored: StoredCase; scope: BroadcastScope }): Promise<boolean> {
  const { definition, file } = stored;
  if ('party' in scope) return Object.values(file.parties).includes(scope.party);
  if ('unit' in scope) return file.unit === scope.unit;
  if ('process' in scope) return file.process === scope.process;
  if ('calendar' in scope) return journal.directory().calendarOfUnit(file.unit, ground.clock()).id === scope.calendar;
  if (!('principal' in scope)) return true;
  const facts = await journal.facts(needsOf(definition, file));
  return tasksOf({ definition, file, facts, now: ground.clock() }).some(({ principals }) => principals.includes(scope.principal));
}
