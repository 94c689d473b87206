import { accessLogQuery, accessLogView } from '../../contracts/access-log.ts';
import { reason } from '../../contracts/reasons.ts';
import { accessLogKey, listAccess } from '../../prisma/queries/access-log.ts';
import { endpoint, ok } from '../endpoint.ts';
import type { Endpoint } from '../endpoint.ts';
import { refusal } from '../http/problem.ts';
import { afterOf } from './paging.ts';
import { mayReadAttempts, readersOfAttempts } from './rights.ts';

const list = endpoint({
  ...{ method: 'get', path: '/access-log', tag: 'Journal', access: 'signedIn' },
  summary: 'What auditors from outside were shown, newest first',
  query: accessLogQuery,
  answers: { 200: { description: 'Answers that they were given', schema: accessLogView } },
  errors: ['NOT_ENTITLED'],
  async handle({ reader, query: { limit, cursor, ...filters } }, { pool }) {
    if (!mayReadAttempts(reader)) throw refusal([reason('NOT_ENTITLED', { entitled: readersOfAttempts })]);
    return ok(await listAccess(pool, { filters, limit, after: afterOf(cursor, accessLogKey) }));
  },
});

export const accessLogEndpoints: Endpoint[] = [list];
