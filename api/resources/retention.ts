import { retentionListView, retentionQuery } from '../../contracts/api-records.ts';
import { reason } from '../../contracts/reasons.ts';
import { retentionDue, retentionKey } from '../../prisma/queries/retention.ts';
import { endpoint, ok } from '../endpoint.ts';
import type { Endpoint } from '../endpoint.ts';
import { refusal } from '../http/problem.ts';
import { afterOf } from './paging.ts';
import { mayReadAttempts, readersOfAttempts } from './rights.ts';

const due = endpoint({
  ...{ method: 'get', path: '/retention/due', tag: 'Journal', access: 'signedIn' },
  summary: 'Cases and evidence that need not be kept any longer and are under no legal hold; nothing is deleted by itself',
  query: retentionQuery,
  answers: { 200: { description: 'Cases and pieces of evidence, each with the class as which it was kept', schema: retentionListView } },
  errors: ['NOT_ENTITLED'],
  async handle({ reader, now, query: { limit, cursor, class: recordClass } }, { pool }) {
    if (!mayReadAttempts(reader)) throw refusal([reason('NOT_ENTITLED', { entitled: readersOfAttempts })]);
    return ok(await retentionDue(pool, { today: now.slice(0, 10), limit, after: afterOf(cursor, retentionKey), recordClass }));
  },
});

export const retentionEndpoints: Endpoint[] = [due];
