import type { CaseSummary } from '../../contracts/case-file.ts';
import type { ConfigurationChangeAbout } from '../../contracts/configuration-change.ts';
import type { Directory } from '../directory/directory.ts';
import { createConfiguration } from './configuration.ts';
import type { Configuration, ConfigurationVersion } from './configuration.ts';

/** Changes of the configuration are cases that change the directory; what was approved is read from there. */
const known = new WeakMap<Directory, Configuration>();

export function configurationOf(directory: Directory): Configuration {
  const found = known.get(directory) ?? createConfiguration(directory.casesOf('configurationChange').flatMap(versionOf));
  known.set(directory, found);
  return found;
}

/** The facts that hold for every decision alike. */
export function standingOf(directory: Directory): { directory: Directory; configuration: Configuration } {
  return { directory, configuration: configurationOf(directory) };
}

function versionOf({ id, ref, about }: CaseSummary): ConfigurationVersion[] {
  const { effectiveAt, change } = about as ConfigurationChangeAbout;
  if (effectiveAt === null) return [];
  return [{ caseId: id, ref, effectiveAt, ...(JSON.parse(change) as Pick<ConfigurationVersion, 'set' | 'calendars'>) }];
}
