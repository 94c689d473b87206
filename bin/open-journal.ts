import type pg from 'pg';
import type { Instant } from '../contracts/identity.ts';
import { createJournal } from '../prisma/journal/journal.ts';
import type { Journal } from '../prisma/journal/journal.ts';
import { createPool } from '../prisma/pool.ts';

/** The journal of a database, with connections of its own; `pool.end()` closes it. */
export interface OpenJournal {
  pool: pg.Pool;
  journal: Journal;
}

export interface JournalPlace {
  databaseUrl: string;
  /** The machine's clock unless tests shift it. */
  clock?: () => Instant;
  /** How many connections at once. */
  max: number;
  more?: Parameters<typeof createPool>[1];
}

export function openJournal({ databaseUrl, clock = machineClock, max, more }: JournalPlace): OpenJournal {
  const pool = createPool(databaseUrl, { ...more, max });
  return { pool, journal: createJournal({ pool, clock }) };
}

export const machineClock = () => new Date().toISOString();
