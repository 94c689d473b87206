import type { CaseSummary, Involvement } from '../../contracts/case-file.ts';
import type { EvidenceLink } from '../../contracts/evidence.ts';
import type { Deed, Tenure } from '../../contracts/independence.ts';
import type { CaseId, Instant, PersonId } from '../../contracts/identity.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { Directory } from '../directory/directory.ts';

/**
 * What a decision stands on beside the case itself. The driver fetches exactly what `needs` names, under locks
 * (design.md "The write path"), and the kernel decides on nothing else.
 */
export type FactQuery =
  /** Involvements on these objects (cases). */
  | { fact: 'involvements'; objects: CaseId[] }
  /** Summaries of these cases. */
  | { fact: 'cases'; ids: CaseId[] }
  /** All children of a case. */
  | { fact: 'children'; of: CaseId }
  /** Cases of a process that carry a search key; of `about` at least these fields, all where it does not say. A register is asked for what is needed. */
  | { fact: 'byKey'; process: string; key: string; value: string; fields?: readonly string[] }
  /** Cases that the same origin opened for the same object since then (cycle protection, rules §14). */
  | { fact: 'spawned'; root: CaseId; process: string; type: string; object: string; since: Instant }
  /** How many open cases still need an owner because of this departure. */
  | { fact: 'vacancies'; of: CaseId }
  /** Which of this evidence is stored. */
  | { fact: 'evidence'; hashes: string[] }
  /** Who wrote an entry of a case. */
  | { fact: 'author'; of: CaseId; version: number }
  /** Who holds these claims. */
  | { fact: 'claims'; keys: string[] }
  /** Parties of cases that these persons have held at any time since then. */
  | { fact: 'tenures'; persons: PersonId[]; since: Instant }
  /** What these persons have done in cases since then. */
  | { fact: 'deeds'; persons: PersonId[]; since: Instant };

export interface Facts extends FetchedFacts {
  directory: Directory;
  /** What the organisation has set; read from the directory's cases (`domain/configuration/in-directory.ts`). */
  configuration: Configuration;
}

/** Evidence by its hash; `link` where it lies under an address that was checked. */
export interface StoredEvidence {
  sha256: string;
  link: EvidenceLink | null;
}

/** The part of the facts that lies in other cases and in the evidence store; an answer holds at least what was asked for. */
export interface FetchedFacts {
  involvements: Involvement[];
  cases: CaseSummary[];
  children: CaseSummary[];
  similar: CaseSummary[];
  spawned: CaseSummary[];
  evidence: StoredEvidence[];
  vacancies: number;
  claims: HeldClaim[];
  authors: Authored[];
  tenures: Tenure[];
  deeds: Deed[];
}

/** An entry and who wrote it; null: the engine itself. */
export interface Authored {
  of: CaseId;
  version: number;
  person: PersonId | null;
  onBehalfOf: PersonId | null;
}

/** A claim and the case that holds it. */
export interface HeldClaim {
  key: string;
  caseId: CaseId;
  ref: string;
}

/**
 * Where a driver gets its facts from. Every list is in the order in which things happened: involvements as they were written,
 * cases by opening and then by id, each once; tenures by their begin, then by case and party; what is not known is left out.
 */
export interface FactSource {
  fetch(queries: readonly FactQuery[]): Promise<FetchedFacts>;
}
