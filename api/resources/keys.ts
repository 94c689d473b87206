import { apiKeyListView, apiKeyParams } from '../../contracts/api-records.ts';
import { apiKeysOf, revokeApiKey } from '../../prisma/queries/api-keys.ts';
import { endpoint, ok } from '../endpoint.ts';
import type { Endpoint } from '../endpoint.ts';
import { Problem } from '../http/problem.ts';

const list = endpoint({
  ...{ method: 'get', path: '/me/keys', tag: 'People', access: 'signedIn' },
  summary: 'My API keys, newest first',
  description: 'Without the keys themselves: each is shown once, when it is made.',
  answers: { 200: { description: 'The keys', schema: apiKeyListView } },
  errors: [],
  async handle({ reader }, { pool }) {
    return ok({ items: await apiKeysOf(pool, reader.person) });
  },
});

const revoke = endpoint({
  ...{ method: 'delete', path: '/me/keys/{id}', tag: 'People', access: 'signedIn' },
  summary: 'Revoke one of my API keys',
  description: 'It decides nothing more at once, and reads nothing more within seconds.',
  params: apiKeyParams,
  answers: { 204: { description: 'The key is gone' } },
  errors: ['NOT_FOUND'],
  async handle({ reader, params: { id } }, { pool }) {
    if (!(await revokeApiKey(pool, { person: reader.person, id }))) throw new Problem('NOT_FOUND');
    return { status: 204 };
  },
});

export const keyEndpoints: Endpoint[] = [list, revoke];
