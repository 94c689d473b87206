import type { CaseSummary } from '../../contracts/case-file.ts';
import type { DepartureAbout } from '../../contracts/departure.ts';
import type { LocalDate } from '../../contracts/identity.ts';
import type { OrganisationFile } from '../../contracts/organisation.ts';

/**
 * The organisation as departures leave it: what has been announced ends on its last day, whatever file was loaded before or after.
 * What begins after that day is another stay (somebody comes back), and is not touched.
 */
export function withDepartures(data: OrganisationFile, cases: readonly CaseSummary[]): OrganisationFile {
  const announced = cases.filter(({ process, settled }) => process === 'departure' && settled !== 'withdrawn').map(({ about }) => about as DepartureAbout);
  return announced.reduce(withDeparture, data);
}

function withDeparture(data: OrganisationFile, { kind, person, role, unit, successor, lastDay }: DepartureAbout): OrganisationFile {
  if (kind === 'LEAVES') return { ...data, people: data.people.map((each) => (each.id === person ? ending(each, lastDay) : each)) };
  if (kind === 'ROLE_ENDS') return { ...data, roles: data.roles.map((each) => (each.person === person && each.role === role ? ending(each, lastDay) : each)) };
  const units = data.units.map((each) => (each.id === unit ? { ...ending(each, lastDay), ...(successor && { successor }) } : each));
  return { ...data, units };
}

function ending<T extends { from?: LocalDate | undefined; until?: LocalDate | undefined }>(each: T, lastDay: LocalDate): T {
  const begunAfterwards = each.from !== undefined && each.from > lastDay;
  const endsBefore = each.until !== undefined && each.until <= lastDay;
  return begunAfterwards || endsBefore ? each : { ...each, until: lastDay };
}
