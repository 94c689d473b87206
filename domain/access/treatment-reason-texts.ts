import { all } from './reason-words.ts';
import type { ReasonTexts } from './reason-words.ts';

/** Reasons of treatment plans and of acceptances in words. */
type TreatmentReason =
  | 'VALIDITY_TOO_LONG'
  | 'LEVEL_ABOVE_CRITERIA'
  | 'NOT_THE_RISK_OWNER'
  | 'NOT_INTERIM'
  | 'NOT_RENEWED'
  | 'NOT_RENEWABLE'
  | 'RENEWED_TOO_OFTEN'
  | 'STILL_RENEWABLE'
  | 'RATING_TOO_OLD'
  | 'RATING_CHANGED'
  | 'PLAN_RISKS'
  | 'TREATMENT_WITHOUT_CONTROL'
  | 'TREATMENT_WITHOUT_ACTION'
  | 'EXPECTED_ABOVE_CURRENT'
  | 'ACTION_AFTER_TARGET'
  | 'ACTIONS_OPEN'
  | 'VERSION_IN_FORCE'
  | 'NO_VERSION_IN_FORCE'
  | 'NOT_SPLITTABLE'
  | 'LAST_RISK'
  | 'NOT_LAPSED'
  | 'APPROVAL_LAPSED'
  | 'TARGET_DATE_PASSED'
  | 'TARGET_TOO_LATE'
  | 'BASIS_UNCHANGED'
  | 'NOT_TO_BE_TREATED';

export const treatmentReasonTexts: Pick<ReasonTexts, TreatmentReason> = {
  VALIDITY_TOO_LONG: {
    en: ({ until, latest }) => `${until} is too late: a risk of this level is accepted until ${latest} at most.`,
    de: ({ until, latest }) => `${until} ist zu spät: ein Risiko dieser Stufe wird höchstens bis ${latest} akzeptiert.`,
  },
  LEVEL_ABOVE_CRITERIA: {
    en: ({ level }) => `A risk of level "${level}" lies above the criteria: it needs a treatment plan, or compensating controls and the acceptance of top management.`,
    de: ({ level }) => `Ein Risiko der Stufe „${level}“ liegt über den Kriterien: es braucht einen Behandlungsplan, oder ausgleichende Maßnahmen und die Akzeptanz der obersten Leitung.`,
  },
  NOT_THE_RISK_OWNER: {
    en: ({ person, owner }, words) => `${words.person(person)} does not own the risk, ${words.person(owner)} does: name that person, or give the risk to another owner first.`,
    de: ({ person, owner }, words) => `Das Risiko gehört ${words.person(owner)}, nicht ${words.person(person)}: nennen Sie diese Person oder geben Sie zuerst das Risiko weiter.`,
  },
  NOT_INTERIM: {
    en: () => 'This is no interim acceptance: it ends with its date, or when somebody revokes it.',
    de: () => 'Das ist keine vorläufige Akzeptanz: sie endet mit ihrem Datum, oder wenn jemand sie widerruft.',
  },
  NOT_RENEWED: {
    en: () => 'No renewal has been accepted: it ends with its date.',
    de: () => 'Es wurde keine Verlängerung akzeptiert: sie endet mit ihrem Datum.',
  },
  NOT_RENEWABLE: {
    en: ({ kind }) => (kind === 'INTERIM' ? 'An interim acceptance follows its plan: prolong it there.' : 'It is confirmed anew in the next assessment of the risk.'),
    de: ({ kind }) => (kind === 'INTERIM' ? 'Eine vorläufige Akzeptanz folgt ihrem Plan: verlängern Sie sie dort.' : 'Sie wird in der nächsten Beurteilung des Risikos neu bestätigt.'),
  },
  RENEWED_TOO_OFTEN: {
    en: ({ renewals }) => `The risk was accepted again ${renewals} times already: top management decides whether it is treated or avoided.`,
    de: ({ renewals }) => `Das Risiko wurde schon ${renewals}-mal erneut akzeptiert: die oberste Leitung entscheidet, ob es behandelt oder vermieden wird.`,
  },
  STILL_RENEWABLE: {
    en: ({ renewals }) => `The risk was accepted again ${renewals} times so far: its owner may still renew the acceptance, or revoke it.`,
    de: ({ renewals }) => `Das Risiko wurde bisher ${renewals}-mal erneut akzeptiert: wer es verantwortet, kann die Akzeptanz noch verlängern oder widerrufen.`,
  },
  RATING_TOO_OLD: {
    en: ({ ratedOn, earliest }) => (ratedOn === '' ? 'The risk has no rating: have it assessed first.' : `The rating of ${ratedOn} is too old: have the risk rated again, on or after ${earliest}.`),
    de: ({ ratedOn, earliest }) => (ratedOn === '' ? 'Das Risiko hat keine Bewertung: lassen Sie es zuerst beurteilen.' : `Die Bewertung vom ${ratedOn} ist zu alt: lassen Sie das Risiko neu bewerten, ab dem ${earliest}.`),
  },
  RATING_CHANGED: {
    en: ({ risk, level }) => `${risk} is rated "${level}" by now: what is on the table stands on an earlier rating and has to be brought up to date first.`,
    de: ({ risk, level }) => `${risk} ist inzwischen mit „${level}“ bewertet: die Vorlage beruht auf einer früheren Bewertung und muss zuerst angepasst werden.`,
  },
  PLAN_RISKS: {
    en: ({ missing, foreign, twice }) => `Decide about each risk of the plan once, and about no other. Missing: ${all(missing, 'none')}; not of this plan: ${all(foreign, 'none')}; twice: ${all(twice, 'none')}.`,
    de: ({ missing, foreign, twice }) => `Entscheiden Sie über jedes Risiko des Plans einmal und über kein anderes. Es fehlt: ${all(missing, 'keines')}; nicht in diesem Plan: ${all(foreign, 'keines')}; doppelt: ${all(twice, 'keines')}.`,
  },
  TREATMENT_WITHOUT_CONTROL: {
    en: ({ risk }) => `${risk} is to be modified: name at least one necessary control.`,
    de: ({ risk }) => `${risk} soll verringert werden: nennen Sie mindestens eine notwendige Maßnahme.`,
  },
  TREATMENT_WITHOUT_ACTION: {
    en: ({ risk }) => `Nothing is planned for ${risk}: add at least one mandatory action, or retain the risk.`,
    de: ({ risk }) => `Für ${risk} ist nichts geplant: ergänzen Sie mindestens eine verbindliche Aktion, oder behalten Sie das Risiko bei.`,
  },
  EXPECTED_ABOVE_CURRENT: {
    en: ({ risk, expected, current }) => `${risk} is "${current}" now and cannot be expected to be "${expected}": a treatment lowers the level, retaining keeps it.`,
    de: ({ risk, expected, current }) => `${risk} ist jetzt „${current}“, erwartet wird „${expected}“: eine Behandlung senkt die Stufe, Beibehalten ändert sie nicht.`,
  },
  ACTION_AFTER_TARGET: {
    en: ({ action, due, targetDate }) => `Action ${action} is due on ${due}, after the target date ${targetDate}: bring it forward, or set a later target date.`,
    de: ({ action, due, targetDate }) => `Aktion ${action} ist am ${due} fällig, nach dem Zieldatum ${targetDate}: ziehen Sie sie vor, oder setzen Sie ein späteres Zieldatum.`,
  },
  ACTIONS_OPEN: {
    en: ({ actions }) => `Mandatory actions are not done (${actions.join(', ')}): they have to be verified, or waived by the owner of the risk.`,
    de: ({ actions }) => `Verbindliche Aktionen sind nicht erledigt (${actions.join(', ')}): sie müssen geprüft sein, oder wer das Risiko verantwortet verzichtet auf sie.`,
  },
  VERSION_IN_FORCE: {
    en: () => 'A version of the plan is in force: it is called off by the owner of a risk together with the ISO.',
    de: () => 'Eine Fassung des Plans ist in Kraft: ihn brechen Risikoverantwortliche und ISB gemeinsam ab.',
  },
  NO_VERSION_IN_FORCE: {
    en: () => 'No version of the plan was approved so far: submit it again.',
    de: () => 'Bisher ist keine Fassung des Plans freigegeben: reichen Sie ihn erneut ein.',
  },
  NOT_SPLITTABLE: {
    en: () => 'A plan is split after one of several owners has rejected it, as long as no version is in force.',
    de: () => 'Ein Plan wird geteilt, wenn eine von mehreren verantwortlichen Personen ihn abgelehnt hat und keine Fassung in Kraft ist.',
  },
  LAST_RISK: {
    en: () => 'It is the only risk of the plan: call the plan off instead.',
    de: () => 'Es ist das einzige Risiko des Plans: brechen Sie stattdessen den Plan ab.',
  },
  NOT_LAPSED: {
    en: () => 'The interim acceptance of the present level is in force: there is nothing to prolong, and no activity has to stop for it.',
    de: () => 'Die vorläufige Akzeptanz der jetzigen Stufe gilt noch: es ist nichts zu verlängern, und keine Tätigkeit muss dafür eingestellt werden.',
  },
  APPROVAL_LAPSED: {
    en: () => 'A condition was not met in time, so the approval of this version has lapsed: submit the plan again, its owners decide anew.',
    de: () => 'Eine Auflage wurde nicht rechtzeitig erfüllt, die Freigabe dieser Fassung ist verfallen: reichen Sie den Plan erneut ein, die Verantwortlichen entscheiden neu.',
  },
  TARGET_TOO_LATE: {
    en: ({ risk, level, targetDate, latest }) => `${risk} is ${level} and would stay so until ${targetDate}: return the plan for a target date by ${latest}, or for steps that lower the level before.`,
    de: ({ risk, level, targetDate, latest }) =>
      `${risk} hat die Stufe „${level}“ und bliebe so bis ${targetDate}: geben Sie den Plan zurück, für einen Zieltermin bis ${latest} oder für Schritte, die die Stufe früher senken.`,
  },
  TARGET_DATE_PASSED: {
    en: ({ targetDate }) => `The target date ${targetDate} has passed, and nobody can tolerate the present level until then: reject the plan, so that its author sets another one.`,
    de: ({ targetDate }) => `Der Zieltermin ${targetDate} ist verstrichen, bis dahin kann niemand die jetzige Stufe hinnehmen: lehnen Sie den Plan ab, damit ein neuer gesetzt wird.`,
  },
  BASIS_UNCHANGED: {
    en: () => 'No newer assessment has looked at the risks of this plan: there is nothing to decide.',
    de: () => 'Keine neuere Beurteilung hat die Risiken dieses Plans betrachtet: es ist nichts zu entscheiden.',
  },
  NOT_TO_BE_TREATED: {
    en: ({ risk, state }) => `${risk} is in state "${state}": a plan is begun for risks that need treatment.`,
    de: ({ risk, state }) => `${risk} ist im Zustand „${state}“: einen Plan gibt es für Risiken, die zu behandeln sind.`,
  },
};
