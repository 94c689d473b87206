import type { Quorum, RoundMode } from './approval.ts';
import type { CaseFile, ExtensionOutcome, Involvement, LadderStepName, VacancyCause } from './case-file.ts';
import type { CaseId, Instant, LocalDate, PersonId, PrincipalKey, UnitId } from './identity.ts';
import type { Json } from './json.ts';
import type { Reason } from './reasons.ts';
import type { RecordClass } from './retention.ts';

/** What happened inside an accepted step beside the change of state; kept in the entry for people and figures. */
export type Happening =
  | { kind: 'deadlineSet'; deadline: string; issue: number; due: Instant; anchor: string; owner: string }
  | { kind: 'deadlineMet'; deadline: string; issue: number; due: Instant; late: boolean }
  | { kind: 'deadlineDropped'; deadline: string; issue: number }
  | { kind: 'stepFired'; deadline: string; step: LadderStepName; scheduledFor: Instant; collapsed: LadderStepName[]; told: PersonId[] }
  | { kind: 'unanswered'; deadline: string; step: LadderStepName; since: Instant; told: PersonId[] }
  | { kind: 'acknowledged'; deadline: string; step: LadderStepName; decision: string | null }
  | { kind: 'windowOpened'; window: string; ends: Instant }
  | { kind: 'windowElapsed'; window: string; scheduledFor: Instant }
  | { kind: 'windowClosedEarly'; window: string; ends: Instant }
  | { kind: 'roundOpened'; round: string; number: number; contentHash: string; seats: string[] }
  | { kind: 'decided'; round: string; number: number; seat: string; verdict: 'APPROVE' | 'REJECT'; contentHash: string; conditions: number; final: boolean }
  | { kind: 'roundVoided'; round: string; number: number; decisionsVoided: number }
  | { kind: 'roundEnded'; round: string; number: number; result: 'APPROVED' | 'REJECTED'; final: boolean }
  | { kind: 'recused'; round: string; number: number; seat: string; person: PersonId }
  | { kind: 'seatPassed'; round: string; number: number; seat: string; to: PersonId; by: 'APPOINT_SUBSTITUTE' | 'PASS_SEAT' }
  | { kind: 'modeChanged'; round: string; number: number; from: RoundMode; to: RoundMode; quorum: Quorum | null; seats: string[] }
  | { kind: 'informationAsked'; round: string; number: number; question: string; to: PersonId }
  | { kind: 'informationAnswered'; round: string; number: number; question: string; told: PersonId[] }
  | { kind: 'conditionSet'; round: string; condition: string; owner: PersonId; due: LocalDate; action: CaseId }
  | { kind: 'conditionMet'; round: string; condition: string }
  /** With the case, which was called off or rejected for good. */
  | { kind: 'conditionsCalledOff'; conditions: string[] }
  | { kind: 'approvalLapsed'; round: string; conditions: string[]; told: PersonId[] }
  | { kind: 'noEligibleApprover'; round: string; seat: string }
  | { kind: 'machineEvent'; event: string; from: string; to: string }
  | { kind: 'linked'; type: string; to: CaseId; direction: string }
  | { kind: 'partyChanged'; role: string; from: PersonId | null; to: PersonId | null }
  | { kind: 'fellVacant'; role: string; left: PersonId; because: VacancyCause; interim: PersonId | null }
  | { kind: 'vacancyEnded'; role: string; left: PersonId; holder: PersonId; by: 'REASSIGN' | 'CONFIRM_INTERIM' }
  | { kind: 'takeoverAsked'; role: string; person: PersonId }
  | { kind: 'takeoverConfirmed'; role: string; person: PersonId }
  | { kind: 'unitChanged'; from: UnitId; to: UnitId }
  | { kind: 'flagged'; flag: string }
  | { kind: 'unflagged'; flag: string }
  | { kind: 'broadcastEnded'; version: number; n: number; command: string; targets: number; accepted: number; refused: number }
  | { kind: 'timesChanged'; deadline: string; issue: number; due: { from: Instant; to: Instant }; steps: MovedStep[] }
  | { kind: 'extensionAsked'; deadline: string; issue: number; due: Instant; newDate: LocalDate; late: boolean; asked: PersonId[] }
  | { kind: 'extensionEnded'; deadline: string; verdict: ExtensionOutcome['verdict'] }
  /** `issue` is the new one: its ladder begins anew; days and count are those of the case's deadline so far (K-08). */
  | { kind: 'deadlineExtended'; deadline: string; issue: number; from: Instant; to: Instant; originalDue: Instant; days: number; count: number }
  | { kind: 'held'; reviewOn: LocalDate; paused: string[] }
  | { kind: 'resumed'; since: Instant; resumed: string[] }
  /** Moved by the working days for which it rested. */
  | { kind: 'deadlineShifted'; deadline: string; issue: number; from: Instant; to: Instant; workingDays: number; steps: MovedStep[] }
  | { kind: 'cancelAsked'; asked: PersonId[] }
  | { kind: 'cancelEnded'; verdict: 'CONFIRMED' | 'REFUSED' }
  | { kind: 'linkWithdrawn'; from: CaseId; type: string; told: PersonId[] }
  | { kind: 'corrected'; entry: number; field: string | null; from: Json; to: Json }
  | { kind: 'recordedLater'; occurredOn: LocalDate }
  | { kind: 'legalHold'; on: boolean }
  | { kind: 'keptUntil'; recordClass: RecordClass; until: LocalDate }
  | { kind: 'evidenceExpired'; evidence: string; until: LocalDate; told: PersonId[] }
  /** Decided with powers of a break-glass (SOD-13). */
  | { kind: 'brokeGlass'; case: CaseId; ref: string }
  | { kind: 'informed'; subject: string; told: PersonId[] };

/** A step that lay ahead; null where there was none, or is none any more. */
export interface MovedStep {
  step: LadderStepName;
  from: Instant | null;
  to: Instant | null;
}

export interface Actor {
  /** Null when the engine itself acts (time, links, effects). */
  person: PersonId | null;
  /** Under which authority: the party or relation used, e.g. `ncOwner`. */
  role: string;
  onBehalfOf?: PersonId;
  /** Under which break-glass, while the step is worked out; the entry says so as the happening `brokeGlass`. */
  breakGlass?: { case: CaseId; ref: string };
}

/** A message to one person for one cause; sent once per recipient and cause. */
export interface Notice {
  to: PersonId;
  /** Unique with `to`: the same cause never reaches the same person twice. */
  cause: string;
  kind: string;
  digest: boolean;
  data: Record<string, Json>;
}

/** What must follow an entry outside its case. */
export type Effect =
  | {
      kind: 'openCase';
      process: string;
      /** Derived from (case, version, n), so that a repeated effect finds the case it opened. */
      id: CaseId;
      payload: Json;
      link: string;
      awaited: boolean;
      object: string;
    }
  | { kind: 'command'; to: CaseId; command: string; body: Json }
  | { kind: 'nudge'; to: CaseId }
  /** The same command to every open case in the scope but this one; `BROADCAST_ENDED` comes back when all have answered. */
  | { kind: 'broadcast'; scope: BroadcastScope; command: string; body: Json };

/** Which open cases a broadcast reaches; each kind is found by an index, never by reading cases. */
export type BroadcastScope =
  /** In which the person holds a party. */
  | { party: PersonId }
  /** Of the unit itself. */
  | { unit: UnitId }
  /** In which the principal is asked for something, e.g. `role:ISO`. */
  | { principal: PrincipalKey }
  /** Whose unit keeps this working calendar. */
  | { calendar: string }
  | { process: string }
  | { all: true };

/** A line in somebody's inbox. */
export interface Task {
  task: string;
  principals: PrincipalKey[];
  /** Persons whom it is not shown to, though a principal fits them. */
  except: PersonId[];
  deadline: string | null;
}

/** One accepted step as the kernel gives it; the driver adds the chain. */
export interface EntryDraft {
  version: number;
  type: string;
  actor: Actor;
  at: Instant;
  /** The same instant in the zone of the case, with offset. */
  localAt: string;
  from: string | null;
  to: string;
  reason: string | null;
  body: Json;
  happenings: Happening[];
  involvements: Involvement[];
  effects: Effect[];
  notices: Notice[];
  /** The case after this step. */
  file: CaseFile;
}

export interface Refusal {
  command: string;
  reasons: Reason[];
}
