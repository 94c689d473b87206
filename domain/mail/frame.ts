import type { Language } from '../../contracts/errors.ts';

/** The words around every notice. */
export interface Frame {
  hello(name: string): string;
  due: string;
  ifNothing: string;
  whyYou: string;
  open: string;
  met: string;
  digest: Record<'daily' | 'weekly', string>;
  footer(organisation: string): string;
  noReply: string;
  unsubscribe: string;
  duty: string;
  dueBy: string;
}

export const frames: Record<Language, Frame> = {
  en: {
    hello: (name) => `Hello ${name},`,
    due: 'Due',
    ifNothing: 'If nobody acts',
    whyYou: 'Why you',
    open: 'Open the case',
    met: 'Done meanwhile; nothing is left to do here.',
    digest: { daily: 'your notices of the day', weekly: 'overdue cases of the week' },
    footer: (organisation) => `Sent automatically by the management system of ${organisation}.`,
    noReply: 'Replies are not read and change nothing: please act in the application.',
    unsubscribe: 'Stop mails of this kind',
    duty: 'This is part of your duties, so it cannot be unsubscribed: it asks for something that depends on you.',
    dueBy: 'due',
  },
  de: {
    hello: (name) => `Guten Tag ${name},`,
    due: 'Fällig',
    ifNothing: 'Wenn niemand handelt',
    whyYou: 'Warum Sie',
    open: 'Fall öffnen',
    met: 'Inzwischen erledigt; hier ist nichts mehr zu tun.',
    digest: { daily: 'Ihre Nachrichten des Tages', weekly: 'überfällige Fälle der Woche' },
    footer: (organisation) => `Automatisch gesendet vom Managementsystem von ${organisation}.`,
    noReply: 'Antworten werden nicht gelesen und ändern nichts: Bitte handeln Sie in der Anwendung.',
    unsubscribe: 'Keine E-Mails dieser Art mehr',
    duty: 'Das gehört zu Ihren Pflichten und lässt sich daher nicht abbestellen: Hier hängt etwas von Ihnen ab.',
    dueBy: 'fällig',
  },
};

/** The instant on the reader's clocks and in his or her language, with the zone where it stands alone. */
export function timeText(at: string, { zone, language }: { zone: string; language: Language }): string {
  const locale = language === 'de' ? 'de-DE' : 'en-GB';
  const text = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short', timeZone: zone });
  return `${text.format(new Date(at))} (${zone})`;
}

/** As short as a subject wants it. */
export function dayText(at: string, { zone, language }: { zone: string; language: Language }): string {
  const locale = language === 'de' ? 'de-DE' : 'en-GB';
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: zone }).format(new Date(at));
}
