import type { CaseId, Instant } from '../contracts/identity.ts';
import type { Reason } from '../contracts/reasons.ts';
import type { RegisterName } from '../contracts/register-exchange.ts';
import { planRegisterImport } from '../domain/exchange/plan-import.ts';
import { tableReasons } from './import-step.ts';
import type { MemoryJournal } from './memory-journal.ts';
import { copyOf } from './memory-store.ts';
import type { MemoryStore, StoredCase } from './memory-store.ts';
import type { Refused, ScenarioDriver } from './scenario-driver.ts';

/** Import of a register into memory; the counterpart of prisma/register-import.ts. */
export interface MemoryImport {
  journal: MemoryJournal;
  now: Instant;
  /** Ids of what is opened. */
  nextId: () => CaseId;
}

type Taking = Parameters<ScenarioDriver['importRegister']>[0];

/** All of it or, while anything is refused, nothing. */
export async function importIntoMemory(ground: MemoryImport, taking: Taking): Promise<{ opened: { line: number; id: CaseId }[] } | Refused> {
  const { journal, now, nextId } = ground;
  const { as, register, table, source } = taking;
  const plan = planRegisterImport({ register, table, source, mapping: {}, directory: journal.directory(), now, codes: codesOf(journal.store) });
  if (!plan.ok) return { reasons: tableReasons(plan.problems) };
  const before = copyOf(journal.store);
  const opened: { line: number; id: CaseId }[] = [];
  const reasons: Reason[] = [];
  for (const { line, body } of plan.rows) {
    const id = nextId();
    const answer = await journal.open({ id, process: register, body, actor: { person: as, role: 'everyone' }, parent: null });
    if (answer.opened) opened.push({ line, id });
    else reasons.push(...('reasons' in answer ? answer.reasons : []));
  }
  if (reasons.length === 0) return { opened };
  Object.assign(journal.store, before);
  return { reasons };
}

/** Own numbers of the entries that are in use, by register. */
function codesOf({ cases }: MemoryStore): Partial<Record<RegisterName, Map<string, CaseId>>> {
  const stored = [...cases.values()].filter(({ file }) => file.settled === null);
  const of = (register: RegisterName) => new Map(stored.filter(({ file }) => file.process === register).flatMap(codeOf));
  return { asset: of('asset'), businessProcess: of('businessProcess'), supplier: of('supplier') };
}

function codeOf({ definition, file }: StoredCase): [string, CaseId][] {
  const keys = definition.policy.keys?.(file as never) ?? [];
  return keys.filter(({ key }) => key === 'code').map(({ value }) => [value, file.id]);
}
