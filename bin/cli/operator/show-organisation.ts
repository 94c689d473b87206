import colors from 'picocolors';
import type { Dated } from '../../../contracts/organisation.ts';
import { valuesOf } from '../../../domain/directory/dated.ts';
import { newestOrganisation, type LoadedOrganisation } from '../../../prisma/queries/organisation-file.ts';
import { type Answer, answer } from '../answer.ts';
import { section, table } from '../display/table.ts';
import { timeIn } from '../display/times.ts';
import { Failure } from '../failure.ts';
import { withJournal } from './installation.ts';

/** `isms organisation show`; the field `data` of the JSON can be edited and imported again. */
export async function showOrganisation({ asOf }: { asOf?: string } = {}): Promise<Answer> {
  if (asOf !== undefined) return (await import('./show-organisation-as-of.ts')).showOrganisationAsOf(asOf);
  const loaded = await withJournal(({ pool }) => newestOrganisation(pool));
  if (!loaded)
    throw new Failure(
      'notFound',
      'No organisation is loaded: isms organisation import FILE.json --reason TEXT.',
      { code: 'NOT_FOUND' },
    );
  return answer(loaded, organisationText);
}

function organisationText({ revision, loadedAt, data }: LoadedOrganisation): string {
  const { organisation, units, sites } = data;
  return [
    `${colors.bold(organisation.name)} · revision ${revision} of ${timeIn(organisation.zone)(loadedAt)} · ${organisation.zone} · ${organisation.locale}`,
    ...section(
      'Sites',
      table(
        ['ID', 'NAME', 'ZONE', 'CALENDAR'],
        sites.map(({ id, name, zone, calendar }) => [id, datedText(name), datedText(zone), datedText(calendar)]),
      ),
    ),
    ...section(
      'Units',
      table(
        ['ID', 'NAME', 'WITHIN', 'HEAD', 'SITE'],
        units.map(({ id, name, parent, head, site }) => [id, name, datedText(parent), datedText(head), site]),
      ),
    ),
    ...section('People', people(data)),
  ].join('\n\n');
}

function people({ people: all, roles }: LoadedOrganisation['data']): string {
  if (all.length === 0) return 'nobody yet';
  const rolesOf = (id: string) =>
    roles
      .filter(({ person }) => person === id)
      .map(roleText)
      .join(', ');
  const rows = all.map(({ id, name, unit, manager, from, until }) => [
    id,
    name,
    datedText(unit),
    datedText(manager),
    rolesOf(id),
    spanText({ from, until }),
  ]);
  return table(['ID', 'NAME', 'UNIT', 'MANAGER', 'ROLES', 'DAYS'], rows);
}

function roleText({ role, unit, scope, from, until }: LoadedOrganisation['data']['roles'][number]): string {
  const limits = [unit, scope, spanText({ from, until })].filter(Boolean);
  return limits.length === 0 ? role : `${role} (${limits.join(', ')})`;
}

function datedText(dated: Dated | undefined): string {
  const several = Array.isArray(dated);
  return valuesOf(dated)
    .map(({ value, ...days }) => (several ? `${value} (${spanText(days) || 'always'})` : value))
    .join(', ');
}

function spanText({ from, until }: { from?: string; until?: string }): string {
  return [from && `from ${from}`, until && `until ${until}`].filter(Boolean).join(' ');
}
