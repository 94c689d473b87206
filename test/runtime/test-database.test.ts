import { Client } from 'pg';
import { expect, test } from 'vitest';
import { createTestDatabase } from '../support/database.ts';

test('every test database is its own', async () => {
  const [one, other] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  await run(one.url, 'CREATE TABLE mine (id int)');
  await expect(run(other.url, 'SELECT * FROM mine')).rejects.toThrow('does not exist');
  await Promise.all([one.drop(), other.drop()]);
  await expect(run(one.url, 'SELECT 1')).rejects.toThrow('does not exist');
});

async function run(connectionString: string, sql: string): Promise<void> {
  const client = new Client({ connectionString });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}
