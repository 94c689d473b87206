import { openConfigurationChangeBody } from '../../contracts/configuration-change.ts';
import type { ConfigurationChangeDocument, OpenConfigurationChange } from '../../contracts/configuration-change.ts';
import type { Actor } from '../../contracts/entry.ts';
import type { Instant } from '../../contracts/identity.ts';
import type { ProcessDefinition } from '../kernel/definition.ts';
import type { Facts } from '../kernel/facts.ts';
import { configurationChangeBehaviours } from './behaviours.ts';
import { configurationChangeGuards } from './guards.ts';
import { configurationChangeMachine } from './machine.ts';
import { configurationChangePolicy } from './policy.ts';
import { openingReasons, replaced } from './rules.ts';

function document({ title, set, calendars, effectiveOn, reason }: OpenConfigurationChange, now: Instant, { facts }: { facts: Facts }): ConfigurationChangeDocument {
  return { title, set, calendars, effectiveOn, reason, before: replaced({ set, calendars }, { facts, now }) };
}

/** Change of the configuration (rules §16.6). */
export const configurationChange: ProcessDefinition<ConfigurationChangeDocument> = {
  name: 'configurationChange',
  prefix: 'CC',
  version: 1,
  machine: configurationChangeMachine,
  guards: configurationChangeGuards,
  policy: configurationChangePolicy,
  behaviours: configurationChangeBehaviours,
  changesDirectory: true,
  open: {
    by: 'everyone',
    body: openConfigurationChangeBody,
    unit: (_, { actor, facts }) => facts.directory.person(actor.person ?? '')?.unit ?? '',
    document,
    parties: (_, { person }: Actor) => ({ author: person! }),
    rules: openingReasons,
  },
};
