import type { CaseFile } from '../../contracts/case-file.ts';
import type { EntryDraft } from '../../contracts/entry.ts';
import type { Instant, PersonId } from '../../contracts/identity.ts';

/**
 * Who held which party of a case, from when to when: what the independence of an auditor is judged on (rules §3.2 SOD-01). It begins
 * with the entry that names somebody and ends with the one that names another, or with the case; a case that is taken up again begins new ones.
 */
export interface PartyTenure {
  party: string;
  person: PersonId;
  /** Entry with which it began. */
  version: number;
  from: Instant;
  until: Instant | null;
}

export interface TenureChanges {
  ended: { party: string; at: Instant }[];
  began: PartyTenure[];
}

/** What the entries change, in their order. */
export function tenureChanges(before: CaseFile | null, entries: readonly Pick<EntryDraft, 'version' | 'at' | 'file'>[]): TenureChanges {
  const changes: TenureChanges = { ended: [], began: [] };
  let held = heldIn(before);
  for (const { version, at, file } of entries) {
    const holds = heldIn(file);
    for (const party of Object.keys(held)) if (holds[party] !== held[party]) end(changes, party, at);
    for (const [party, person] of Object.entries(holds)) if (held[party] !== person) changes.began.push({ party, person, version, from: at, until: null });
    held = holds;
  }
  return changes;
}

/** Nobody holds anything in a case that has ended. */
function heldIn(file: CaseFile | null): Record<string, PersonId> {
  return file === null || file.settled !== null ? {} : file.parties;
}

/** One that began in the same step ends there; all others are known already. */
function end({ began, ended }: TenureChanges, party: string, at: Instant): void {
  const open = began.find((each) => each.party === party && each.until === null);
  if (open) open.until = at;
  else ended.push({ party, at });
}
