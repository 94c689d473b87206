import { all } from './reason-words.ts';
import type { ReasonTexts } from './reason-words.ts';

/** Reasons of risk assessments in words. */
type AssessmentReason =
  | 'CONTEXT_NOT_CONFIRMED'
  | 'OUTSIDE_SCOPE'
  | 'KIND_UNFIT'
  | 'SECOND_PERSON_NEEDED'
  | 'MANDATORY'
  | 'RISK_UNFIT'
  | 'RISK_INCOMPLETE'
  | 'RISKS_NOT_REVIEWED'
  | 'SCOPE_ITEM_EMPTY'
  | 'DISPUTES_OPEN'
  | 'RULING_NEEDED'
  | 'ALREADY_RULED'
  | 'NOT_GRAVE_ENOUGH'
  | 'BASIS_UNDECIDED';

export const assessmentReasonTexts: Pick<ReasonTexts, AssessmentReason> = {
  CONTEXT_NOT_CONFIRMED: {
    en: ({ missing }) => `An assessment stands on a context that was confirmed within a year. Have these records confirmed first: ${all(missing, '–')}.`,
    de: ({ missing }) => `Eine Beurteilung steht auf einem innerhalb eines Jahres bestätigten Kontext. Lassen Sie zuerst diese Aufzeichnungen bestätigen: ${all(missing, '–')}.`,
  },
  OUTSIDE_SCOPE: {
    en: ({ items }) => `This lies outside the scope: ${all(items, '–')}. Leave it out, or change the scope first.`,
    de: ({ items }) => `Das liegt außerhalb des Anwendungsbereichs: ${all(items, '–')}. Lassen Sie es weg oder ändern Sie zuerst den Anwendungsbereich.`,
  },
  KIND_UNFIT: {
    en: ({ kind }) => `The scope does not fit ${kind}: FULL is everything, SINGLE_RISK is exactly one risk; choose another kind.`,
    de: ({ kind }) => `Der Umfang passt nicht zu ${kind}: FULL umfasst alles, SINGLE_RISK genau ein Risiko; wählen Sie eine andere Art.`,
  },
  SECOND_PERSON_NEEDED: {
    en: () => 'What has triggered this is too grave for one person to set it aside: a second person has to agree.',
    de: () => 'Der Auslöser ist zu schwerwiegend, als dass eine Person allein ihn beiseitelegen könnte: eine zweite muss zustimmen.',
  },
  MANDATORY: {
    en: () => 'A planned assessment takes place: carry it out, late if need be.',
    de: () => 'Eine geplante Beurteilung findet statt: führen Sie sie durch, notfalls verspätet.',
  },
  RISK_UNFIT: {
    en: ({ risk, because }) => `${risk} cannot be worked on here (${because}): choose an open risk that no other assessment works on.`,
    de: ({ risk, because }) => `${risk} kann hier nicht bearbeitet werden (${because}): wählen Sie ein offenes Risiko, an dem keine andere Beurteilung arbeitet.`,
  },
  RISK_INCOMPLETE: {
    en: ({ risk, lacks }) => `${risk} still lacks: ${all(lacks, '–')}. Add it on the risk first.`,
    de: ({ risk, lacks }) => `${risk} fehlt noch: ${all(lacks, '–')}. Ergänzen Sie es zuerst am Risiko.`,
  },
  RISKS_NOT_REVIEWED: {
    en: ({ risks }) => `Open risks of the scope were not looked at: ${all(risks, '–')}. Carry them over, or leave them out with a reason.`,
    de: ({ risks }) => `Offene Risiken des Umfangs wurden nicht betrachtet: ${all(risks, '–')}. Übernehmen Sie sie oder lassen Sie sie mit Begründung weg.`,
  },
  SCOPE_ITEM_EMPTY: {
    en: ({ items }) => `No risk was found for ${all(items, '–')}: add one, or say why there is none.`,
    de: ({ items }) => `Für ${all(items, '–')} wurde kein Risiko erfasst: ergänzen Sie eines oder begründen Sie, warum es keines gibt.`,
  },
  DISPUTES_OPEN: {
    en: ({ risks }) => `Disputes are still open: ${all(risks, '–')}.`,
    de: ({ risks }) => `Einwände sind noch offen: ${all(risks, '–')}.`,
  },
  RULING_NEEDED: {
    en: ({ risk }) => `${risk} was disputed for the third time: top management rules before it goes on.`,
    de: ({ risk }) => `${risk} wurde zum dritten Mal beanstandet: zuerst entscheidet die oberste Leitung.`,
  },
  ALREADY_RULED: {
    en: ({ risk }) => `Top management has ruled on ${risk}: confirm it as it is.`,
    de: ({ risk }) => `Über ${risk} hat die oberste Leitung entschieden: bestätigen Sie es, wie es ist.`,
  },
  NOT_GRAVE_ENOUGH: {
    en: ({ risk, level }) => `${risk} is ${level}: only risks that are high or above and need treatment go ahead of the assessment.`,
    de: ({ risk, level }) => `${risk} ist ${level}: nur hohe oder höhere Risiken, die zu behandeln sind, gehen der Beurteilung voraus.`,
  },
  BASIS_UNDECIDED: {
    en: ({ changes }) => `Scope or criteria have changed under way (${all(changes, '–')}): the information security officer decides first whether to continue or to begin anew.`,
    de: ({ changes }) => `Anwendungsbereich oder Kriterien haben sich unterwegs geändert (${all(changes, '–')}): zuerst entscheidet die/der Informationssicherheitsbeauftragte, ob es weitergeht oder neu beginnt.`,
  },
};
