import type { ConfigurationChangeDocument } from '../../contracts/configuration-change.ts';
import type { BroadcastScope } from '../../contracts/entry.ts';
import type { PrincipalKey } from '../../contracts/identity.ts';
import { keysOf } from '../configuration/configuration.ts';
import type { Behaviours, Follow, View } from '../kernel/definition.ts';

/** What follows from a change that takes effect: running cases learn of it, earlier changes are superseded, the review is told. */

type Sees = View<ConfigurationChangeDocument>;

const authorOf = ({ file }: Sees): PrincipalKey[] => (file.parties['author'] ? [`person:${file.parties['author']}`] : []);

/** Whose times have to be worked out anew: lengths of deadlines hold for those that are set from now on and move nothing. */
export function scopesOf({ set, calendars }: Pick<ConfigurationChangeDocument, 'set' | 'calendars'>): BroadcastScope[] {
  const keys = Object.keys(set);
  if (keys.some((key) => key.startsWith('ladder.'))) return [{ all: true }];
  const processes = new Set(keys.filter((key) => key.includes('.ladder.')).map((key) => key.split('.')[0]!));
  return [...[...processes].map((process) => ({ process })), ...calendars.map(({ id }) => ({ calendar: id }))];
}

function timesChange({ file, doc }: Sees): Follow[] {
  const body = { from: file.id, fromRef: file.ref };
  return scopesOf(doc).map((scope) => ({ kind: 'broadcast' as const, scope, command: 'TIMES_CHANGED', body }));
}

/** An earlier change of which nothing is in force any more. */
function supersedeEarlier({ file, doc, facts }: Sees): Follow[] {
  const { versions } = facts.configuration;
  const running = facts.directory.casesOf('configurationChange').filter(({ id, state }) => state === 'inForce' && id !== file.id);
  return running.filter(({ id }) => isReplaced(id)).map(({ id: to }) => ({ kind: 'command', to, command: 'SUPERSEDE', body: { from: file.id, fromRef: file.ref } }));

  function isReplaced(id: string): boolean {
    const place = versions.findIndex(({ caseId }) => caseId === id);
    const later = versions.slice(place + 1).filter(({ caseId }) => caseId !== file.id && running.some((each) => each.id === caseId));
    const replacing = new Set([...keysOf(doc), ...later.flatMap(keysOf)]);
    return place >= 0 && keysOf(versions[place]!).every((key) => replacing.has(key));
  }
}

export const configurationChangeBehaviours: Behaviours<ConfigurationChangeDocument> = {
  entering: {
    scheduled: (view) => [{ follow: 'inform', subject: 'configurationApproved', to: authorOf(view) }],
    inForce: (view) => [
      { follow: 'inform', subject: 'configurationInForce', to: [...authorOf(view), 'role:ISO', 'role:TOP_MGMT'] },
      // Every change of the configuration is looked at by the management review (rules §16.6).
      { follow: 'flag', flag: 'managementReviewItem' },
      ...timesChange(view),
      ...supersedeEarlier(view),
    ],
  },
  after: {
    REVOKE: (view) => [{ follow: 'inform', subject: 'configurationRevoked', to: [...authorOf(view), 'role:TOP_MGMT'] }],
  },
};
