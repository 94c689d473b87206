import type { CaseFile, Vacancy, VacancyCause } from '../../contracts/case-file.ts';
import type { Task } from '../../contracts/entry.ts';
import type { CaseId, PersonId, PrincipalKey } from '../../contracts/identity.ts';
import type { Reason } from '../../contracts/reasons.ts';
import { endDeadline, startDeadline } from './deadlines.ts';
import { SYSTEM, personsOf, viewOf, andStandIns } from './draft.ts';
import type { Draft } from './draft.ts';
import { tell } from './notices.ts';

/**
 * NEEDS_OWNER (rules §3.3): what a leaver held goes at once to whoever stands above him and may hold it, until somebody has it for
 * good. It is a flag and a task beside the case's own work, which the interim holder is asked for meanwhile.
 */

export const reassignmentOf = (role: string) => `reassignment:${role}`;
export const takeoverOf = (role: string) => `takeover:${role}`;

/** Duties of this case that may be given to somebody else. */
function duties(draft: Draft): string[] {
  const { reassign } = draft.definition.policy;
  return Object.keys(reassign).filter((role) => draft.file.parties[role] !== undefined && (reassign[role]!.isDuty?.(viewOf(draft)) ?? true));
}

/** Those that this person holds. */
export function dutiesOf(draft: Draft, person: PersonId): string[] {
  return duties(draft).filter((role) => draft.file.parties[role] === person);
}

export interface Vacating {
  role: string;
  because: VacancyCause;
  departure?: CaseId | null;
  /** Who comes before all others: the head of the unit that takes over. */
  first?: readonly PersonId[];
}

/** The party falls vacant, or its interim holder is gone as well: the next one above holds it. */
export function fallVacant(draft: Draft, { role, because, departure = null, first = [] }: Vacating): void {
  const known = vacancyOf(draft, role);
  const { left, ...rest } = known ?? { left: draft.file.parties[role]!, because, since: draft.now, departure };
  const interim = first.find((person) => mayHold(draft, role, person)) ?? interimFor(draft, role, left);
  const vacancy = { ...rest, role, left, interim, departure: departure ?? rest.departure };
  draft.file.vacancies = [...draft.file.vacancies.filter((each) => each.role !== role), vacancy];
  if (known && known.departure !== vacancy.departure) noLongerWaits(draft, known.departure);
  draft.happenings.push({ kind: 'fellVacant', role, left, because: vacancy.because, interim });
  if (interim !== null) hold(draft, role, interim);
  if (!known) startDeadline(draft, reassignmentOf(role));
  dropTakeover(draft, role);
  const asked = personsOf(draft, askedToReassign(draft, vacancy));
  tell(draft, andStandIns(draft, [...asked, ...(interim ? [interim] : [])]), { kind: 'needsOwner', cause: `vacant:${role}`, digest: true, data: { role, left, interim } });
}

export function hold({ file, happenings }: Draft, role: string, to: PersonId): void {
  const from = file.parties[role] ?? null;
  if (from === to) return;
  file.parties[role] = to;
  happenings.push({ kind: 'partyChanged', role, from, to });
}

/**
 * The line manager of the leaver, then those above him, the heads of his unit, the ISO and his deputy, TOP_MGMT, a witness: the first
 * who may hold this party. Null where nobody may; the case says so and the ISO is asked.
 */
export function interimFor(draft: Draft, role: string, left: PersonId): PersonId | null {
  const { directory } = draft.facts;
  const unit = directory.unitOf(left, draft.now) ?? directory.person(left)?.unit ?? draft.file.unit;
  const roles = personsOf(draft, ['role:ISO', 'isoDeputy', 'role:TOP_MGMT', 'role:WITNESS']);
  const candidates = [...managersOf(draft, left), ...directory.headsOf(unit, draft.now), ...roles];
  return candidates.find((person) => person !== left && mayHold(draft, role, person)) ?? null;
}

function managersOf({ facts, now }: Draft, person: PersonId): PersonId[] {
  const above: PersonId[] = [];
  for (let next = facts.directory.managerOf(person, now); next !== null && !above.includes(next); next = facts.directory.managerOf(next, now)) above.push(next);
  return above;
}

/** Present, not an auditor whose access has ended, and fit for the party by the same rules as anybody to whom it is given (segregation of duties included). */
export function mayHold(draft: Draft, role: string, person: PersonId): boolean {
  const { directory } = draft.facts;
  return directory.isActive(person, draft.now) && !directory.isShutOut(person, draft.now) && interimReasons(draft, role, person).length === 0;
}

/** Why he may not; it is the engine that names him, nobody hands it to himself. */
export function interimReasons(draft: Draft, role: string, person: PersonId): Reason[] {
  return draft.definition.policy.reassign[role]?.fit?.({ ...viewOf(draft), actor: SYSTEM }, person) ?? [];
}

/** Parties whose holder is not there any more, where somebody else could hold them: noticed whenever the case is looked at. */
export function deserted(draft: Draft): string[] {
  const { file, facts, now } = draft;
  if (file.settled !== null) return [];
  return duties(draft).filter((role) => {
    if (facts.directory.isActive(file.parties[role]!, now)) return false;
    const vacancy = vacancyOf(draft, role);
    return vacancy?.interim !== null || interimFor(draft, role, vacancy.left) !== null;
  });
}

/** Search keys under which a departure counts what still needs an owner. */
export function vacancyKeys({ vacancies }: Pick<CaseFile<unknown>, 'vacancies'>): { key: string; value: string }[] {
  const departures = vacancies.flatMap(({ departure }) => departure ?? []);
  return [...new Set(departures)].map((value) => ({ key: VACANCY_OF, value }));
}

export const VACANCY_OF = 'vacancyOf';

/** What the case has noticed by itself is taken over by the departure that says so later. */
export function claimVacancies(draft: Draft, left: PersonId, departure: CaseId): void {
  for (const vacancy of draft.file.vacancies) if (vacancy.left === left && vacancy.departure === null) vacancy.departure = departure;
}

/** All parties that are found deserted. */
export function noticeDeserted(draft: Draft): void {
  for (const role of deserted(draft)) fallVacant(draft, { role, because: 'GONE' });
}

export function vacancyOf({ file }: Pick<Draft, 'file'>, role: string): Vacancy | undefined {
  return file.vacancies.find((each) => each.role === role);
}

/** Somebody has the party for good; where the process says so he confirms what came with it. */
export function endVacancy(draft: Draft, role: string, by: 'REASSIGN' | 'CONFIRM_INTERIM'): void {
  const vacancy = vacancyOf(draft, role);
  const holder = draft.file.parties[role]!;
  dropTakeover(draft, role);
  if (!vacancy) return;
  dropVacancy(draft, role);
  draft.happenings.push({ kind: 'vacancyEnded', role, left: vacancy.left, holder, by });
  if (holder !== vacancy.left && draft.definition.policy.reassign[role]?.reconfirm?.(viewOf(draft))) askTakeover(draft, role, holder);
}

function askTakeover(draft: Draft, role: string, person: PersonId): void {
  draft.file.takeovers.push({ role, since: draft.now });
  draft.happenings.push({ kind: 'takeoverAsked', role, person });
  startDeadline(draft, takeoverOf(role));
  tell(draft, [person], { kind: 'taskAsked', cause: `takeover:${role}`, data: { task: 'confirmTakeover', due: draft.file.deadlines[takeoverOf(role)]?.due ?? null } });
}

export function confirmTakeover(draft: Draft, role: string): void {
  draft.happenings.push({ kind: 'takeoverConfirmed', role, person: draft.file.parties[role]! });
  dropTakeover(draft, role);
}

function dropTakeover(draft: Draft, role: string): void {
  draft.file.takeovers = draft.file.takeovers.filter((each) => each.role !== role);
  endDeadline(draft, takeoverOf(role));
}

/** Nobody is sought for the party any more; a departure that waits for it looks again. */
export function dropVacancy(draft: Draft, role: string): void {
  noLongerWaits(draft, vacancyOf(draft, role)?.departure ?? null);
  draft.file.vacancies = draft.file.vacancies.filter((each) => each.role !== role);
  endDeadline(draft, reassignmentOf(role));
}

/** Where a case ends there is nothing left to give to anybody. */
export function dropVacancies(draft: Draft): void {
  for (const { role } of draft.file.vacancies) dropVacancy(draft, role);
  for (const { role } of draft.file.takeovers) dropTakeover(draft, role);
}

/** Who is asked to find a holder: the interim one or the line manager; once it is late the ISO too, then TOP_MGMT (rules §3.3). */
export function askedToReassign({ file }: Pick<Draft, 'file'>, { role, left, interim }: Vacancy): PrincipalKey[] {
  const near: PrincipalKey[] = interim === null ? [`manager:${left}`, 'role:ISO'] : [`person:${interim}`];
  const fired = (file.deadlines[reassignmentOf(role)]?.steps ?? []).filter(({ firedAt }) => firedAt !== null).map(({ step }) => step);
  const late = fired.some((step) => step.startsWith('E'));
  const veryLate = fired.some((step) => step === 'E3' || step === 'E4');
  return [...near, ...(late ? (['role:ISO'] as const) : []), ...(veryLate ? (['role:TOP_MGMT'] as const) : [])];
}

/** Inbox lines that follow from vacancies and takeovers, whatever the state. */
export function vacancyTasks(draft: Draft): Task[] {
  const { vacancies, takeovers, parties } = draft.file;
  return [
    ...vacancies.map((each) => ({ task: 'reassign', principals: [...new Set(askedToReassign(draft, each))], except: [], deadline: reassignmentOf(each.role) })),
    ...takeovers.map(({ role }) => ({ task: 'confirmTakeover', principals: [`person:${parties[role]}` as const], except: [], deadline: takeoverOf(role) })),
  ];
}

/** The departure counts anew what still waits because of it. */
function noLongerWaits({ effects }: Draft, departure: CaseId | null): void {
  if (departure) effects.push({ kind: 'nudge', to: departure });
}
