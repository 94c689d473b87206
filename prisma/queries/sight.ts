import type { ReaderKey } from '../../domain/access/visibility.ts';

/**
 * Whether the case `h` is seen under the keys of that parameter: keys as they are, or `process/key` where somebody stands in for another in
 * that process alone.
 */
export function seenUnder(parameter: string): string {
  return `(h.viewers && ${parameter}::text[] OR EXISTS (SELECT FROM unnest(h.viewers) v WHERE h.process || '/' || v = ANY(${parameter}::text[])))`;
}

/** The same where no key is limited to a process: one look into the index of viewers. */
export function seenUnderPlain(parameter: string): string {
  return `h.viewers && ${parameter}::text[]`;
}

/** Under which of these the cases of one process are seen; for them a look into the index is enough. */
export function keysIn(process: string, keys: readonly ReaderKey[]): ReaderKey[] {
  const prefix = `${process}/`;
  return keys.map((key) => (key.startsWith(prefix) ? (key.slice(prefix.length) as ReaderKey) : key));
}
