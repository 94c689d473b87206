import type { Language } from '../../contracts/errors.ts';
import type { ConflictCause } from '../../contracts/independence.ts';
import type { ReasonData } from '../../contracts/reasons.ts';
import type { ReasonTexts, Words } from './reason-words.ts';

/** Conflicts of auditors in words (rules §7 "explained in a sentence with the facts"). */

type Data = ReasonData<'NOT_INDEPENDENT'>;

const kinds: Record<string, Record<Language, string>> = {
  clause: { en: 'clause ', de: 'Abschnitt ' },
  control: { en: '', de: '' },
  own: { en: '', de: '' },
  site: { en: 'the site ', de: 'der Standort ' },
  unit: { en: 'the unit ', de: 'die Einheit ' },
  supplier: { en: 'the supplier ', de: 'der Lieferant ' },
};

/** The item without the prefix of its key, e.g. "clause 9.2.1", "A.8.13". */
function spokenItem(key: string, language: Language): string {
  const [kind = '', ...id] = key.split(':');
  return `${kinds[kind]?.[language] ?? ''}${id.join(':')}`;
}

/** What somebody is or was to the item. */
const parts: Record<ConflictCause, Record<Language, string>> = {
  OWNED: { en: 'owner of it', de: 'dafür verantwortlich' },
  OPERATED: { en: 'among those who carry it out', de: 'an der Ausführung beteiligt' },
  IMPLEMENTED: { en: 'among those who implemented it', de: 'an der Umsetzung beteiligt' },
  AUTHORED: { en: 'author of what governs it', de: 'Verfasserin oder Verfasser der Vorgaben dazu' },
  APPROVED: { en: 'among those who approved what governs it', de: 'an der Freigabe der Vorgaben dazu beteiligt' },
  ACTION_OWNER: { en: 'owner of an action on it', de: 'für eine Maßnahme dazu verantwortlich' },
  ISO_OVER_CLAUSE: { en: 'information security officer, who audits no clause of the management system', de: 'Informationssicherheitsbeauftragte(r) und auditiert keinen Abschnitt des Managementsystems' },
  RUNS_THE_PROGRAMME: { en: 'part of the audit programme, which somebody from outside of it audits', de: 'Teil des Auditprogramms, das jemand von außerhalb auditiert' },
};

function during({ since, until }: Data, language: Language): string {
  const began = since > '0001';
  if (until === null) return began ? { en: ` since ${since}`, de: ` seit ${since}` }[language] : '';
  if (since === until) return { en: ` on ${since}`, de: ` am ${since}` }[language];
  return { en: `${began ? ` from ${since}` : ''} until ${until}`, de: `${began ? ` von ${since}` : ''} bis ${until}` }[language];
}

const advice = ({ freeFrom, waivable }: Data): Record<Language, string> => ({
  en: `${freeFrom ? `Independent from ${freeFrom} on. ` : ''}Name another auditor${waivable ? ', or of a member other than the lead ask top management for a waiver with a safeguard' : ''}.`,
  de: `${freeFrom ? `Unabhängig ab ${freeFrom}. ` : ''}Benennen Sie eine andere Auditorin oder einen anderen Auditor${waivable ? ', oder bitten Sie die oberste Leitung um eine Ausnahme mit Ausgleich (nicht für die Auditleitung)' : ''}.`,
});

export const independenceTexts: Pick<ReasonTexts, 'NOT_INDEPENDENT'> = {
  NOT_INDEPENDENT: {
    en: (data: Data, words: Words) =>
      `${data.rule}: ${words.person(data.person)} is not independent of ${spokenItem(data.item, 'en')}: ${parts[data.because].en}${during(data, 'en')} (${data.refs.join(', ')}). ${advice(data).en}`,
    de: (data: Data, words: Words) =>
      `${data.rule}: ${words.person(data.person)} ist nicht unabhängig (${spokenItem(data.item, 'de')}): ${parts[data.because].de}${during(data, 'de')} (${data.refs.join(', ')}). ${advice(data).de}`,
  },
};
