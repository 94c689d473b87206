import type { CaseId } from '../../contracts/identity.ts';
import { writeAccess } from '../../prisma/queries/access-log.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Answer, Call, Endpoint } from '../endpoint.ts';

/**
 * What an auditor from outside is shown is on record before it is shown (rules §7 "external firm", A.8.15): who, when, what was asked for, and
 * which cases the answer tells of. Where it cannot be written, nothing is answered.
 */
export async function logAnswer({ pool }: Pick<Dependencies, 'pool'>, { method, path, access }: Endpoint, { call, answer }: { call: Call; answer: Answer }): Promise<void> {
  if (access === 'public' || !call.reader.isAuditorAccount) return;
  const asked = { ...(call.params as object), ...(call.query as object) };
  await writeAccess(pool, { person: call.reader.person, at: call.now, method: method.toUpperCase(), path, asked, cases: casesOf(path, call, answer) });
}

function casesOf(path: string, { params }: Call, { body, shown = [] }: Answer): CaseId[] {
  const named = path.startsWith('/cases/{id}') ? [(params as { id: CaseId }).id] : [];
  return [...new Set([...named, ...shown, ...[body, ...itemsOf(body)].flatMap(caseIn)])];
}

interface Told {
  id?: unknown;
  case?: unknown;
  items?: unknown;
}

function itemsOf(body: unknown): unknown[] {
  const { items } = (body ?? {}) as Told;
  return Array.isArray(items) ? items : [];
}

/** A row of a list is a case, or names it; the answer to a command holds it. */
function caseIn(told: unknown): CaseId[] {
  const { id, case: named } = (told ?? {}) as Told;
  return [id, named, (named as Told | null)?.id].filter((each): each is CaseId => typeof each === 'string' && UUID.test(each));
}

const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/;
