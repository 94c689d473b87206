import type { PersonId, PrincipalKey } from '../../contracts/identity.ts';
import type { ViewerKey } from '../../domain/access/visibility.ts';

/** Who reads, and under which keys: what is addressed to him or her, and what may be seen. */
export interface Reader {
  person: PersonId;
  /** `directory.keysOf`: what the inbox asks under. */
  keys: readonly PrincipalKey[];
  /** `readerKeys`: what cases are seen under. */
  sees: readonly ViewerKey[];
}
