import type { AuditorAccessAbout } from '../../contracts/auditor-access.ts';
import type { CaseSummary } from '../../contracts/case-file.ts';
import type { CaseId, Instant, PersonId } from '../../contracts/identity.ts';
import type { Chart } from './chart.ts';
import { groupBy } from './group-by.ts';
import type { Roles } from './roles.ts';

/** What an auditor may read, and until when (rules §3.1, §18 "Audit"), as the cases of auditor access tell of it. */
export interface ReadingScope {
  /** The case that gives it. */
  caseId: CaseId;
  ref: string;
  all: boolean;
  /** Keys of the audit universe. */
  items: readonly string[];
  /** When it ends by itself. */
  until: Instant;
}

export interface AuditorAccess {
  /** What the person may read for an audit at that instant, by the days alone, whatever anybody has noticed so far. */
  readingScopesOf(person: PersonId, at: Instant): ReadingScope[];
  /**
   * Whether the account is one of an auditor from outside: it reads its scope and takes part in its audits, and does nothing else here.
   * That is who holds the role EXTERNAL_AUDITOR, and who is not employed here and holds that of an auditor.
   */
  isAuditorAccount(person: PersonId, at: Instant): boolean;
  /** An account of that kind on a day for which nobody has given it access: it neither signs in nor decides. */
  isShutOut(person: PersonId, at: Instant): boolean;
}

export function createAuditorAccess(cases: readonly CaseSummary[], { person, assignmentsOf }: Pick<Chart, 'person'> & Pick<Roles, 'assignmentsOf'>): AuditorAccess {
  const given = groupBy(cases.filter(({ process }) => process === 'auditorAccess'), ({ about }) => (about as AuditorAccessAbout).person);
  const readingScopesOf = (id: PersonId, at: Instant) => (given.get(id) ?? []).filter((each) => holds(each, at)).map(scopeOf);
  const isAuditorAccount = (id: PersonId, at: Instant) => {
    const roles = assignmentsOf(id, at).map(({ role }) => role);
    return roles.includes('EXTERNAL_AUDITOR') || (person(id)?.external === true && (roles.includes('AUDITOR') || roles.includes('LEAD_AUDITOR')));
  };
  return { readingScopesOf, isAuditorAccount, isShutOut: (id, at) => isAuditorAccount(id, at) && readingScopesOf(id, at).length === 0 };
}

/** What is recorded afterwards has opened nothing in the past. */
function holds({ openedAt, settledAt, about }: CaseSummary, at: Instant): boolean {
  const { starts, ends } = about as AuditorAccessAbout;
  return starts <= at && openedAt <= at && at < ends && (settledAt === null || at < settledAt);
}

function scopeOf({ id: caseId, ref, about }: CaseSummary): ReadingScope {
  const { all, items, ends } = about as AuditorAccessAbout;
  return { caseId, ref, all: all === 'yes', items, until: ends };
}
