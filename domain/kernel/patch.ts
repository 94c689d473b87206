import { applyPatch, createPatch } from 'rfc6902';
import type { Operation, Pointer } from 'rfc6902';
import type { CaseFile } from '../../contracts/case-file.ts';

/** Difference of two states of a case as JSON Patch (RFC 6902); folding the patches of all entries gives the present state. */
export type Patch = Operation[];

export function patchOf(before: CaseFile | null, after: CaseFile): Patch {
  return before === null ? [{ op: 'replace', path: '', value: plain(after) }] : createPatch(plain(before), plain(after), listDifference);
}

/**
 * Of two lists: what is the same at both ends stays, what lies between is compared in its place, the rest is added or removed. The
 * shortest patch would take quadratic time, and a Statement of Applicability has 93 rows that are derived anew with every control.
 */
function listDifference(before: unknown, after: unknown, at: Pointer): Operation[] | void {
  if (!Array.isArray(before) || !Array.isArray(after)) return;
  const from = sameAtBeginning(before, after);
  const tail = sameAtBeginning(before.slice(from).reverse(), after.slice(from).reverse());
  const [was, is] = [before.slice(from, before.length - tail), after.slice(from, after.length - tail)];
  const path = (n: number) => at.add(String(from + n)).toString();
  const both = Math.min(was.length, is.length);
  return [
    ...is.slice(0, both).flatMap((each: unknown, n) => changed(was[n], each, path(n))),
    ...was.slice(both).map((): Operation => ({ op: 'remove', path: path(both) })),
    ...is.slice(both).map((value: unknown, n): Operation => ({ op: 'add', path: path(both + n), value })),
  ];
}

function changed(before: unknown, after: unknown, path: string): Operation[] {
  return createPatch(before, after, listDifference).map((operation) => ({ ...operation, path: path + operation.path }));
}

function sameAtBeginning(before: readonly unknown[], after: readonly unknown[]): number {
  const differs = before.findIndex((each, n) => n >= after.length || JSON.stringify(each) !== JSON.stringify(after[n]));
  return differs < 0 ? before.length : differs;
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
