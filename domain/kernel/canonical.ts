import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { CaseId } from '../../contracts/identity.ts';

/** Canonical JSON (RFC 8785): the same value always gives the same text. Undefined members are left out. */
export function canonicalJson(value: unknown): string {
  return canonicalize(value ?? null) ?? 'null';
}

/** SHA-256 of the canonical JSON, lower-case hex; what an approval is given over (rules §4.3). */
export function contentHash(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}

/** Id of what an effect opens, derived from its place in the journal, so that doing it twice opens it once (design.md "Same journal"). */
export function derivedCaseId(caseId: CaseId, version: number, n: number): CaseId {
  const hex = createHash('sha256').update(`${caseId}:${version}:${n}`).digest('hex');
  const variant = ((parseInt(hex[16] ?? '0', 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
