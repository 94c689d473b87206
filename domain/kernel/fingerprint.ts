import { z } from 'zod';
import { contentHash } from './canonical.ts';
import type { ProcessDefinition } from './definition.ts';

const known = new WeakMap<object, string>();

/**
 * Name, version and fingerprint of machine and policy together: an entry says under which rules it was decided, also when
 * somebody changed a guard without raising the version.
 */
export function fingerprintOf(definition: ProcessDefinition<never>): string {
  const made = known.get(definition) ?? make(definition);
  known.set(definition, made);
  return made;
}

function make({ name, version, machine, guards, policy, behaviours, open }: ProcessDefinition<never>): string {
  const text = JSON.stringify({ machine: machine.config, guards, policy, behaviours, open }, (_, value: unknown) => readable(value));
  return `${name}@${version}:${contentHash(text).slice(0, 16)}`;
}

/** Functions count by their text, schemas by what they accept. */
function readable(value: unknown): unknown {
  if (typeof value === 'function') return String(value);
  return value instanceof z.ZodType ? z.toJSONSchema(value, { io: 'input' }) : value;
}
