import type { PersonId, PrincipalKey } from '../../contracts/identity.ts';
import type { LentDesk } from '../../domain/access/desk.ts';
import type { ReaderKey } from '../../domain/access/visibility.ts';

/** Who reads, and under which keys: what is addressed to him or her, and what may be seen. */
export interface Reader {
  person: PersonId;
  /** `directory.keysOf`: what the inbox asks under. */
  keys: readonly PrincipalKey[];
  /** What the inbox asks under for those whom he or she stands in for. */
  lent: readonly LentDesk[];
  /** `readerKeys`: what cases are seen under. */
  sees: readonly ReaderKey[];
  /** An auditor from outside: what is answered is written into the access log first. */
  isAuditorAccount: boolean;
}
