import type { Pool } from 'pg';
import type { Instant } from '../../contracts/identity.ts';
import type { Directory } from '../../domain/directory/directory.ts';

/** What every part of the courier's store works with. The clock is injected; tests shift it. */
export interface CourierContext {
  pool: Pool;
  clock: () => Instant;
  directory: () => Promise<Directory>;
}
