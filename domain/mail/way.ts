import type { Json } from '../../contracts/json.ts';
import type { MailChoice } from '../../contracts/notices.ts';
import { noticeRule } from '../../contracts/notices.ts';

/** How one notice leaves the house: at once, with the digest of the day or of the week, or not at all. */
export type MailWay = 'direct' | 'daily' | 'weekly' | 'never';

/** A notice as it was stored. */
export interface StoredNotice {
  kind: string;
  digest: boolean;
  data: Record<string, Json>;
}

/** True where the notice is part of one's duties: nobody chooses another way for it (rules §4.5). Legal clocks always are. */
export function isDuty({ kind, data }: Pick<StoredNotice, 'kind' | 'data'>): boolean {
  return noticeRule(kind).duty || data['ladder'] === 'legal';
}

/** Whether it tells an auditor that access was given or has ended. */
export function isOfAccess({ data }: Pick<StoredNotice, 'data'>): boolean {
  return data['subject'] === 'auditorAccessGranted' || data['subject'] === 'auditorAccessEnded';
}

/** What the rules say (rules §4.5: R1 may be collected, E3 goes weekly), or the person's own choice where there is one. */
export function wayOf(notice: StoredNotice, choice: MailChoice | undefined): MailWay {
  const { way } = noticeRule(notice.kind);
  if (way === 'never') return 'never';
  if (isDuty(notice)) return wayOfDuty(notice);
  if (choice === 'off') return 'never';
  if (choice !== undefined) return choice === 'digest' ? 'daily' : 'direct';
  return notice.digest ? 'daily' : way;
}

function wayOfDuty({ digest, data }: StoredNotice): MailWay {
  if (!digest) return 'direct';
  return data['step'] === 'E3' ? 'weekly' : 'daily';
}
