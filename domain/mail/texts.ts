import type { Language } from '../../contracts/errors.ts';
import { isNoticeKind } from '../../contracts/notices.ts';
import type { NoticeKind } from '../../contracts/notices.ts';

/** What a notice is about, each already in the reader's language; what the notice does not have is an empty text. */
export interface NoticeWords {
  task: string;
  deadline: string;
  /** Ladder step, e.g. `E1`. */
  step: string;
  round: string;
  subject: string;
  /** Party of the case, e.g. "the verifier". */
  role: string;
  /** Name of the person the notice speaks of. */
  person: string;
  /** Name of who stands in until somebody is named. */
  interim: string;
}

interface KindTexts {
  /** In the subject of the mail, beside reference and due: never what the case is about. */
  subject(about: NoticeWords): string;
  /** What happened, and what is asked. */
  paragraphs(about: NoticeWords): string[];
}

/** Every kind in every language; a kind without its texts does not compile. */
const texts: Record<NoticeKind | 'other', Record<Language, KindTexts>> = {
  taskAsked: {
    en: {
      subject: () => 'task for you',
      paragraphs: ({ task }) => [`You are asked to do this: ${task}.`],
    },
    de: {
      subject: () => 'Aufgabe für Sie',
      paragraphs: ({ task }) => [`Sie haben eine Aufgabe: ${task}.`],
    },
  },
  approvalAsked: {
    en: {
      subject: () => 'your decision is needed',
      paragraphs: ({ round }) => [
        `You are asked to decide on ${round || 'an approval'}.`,
        'Silence is never consent: nothing is approved by letting time pass.',
      ],
    },
    de: {
      subject: () => 'Ihre Entscheidung ist gefragt',
      paragraphs: ({ round }) => [
        `Sie sind um eine Entscheidung gebeten über ${round || 'eine Freigabe'}.`,
        'Schweigen gilt nie als Zustimmung: Durch Zeitablauf wird nichts freigegeben.',
      ],
    },
  },
  needsOwner: {
    en: {
      subject: () => 'needs a new owner',
      paragraphs: ({ role, person, interim }) => [
        `${person || 'Somebody'} is no longer available as ${role || 'the one responsible'}. Please name a successor.`,
        `Until then ${interim || 'nobody'} stands in.`,
      ],
    },
    de: {
      subject: () => 'braucht eine neue zuständige Person',
      paragraphs: ({ role, person, interim }) => [
        `Nicht mehr verfügbar ist ${person || 'jemand'} (${role || 'zuständige Person'}). Bitte benennen Sie eine Nachfolge.`,
        `Bis dahin vertritt: ${interim || 'niemand'}.`,
      ],
    },
  },
  reminder: {
    en: {
      subject: () => 'reminder',
      paragraphs: ({ deadline }) => [`This is a reminder that something falls due: ${deadline}.`],
    },
    de: {
      subject: () => 'Erinnerung',
      paragraphs: ({ deadline }) => [`Wir erinnern daran, dass etwas fällig wird: ${deadline}.`],
    },
  },
  escalation: {
    en: {
      subject: ({ step }) => `overdue (${step})`,
      paragraphs: ({ deadline, step }) => [
        `This is overdue: ${deadline}.`,
        step === 'E1' || step === 'E2'
          ? 'You are asked to acknowledge it, and to decide what is to happen.'
          : 'It informs you; it does not move the responsibility.',
      ],
    },
    de: {
      subject: ({ step }) => `überfällig (${step})`,
      paragraphs: ({ deadline, step }) => [
        `Überfällig ist: ${deadline}.`,
        step === 'E1' || step === 'E2'
          ? 'Bitte bestätigen Sie die Eskalation und entscheiden Sie, was geschehen soll.'
          : 'Die Nachricht informiert Sie; die Verantwortung bleibt, wo sie ist.',
      ],
    },
  },
  unanswered: {
    en: {
      subject: ({ step }) => `escalation ${step} not acknowledged`,
      paragraphs: ({ deadline, step }) => [
        `Nobody has acknowledged escalation ${step} in time: ${deadline}.`,
      ],
    },
    de: {
      subject: ({ step }) => `Eskalation ${step} nicht bestätigt`,
      paragraphs: ({ deadline, step }) => [
        `Die Eskalation ${step} wurde nicht rechtzeitig bestätigt: ${deadline}.`,
      ],
    },
  },
  noEligibleApprover: {
    en: {
      subject: () => 'nobody may decide',
      paragraphs: ({ round }) => [
        `Nobody is left who may decide on ${round || 'an approval'}. Please name somebody; until then it stands still.`,
      ],
    },
    de: {
      subject: () => 'niemand darf entscheiden',
      paragraphs: ({ round }) => [
        `Es gibt niemanden mehr, der entscheiden darf über ${round || 'eine Freigabe'}. Bitte benennen Sie jemanden; bis dahin ruht der Vorgang.`,
      ],
    },
  },
  effectRefused: {
    en: {
      subject: () => 'a follow-up step was refused',
      paragraphs: () => [
        'Something that should have followed in another case was refused there. Please look at it and decide how to go on.',
      ],
    },
    de: {
      subject: () => 'ein Folgeschritt wurde abgelehnt',
      paragraphs: () => [
        'Was in einem anderen Fall hätte folgen sollen, wurde dort abgelehnt. Bitte sehen Sie nach und entscheiden Sie, wie es weitergeht.',
      ],
    },
  },
  reassigned: {
    en: {
      subject: () => 'responsibility has changed',
      paragraphs: ({ role, person }) => [`From now on ${person || 'somebody else'} is ${role}.`],
    },
    de: {
      subject: () => 'Zuständigkeit geändert',
      paragraphs: ({ role, person }) => [
        `Ab jetzt ist ${person || 'eine andere Person'} zuständig als: ${role}.`,
      ],
    },
  },
  approvalLapsed: {
    en: {
      subject: () => 'a condition was not met (E2)',
      paragraphs: ({ round }) => [
        `A condition of the approval of ${round || 'the case'} was not met in time.`,
        'Approval is asked for again, or the case cannot end before it is met. Please decide what is to happen.',
      ],
    },
    de: {
      subject: () => 'eine Auflage wurde nicht erfüllt (E2)',
      paragraphs: ({ round }) => [
        `Eine Auflage der Freigabe für ${round || 'den Fall'} wurde nicht rechtzeitig erfüllt.`,
        'Die Freigabe wird erneut eingeholt, oder der Fall kann bis zur Erfüllung nicht enden. Bitte entscheiden Sie, was geschehen soll.',
      ],
    },
  },
  roundRejected: {
    en: {
      subject: () => 'approval refused',
      paragraphs: ({ round }) => [
        `The approval of ${round || 'the case'} was refused; it goes back for rework.`,
      ],
    },
    de: {
      subject: () => 'Freigabe abgelehnt',
      paragraphs: ({ round }) => [
        `Abgelehnt wurde die Freigabe für ${round || 'den Fall'}; es geht zurück in die Überarbeitung.`,
      ],
    },
  },
  information: {
    en: {
      subject: () => 'for your information',
      paragraphs: ({ subject }) => [`For your information: ${subject || 'something has changed'}.`],
    },
    de: {
      subject: () => 'zur Kenntnis',
      paragraphs: ({ subject }) => [`Zur Kenntnis: ${subject || 'es gibt eine Änderung'}.`],
    },
  },
  mailFailed: {
    en: {
      subject: () => 'a mail could not be delivered',
      paragraphs: ({ person }) => [
        `A mail to ${person || 'a person'} could not be delivered. Check the address in the people file; the notice stands in the application.`,
      ],
    },
    de: {
      subject: () => 'E-Mail nicht zustellbar',
      paragraphs: ({ person }) => [
        `Eine E-Mail an ${person || 'eine Person'} war nicht zustellbar. Bitte prüfen Sie die Adresse in der Personendatei; die Nachricht steht in der Anwendung.`,
      ],
    },
  },
  other: {
    en: {
      subject: () => 'news',
      paragraphs: () => ['There is news in this case. Please look at it in the application.'],
    },
    de: {
      subject: () => 'Neuigkeit',
      paragraphs: () => ['In diesem Fall gibt es etwas Neues. Bitte sehen Sie in der Anwendung nach.'],
    },
  },
};

/** The texts of a kind; of one this version does not know, a general one. */
export function textsOf(kind: string, language: Language): KindTexts {
  return texts[isNoticeKind(kind) ? kind : 'other'][language];
}
