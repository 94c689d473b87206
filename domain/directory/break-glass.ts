import type { BreakGlassAbout } from '../../contracts/break-glass.ts';
import type { CaseSummary } from '../../contracts/case-file.ts';
import type { CaseId, Instant, PersonId } from '../../contracts/identity.ts';
import { groupBy } from './group-by.ts';

/** Powers given to one person for some hours (rules §3.2 SOD-13), as the cases of break-glass tell of them. */
export interface EmergencyPower {
  /** The break-glass that gives it. */
  caseId: CaseId;
  ref: string;
  /** `process:COMMAND`. */
  powers: readonly string[];
  /** The only case in which it holds, or null. */
  only: CaseId | null;
  /** When it ends by itself. */
  until: Instant;
}

export interface BreakGlass {
  /** What the person has at that instant, by the hours alone, whatever anybody has noticed so far. */
  emergencyPowersOf(person: PersonId, at: Instant): EmergencyPower[];
}

export function createBreakGlass(cases: readonly CaseSummary[]): BreakGlass {
  const byHolder = groupBy(cases.filter(({ process }) => process === 'breakGlass'), ({ about }) => (about as BreakGlassAbout).holder);
  return { emergencyPowersOf: (person, at) => (byHolder.get(person) ?? []).filter((each) => holds(each, at)).map(powerOf) };
}

function holds({ about }: CaseSummary, at: Instant): boolean {
  const { starts, ends } = about as BreakGlassAbout;
  return starts !== null && ends !== null && starts <= at && at < ends;
}

function powerOf({ id: caseId, ref, about }: CaseSummary): EmergencyPower {
  const { powers, case: only, ends } = about as BreakGlassAbout;
  return { caseId, ref, powers, only, until: ends! };
}

/** Whether it covers this command in this case. */
export function coversCommand({ powers, only }: EmergencyPower, { process, command, caseId }: { process: string; command: string; caseId: CaseId }): boolean {
  return powers.includes(`${process}:${command}`) && (only === null || only === caseId);
}
