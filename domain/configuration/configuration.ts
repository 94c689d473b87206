import type { WorkingCalendar } from '../../contracts/calendar.ts';
import type { LadderClass } from '../../contracts/case-file.ts';
import type { ConfigurationKey, ConfigurationPart, ConfigurationValues, SpanKey } from '../../contracts/configuration.ts';
import type { CaseId, Instant } from '../../contracts/identity.ts';
import type { LadderRule } from '../../contracts/ladder.ts';
import { durationOf } from '../calendar/duration-text.ts';
import type { Duration } from '../calendar/duration.ts';
import { defaults } from './defaults.ts';

/** What an approved change of the configuration sets, and from when on (rules §16.6). */
export interface ConfigurationVersion {
  caseId: CaseId;
  ref: string;
  effectiveAt: Instant;
  set: ConfigurationPart;
  calendars: readonly WorkingCalendar[];
}

/** The configuration of one organisation over time; what was in force at an instant never changes afterwards. */
export interface Configuration {
  /** All that is in force at that instant: the defaults, and over them every change that had taken effect. */
  at(instant: Instant): InForce;
  /** Approved changes, those to come included, by the instant at which they take effect. */
  readonly versions: readonly ConfigurationVersion[];
}

export interface InForce {
  value<K extends ConfigurationKey>(key: K): ConfigurationValues[K];
  span(key: SpanKey): Duration;
  /** Steps of that class for the process: its own where it has any, else the common ones. */
  ladder(ladder: LadderClass, process: string): readonly LadderRule[];
  /** A calendar that a change has set; null where that of the directory holds. */
  calendar(id: string): WorkingCalendar | null;
  /** Which change has set the value; null for the default. */
  changeOf(key: ConfigurationKey | `calendar:${string}`): ConfigurationVersion | null;
}

export function createConfiguration(versions: readonly ConfigurationVersion[]): Configuration {
  const inOrder = versions.toSorted((a, b) => (`${a.effectiveAt} ${a.caseId}` < `${b.effectiveAt} ${b.caseId}` ? -1 : 1));
  const known = new Map<number, InForce>();
  const first = (count: number): InForce => {
    const found = known.get(count) ?? inForceOf(inOrder.slice(0, count));
    known.set(count, found);
    return found;
  };
  return { versions: inOrder, at: (instant) => first(inOrder.filter(({ effectiveAt }) => effectiveAt <= instant).length) };
}

function inForceOf(versions: readonly ConfigurationVersion[]): InForce {
  const newestFirst = versions.toReversed();
  const set: ConfigurationPart = Object.assign({}, ...versions.map((each) => each.set));
  const calendars = new Map(versions.flatMap((each) => each.calendars.map((calendar) => [calendar.id, calendar])));
  const value = <K extends ConfigurationKey>(key: K) => (set[key] ?? defaults[key].value) as ConfigurationValues[K];
  return {
    value,
    span: (key) => durationOf(value(key)),
    ladder: (ladder, process) => ownLadder(value, ladder, process) ?? value(`ladder.${ladder}`),
    calendar: (id) => calendars.get(id) ?? null,
    changeOf: (key) => newestFirst.find((each) => keysOf(each).includes(key)) ?? null,
  };
}

function ownLadder(value: InForce['value'], ladder: LadderClass, process: string): readonly LadderRule[] | null {
  const key = `${process}.ladder.${ladder}`;
  return Object.hasOwn(defaults, key) ? (value(key as ConfigurationKey) as LadderRule[] | null) : null;
}

/** Names of what a change sets; a calendar counts as one. */
export function keysOf({ set, calendars }: Pick<ConfigurationVersion, 'set' | 'calendars'>): (ConfigurationKey | `calendar:${string}`)[] {
  return [...(Object.keys(set) as ConfigurationKey[]), ...calendars.map(({ id }) => `calendar:${id}` as const)];
}
