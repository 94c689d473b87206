import { z } from 'zod';
import type { Instant } from '../../contracts/identity.ts';
import type { Json } from '../../contracts/json.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import { localDate } from '../calendar/due.ts';
import type { Facts } from './facts.ts';

/** What a body refers to: its schema says of each field whether it names a person, a unit, a case, evidence, or a date with a bound. */
export interface Reference {
  kind: 'person' | 'unit' | 'case' | 'evidence' | 'notPast' | 'notFuture';
  path: string;
  value: string;
}

interface Node {
  reference?: Reference['kind'];
  bound?: Reference['kind'];
  properties?: Record<string, Node>;
  items?: Node;
  additionalProperties?: Node | boolean;
}

const schemas = new WeakMap<z.ZodType, Node>();

/** JSON schema of a body, made once; what the API, the CLI and the forms show. */
export function jsonSchemaOf(body: z.ZodType): Node {
  const known = schemas.get(body);
  if (known) return known;
  const made = z.toJSONSchema(body, { io: 'input' }) as Node;
  schemas.set(body, made);
  return made;
}

export function referencesIn(body: z.ZodType, value: Json): Reference[] {
  return walk(jsonSchemaOf(body), value, '');
}

function walk(node: Node, value: Json | undefined, path: string): Reference[] {
  if (value === undefined || value === null) return [];
  if (typeof value === 'string') {
    const kind = node.reference ?? node.bound;
    return kind ? [{ kind, path, value }] : [];
  }
  if (Array.isArray(value)) return node.items ? value.flatMap((each, n) => walk(node.items!, each, join(path, String(n)))) : [];
  if (typeof value !== 'object' || !node.properties) return [];
  return Object.entries(node.properties).flatMap(([name, child]) => walk(child, value[name], join(path, name)));
}

function join(path: string, part: string): string {
  return path === '' ? part : `${path}.${part}`;
}

interface Ground {
  facts: Facts;
  now: Instant;
  zone: string;
}

/** Reasons for every reference that leads nowhere: unknown or inactive people, unknown units, cases and evidence, impossible dates. */
export function referenceReasons(references: readonly Reference[], ground: Ground): Reason[] {
  return references.flatMap((each) => checks[each.kind](each, ground));
}

const checks: Record<Reference['kind'], (reference: Reference, ground: Ground) => Reason[]> = {
  person: ({ path, value }, { facts, now }) => (facts.directory.isActive(value, now) ? [] : [reason('UNKNOWN_PERSON', { path, person: value })]),
  unit: ({ path, value }, { facts, now }) => (facts.directory.isUnitActive(value, now) ? [] : [reason('UNKNOWN_UNIT', { path, unit: value })]),
  case: ({ path, value }, { facts }) => (facts.cases.some(({ id }) => id === value) ? [] : [reason('UNKNOWN_CASE', { path, case: value })]),
  evidence: ({ path, value }, { facts }) => (facts.evidence.some(({ sha256 }) => sha256 === value) ? [] : [reason('UNKNOWN_EVIDENCE', { path, evidence: value })]),
  notPast: ({ path, value }, { now, zone }) => {
    const earliest = localDate(now, zone);
    return value < earliest ? [reason('DATE_IN_PAST', { path, date: value, earliest })] : [];
  },
  notFuture: ({ path, value }, { now, zone }) => {
    const latest = localDate(now, zone);
    return value > latest ? [reason('DATE_IN_FUTURE', { path, date: value, latest })] : [];
  },
};
