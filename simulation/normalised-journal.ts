import type { CaseId } from '../contracts/identity.ts';
import type { Json } from '../contracts/json.ts';
import { canonicalJson } from '../domain/kernel/canonical.ts';
import type { JournalEntry } from './memory-store.ts';
import type { ScenarioDriver } from './scenario-driver.ts';

/**
 * Journals as every driver has to write them: ids and hashes numbered in the order in which they come, nothing random (design.md "Same journal").
 * Cases are named as in the scenario, their children by the name of the parent and the key or type of the link.
 */
export async function normalisedJournals(
  driver: ScenarioDriver,
  named: ReadonlyMap<string, CaseId>,
): Promise<Record<string, unknown[]>> {
  const journals = new Map<string, JournalEntry[]>();
  for (const [name, caseId] of await withChildren(driver, named))
    journals.set(name, await driver.journal(caseId));
  const text = canonicalJson(Object.fromEntries(journals) as unknown as Json);
  return JSON.parse(numbered(numbered(text, ids, 'case'), hashes, 'hash')) as Record<string, unknown[]>;
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

const ids = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
/** Of contents in which ids are named, too: they differ where those do. */
const hashes = /\b[0-9a-f]{64}\b/g;

function numbered(text: string, what: RegExp, name: string): string {
  const numbers = new Map<string, string>();
  return text.replace(what, (found) => {
    if (!numbers.has(found)) numbers.set(found, `${name}-${numbers.size + 1}`);
    return numbers.get(found)!;
  });
}
