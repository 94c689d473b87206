import type { Draft } from './draft.ts';

/** Flags that a case carries beside its state (rules §4.1): raised and lowered once, each an entry in the record. */

export function raiseFlag(draft: Draft, flag: string): void {
  if (draft.file.flags.includes(flag)) return;
  draft.file.flags.push(flag);
  draft.happenings.push({ kind: 'flagged', flag });
}

/** What it said is so no longer. */
export function lowerFlag(draft: Draft, flag: string): void {
  if (!draft.file.flags.includes(flag)) return;
  draft.file.flags = draft.file.flags.filter((each) => each !== flag);
  draft.happenings.push({ kind: 'unflagged', flag });
}
