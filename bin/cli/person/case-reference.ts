import type { CaseRow } from '../../../contracts/api.ts';
import type { CaseId } from '../../../contracts/identity.ts';
import { Failure } from '../failure.ts';
import type { Api, Page } from './api.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const reference = /^[A-Z]{1,8}-\d{4}-\d{4,}$/i;
const pageSize = 200;

/** Whether it looks like `NC-2026-0001`. */
export function isReference(text: string): boolean {
  return reference.test(text);
}

/** The id of a case that is named by its reference or id. */
export async function caseIdOf(api: Api, named: string): Promise<CaseId> {
  const text = named.trim();
  if (uuid.test(text)) return text.toLowerCase();
  if (!isReference(text))
    throw new Failure(
      'usage',
      `"${text.slice(0, 60)}" names no case: give a reference such as NC-2026-0001, or an id.`,
    );
  return findByReference(api, text.toUpperCase());
}

/** Titles may contain the reference too, so that the case itself may stand on a later page. */
async function findByReference(api: Api, ref: string): Promise<CaseId> {
  for (let cursor: string | undefined; ;) {
    const page: Page<CaseRow> = await api.get('/cases', { q: ref, limit: pageSize, cursor });
    const found = page.items.find((each) => each.ref === ref);
    if (found) return found.id;
    if (page.next === null) break;
    cursor = page.next;
  }
  throw new Failure(
    'notFound',
    `There is no case ${ref} that you may see: check the reference, or look into isms list.`,
    { code: 'NOT_FOUND' },
  );
}
