import type { CaseFile, CaseSummary, Link } from '../../contracts/case-file.ts';
import type { CaseId } from '../../contracts/identity.ts';
import type { Draft } from './draft.ts';

/** Links between cases (rules §14): typed, both ways, some awaited. */

/** Cases that this one belongs to. */
export function parentsOf(file: Pick<CaseFile, 'links'>): CaseId[] {
  return file.links.filter((link) => link.direction === 'parent').map((link) => link.to);
}

/** Links the case waits for: those of the attempt that runs. */
export function awaitedLinks(file: CaseFile<unknown>): Link[] {
  return file.links.filter((link) => link.awaited && link.attempt === file.attempt);
}

/** True when the case waits for something and all of it has come to an end; one not known yet has not (level-triggered). */
export function linksSettled(file: CaseFile<unknown>, cases: readonly CaseSummary[]): boolean {
  const awaited = awaitedLinks(file);
  return awaited.length > 0 && awaited.every((link) => cases.find((each) => each.id === link.to)?.settled);
}

/** True while something that the case waits for has not come to an end. */
export function awaitsOthers(file: CaseFile<unknown>, cases: readonly CaseSummary[]): boolean {
  return awaitedLinks(file).some((link) => !cases.find((each) => each.id === link.to)?.settled);
}

/** Of the awaited links of this attempt the newest for each planned part: what the plan stands on now. */
export function currentParts(file: CaseFile<unknown>): Link[] {
  const newest = new Map(awaitedLinks(file).map((link) => [link.key ?? link.to, link]));
  return [...newest.values()];
}

export function addLink(draft: Draft, link: Link): void {
  draft.file.links.push(link);
  draft.happenings.push({ kind: 'linked', type: link.type, to: link.to, direction: link.direction });
}
