import type { CaseSummary } from '../../contracts/case-file.ts';
import type { ConfigurationKey, ConfigurationPart } from '../../contracts/configuration.ts';
import type { ConfigurationChangeAbout, ConfigurationChangeDocument } from '../../contracts/configuration-change.ts';
import type { Actor } from '../../contracts/entry.ts';
import type { Instant, PersonId } from '../../contracts/identity.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import { localDate } from '../calendar/due.ts';
import { calendarsInForce, loadedCalendars } from '../configuration/calendars.ts';
import { keysOf } from '../configuration/configuration.ts';
import { contentHash } from '../kernel/canonical.ts';
import type { View } from '../kernel/definition.ts';
import { inForce } from '../kernel/draft.ts';
import type { Facts } from '../kernel/facts.ts';

/** What a change of the configuration must not be (rules §16.6). */

type Change = Pick<ConfigurationChangeDocument, 'set' | 'calendars'>;
type Sees = View<ConfigurationChangeDocument, never>;

interface Ground {
  facts: Facts;
  now: Instant;
}

/** The values that it replaces, as they are in force now. */
export function replaced({ set, calendars }: Change, ground: Ground): ConfigurationChangeDocument['before'] {
  const now = inForce(ground);
  const keys = Object.keys(set) as ConfigurationKey[];
  const running = new Map(calendarsInForce(ground.facts.directory, ground.now).map((each) => [each.id, each]));
  const hashes = calendars.map(({ id }) => [id, contentHash(running.get(id) ?? null)]);
  return {
    set: Object.fromEntries(keys.map((key) => [key, now.value(key)])) as ConfigurationPart,
    calendars: Object.fromEntries(hashes) as Record<string, string>,
  };
}

interface Opening {
  body: Change;
  actor: Actor;
  facts: Facts;
  now: Instant;
}

export function openingReasons({ body, actor, facts, now }: Opening): Reason[] {
  const entitled = authorReasons(body, { person: actor.person!, facts, now });
  return entitled.length > 0 ? entitled : calendarReasons(body, { facts, now });
}

const AUTHORS = ['role:ISO', 'isoDeputy', 'role:TOP_MGMT'];

/** Who may draft: the ISO, the deputy, TOP_MGMT; ADMIN, who has no say in the business, calendars alone (SOD-13). */
export function authorReasons({ set }: Change, { person, facts, now }: Ground & { person: PersonId }): Reason[] {
  const keys: string[] = facts.directory.keysOf(person, now);
  const mayAll = AUTHORS.some((key) => keys.includes(key));
  const mayCalendars = Object.keys(set).length === 0 && keys.includes('role:ADMIN');
  return mayAll || mayCalendars ? [] : [reason('NOT_ENTITLED', { entitled: ['iso', 'isoDeputy', 'topManagement'] })];
}

/** A calendar that no site keeps would have no effect. */
export function calendarReasons({ calendars }: Change, { facts, now }: Ground): Reason[] {
  const known = loadedCalendars(facts.directory, now).map(({ id }) => id);
  const unknown = calendars.filter(({ id }) => !known.includes(id));
  return unknown.map(({ id }) => reason('UNKNOWN_CALENDAR', { path: 'calendars', calendar: id, known }));
}

/** Two changes of the same that wait at the same time: the second comes when the first is in force or gone. */
export function conflictReasons({ file, doc, facts }: Sees): Reason[] {
  const mine: string[] = keysOf(doc);
  const waiting = facts.directory.casesOf('configurationChange').filter(({ id, state }) => id !== file.id && ['approval', 'scheduled'].includes(state));
  return waiting.flatMap((each) => {
    const keys = mine.filter((key) => aboutOf(each).keys.includes(key));
    return keys.length > 0 ? [reason('CHANGE_IN_PROGRESS', { case: each.ref, keys })] : [];
  });
}

/** What it replaces is not what its author saw: he looks again and sends the change once more. */
export function staleReasons({ doc, facts, now }: Sees): Reason[] {
  const present = replaced(doc, { facts, now });
  const keys = keysOf(doc).filter((key) => contentHash(valueIn(present, key)) !== contentHash(valueIn(doc.before, key)));
  return keys.length > 0 ? [reason('BASIS_CHANGED', { keys })] : [];
}

function valueIn({ set, calendars }: ConfigurationChangeDocument['before'], key: string) {
  return (key.startsWith('calendar:') ? calendars[key.slice('calendar:'.length)] : set[key as ConfigurationKey]) ?? null;
}

/** Nothing takes effect in the past. */
export function tooLateReasons({ doc, facts, now }: Sees): Reason[] {
  const today = localDate(now, facts.directory.organisation.zone);
  return doc.effectiveOn < today ? [reason('DATE_IN_PAST', { path: 'effectiveOn', date: doc.effectiveOn, earliest: today })] : [];
}

/** Whoever has written any of it does not approve it (rules §16.6 "four-eyes change"). */
export function authorsOf({ file, facts }: Sees): PersonId[] {
  const wrote = facts.involvements.filter(({ relation, object }) => relation === 'authoredConfiguration' && object === file.id);
  const opener = file.openedBy === 'SYSTEM' ? [] : [file.openedBy];
  return [...new Set([...opener, ...wrote.map(({ person }) => person)])].sort();
}

export function aboutOf({ about }: CaseSummary): ConfigurationChangeAbout {
  return about as ConfigurationChangeAbout;
}
