import { configurationQuery, configurationView } from '../../contracts/api-configuration.ts';
import type { ConfigurationView } from '../../contracts/api-configuration.ts';
import { configurationKeys, configurationSchemas } from '../../contracts/configuration.ts';
import type { ConfigurationKey } from '../../contracts/configuration.ts';
import type { Instant } from '../../contracts/identity.ts';
import { reason } from '../../contracts/reasons.ts';
import { endsSoon, lastKnownDay } from '../../domain/calendar/coverage.ts';
import { localDate } from '../../domain/calendar/due.ts';
import { loadedCalendars } from '../../domain/configuration/calendars.ts';
import { keysOf } from '../../domain/configuration/configuration.ts';
import type { ConfigurationVersion, InForce } from '../../domain/configuration/configuration.ts';
import { defaults } from '../../domain/configuration/defaults.ts';
import { configurationOf } from '../../domain/configuration/in-directory.ts';
import type { Directory } from '../../domain/directory/directory.ts';
import { endpoint, ok } from '../endpoint.ts';
import type { Endpoint } from '../endpoint.ts';
import { refusal } from '../http/problem.ts';
import { mayReadConfiguration, readersOfConfiguration } from './rights.ts';

const configuration = endpoint({
  ...{ method: 'get', path: '/configuration', tag: 'Configuration', access: 'signedIn' },
  summary: 'What is in force: every value, and whether a default or which change has set it',
  query: configurationQuery,
  answers: { 200: { description: 'Values, calendars and changes to come', schema: configurationView } },
  errors: ['NOT_ENTITLED'],
  async handle({ query: { asOf }, now, reader }, { journal }) {
    if (!mayReadConfiguration(reader)) throw refusal([reason('NOT_ENTITLED', { entitled: readersOfConfiguration })]);
    return ok(viewOf(await journal.directory(), asOf ?? now));
  },
});

function viewOf(directory: Directory, asOf: Instant): ConfigurationView {
  const { at, versions } = configurationOf(directory);
  const inForce = at(asOf);
  return {
    asOf,
    values: configurationKeys.map((key) => valueOf(inForce, key)),
    calendars: calendarsOf(directory, inForce, asOf),
    upcoming: versions.filter(({ effectiveAt }) => effectiveAt > asOf).map((each) => ({ ...refOf(each), keys: keysOf(each) })),
  };
}

function valueOf(inForce: InForce, key: ConfigurationKey): ConfigurationView['values'][number] {
  const change = inForce.changeOf(key);
  const { source, awaits = null } = defaults[key];
  const title = configurationSchemas[key].meta()?.title ?? key;
  return { key, title, value: inForce.value(key), source: change?.ref ?? source, change: change && refOf(change), awaits };
}

function calendarsOf(directory: Directory, inForce: InForce, asOf: Instant): ConfigurationView['calendars'] {
  const today = localDate(asOf, directory.organisation.zone);
  const sites = directory.sites(asOf);
  return loadedCalendars(directory, asOf).map((each) => {
    const calendar = inForce.calendar(each.id) ?? each;
    const change = inForce.changeOf(`calendar:${each.id}`);
    const kept = sites.filter((site) => site.calendar === each.id).map(({ id }) => id);
    return {
      ...{ id: each.id, zone: calendar.zone, sites: kept, source: calendar.source ?? null, lastDay: lastKnownDay(calendar) },
      ...{ endsSoon: endsSoon(calendar, today), change: change && refOf(change) },
    };
  });
}

function refOf({ caseId: id, ref, effectiveAt }: ConfigurationVersion): { id: string; ref: string; effectiveAt: Instant } {
  return { id, ref, effectiveAt };
}

export const configurationEndpoints: Endpoint[] = [configuration];
