import type { CaseStanding, Decided, OwedEffect, Performed, WaitingCase } from '../contracts/durable.ts';
import type { CaseId, Instant } from '../contracts/identity.ts';

/**
 * What the durable side asks of the journal. Every method is one transaction and may be called again at any time, also while
 * an earlier call with the same arguments still runs: the second finds what the first recorded. A method that names a case
 * throws an error named `CaseNotFound` when there is no such case; every other error is tried again later.
 */
export interface CaseJournal {
  /** The standing of the case. Being asked proves that its workflow exists, so this settles the outbox row "start". */
  load(caseId: CaseId): Promise<CaseStanding>;

  /** Decides the stored command in one transaction; one already decided answers its recorded outcome and the standing now. */
  decideCommand(caseId: CaseId, commandId: string): Promise<Decided>;

  /**
   * Enters everything that is due by the injected clock and looks at linked cases again; enters nothing when nothing has
   * changed. Afterwards `wakeAt` is later than the injected clock, or null.
   */
  wake(caseId: CaseId): Promise<Decided>;

  /**
   * Performs one owed effect inside PostgreSQL: opens the child (its id derived from case, version and n), stores the command
   * for another case (its id derived likewise), or writes the entry of a refusal. Answers the cases whose workflows must be
   * started or nudged because of it, this case among them when it got an entry; answers the same cases when called again.
   * A broadcast is performed page by page: each call stores the commands of one page, once that before it has answered. There is
   * `more` until everything asked for is decided, and with it what comes back to this case.
   */
  performEffect(caseId: CaseId, effect: OwedEffect): Promise<Performed>;

  /** Notes that the effect is performed and everybody it concerns was nudged; it is no longer owed. */
  settleEffect(caseId: CaseId, effect: OwedEffect): Promise<void>;
}

/** What the sweeper asks of the journal. */
export interface SweeperJournal {
  /**
   * Cases for which one of these is older than `olderThanSeconds`: an unsettled outbox row (start or effect), a stored command
   * that is not decided, or a `wakeAt` that has passed by the injected clock (its timer was lost). Oldest first, each case
   * once, at most `limit`.
   */
  findWaitingCases(input: { olderThanSeconds: number; limit: number }): Promise<WaitingCase[]>;
}

/** An open case in the order of recovery. */
export interface OpenCase extends WaitingCase {
  wakeAt: Instant | null;
}

/** What recovery asks of the journal. */
export interface RecoveryJournal {
  /** One page of open cases by (wakeAt, nulls last; caseId), beginning behind `after`. */
  openCases(input: { after: OpenCase | null; limit: number }): Promise<OpenCase[]>;
}

/** What sealing asks of the journal. */
export interface SealedJournal {
  /** Seals what is new with that key; null where nothing is. */
  seal(key: SealingKey): Promise<{ number: number } | null>;
}

export interface SealingKey {
  publicKey: string;
  sign(text: string): string;
}
