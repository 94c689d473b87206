import type { CaseFile } from '../contracts/case-file.ts';
import type { CaseId, Instant, PersonId } from '../contracts/identity.ts';
import type { OrganisationFile } from '../contracts/organisation.ts';
import type { Reason } from '../contracts/reasons.ts';
import type { RegisterName } from '../contracts/register-exchange.ts';
import type { SourceTable } from '../domain/exchange/source-table.ts';
import type { DeliveredNotice, JournalEntry } from './memory-store.ts';

/** What a scenario needs of an engine, virtual or real. Every call answers when all that follows from it is done. */
export interface ScenarioDriver {
  /** A fresh journal, that organisation, the clock at that instant. */
  begin(start: { organisation: OrganisationFile; at: Instant }): Promise<void>;
  changeOrganisation(organisation: OrganisationFile): Promise<void>;
  now(): Instant;
  /** The next instant at which anything is due in any case, or null. */
  nextWake(): Promise<Instant | null>;
  /** Lets time pass; what comes due fires at its instant. */
  advanceTo(instant: Instant): Promise<void>;
  /** Lets time pass while nothing works; what came due meanwhile is noticed at the end. */
  sleepUntil(instant: Instant): Promise<void>;
  openCase(opening: { as: PersonId; process: string; body: unknown }): Promise<{ caseId: CaseId } | Refused>;
  command(command: {
    as: PersonId;
    caseId: CaseId;
    name: string;
    body: unknown;
    ifMatch?: number;
  }): Promise<{ accepted: true } | Refused>;
  /** Answers the SHA-256 under which commands name the evidence. */
  uploadEvidence(upload: {
    as: PersonId;
    name: string;
    bytes: Uint8Array;
    /** The address under which the bytes lie; a file without one. */
    link?: string;
  }): Promise<{ sha256: string } | Refused>;
  /** All lines become cases, or none does; answers the case of each line. */
  importRegister(taking: {
    as: PersonId;
    register: RegisterName;
    table: SourceTable;
    source: string;
  }): Promise<{ opened: readonly { line: number; id: CaseId }[] } | Refused>;
  view(caseId: CaseId): Promise<CaseView>;
  journal(caseId: CaseId): Promise<JournalEntry[]>;
  /** All notices so far, in the order in which they came. */
  notices(): Promise<DeliveredNotice[]>;
}

export interface Refused {
  reasons: Reason[];
}

export interface CaseView {
  file: CaseFile;
  flags: string[];
  asked: { task: string; persons: PersonId[] }[];
}
