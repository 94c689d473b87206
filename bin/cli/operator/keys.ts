import type { ApiKeyView } from '../../../contracts/api-records.ts';
import { type Answer, answer } from '../answer.ts';
import { table } from '../display/table.ts';
import { timeIn, zoneHere } from '../display/times.ts';
import { Failure } from '../failure.ts';
import { type PersonOptions, connect } from '../person/connection.ts';
import { withJournal } from './installation.ts';

/** Own keys over the API; with `of` those of somebody else, in the database. */
interface KeysOptions extends PersonOptions {
  of?: string;
}

/** `isms key list` */
export async function listKeys({ of, ...options }: KeysOptions): Promise<Answer> {
  const items = of === undefined ? await ownKeys(options) : await keysOf(of);
  return answer({ items }, keysText);
}

async function ownKeys(options: PersonOptions): Promise<ApiKeyView[]> {
  const api = await connect(options);
  return (await api.get<{ items: ApiKeyView[] }>('/me/keys')).items;
}

async function keysOf(person: string): Promise<ApiKeyView[]> {
  const { apiKeysOf } = await import('../../../prisma/queries/api-keys.ts');
  return withJournal(({ pool }) => apiKeysOf(pool, person));
}

/** `isms key revoke` */
export async function revokeKey(id: string, { of, ...options }: KeysOptions): Promise<Answer> {
  if (of === undefined) await (await connect(options)).remove(`/me/keys/${encodeURIComponent(id)}`);
  else await revokeOf(of, id);
  return answer({ id, revoked: true }, () => `${id} is revoked: nobody acts with it any more.`);
}

async function revokeOf(person: string, id: string): Promise<void> {
  const { revokeApiKey } = await import('../../../prisma/queries/api-keys.ts');
  if (await withJournal(({ pool }) => revokeApiKey(pool, { person, id }))) return;
  throw new Failure(
    'notFound',
    `${person} has no key ${id}: isms key list --of ${person} names those there are.`,
    { code: 'NOT_FOUND' },
  );
}

function keysText({ items }: { items: ApiKeyView[] }): string {
  if (items.length === 0) return 'No keys.';
  const time = timeIn(zoneHere);
  const rows = items.map(({ id, name, start, createdAt, expiresAt, lastUsedAt }) => [
    ...[id, name, `${start}…`, time(createdAt), time(expiresAt), time(lastUsedAt)],
  ]);
  return table(['ID', 'FOR', 'KEY', 'MADE', 'ENDS', 'LAST USED'], rows);
}
