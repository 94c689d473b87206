import type { ConditionBody, Quorum, RoundMode } from './approval.ts';
import type { EvidenceLink } from './evidence.ts';
import type { CaseId, Instant, LocalDate, PersonId, PrincipalKey, UnitId } from './identity.ts';
import type { RecordClass } from './retention.ts';

/** The whole state of one case. Folding the entries of a case gives exactly this. */
export interface CaseFile<D = unknown> {
  id: CaseId;
  /** Human reference, e.g. `NC-2026-0042`. */
  ref: string;
  process: string;
  /** Definition version, pinned at the start. */
  definition: number;
  /** Zone of the site, pinned at the start. */
  zone: string;
  unit: UnitId;
  state: string;
  /** Number of entries so far. */
  version: number;
  /** Kind of end when the state is one, else null. A state with a reopen edge may be left again. */
  settled: string | null;
  /** Rises with every decision of a person or a machine event, not with reminders; what `If-Match` compares. */
  revision: number;
  openedBy: PersonId | 'SYSTEM';
  openedAt: Instant;
  enteredAt: Instant;
  settledAt: Instant | null;
  attempt: number;
  document: D;
  /** Who holds which role in this case, e.g. `ncOwner`. */
  parties: Record<string, PersonId>;
  anchors: Record<string, Instant>;
  deadlines: Record<string, Deadline>;
  window: Window | null;
  round: Round | null;
  /** The last round that ended: a decision that comes too late is noted against it. */
  closedRound: Pick<Round, 'name' | 'number' | 'seats'> | null;
  /** Rejections per round name. */
  reworks: Record<string, number>;
  /** When a round of the case approved for the first time; from then on it is not withdrawn (rules §4.2). */
  approvedAt: Instant | null;
  /** Conditions under which rounds have approved; while one is open the case does not end (rules §4.3). */
  conditions: Condition[];
  links: Link[];
  evidence: EvidenceItem[];
  flags: string[];
  origin: Origin | null;
  /** Effects refused that somebody has to look at. */
  refusedEffects: { version: number; n: number; what: string; codes: string[] }[];
  /** Parties whose holder has gone and that nobody holds for good yet; the flag `needsOwner`. */
  vacancies: Vacancy[];
  /** Parties whose new holder has not confirmed yet what the last one committed to. */
  takeovers: { role: string; since: Instant }[];
  /** What the case has told others, and what came of it; the answer of each case is kept beside the journal. */
  broadcasts: Broadcast[];
  /** Requests for a later date, granted or not (rules §4.6); the figures of K-08 come from here. */
  extensions: Extension[];
  /** Why and until when nothing is asked of anybody (rules §4.2 HOLD), or null. */
  hold: Hold | null;
  /** For how many calendar days it was on hold before. */
  heldDays?: number;
  /** Somebody asks to call the case off, and nobody has decided yet (rules §4.2 CANCEL). */
  cancelRequest: CancelRequest | null;
  /** Entries that a later one has corrected (rules §16.1 "wrong record"). */
  corrections: { entry: number; field: string | null; correctedIn: number; by: PersonId; at: Instant }[];
  /** The day it happened, where it was recorded later; the flag `retrospective`. */
  occurredOn: LocalDate | null;
  /** As what it is kept, and for how long (rules §4.7). */
  recordClass: RecordClass;
  /** Last day on which it is kept; null while it is open. */
  retainUntil: LocalDate | null;
  /** Kept whatever `retainUntil` says (rules §4.7), or null. `never`: who may not release it. */
  legalHold: { reason: string; by: PersonId; since: Instant; never: PersonId[] } | null;
}

export interface CancelRequest {
  reason: string;
  by: PersonId;
  at: Instant;
  /** Who may not confirm it: who asked, and in whose name. */
  never: PersonId[];
}

/** One request for a later date of one deadline. */
export interface Extension {
  deadline: string;
  /** Due when it was asked for, and the date asked for. */
  due: Instant;
  newDate: LocalDate;
  requestedBy: PersonId;
  requestedAt: Instant;
  /** Asked for after it was due. */
  requestedLate: boolean;
  reason: string;
  interimMeasure: string;
  consent: string | null;
  /** Who decides, the first group in which somebody may; and who never does (SOD-06). */
  approvers: PrincipalKey[][];
  never: PersonId[];
  outcome: ExtensionOutcome | null;
}

export interface ExtensionOutcome {
  verdict: 'GRANTED' | 'REFUSED' | 'WITHDRAWN' | 'FELL_AWAY';
  /** Null where the deadline was met before anybody decided. */
  by: PersonId | null;
  at: Instant;
  /** Calendar days won; 0 unless granted. */
  days: number;
}

export interface Hold {
  reason: string;
  by: PersonId;
  since: Instant;
  reviewOn: LocalDate;
  /** Who put it on hold, and in whose name: they do not decide that it lasts beyond the limit (SOD-06). */
  asked: PersonId[];
}

/** Why a party needs a new holder: he has left, his role has ended, his unit is no more, his access as an auditor from outside has ended, or he was found to be gone. */
export type VacancyCause = 'LEFT' | 'ROLE_ENDED' | 'UNIT_DISSOLVED' | 'ACCESS_ENDED' | 'GONE';

/** A party without a holder of its own (rules §3.3 NEEDS_OWNER). */
export interface Vacancy {
  role: string;
  /** Who held it last for good. */
  left: PersonId;
  because: VacancyCause;
  /** Who holds the party meanwhile, or null where nobody may. */
  interim: PersonId | null;
  /** The departure that said so and waits for the end of it; null where the case noticed it by itself. */
  departure: CaseId | null;
  since: Instant;
}

export interface Broadcast {
  /** Entry and place of the effect. */
  version: number;
  n: number;
  command: string;
  /** Null while somebody has not answered. */
  ended: (BroadcastCounts & { at: Instant }) | null;
}

/** How many cases were reached, and how many of them took the command. */
export interface BroadcastCounts {
  targets: number;
  accepted: number;
  refused: number;
}

export type LadderClass = 'standard' | 'critical' | 'legal' | 'expiry' | 'reassignment';
export type LadderStepName = 'R1' | 'R2' | 'R3' | 'E0' | 'E1' | 'E2' | 'E3' | 'E4';

export interface DeadlineStep {
  step: LadderStepName;
  at: Instant;
  /** When it really fired, or null. */
  firedAt: Instant | null;
  /** True when a higher step of the same deadline had come due too, so that only that one fired. */
  collapsed?: true;
  acknowledgeBy?: Instant;
  acknowledgedAt?: Instant;
  acknowledgedBy?: PersonId;
  /** Set when nobody acknowledged in time and the next level was told. */
  unansweredAt?: Instant;
  recipients?: PersonId[];
}

/** An absolute instant with a ladder; it informs and never moves the machine. */
export interface Deadline {
  name: string;
  /** Rises when the deadline is set anew (another attempt, a regrade). */
  issue: number;
  anchor: { name: string; at: Instant };
  due: Instant;
  originalDue: Instant;
  ladder: LadderClass;
  /** Party of the process who must act. */
  owner: string;
  steps: DeadlineStep[];
  /** When it was set: durations are those in force then. */
  setAt: Instant;
  /** When due date and steps were last worked out: ladder and calendar are those in force then. */
  workedOutAt: Instant;
  /** When its ladder began, where it was due before anybody had recorded the case; it is due all the same. */
  ladderSince?: Instant;
  /** Due as the policy gave it, where a decision has moved it since. */
  plannedDue?: Instant;
  /** Steps that had fired for an earlier date. */
  earlierSteps?: DeadlineStep[];
  /** Since when its ladder rests because the case is on hold. */
  pausedAt?: Instant;
  metAt: Instant | null;
}

/** An absolute span after which the machine moves by itself. */
export interface Window {
  name: string;
  opens: Instant;
  ends: Instant;
  /** The case may end with it: then it waits for open conditions (rules §4.3). */
  leadsToAnEnd?: true;
}

/** A place in a round, filled by the first tier in which somebody is eligible. */
export interface RoundSeat {
  name: string;
  tiers: PrincipalKey[][];
  decision: RoundDecision | null;
  /** QUORUM: without its approval there is none. */
  mandatory?: true;
  /** HIERARCHY: level of authority. */
  level?: number;
  /** Its member has recused himself and nobody could follow: a quorum is counted without it until a substitute is appointed. */
  recused?: true;
}

export interface RoundDecision {
  by: PersonId;
  /** In whose name, where another than the approver decided. */
  onBehalfOf?: PersonId;
  at: Instant;
  verdict: 'APPROVE' | 'REJECT';
  contentHash: string;
  note: string | null;
  /** Under which conditions it approves. */
  conditions?: ConditionBody[];
  /** A rejection that asks for no rework. */
  final?: true;
}

export interface Round {
  name: string;
  mode: RoundMode;
  /** Number of this round in the case, counted over restarts. */
  number: number;
  contentHash: string;
  seats: RoundSeat[];
  /** Persons who may not decide, whatever their role. */
  never: PersonId[];
  quorum?: Quorum;
  /** HIERARCHY: the level whose approval is enough. */
  level?: number;
  /** Fingerprint of who had to decide and how when it was opened; another one restarts the round. */
  basis: string;
  recusals: Recusal[];
  questions: RoundQuestion[];
  openedAt: Instant;
  /** Next instant at which TOP_MGMT is told again that nobody may decide, while that is so. */
  unstaffedReminderAt: Instant | null;
}

/** Who takes no part in the round by his own word. */
export interface Recusal {
  by: PersonId;
  seat: string;
  at: Instant;
  reason: string;
}

/** What an approver has asked somebody; the clock goes on meanwhile. */
export interface RoundQuestion {
  key: string;
  by: PersonId;
  to: PersonId;
  question: string;
  askedAt: Instant;
  answer: { by: PersonId; at: Instant; text: string } | null;
}

/** What an approval stands on until it is met; the action that carries it out is linked as `condition`. */
export interface Condition extends ConditionBody {
  /** e.g. `2.1`: the first condition of the second round. */
  key: string;
  round: string;
  /** Who has set it. */
  by: PersonId;
  action: CaseId;
  /** When the approval lapses unless it is met. */
  lapsesAt: Instant;
  /** MET: its action is done. LAPSED: it was not in time, and approval is asked for again. VOID: approval was asked for again anyway. */
  outcome: 'MET' | 'LAPSED' | 'VOID' | null;
  endedAt: Instant | null;
  /** When the ISO was told that it was not met in time. */
  overdueAt: Instant | null;
}

export interface Link {
  type: string;
  to: CaseId;
  toRef?: string;
  direction: 'child' | 'parent' | 'peer';
  /** Whether the case waits for it (`LINKS_SETTLED`). */
  awaited: boolean;
  attempt: number;
  /** Name of the planned part that it carries out, e.g. `a1`. */
  key?: string;
  /** Hash of the planned part as it was when the child was opened. */
  contentHash?: string;
  /** The case was never opened: the effect was refused, or attached to a case that already ran. */
  void?: true;
}

export interface EvidenceItem {
  sha256: string;
  title: string;
  collectedBy: PersonId;
  collectedAt: Instant;
  relatesTo: string | null;
  period: { from: LocalDate | null; until: LocalDate | null };
  classification: 'PUBLIC' | 'INTERNAL' | 'CONFIDENTIAL';
  /** A file, what a system has recorded, or what lies under an address. */
  kind?: 'FILE' | 'SYSTEM_RECORD' | 'LINK';
  /** What was found there when it was checked; its hash is that of this record. */
  link?: EvidenceLink;
  /** Until when it proves anything, the instant at which that ends, and when somebody was told. */
  validity?: { until: LocalDate; ends: Instant; toldAt: Instant | null };
  /** As what it is kept; `evidence` where nothing is said. */
  recordClass?: RecordClass;
  /** Not to go before that day, whatever its class says. */
  keepUntil?: LocalDate;
  /** Last day on which it is kept; null or absent while the case is open. */
  retainUntil?: LocalDate | null;
}

/** Where a case comes from, for cycle protection (rules §14): the chain of cases from the first one, and what it is about. */
export interface Origin {
  chain: CaseId[];
  type: string;
  object: string;
}

/** person × relation × object × time; segregation of duties is evaluated on it. */
export interface Involvement {
  person: PersonId;
  relation: string;
  object: CaseId;
  at: Instant;
  /** Another did it in this person's name (SOD-12). */
  onBehalf?: true;
}

/** What other cases may know of a case. */
export interface CaseSummary {
  id: CaseId;
  ref: string;
  process: string;
  state: string;
  settled: string | null;
  openedAt: Instant;
  settledAt: Instant | null;
  /** Process-specific facts for others, e.g. `covers`, `grade`, `requirement`. */
  about: Record<string, string | string[] | null>;
}
