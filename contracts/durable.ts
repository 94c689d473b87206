import type { CaseId, Instant } from './identity.ts';

/** What passes between the durable case (Temporal) and the journal (PostgreSQL): ids, versions and instants, nothing personal. */

/** An effect that an entry owes outside its case, named by the entry's version and its place among that entry's effects. */
export interface OwedEffect {
  version: number;
  n: number;
}

/** What the case workflow needs to know to go on; the answer of `load` and of every decision. */
export interface CaseStanding {
  /** Number of entries of the case so far. */
  version: number;
  /** The next instant at which a deadline step or window is due, or null. */
  wakeAt: Instant | null;
  /** Effects not yet done, oldest first. */
  effects: OwedEffect[];
  /** Stored commands of this case that nobody has decided yet, oldest first. */
  pendingCommands: string[];
  /** True when the state is terminal, or the case stands still and nothing will come due: the workflow may end once nothing is owed. */
  settled: boolean;
}

/** What a decision answers to its workflow: the standing, and for a command how it ended. */
export interface Decided extends CaseStanding {
  outcome: 'ACCEPTED' | 'REFUSED' | 'WOKEN';
}

/** Activities of the case workflow; each is idempotent. */
export interface CaseActivities {
  /** State of affairs for boot, continue-as-new, recover and nudge alike. */
  load(caseId: CaseId): Promise<CaseStanding>;
  /** Decides a stored command by id; a command already decided answers the present standing. Run as a local activity. */
  decideCommand(caseId: CaseId, commandId: string): Promise<Decided>;
  /** Lets time pass: everything due now becomes entries. Also re-reads linked cases (LINKS_SETTLED). Run as a local activity. */
  wake(caseId: CaseId): Promise<Decided>;
  /**
   * Executes one owed effect (opens a child, commands or nudges another case, tells many) and marks it done once it is answered;
   * `MORE` where pages or answers are left and it is to be asked for again. An ordinary activity.
   */
  performEffect(caseId: CaseId, effect: OwedEffect): Promise<'DONE' | 'MORE'>;
}

/** A case that the sweeper found waiting: its workflow is to be started if absent, and nudged. */
export interface WaitingCase {
  caseId: CaseId;
  process: string;
}

/** What performing an effect, or one page of it, has brought about. */
export interface Performed {
  /** Cases whose workflows are to be started where absent, and nudged. */
  reached: WaitingCase[];
  /** There are further pages, or what was asked is not decided yet; with nobody reached, those told before are busy answering. */
  more: boolean;
}

/** Activities of the sweeper workflow. */
export interface SweeperActivities {
  /** Cases with outbox rows or stored commands older than `olderThanSeconds`, or whose wake was missed; at most `limit`. */
  findWaitingCases(input: { olderThanSeconds: number; limit: number }): Promise<WaitingCase[]>;
  /** Starts the workflow of the case if it is absent and nudges it. */
  startAndNudge(waiting: WaitingCase): Promise<void>;
}

/** Activities of the courier workflow: numbers only, nothing of what is mailed to whom. */
export interface CourierActivities {
  /** Gives new notices their way out: a mail, a place in a digest, or none. Answers how many mails are due. */
  sortMail(): Promise<{ due: number }>;
  /** Sends what is due; `outage` when the mail server cannot be used at the moment. */
  deliverMail(): Promise<{ sent: number; outage: boolean }>;
}

/** Activity of the sealing workflow. */
export interface SealingActivities {
  /** Puts what is new in the journal under a seal. Answers its number, or null where nothing is new. */
  sealJournal(): Promise<{ number: number | null }>;
}
