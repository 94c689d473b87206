import type { AnyStateMachine } from 'xstate';
import type { z } from 'zod';
import type { Quorum, RoundMode } from '../../contracts/approval.ts';
import type { CaseFile, CaseSummary, LadderClass, LadderStepName } from '../../contracts/case-file.ts';
import type { Actor, Effect } from '../../contracts/entry.ts';
import type { CaseId, Instant, LocalDate, PersonId, PrincipalKey, UnitId } from '../../contracts/identity.ts';
import type { Json } from '../../contracts/json.ts';
import type { Reason, SegregationRule } from '../../contracts/reasons.ts';
import type { RecordClass } from '../../contracts/retention.ts';
import type { ReviewInput } from '../../contracts/review-input.ts';
import type { Duration } from '../calendar/duration.ts';
import type { FactQuery, Facts } from './facts.ts';

/** What a rule sees: the case, what is asked and by whom, the time, and the facts fetched for the decision. */
export interface View<D, B = unknown> {
  file: CaseFile<D>;
  doc: D;
  /** Undefined while only asking what would be possible. */
  body: B | undefined;
  actor: Actor;
  now: Instant;
  facts: Facts;
}

/** A named predicate that explains itself: no reasons means yes. */
export type Guard<D> = (view: View<D, never>) => Reason[];

/** The only things a state says about itself: names, resolved in the policy under the same name. */
export interface StateMeta {
  task?: string | readonly string[];
  deadline?: string | readonly string[];
  window?: string;
  round?: string;
  /** Kind of end. */
  settled?: string;
}

/** Who may send a command, what it carries, which rules stand against it and what it records. */
export interface CommandPolicy<D, B> {
  by: readonly string[];
  /** Parties whom a rule of segregation keeps from it: their attempt is refused by that rule, and counted as one against it. */
  barred?: Readonly<Record<string, SegregationRule>>;
  body: z.ZodType<B>;
  /** Nobody does it in another's name (a consent, a vacancy's own substitute). */
  inPerson?: true;
  /** Accepts residual risk: a delegate needs acceptance authority for it, a substitute never has it (SOD-04). */
  acceptsRisk?: true;
  /** Relation the sender takes on by this; checked against conflicting relations (`domain/access/segregation.ts`). */
  involves?: string;
  /** Further segregation rules of the process. */
  rules?: (view: View<D, B>) => Reason[];
  /** The document after it. */
  record?: (view: View<D, B> & { body: B }) => D;
  /** Parties it names; null takes the role from its holder. */
  names?: (view: View<D, B> & { body: B }) => Record<string, PersonId | null>;
  /** The unit it moves the case to, if any. */
  unit?: (body: B) => UnitId | undefined;
  /** Anchors set to the time of the entry. */
  anchors?: readonly string[];
  /** Deadlines that it meets though the state stays. */
  meets?: readonly string[];
  /** Deadlines of the state that it sets anew though the state stays: a review that begins again with each rating. */
  sets?: readonly string[];
  /** A new attempt starts (re-anchored deadlines, links of the attempt). */
  newAttempt?: boolean;
  /** Open deadlines are worked out anew from the same anchors (a regrade). */
  resetsDeadlines?: boolean;
  flags?: (view: View<D, B> & { body: B }) => string[];
  /** Evidence of the case it refers to. */
  evidence?: (body: B) => readonly string[];
}

export interface DeadlinePolicy<D> {
  /** Anchor's name: `opened`, `entered` (the state), or one that a command sets. */
  after: string;
  /** A date that is the anchor instead, where the case has one: the report of an outside body. */
  anchoredOn?: (view: View<D>) => { name: string; on: LocalDate } | null;
  duration?: (view: View<D>) => Duration;
  /** Fixed instant instead of a duration. */
  at?: (view: View<D>) => Instant;
  /** Fixed date instead of a duration. */
  onDate?: (view: View<D>) => LocalDate | null;
  /** External date: the earlier of both wins. */
  notAfter?: (view: View<D>) => LocalDate | null;
  /** Only in cases for which this holds. */
  when?: (view: View<D>) => boolean;
  /** On entering these states it is worked out anew though it runs: what it stands on is another one from then on. */
  anewIn?: readonly string[];
  ladder: LadderClass;
  owner: string;
}

/** How long a window runs from entering its state, or the instant at which it ends. */
export type WindowEnd = Duration | { at: Instant };

export interface SeatPolicy {
  name: string;
  tiers: PrincipalKey[][];
  /** QUORUM: without its approval there is none. */
  mandatory?: boolean;
  /** HIERARCHY: level of authority. */
  level?: number;
}

export interface RoundPolicy<D> {
  mode: (view: View<D>) => RoundMode;
  seats: (view: View<D>) => SeatPolicy[];
  /** QUORUM: how many approvals are needed. */
  quorum?: (view: View<D>) => Quorum | undefined;
  /** HIERARCHY: the level whose approval is enough; without it the highest. */
  level?: (view: View<D>) => number | undefined;
  /** Persons who may not decide, with the rule that says so. */
  never: (view: View<D>) => PersonId[];
  neverRule: SegregationRule;
  /** Relation that an approver takes on. */
  involves?: string;
  /** Who rules instead after the third rejection (rules §4.3 "next authority"). */
  ruling?: (view: View<D>) => SeatPolicy[];
  /** What is approved; its hash is the content hash. */
  subject: (file: CaseFile<D>) => Json;
  /** To approve accepts residual risk: a delegate needs acceptance authority for it, a substitute never has it (SOD-04). */
  acceptsRisk?: true;
  /** It may approve under conditions; who may own one. */
  conditions?: { fit?: (view: View<D>, owner: PersonId) => Reason[] };
  /** What must hold before anybody may approve. */
  approvable?: (view: View<D>) => Reason[];
}

/** What is particular about later dates in a process (rules §4.6). */
export interface ExtensionPolicy<D> {
  /** Grave enough for TOP_MGMT from the first time on. */
  grave?: (view: View<D>) => boolean;
  /** The outside body whose consent that date of the deadline needs; null where it binds nobody. */
  boundBy?: (view: View<D>, asked: DatedDeadline) => string | null;
  /** The document after it was granted, where the date is part of it. */
  record?: (view: View<D>, granted: DatedDeadline) => D;
}

/** Who may ask to call the case off, and who confirms (rules §4.2 CANCEL); the machine learns of it as `CANCELLED`. */
export interface CancelPolicy<D> {
  by: readonly string[];
  confirmedBy: readonly string[];
  /** A party that one of the two belongs to, as long as somebody of it may. */
  oneOf?: string;
  /** What stands against asking for it. */
  rules?: (view: View<D, never>) => Reason[];
}

/** Who may take the case back before its first approval (rules §4.2 WITHDRAW), in the states in which the machine knows `WITHDRAWN`. */
export interface WithdrawPolicy<D> {
  by: readonly string[];
  /** Nobody does it in another's name. */
  inPerson?: true;
  rules?: (view: View<D, never>) => Reason[];
}

export interface CorrectablePolicy {
  value: z.ZodType;
  by: readonly string[];
}

export interface DatedDeadline {
  deadline: string;
  newDate: LocalDate;
}

export interface TaskPolicy<D> {
  for: string;
  deadline?: string;
  when?: (view: View<D>) => boolean;
}

export interface ReassignPolicy<D> {
  by: readonly string[];
  fit?: (view: View<D>, to: PersonId) => Reason[];
  /** Event by which the machine learns of it, so that it may ask the new holder to acknowledge. */
  event?: string;
  /** Whether to hold it is a duty that has to be somebody's; always, where it is not said. */
  isDuty?: (view: View<D>) => boolean;
  /** The holder answers for the unit: where it is dissolved, the head of its successor takes over (rules §16.1). */
  ofUnit?: true;
  /** Whether who takes over from a leaver has to confirm within 30 calendar days what the leaver has committed to (rules §3.3). */
  reconfirm?: (view: View<D>) => boolean;
}

/** What follows by itself; never decides. */
export type Follow =
  | { follow: 'open'; process: string; payload: Json; link: string; awaited: boolean; object: string; part?: { key: string; contentHash: string } }
  | Exclude<Effect, { kind: 'openCase' }>
  | { follow: 'link'; to: CaseId; toRef: string; type: string }
  | { follow: 'inform'; to: PrincipalKey[]; subject: string }
  | { follow: 'flag'; flag: string }
  /** What the flag said is so no longer. */
  | { follow: 'lowerFlag'; flag: string }
  /** A step of an open deadline of the case fires at once, before its time. */
  | { follow: 'escalate'; deadline: string; step: LadderStepName };

export interface Behaviours<D> {
  /** On entering a state. */
  entering?: Record<string, (view: View<D>) => Follow[]>;
  /** After a command was accepted. */
  after?: Record<string, (view: View<D, never>) => Follow[]>;
  /** When the ladder of that deadline has come to E2, or beyond where it has none: once for each of its dates. The case itself stays where it is. */
  escalated?: Record<string, (view: View<D>) => Follow[]>;
}

export interface Policy<D> {
  parties: Record<string, (view: View<D>) => PrincipalKey[]>;
  /** Parties that REASSIGN may give to somebody else, by whom, and who is fit. */
  reassign: Record<string, ReassignPolicy<D>>;
  commands: Record<string, CommandPolicy<D, never>>;
  tasks: Record<string, TaskPolicy<D>>;
  deadlines: Record<string, DeadlinePolicy<D>>;
  extensions?: ExtensionPolicy<D>;
  /** Who may correct what others have written; the ISO and the deputy where it says nothing. */
  recordKeepers?: readonly string[];
  /** Fields of the document that may be corrected, to what, and by whom. */
  correctable?: Record<string, CorrectablePolicy>;
  /** As what its cases are kept (rules §4.7); `record` where it says nothing. */
  recordClass?: RecordClass;
  /** None where the process has ends of its own for that. */
  cancel?: CancelPolicy<D>;
  withdraw?: WithdrawPolicy<D>;
  windows: Record<string, (view: View<D>) => WindowEnd>;
  rounds: Record<string, RoundPolicy<D>>;
  /** Facts that every look at the case needs, also when only time passes. */
  standingNeeds?: (file: CaseFile<D>) => FactQuery[];
  /** Facts beyond the directory, the links and the involvements of the case. */
  needs?: (file: CaseFile<D>, command: string, body: never) => FactQuery[];
  /** Machine events of the process that the kernel raises by itself as soon as they hold, where the state waits for them. */
  levels?: Record<string, (view: View<D>) => boolean>;
  /** What the document becomes on entering a state, by whatever event: a snapshot that is frozen there, a version that comes into force. */
  freezes?: Record<string, (view: View<D>) => D>;
  /** What no other case may hold at the same time, e.g. `plan:<risk>`: a step that would take it from another is refused. */
  claims?: (file: CaseFile<D>) => string[];
  /** The input of the management review under which an item of the process is collected (rules §11). */
  reviewInput: ReviewInput | ((file: CaseFile<D>) => ReviewInput);
  /** Search keys under which other cases find this one, e.g. `requirementUnit`. */
  keys?: (file: CaseFile<D>) => { key: string; value: string }[];
  /** Units beside its own whose heads see it. */
  seenByHeadsOf?: (file: CaseFile<D>) => readonly UnitId[];
  /**
   * Items of the audit universe that the case is about (keys, e.g. `control:A.8.13`): an auditor whose access covers one of them reads it,
   * likewise one whose access covers its unit. Empty: no auditor's access reaches it.
   */
  auditedAs: (file: CaseFile<D>) => readonly string[];
  list: (file: CaseFile<D>) => { title: string; owner: string | null; grade: string | null };
  about: (file: CaseFile<D>) => CaseSummary['about'];
}

/** What is known when a case is about to be opened. */
export interface OpeningView {
  body: never;
  actor: Actor;
  facts: Facts;
  now: Instant;
}

/** One process: two files read side by side. */
export interface ProcessDefinition<D = unknown> {
  name: string;
  /** Prefix of references, e.g. `NC`. */
  prefix: string;
  version: number;
  machine: AnyStateMachine;
  guards: Record<string, Guard<D>>;
  policy: Policy<D>;
  /**
   * Its cases are part of the directory that all decisions stand on: each of their decisions waits for those under way, and what
   * `policy.about` tells of them is known to the next ones.
   */
  changesDirectory?: true;
  /**
   * Its cases stand still: they are there to be looked up and changed, nothing comes due in them by itself. Such a case has a workflow
   * only while there is something to do: a command, an effect that is owed, a deadline (of a vacancy, say).
   */
  standing?: true;
  behaviours: Behaviours<D>;
  open: {
    by: 'everyone';
    body: z.ZodType;
    /** Body when another case opens it. */
    bodyFromParent?: z.ZodType;
    unit: (body: never, opening: { actor: Actor; facts: Facts }) => UnitId;
    document: (body: never, now: Instant, opening: { facts: Facts }) => D;
    parties: (body: never, opener: Actor) => Record<string, PersonId>;
    /** When it became known, where the body says so; earlier than today: recorded later (rules §16.1). */
    occurredOn?: (body: never) => LocalDate | null;
    /** Evidence that the body brings along. */
    evidence?: (body: never) => readonly string[];
    rules?: (opening: OpeningView) => Reason[];
    /** Facts that rules and attachment need. */
    needs?: (body: never) => FactQuery[];
    /** Not another case but another trigger of one that runs: the body becomes that command there (rules §14, §16.1 "duplicate triggers"). */
    attach?: { to: (opening: OpeningView) => CaseSummary | undefined; as: string };
  };
}
