import type { Json } from '../../../contracts/json.ts';
import type { Api } from './api.ts';
import type { Fields } from './body.ts';
import { caseIdOf, isReference } from './case-reference.ts';

/** As much of a body's JSON schema as says which fields name a case. */
interface Schema {
  properties?: Record<string, { reference?: string }>;
}

/** Cases may be named by their reference in the fields too; the schema, which says where, is asked for only where something looks like one. */
export async function withCaseIds(
  api: Api,
  fields: Fields,
  schemaOf: () => Promise<unknown>,
): Promise<Fields> {
  const candidates = Object.entries(fields).filter(([, value]) => looksLikeReference(value));
  if (candidates.length === 0) return fields;
  const { properties = {} } = ((await schemaOf()) ?? {}) as Schema;
  const resolved = candidates
    .filter(([name]) => properties[name]?.reference === 'case')
    .map(async ([name, ref]) => [name, await caseIdOf(api, String(ref))] as const);
  return { ...fields, ...Object.fromEntries(await Promise.all(resolved)) };
}

function looksLikeReference(value: Json): boolean {
  return typeof value === 'string' && isReference(value);
}
