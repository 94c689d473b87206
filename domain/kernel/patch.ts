import { applyPatch, createPatch } from 'rfc6902';
import type { Operation } from 'rfc6902';
import type { CaseFile } from '../../contracts/case-file.ts';

/** Difference of two states of a case as JSON Patch (RFC 6902); folding the patches of all entries gives the present state. */
export type Patch = Operation[];

export function patchOf(before: CaseFile | null, after: CaseFile): Patch {
  return before === null ? [{ op: 'replace', path: '', value: plain(after) }] : createPatch(plain(before), plain(after));
}

/** State after one more entry; throws where the patch does not fit, since then the journal is not what it was. */
export function applied(before: CaseFile | null, patch: Patch): CaseFile {
  if (before === null) return firstState(patch);
  const next = structuredClone(before);
  const failure = applyPatch(next, patch).find((each) => each !== null);
  if (failure) throw failure;
  return next;
}

/** State of a case from its entries, oldest first. */
export function fold(patches: readonly Patch[]): CaseFile {
  return patches.reduce<CaseFile | null>((file, patch) => applied(file, patch), null) as CaseFile;
}

function firstState(patch: Patch): CaseFile {
  const [first] = patch;
  if (first?.op !== 'replace' || first.path !== '') throw new Error('the first entry of a case does not hold its state');
  return structuredClone(first.value) as CaseFile;
}

/** As JSON has it, in one order of members, so that the same change is the same patch whoever stored the case in between. */
function plain<T>(value: T): T {
  if (Array.isArray(value)) return value.map(plain) as T;
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.keys(value).sort().map((name) => [name, value[name as keyof T]] as const);
  return Object.fromEntries(members.filter(([, member]) => member !== undefined).map(([name, member]) => [name, plain(member)])) as T;
}
