import type { CaseSummary } from './case-file.ts';
import type { Instant, LocalDate, PersonId } from './identity.ts';

/** Why somebody may not audit an item (rules §3.2 SOD-01, SOD-02; ISO/IEC 27001:2022 9.2.2). */
export const conflictCauses = [
  'OWNED',
  'OPERATED',
  'IMPLEMENTED',
  'AUTHORED',
  'APPROVED',
  'ACTION_OWNER',
  /** SOD-02: the ISO audits no clause of the ISMS. */
  'ISO_OVER_CLAUSE',
  /** Clause 9.2 is audited by somebody outside the programme (rules §18). */
  'RUNS_THE_PROGRAMME',
] as const;
export type ConflictCause = (typeof conflictCauses)[number];

/** Who held which party of which case, from when to when; `until` null: still. `parents`: the cases that this one is part of. */
export interface Tenure {
  case: CaseSummary;
  parents: CaseSummary[];
  party: string;
  person: PersonId;
  from: Instant;
  until: Instant | null;
}

/** What somebody has done in a case: an involvement, with the case that it was done in. */
export interface Deed {
  case: CaseSummary;
  parents: CaseSummary[];
  relation: string;
  person: PersonId;
  at: Instant;
}

/** What stands on record: `ref` is a case, a role, or a unit; `what` the party, relation or role held there. `until` null: still so. */
export interface ConflictFact {
  ref: string;
  what: string;
  from: LocalDate;
  until: LocalDate | null;
}

/** `waivable`: TOP_MGMT may waive it for a member of the team, never for the lead auditor. `freeFrom`: the first day on which it is over; null while it lasts. */
export interface Conflict {
  person: PersonId;
  item: string;
  because: ConflictCause;
  rule: 'SOD-01' | 'SOD-02';
  facts: ConflictFact[];
  waivable: boolean;
  freeFrom: LocalDate | null;
}

/**
 * Conflicts of one person over one item of the universe (key such as `control:A.8.13`). Made by `independence` of domain/independence, once for
 * many questions; what it has to know is asked for by `independenceNeeds`. `conflictReason` makes it the reason of a refusal, which `reasonText` says in words.
 */
export type ConflictsOf = (person: PersonId, item: string) => Conflict[];
