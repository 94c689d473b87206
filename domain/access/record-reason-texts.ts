import { linkFailureTexts } from './link-failure-texts.ts';
import { all } from './reason-words.ts';
import type { ReasonTexts } from './reason-words.ts';

/** Why something about records, evidence and the early end of a case was refused, and what to do about it. */
type RecordReason = 'UNKNOWN_RELATION' | 'LINK_UNREACHABLE' | 'APPROVED_BEFORE' | 'NO_CANCEL_ASKED' | 'NO_SUCH_ENTRY' | 'NOT_CORRECTABLE' | 'NOT_YOUR_ENTRY';

export const recordReasonTexts: Pick<ReasonTexts, RecordReason> = {
  UNKNOWN_RELATION: {
    en: ({ path, relatesTo }) =>
      `"${path}" names "${relatesTo}", which is neither a clause of ISO/IEC 27001:2022 such as 9.2.1, nor a control such as A.8.13, nor a state, task or command of this process.`,
    de: ({ path, relatesTo }) =>
      `„${path}“ nennt „${relatesTo}“; das ist weder ein Abschnitt der ISO/IEC 27001:2022 wie 9.2.1 noch eine Maßnahme wie A.8.13 noch ein Zustand, eine Aufgabe oder ein Befehl dieses Prozesses.`,
  },
  LINK_UNREACHABLE: {
    en: ({ url, why }) => `${url} is no evidence: ${linkFailureTexts[why].en}`,
    de: ({ url, why }) => `${url} ist kein Nachweis: ${linkFailureTexts[why].de}`,
  },
  APPROVED_BEFORE: {
    en: ({ at }) => `It was approved on ${at.slice(0, 10)} and is no longer withdrawn: ask for it to be called off instead.`,
    de: ({ at }) =>
      `Der Fall wurde am ${at.slice(0, 10)} freigegeben und kann nicht mehr zurückgezogen werden: bitten Sie stattdessen um den Abbruch.`,
  },
  NO_CANCEL_ASKED: {
    en: () => 'Nobody asks to call this case off: there is nothing to decide.',
    de: () => 'Niemand hat den Abbruch dieses Falls beantragt: es gibt nichts zu entscheiden.',
  },
  NO_SUCH_ENTRY: {
    en: ({ entry, last }) => `There is no entry ${entry}: the last one is ${last}.`,
    de: ({ entry, last }) => `Einen Eintrag ${entry} gibt es nicht: der letzte ist ${last}.`,
  },
  NOT_YOUR_ENTRY: {
    en: ({ entry, author }, { person }) =>
      `Entry ${entry} was written by ${author === 'SYSTEM' ? 'the engine' : person(author)}. Its author, or whoever keeps the record of this process, corrects it; a comment is open to you.`,
    de: ({ entry, author }, { person }) =>
      `Eintrag ${entry} stammt von ${author === 'SYSTEM' ? 'der Anwendung' : person(author)}. Berichtigen darf ihn, wer ihn geschrieben hat oder die Aufzeichnung dieses Prozesses führt; ein Kommentar ist möglich.`,
  },
  NOT_CORRECTABLE: {
    en: ({ field, correctable }) => `"${field}" is not corrected here: choose one of ${all(correctable, 'none')}, or leave the field out to note what was wrong.`,
    de: ({ field, correctable }) => `„${field}“ wird hier nicht berichtigt: möglich sind ${all(correctable, 'keine')}; ohne Feld wird nur vermerkt, was falsch war.`,
  },
};
