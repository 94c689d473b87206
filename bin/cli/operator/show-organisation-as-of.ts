import colors from 'picocolors';
import { instantOf } from '../../../api/as-of.ts';
import { organisationViewOf } from '../../../api/organisation-view.ts';
import type { OrganisationView } from '../../../contracts/api-organisation.ts';
import { organisationQuery } from '../../../contracts/api-organisation.ts';
import type { Instant } from '../../../contracts/identity.ts';
import { type Answer, answer } from '../answer.ts';
import { section, table } from '../display/table.ts';
import { timeIn } from '../display/times.ts';
import { Failure } from '../failure.ts';
import { withJournal } from './installation.ts';

/** `isms organisation show --as-of`: who was there, with which role, for whom, as it was known then. */
export async function showOrganisationAsOf(asOf: string): Promise<Answer> {
  if (!organisationQuery.safeParse({ asOf }).success) throw new Failure('usage', `Write a day such as 2026-12-31, or an instant such as 2026-12-31T12:00Z, not "${asOf}".`);
  const view = await withJournal(async ({ journal }) => {
    const at: Instant = instantOf(asOf, (await journal.directory()).organisation.zone);
    return organisationViewOf(journal, { at, language: 'en' });
  });
  if (!view) throw new Failure('notFound', `No organisation had been loaded by ${asOf}.`, { code: 'NOT_FOUND' });
  return answer(view, asText);
}

function asText(view: OrganisationView): string {
  const { organisation, revision, asOf, loadedAt } = view;
  const time = timeIn(organisation.zone);
  return [
    `${colors.bold(organisation.name)} on ${time(asOf)} · revision ${revision} of ${time(loadedAt)} · ${organisation.zone}`,
    ...section('Sites', table(['ID', 'NAME', 'ZONE', 'CALENDAR'], view.sites.map(({ id, name, zone, calendar }) => [id, name, zone, calendar]))),
    ...section('Units', table(['ID', 'NAME', 'WITHIN', 'HEAD', 'SITE'], view.units.map(({ id, name, above, head, site }) => [id, name, above ?? '', head ?? '', site]))),
    ...section('People', table(['ID', 'NAME', 'UNIT', 'MANAGER', 'ROLES', ''], view.people.map((person) => personRow(view, person)))),
    ...standInsText(view),
    ...(view.warnings.length === 0 ? [] : section('Warnings', view.warnings.map(({ text }) => `• ${text}`).join('\n'))),
  ].join('\n\n');
}

function personRow({ roles }: OrganisationView, { id, name, unit, manager, absent }: OrganisationView['people'][number]): string[] {
  const held = roles.filter(({ person }) => person === id).map(({ role, unit: of, scope }) => [role, of, scope].filter(Boolean).join(' of '));
  return [id, name, unit ?? '', manager ?? '', held.join(', '), absent ? 'absent' : ''];
}

function standInsText({ standIns, emergencyPowers, organisation }: OrganisationView): string[] {
  const time = timeIn(organisation.zone);
  const rows = [
    ...standIns.map(({ person, kind, for: whom, scope, until, ref }) => [person, `${kind} of ${whom}`, scope.join(', ') || 'everything', time(until), ref]),
    ...emergencyPowers.map(({ person, powers, until, ref }) => [person, 'break-glass', powers.join(', '), time(until), ref]),
  ];
  return rows.length === 0 ? [] : section('Acting for others', table(['WHO', 'AS', 'WHAT', 'UNTIL', 'CASE'], rows));
}
