import { PrismaPg } from '@prisma/adapter-pg';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import type { Pool } from 'pg';
import type { PersonId } from '../../contracts/identity.ts';
import { PrismaClient } from '../generated/client.ts';

/** Where sign-in keeps its accounts, sessions and keys; over the same connections as everything else. */
export function accountStore(pool: Pool) {
  return prismaAdapter(new PrismaClient({ adapter: new PrismaPg(pool) }), { provider: 'postgresql' });
}

export interface Account {
  id: string;
  email: string;
  personId: PersonId;
}

const columns = 'id, email, person_id AS "personId"';

export async function findAccount(pool: Pool, accountId: string): Promise<Account | null> {
  const { rows } = await pool.query<Account>(`SELECT ${columns} FROM auth_user WHERE id = $1`, [accountId]);
  return rows[0] ?? null;
}

export async function findAccountOfPerson(pool: Pool, personId: PersonId): Promise<Account | null> {
  const { rows } = await pool.query<Account>(`SELECT ${columns} FROM auth_user WHERE person_id = $1`, [
    personId,
  ]);
  return rows[0] ?? null;
}
