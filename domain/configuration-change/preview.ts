import type { CaseFile } from '../../contracts/case-file.ts';
import type { ConfigurationChangeDocument } from '../../contracts/configuration-change.ts';
import type { Instant, UnitId } from '../../contracts/identity.ts';
import { atLocalTime } from '../calendar/due.ts';
import { createConfiguration } from '../configuration/configuration.ts';
import type { Directory } from '../directory/directory.ts';
import type { ProcessDefinition } from '../kernel/definition.ts';
import { SYSTEM, regard } from '../kernel/draft.ts';
import type { Facts } from '../kernel/facts.ts';
import { movedTimes } from '../kernel/times.ts';
import type { TimesChanged } from '../kernel/times.ts';
import { scopesOf } from './behaviours.ts';

/**
 * What a change would do to running cases, before anybody approves it (rules §16.6): the function that carries it out is asked, with the
 * change laid over what is in force, at the instant at which it would take effect.
 */
export interface Previewing {
  change: CaseFile<ConfigurationChangeDocument>;
  facts: Facts;
  now: Instant;
}

export type Preview = (definition: ProcessDefinition<never>, file: CaseFile) => TimesChanged[];

export function previewOf({ change, facts, now }: Previewing): Preview {
  const { set, calendars, effectiveOn } = change.document;
  const midnight = atLocalTime(effectiveOn, '00:00', facts.directory.organisation.zone);
  const effectiveAt = midnight > now ? midnight : now;
  const version = { caseId: change.id, ref: change.ref, effectiveAt, set, calendars };
  const others = facts.configuration.versions.filter(({ caseId }) => caseId !== change.id);
  const changed = { ...facts, configuration: createConfiguration([...others, version]) };
  return (definition, file) => movedTimes(regard({ definition, file, actor: SYSTEM, body: null, now: effectiveAt, facts: changed }));
}

/** Which open cases it would reach: `null` for all, else those of the processes and of the units. */
export interface Reach {
  processes: string[];
  units: UnitId[];
}

/** `units` are those that cases are of, also ones that no longer exist. */
export function reachOf(document: ConfigurationChangeDocument, { directory, units, now }: { directory: Directory; units: readonly UnitId[]; now: Instant }): Reach | null {
  const scopes = scopesOf(document);
  if (scopes.some((scope) => 'all' in scope)) return null;
  const calendars = scopes.flatMap((scope) => ('calendar' in scope ? scope.calendar : []));
  return {
    processes: scopes.flatMap((scope) => ('process' in scope ? scope.process : [])),
    units: units.filter((unit) => calendars.includes(directory.calendarOfUnit(unit, now).id)),
  };
}
