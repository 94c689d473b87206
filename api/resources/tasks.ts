import { pageQuery } from '../../contracts/api-fields.ts';
import { taskListView } from '../../contracts/api.ts';
import { inboxKey, inboxOf } from '../../prisma/queries/inbox.ts';
import { endpoint, ok } from '../endpoint.ts';
import type { Endpoint } from '../endpoint.ts';
import { afterOf } from './paging.ts';

const inbox = endpoint({
  ...{ method: 'get', path: '/tasks', tag: 'Tasks', access: 'signedIn' },
  summary: 'My inbox: what I am asked to do, the most urgent first',
  query: pageQuery,
  answers: { 200: { description: 'Tasks by due date; those without one come last', schema: taskListView } },
  errors: [],
  async handle({ reader, now, query: { limit, cursor } }, { pool }) {
    return ok(await inboxOf(pool, { reader, now, limit, after: afterOf(cursor, inboxKey) }));
  },
});

export const taskEndpoints: Endpoint[] = [inbox];
