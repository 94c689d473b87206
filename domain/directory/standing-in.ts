import type { AbsenceAbout } from '../../contracts/absence.ts';
import type { CaseSummary } from '../../contracts/case-file.ts';
import type { DelegationAbout } from '../../contracts/delegation.ts';
import type { CaseId, Instant, PersonId, PrincipalKey } from '../../contracts/identity.ts';
import type { OrganisationFile } from '../../contracts/organisation.ts';
import type { AuditorAccess } from './auditor-access.ts';
import type { Chart } from './chart.ts';
import { groupBy } from './group-by.ts';
import type { Principals } from './principals.ts';
import type { Roles } from './roles.ts';
import { covers } from './validity.ts';
import type { Span } from './validity.ts';

/** What a mandate covers: everything, whole processes, or decisions written `process:COMMAND`. */
export type Scope = 'EVERYTHING' | { processes: readonly string[]; decisions: readonly string[] };

/** One person may act for another, in force at the instant asked for. */
export interface Mandate {
  kind: 'delegate' | 'substitute';
  /** Who acts. */
  person: PersonId;
  /** In whose name. */
  principal: PersonId;
  scope: Scope;
  /** May accept residual risk in that name (SOD-04); a substitute never does. */
  acceptance: boolean;
  /** Case that says so. */
  caseId: CaseId;
  ref: string;
  /** When it ends by itself. */
  until: Instant;
}

/** Delegations and absences (rules §3.3). Both count by their days and by the persons being there, whatever anybody has noticed so far. */
export interface StandingIn {
  /** Delegations in force. */
  delegations(at: Instant): Mandate[];
  /** Who has delegated to this person. */
  delegatorsOf(person: PersonId, at: Instant): PersonId[];
  /** Who stands in while this person is absent; empty when nobody was named or the person is there. */
  substitutesOf(person: PersonId, at: Instant): PersonId[];
  isAbsent(person: PersonId, at: Instant): boolean;
  /** Under which the person may act for others. Not one of them is passed on: a principal's own mandates are not looked at. */
  mandatesOf(person: PersonId, at: Instant): Mandate[];
  /** By whom others may act for this person. */
  mandatesFor(principal: PersonId, at: Instant): Mandate[];
  /** What a person can lend: the own keys, without `everyone`, ADMIN and what the organisation file excludes by `mayDelegate: false`; an auditor's account nothing. */
  lentKeysOf(person: PersonId, at: Instant): PrincipalKey[];
}

type Sources = Chart & Roles & Principals & Pick<AuditorAccess, 'isAuditorAccount'>;

export function createStandingIn(data: OrganisationFile, cases: readonly CaseSummary[], sources: Sources): StandingIn {
  const dated = cases.flatMap(datedMandate);
  const absences = groupBy(cases.filter(({ process }) => process === 'absence').map(absenceOf), ({ person }) => person);
  const byPerson = groupBy(dated, ({ mandate }) => mandate.person);
  const byPrincipal = groupBy(dated, ({ mandate }) => mandate.principal);
  const inForce = (some: readonly Dated[] | undefined, at: Instant): Mandate[] =>
    (some ?? []).filter(({ span }) => covers(span, at)).map(({ mandate }) => mandate).filter(({ person, principal }) => sources.isActive(person, at) && sources.isActive(principal, at) && !sources.isAuditorAccount(person, at));
  const delegationsAmong = (mandates: readonly Mandate[]) => mandates.filter(({ kind }) => kind === 'delegate');
  return {
    delegations: (at) => delegationsAmong(inForce(dated, at)),
    delegatorsOf: (person, at) => [...new Set(delegationsAmong(inForce(byPerson.get(person), at)).map(({ principal }) => principal))],
    substitutesOf: (person, at) => [...new Set(inForce(byPrincipal.get(person), at).filter(({ kind }) => kind === 'substitute').map((mandate) => mandate.person))],
    isAbsent: (person, at) => (absences.get(person) ?? []).some(({ span }) => covers(span, at)),
    mandatesOf: (person, at) => inForce(byPerson.get(person), at),
    mandatesFor: (principal, at) => inForce(byPrincipal.get(principal), at),
    lentKeysOf: (person, at) => lentKeys(data, sources, person, at),
  };
}

/** Whether the mandate covers this decision. */
export function coversDecision({ scope }: Pick<Mandate, 'scope'>, { process, command }: { process: string; command: string }): boolean {
  return scope === 'EVERYTHING' || scope.processes.includes(process) || scope.decisions.includes(`${process}:${command}`);
}

/** Processes in which a limited mandate covers anything. */
export function processesOf({ processes, decisions }: Exclude<Scope, 'EVERYTHING'>): string[] {
  return [...new Set([...processes, ...decisions.map((decision) => decision.split(':')[0]!)])];
}

function lentKeys({ people, roles }: OrganisationFile, sources: Sources, person: PersonId, at: Instant): PrincipalKey[] {
  if (people.find(({ id }) => id === person)?.mayDelegate === false || sources.isAuditorAccount(person, at)) return [];
  const kept = roles.filter((each) => each.person === person && each.mayDelegate === false).map(({ role }) => `role:${role}`);
  // ADMIN yields nothing that is business (SOD-13).
  const never = ['everyone', 'role:ADMIN', ...kept];
  return sources.keysOf(person, at).filter((key) => !never.includes(key));
}

interface Dated {
  mandate: Mandate;
  span: Span;
}

/** The mandate of a case, and from when until when it was or will be in force. */
function datedMandate(each: CaseSummary): Dated[] {
  if (each.process === 'delegation') return delegationMandate(each);
  return each.process === 'absence' ? substituteMandate(each) : [];
}

function delegationMandate({ id: caseId, ref, about, settledAt }: CaseSummary): Dated[] {
  const { delegator, delegate, scope, processes, decisions, acceptance, starts, ends, acceptedAt } = about as DelegationAbout;
  if (acceptedAt === null) return [];
  const limited: Scope = scope === 'EVERYTHING' ? 'EVERYTHING' : { processes, decisions };
  const mandate: Mandate = { kind: 'delegate', person: delegate, principal: delegator, scope: limited, acceptance: acceptance === 'yes', caseId, ref, until: ends };
  return [{ mandate, span: { starts: later(starts, acceptedAt), ends: earlier(ends, settledAt) } }];
}

function substituteMandate(absence: CaseSummary): Dated[] {
  const { person: principal, span } = absenceOf(absence);
  const { substitute, ends } = absence.about as AbsenceAbout;
  if (substitute === null) return [];
  const mandate: Mandate = { kind: 'substitute', person: substitute, principal, scope: 'EVERYTHING', acceptance: false, caseId: absence.id, ref: absence.ref, until: ends };
  return [{ mandate, span }];
}

/** What is recorded afterwards gives nobody authority in the past. */
function absenceOf({ about, openedAt, settledAt }: CaseSummary): { person: PersonId; span: Span } {
  const { person, starts, ends } = about as AbsenceAbout;
  return { person, span: { starts: later(starts, openedAt), ends: earlier(ends, settledAt) } };
}

function later(one: Instant, other: Instant): Instant {
  return one > other ? one : other;
}

function earlier(one: Instant, other: Instant | null): Instant {
  return other !== null && other < one ? other : one;
}
