import type { Language } from '../../contracts/errors.ts';
import type { ViolationCode } from '../../contracts/audit-programme.ts';
import type { YearlyCause } from '../../contracts/universe.ts';

/** Why an item is audited in a year, and which rule a plan does not keep, in words. */

export type WhyCode = YearlyCause | 'WEIGHT' | 'THEME' | 'REPLANNED' | 'BY_HAND';

/** As it is kept in the plan: `CODE` or `CODE ref, ref`. */
export function why(code: WhyCode, refs: readonly string[] = []): string {
  return refs.length === 0 ? code : `${code} ${refs.join(', ')}`;
}

const whyTexts: Record<WhyCode, Record<Language, (refs: string) => string>> = {
  CLAUSE: { en: () => 'clauses 4 to 10 are audited every year', de: () => 'die Abschnitte 4 bis 10 werden jedes Jahr auditiert' },
  HIGH_RISK: { en: (refs) => `every year: a high risk relies on it (${refs})`, de: (refs) => `jedes Jahr: ein hohes Risiko hängt daran (${refs})` },
  RECENT_NC: { en: (refs) => `every year: a nonconformity of late (${refs})`, de: (refs) => `jedes Jahr: eine Nichtkonformität in letzter Zeit (${refs})` },
  CHANGED: { en: (refs) => `every year: new or changed (${refs})`, de: (refs) => `jedes Jahr: neu oder geändert (${refs})` },
  INCIDENT: { en: (refs) => `every year: an incident (${refs})`, de: (refs) => `jedes Jahr: ein Vorfall (${refs})` },
  LEGAL: { en: (refs) => `every year: a law asks for it (${refs})`, de: (refs) => `jedes Jahr: ein Gesetz verlangt es (${refs})` },
  EXCEPTION: { en: (refs) => `every year: an exception is in force (${refs})`, de: (refs) => `jedes Jahr: eine Ausnahme gilt (${refs})` },
  WEIGHT: { en: (refs) => `once in the cycle, in this year by its weight of ${refs}`, de: (refs) => `einmal im Zyklus, in diesem Jahr nach seinem Gewicht von ${refs}` },
  THEME: { en: (refs) => `so that the year covers the theme ${refs}`, de: (refs) => `damit das Jahr den Themenbereich ${refs} abdeckt` },
  REPLANNED: { en: () => 'it was planned before and not reached', de: () => 'es war schon geplant und wurde nicht erreicht' },
  BY_HAND: { en: (refs) => `placed here by hand${refs && `: ${refs}`}`, de: (refs) => `von Hand hier eingeplant${refs && `: ${refs}`}` },
};

/** The reason as people read it; what has no row is shown as it is kept. */
export function whyText(reason: string, language: Language): string {
  const [code = '', ...refs] = reason.split(' ');
  return Object.hasOwn(whyTexts, code) ? whyTexts[code as WhyCode][language](refs.join(' ')) : reason;
}

/** What is not kept, and what to do about it; the items follow in the message. */
export const violationTexts: Record<ViolationCode, Record<Language, string>> = {
  CLAUSES_NOT_EACH_YEAR: { en: 'clauses are not audited in this year: add them to an audit of the year', de: 'Abschnitte werden in diesem Jahr nicht auditiert: nehmen Sie sie in ein Audit des Jahres auf' },
  CLAUSES_NOT_BEFORE_CERTIFICATION: {
    en: 'clauses are not audited before the outside audit of this year: bring an audit forward',
    de: 'Abschnitte werden vor dem externen Audit dieses Jahres nicht auditiert: ziehen Sie ein Audit vor',
  },
  ITEM_NOT_PLANNED: { en: 'not planned in the cycle: add it to an audit, or have top management sign the gap', de: 'im Zyklus nicht geplant: nehmen Sie es in ein Audit auf oder lassen Sie die Lücke von der obersten Leitung unterzeichnen' },
  CONTROLS_UNBALANCED: { en: 'the years differ much in their number of controls: move some', de: 'die Jahre unterscheiden sich stark in der Zahl ihrer Maßnahmen: verschieben Sie einige' },
  NOT_EACH_YEAR: { en: 'to be audited every year, and missing in this one: add it to an audit of the year', de: 'jedes Jahr zu auditieren und in diesem nicht geplant: nehmen Sie es in ein Audit des Jahres auf' },
  NOT_BY_WEIGHT: { en: 'weighs more than something planned for an earlier year: bring it forward', de: 'wiegt mehr als etwas, das für ein früheres Jahr geplant ist: ziehen Sie es vor' },
  THEME_MISSING: { en: 'themes are not covered in this year: add a control of each', de: 'Themenbereiche fehlen in diesem Jahr: nehmen Sie je eine Maßnahme auf' },
  SITE_NOT_PLANNED: { en: 'a site is not audited in the cycle: add it to an audit, or have top management sign the gap', de: 'ein Standort wird im Zyklus nicht auditiert: nehmen Sie ihn in ein Audit auf oder lassen Sie die Lücke von der obersten Leitung unterzeichnen' },
  COVERAGE_OPEN: { en: 'was planned and not reached: plan it again within the cycle, or have top management sign the gap', de: 'war geplant und wurde nicht erreicht: planen Sie es im Zyklus neu oder lassen Sie die Lücke von der obersten Leitung unterzeichnen' },
  UNIVERSE_CHANGED: { en: 'the universe has changed since it was pinned: it is part of the next revision', de: 'das Auditumfeld hat sich seit der Festschreibung geändert: es geht in die nächste Überarbeitung ein' },
  CONFLICT: { en: 'an auditor was part of what is audited: name another', de: 'eine auditierende Person war an dem beteiligt, was auditiert wird: benennen Sie eine andere' },
  UNSTAFFABLE: { en: 'no auditor is free of conflicts for it: find one in time, from outside if need be', de: 'keine auditierende Person ist dafür unbefangen: finden Sie rechtzeitig eine, notfalls von außen' },
  OUTSIDE_CYCLE: { en: 'the window of an audit lies outside the cycle, or in another year than its own: move it', de: 'der Zeitraum eines Audits liegt außerhalb des Zyklus: verschieben Sie ihn' },
  NOT_IN_UNIVERSE: { en: 'not part of the universe: take it out of the audit', de: 'nicht Teil des Auditumfelds: nehmen Sie es aus dem Audit heraus' },
  NO_PROGRAMME_RISKS: { en: 'record the risks of the programme itself', de: 'erfassen Sie die Risiken des Programms selbst' },
  PROGRAMME_AUDITOR_MISSING: {
    en: 'name somebody outside the programme who audits clause 9.2: external, or named by top management',
    de: 'benennen Sie jemanden außerhalb des Programms für Abschnitt 9.2: extern oder von der obersten Leitung benannt',
  },
};
