import type { Language, Text } from '../../contracts/errors.ts';
import { isNoticeKind } from '../../contracts/notices.ts';
import type { NoticeKind } from '../../contracts/notices.ts';

/** What kinds of notices are called where people choose how they come. */
const names: Record<NoticeKind, Text> = {
  taskAsked: { en: 'Tasks for you', de: 'Aufgaben für Sie' },
  approvalAsked: { en: 'Decisions you are asked for', de: 'Entscheidungen, um die Sie gebeten sind' },
  escalation: { en: 'Escalations', de: 'Eskalationen' },
  unanswered: { en: 'Escalations that nobody acknowledged', de: 'Nicht bestätigte Eskalationen' },
  noEligibleApprover: {
    en: 'Approvals nobody may decide',
    de: 'Freigaben, über die niemand entscheiden darf',
  },
  approvalLapsed: { en: 'Approvals that have lapsed', de: 'Verfallene Freigaben' },
  effectRefused: { en: 'Refused follow-up steps', de: 'Abgelehnte Folgeschritte' },
  reassigned: { en: 'Changed responsibilities', de: 'Geänderte Zuständigkeiten' },
  needsOwner: { en: 'Cases without an owner', de: 'Fälle ohne zuständige Person' },
  reminder: { en: 'Reminders', de: 'Erinnerungen' },
  roundRejected: { en: 'Refused approvals', de: 'Abgelehnte Freigaben' },
  information: { en: 'For your information', de: 'Zur Kenntnis' },
  mailFailed: { en: 'Mails that could not be delivered', de: 'Nicht zustellbare E-Mails' },
};

export function kindName(kind: string, language: Language): string {
  return isNoticeKind(kind) ? names[kind][language] : kind;
}

/** Why somebody cannot choose for a kind that is a duty. */
export const dutyReason: Text = {
  en: 'It is part of your duties: it asks for something that depends on you.',
  de: 'Es gehört zu Ihren Pflichten: Hier hängt etwas von Ihnen ab.',
};
