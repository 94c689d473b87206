import type { PersonId } from '../../contracts/identity.ts';
import type { Json } from '../../contracts/json.ts';
import type { NoticeKind } from '../../contracts/notices.ts';
import type { Draft } from './draft.ts';

export interface Message {
  kind: NoticeKind;
  /** What makes it unique within the case, beside the version of the entry. */
  cause: string;
  digest?: boolean;
  data?: Record<string, Json>;
}

/** Leaves one notice per person; the same cause never reaches the same person twice. */
export function tell(draft: Draft, to: readonly PersonId[], { kind, cause, digest = false, data = {} }: Message): void {
  const { id, version } = draft.file;
  for (const person of new Set(to)) {
    draft.notices.push({ to: person, cause: `${id}:${version + 1}:${cause}`, kind, digest, data });
  }
}
