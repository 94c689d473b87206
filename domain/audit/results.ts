import type { AuditDocument, AuditResult } from '../../contracts/audit.ts';
import type { CaseSummary, Link } from '../../contracts/case-file.ts';
import type { ItemKey, ItemResult } from '../../contracts/universe.ts';
import type { Sees } from './team.ts';

/** What was found out about each item, and what was not. */

type Doc = AuditDocument;
type Ground = Pick<Sees, 'doc' | 'file' | 'facts'>;

/** The last word on an item; what was recorded by somebody in conflict is none. */
export function resultOf({ results }: Pick<Doc, 'results'>, item: ItemKey): AuditResult | undefined {
  return results.findLast((each) => each.item === item && each.void === null);
}

export function isLeftUncovered({ notCovered }: Pick<Doc, 'notCovered'>, item: ItemKey): boolean {
  return notCovered.some((each) => each.item === item && each.cause === 'INDEPENDENCE');
}

/** Items that nobody has said anything about yet. */
export function openItems(doc: Doc): ItemKey[] {
  return doc.items.map(({ key }) => key).filter((key) => !isLeftUncovered(doc, key) && resultOf(doc, key) === undefined);
}

/** Findings of this audit that do not stand any more are left out; one that is not there yet stands. */
export interface FindingOfAudit {
  number: number;
  item: ItemKey;
  link: Link;
  /** Null: it is being opened. */
  found: CaseSummary | null;
}

export function findingsOf({ doc, file, facts }: Ground): FindingOfAudit[] {
  return doc.findings.flatMap(({ number, item }) => {
    const link = file.links.find(({ type, key, void: gone }) => type === 'finding' && key === `f${number}` && !gone);
    const found = facts.cases.find(({ id }) => id === link?.to) ?? null;
    return link === undefined || found?.settled === 'withdrawn' ? [] : [{ number, item, link, found }];
  });
}

/** Items with the result "finding" of which no finding stands. */
export function withoutFinding(view: Ground): ItemKey[] {
  const standing = findingsOf(view).map(({ item }) => item);
  return view.doc.items.map(({ key }) => key).filter((key) => resultOf(view.doc, key)?.result === 'FINDING' && !isLeftUncovered(view.doc, key) && !standing.includes(key));
}

/** As it is reported: a finding that was withdrawn in the fact check leaves an item that conforms; what has no result was not sampled. */
export function reportedResult(view: Ground, item: ItemKey): ItemResult {
  const found = isLeftUncovered(view.doc, item) ? undefined : resultOf(view.doc, item)?.result;
  if (found === undefined) return 'NOT_SAMPLED';
  return found === 'FINDING' && withoutFinding(view).includes(item) ? 'CONFORMING' : found;
}
