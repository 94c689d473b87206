import { z } from 'zod';
import { peopleQuery, peopleView } from '../../contracts/api-records.ts';
import { pageOf } from '../../prisma/queries/cursor.ts';
import { peopleInSight } from '../../prisma/queries/people-in-sight.ts';
import { endpoint, ok } from '../endpoint.ts';
import type { Endpoint } from '../endpoint.ts';
import { afterOf } from './paging.ts';

const peopleKey = z.tuple([z.string()]);

const list = endpoint({
  ...{ method: 'get', path: '/directory/people', tag: 'People', access: 'signedIn' },
  summary: 'People of the organisation, to choose from and to name',
  description: 'Those who have left are listed too, not active, so that what they did keeps its name. An auditor from outside finds those who have a part in what he or she sees.',
  query: peopleQuery,
  answers: { 200: { description: 'People by id', schema: peopleView } },
  errors: [],
  async handle({ query: { q = '', limit, cursor }, now, reader }, { people, pool }) {
    const after = afterOf(cursor, peopleKey)?.[0] ?? '';
    const wanted = q.toLowerCase();
    const directory = await people.directory();
    const known = reader.isAuditorAccount ? await peopleInSight(pool, reader) : null;
    const found = directory
      .people()
      .filter(({ id }) => known === null || known.has(id))
      .filter(({ id, name }) => id > after && (id.includes(wanted) || name.toLowerCase().includes(wanted)))
      .toSorted((one, other) => (one.id < other.id ? -1 : 1))
      .map(({ id, name, unit }) => ({ id, name, unit, active: directory.isActive(id, now) }));
    return ok(pageOf(found, { limit, item: (person) => person, key: ({ id }) => [id] }));
  },
});

export const peopleEndpoints: Endpoint[] = [list];
