import type { CaseId } from '../contracts/identity.ts';
import type { JournalEntry } from './memory-store.ts';
import type { ScenarioDriver } from './scenario-driver.ts';

/**
 * Journals as every driver has to write them: ids numbered in the order in which they come, nothing random (design.md "Same journal").
 * Cases are named as in the scenario, their children by the name of the parent and the key or type of the link.
 */
export async function normalisedJournals(
  driver: ScenarioDriver,
  named: ReadonlyMap<string, CaseId>,
): Promise<Record<string, unknown[]>> {
  const journals = new Map<string, JournalEntry[]>();
  for (const [name, caseId] of await withChildren(driver, named))
    journals.set(name, await driver.journal(caseId));
  return JSON.parse(withNumberedIds(JSON.stringify(Object.fromEntries(journals)))) as Record<
    string,
    unknown[]
  >;
}

async function withChildren(
  driver: ScenarioDriver,
  named: ReadonlyMap<string, CaseId>,
): Promise<Map<string, CaseId>> {
  const found = new Map<string, CaseId>(named);
  const ids = new Set(named.values());
  for (const [name, caseId] of found) {
    const { links } = (await driver.view(caseId)).file;
    for (const { key, type, to } of links.filter(
      ({ direction, void: never }) => direction === 'child' && !never,
    )) {
      if (ids.has(to)) continue;
      ids.add(to);
      found.set(freeName(found, `${name}/${key ?? type}`), to);
    }
  }
  return found;
}

function freeName(taken: ReadonlyMap<string, unknown>, name: string): string {
  let n = 1;
  while (taken.has(n === 1 ? name : `${name}#${n}`)) n += 1;
  return n === 1 ? name : `${name}#${n}`;
}

function withNumberedIds(text: string): string {
  const numbers = new Map<string, string>();
  return text.replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, (id) => {
    if (!numbers.has(id)) numbers.set(id, `case-${numbers.size + 1}`);
    return numbers.get(id)!;
  });
}
