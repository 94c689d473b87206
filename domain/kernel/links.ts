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

export function addLink(draft: Draft, link: Link): void {
  draft.file.links.push(link);
  draft.happenings.push({ kind: 'linked', type: link.type, to: link.to, direction: link.direction });
}
