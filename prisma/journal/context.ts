import type { Pool } from 'pg';
import type { Instant } from '../../contracts/identity.ts';
import type { DirectoryCache } from './directory-cache.ts';

/** What every part of the journal works with. The clock is injected; tests shift it. */
export interface JournalContext {
  pool: Pool;
  clock: () => Instant;
  directories: DirectoryCache;
}

/** A case that is asked for and does not exist; trying again would not help. */
export class CaseNotFound extends Error {
  constructor(caseId: string) {
    super(`there is no case ${caseId}`);
    this.name = 'CaseNotFound';
  }
}
