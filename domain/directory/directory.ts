import type { CaseSummary } from '../../contracts/case-file.ts';
import type { OrganisationFile } from '../../contracts/organisation.ts';
import { createAuditorAccess } from './auditor-access.ts';
import type { AuditorAccess } from './auditor-access.ts';
import { createChart } from './chart.ts';
import type { Chart } from './chart.ts';
import { withDepartures } from './departures.ts';
import { createBreakGlass } from './break-glass.ts';
import type { BreakGlass } from './break-glass.ts';
import { groupBy } from './group-by.ts';
import { createPast } from './past.ts';
import type { Past } from './past.ts';
import { createPrincipals } from './principals.ts';
import type { Principals } from './principals.ts';
import { createRoles } from './roles.ts';
import type { Roles } from './roles.ts';
import { createStandingIn } from './standing-in.ts';
import type { StandingIn } from './standing-in.ts';

/**
 * People, units, sites and roles of one revision, unchangeable; answers for any instant (rules §3.1, §3.3). Days of validity
 * count in the organisation's zone. Nobody inside may be changed by the caller: a change is a new revision.
 */
export interface Directory extends Chart, Roles, Principals, StandingIn, BreakGlass, AuditorAccess, Past {
  readonly revision: number;
  /** Name, zone and language of the organisation. */
  readonly organisation: Readonly<OrganisationFile['organisation']>;
  /** Cases of a process that changes the directory, past ones included, in the order of their opening. */
  casesOf(process: string): readonly CaseSummary[];
}

/**
 * Builds all look-ups once. `loaded` must have passed `validateOrganisation` without errors; an unknown zone throws RangeError,
 * cycles and dangling references are cut. `cases` are those of the processes that change the directory.
 */
export function createDirectory(loaded: OrganisationFile, revision: number, cases: readonly CaseSummary[] = []): Directory {
  const data = withDepartures(loaded, cases);
  const chart = createChart(data);
  const roles = createRoles(data, chart);
  const principals = createPrincipals({ ...chart, ...roles });
  const byProcess = groupBy(cases, ({ process }) => process);
  const casesOf = (process: string) => byProcess.get(process) ?? [];
  const auditorAccess = createAuditorAccess(cases, { ...chart, ...roles });
  const standingIn = createStandingIn(data, cases, { ...chart, ...roles, ...principals, ...auditorAccess });
  return { revision, organisation: data.organisation, casesOf, ...chart, ...roles, ...principals, ...auditorAccess, ...standingIn, ...createBreakGlass(cases), ...createPast(data) };
}
