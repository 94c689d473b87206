/**
 * What people are told: a closed list. Every notice stands in the application at once; the row says how it goes out by mail
 * (rules §4.4, §4.5). A new kind is a row here and its texts in `domain/mail/texts.ts`.
 */
export interface NoticeRule {
  /** It asks for a decision or an act of the reader, or is about who answers for something: nobody can unsubscribe from it. */
  duty: boolean;
  /** `direct`: a mail of its own, at once. `daily`: in the digest of the next working day. `never`: in the application alone. */
  way: 'direct' | 'daily' | 'never';
}

export const noticeRules = {
  taskAsked: { duty: true, way: 'direct' },
  approvalAsked: { duty: true, way: 'direct' },
  escalation: { duty: true, way: 'direct' },
  unanswered: { duty: true, way: 'direct' },
  noEligibleApprover: { duty: true, way: 'direct' },
  /** A condition was not met in time (E2): what was approved under it is asked again. */
  approvalLapsed: { duty: true, way: 'direct' },
  effectRefused: { duty: true, way: 'direct' },
  reassigned: { duty: true, way: 'direct' },
  /** Whoever held a part of the case has left; the reader stands in until somebody is named. */
  needsOwner: { duty: true, way: 'direct' },
  reminder: { duty: false, way: 'direct' },
  roundRejected: { duty: false, way: 'daily' },
  information: { duty: false, way: 'daily' },
  /** A mail could not be delivered; never a mail itself, or one failure would breed the next. */
  mailFailed: { duty: true, way: 'never' },
} as const satisfies Record<string, NoticeRule>;

export type NoticeKind = keyof typeof noticeRules;

/** What one may choose for a kind that is no duty; nothing chosen: as the rules say. */
export const mailChoices = ['direct', 'digest', 'off'] as const;
export type MailChoice = (typeof mailChoices)[number];

/** The rule of a stored notice; a kind this version does not know goes out directly, and may be unsubscribed. */
export function noticeRule(kind: string): NoticeRule {
  return isNoticeKind(kind) ? noticeRules[kind] : { duty: false, way: 'direct' };
}

export function isNoticeKind(kind: string): kind is NoticeKind {
  return Object.hasOwn(noticeRules, kind);
}
