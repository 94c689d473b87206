import { createHash } from 'node:crypto';
import type { PersonId } from '../../contracts/identity.ts';

/**
 * The Message-ID of a mail, the same in every attempt: it follows from recipient and causes alone, so that mail systems know a
 * second copy for what it is (RFC 5322 3.6.4). It tells nothing to whoever does not know both.
 */
export function messageIdOf(person: PersonId, causes: readonly string[], domain: string): string {
  const hash = createHash('sha256')
    .update([person, ...causes.toSorted()].join('\n'))
    .digest('hex');
  return `<${hash.slice(0, 40)}@${domain}>`;
}
