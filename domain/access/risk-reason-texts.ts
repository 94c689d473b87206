import { all } from './reason-words.ts';
import type { ReasonTexts } from './reason-words.ts';

/** Reasons of risks and of their criteria in words. */
type RiskReason =
  | 'RISK_NOT_READY'
  | 'OWNER_MISSING'
  | 'NOT_A_RISK_OWNER'
  | 'UNUSUAL_RISK_OWNER'
  | 'RISK_IN_TREATMENT'
  | 'IN_ANOTHER_ASSESSMENT'
  | 'SECOND_RATING_MISSING'
  | 'SECOND_RATING_DIFFERS'
  | 'ABOVE_CRITERIA'
  | 'TARGET_ABOVE_CURRENT'
  | 'NOT_OF_REGISTER'
  | 'MATRIX_INCOMPLETE'
  | 'MATRIX_FALLS'
  | 'LEVELS_UNREACHABLE'
  | 'AUTHORITY_FALLS'
  | 'NO_IMPACT_SCALE';

export const riskReasonTexts: Pick<ReasonTexts, RiskReason> = {
  RISK_NOT_READY: {
    en: ({ because }) => `This does not fit the risk as it stands: ${because}.`,
    de: ({ because }) => `Das passt nicht zum Stand des Risikos: ${because}.`,
  },
  OWNER_MISSING: {
    en: ({ case: risk }) => `${risk} has no active owner. Name one first (NAME_OWNER).`,
    de: ({ case: risk }) => `${risk} hat keine aktive verantwortliche Person. Benennen Sie zuerst eine (NAME_OWNER).`,
  },
  NOT_A_RISK_OWNER: {
    en: ({ person, role }, words) => `${words.person(person)} holds the role ${role} and never owns a risk. Name somebody who is accountable for it.`,
    de: ({ person, role }, words) => `${words.person(person)} hat die Rolle ${role} und verantwortet nie ein Risiko. Benennen Sie eine Person, die dafür einsteht.`,
  },
  UNUSUAL_RISK_OWNER: {
    en: ({ person, role }, words) =>
      `${words.person(person)} holds the role ${role} and owns risks only where that is said on purpose: send evenThough with NAME_OWNER. TOP_MGMT then accepts beside the ISO.`,
    de: ({ person, role }, words) =>
      `${words.person(person)} hat die Rolle ${role} und verantwortet Risiken nur, wenn das ausdrücklich gewollt ist: senden Sie evenThough mit NAME_OWNER. Bei der/dem ISB nimmt dann auch TOP_MGMT das Risiko an.`,
  },
  RISK_IN_TREATMENT: {
    en: ({ case: plan }) => `${plan} treats this risk. End the plan, or release the risk from it, first.`,
    de: ({ case: plan }) => `${plan} behandelt dieses Risiko. Beenden Sie zuerst den Plan oder lösen Sie das Risiko daraus.`,
  },
  IN_ANOTHER_ASSESSMENT: {
    en: ({ case: assessment }) => `${assessment} works on this risk. Go on there, or wait until it has ended.`,
    de: ({ case: assessment }) => `${assessment} bearbeitet dieses Risiko. Machen Sie dort weiter oder warten Sie das Ende ab.`,
  },
  SECOND_RATING_MISSING: {
    en: ({ level }) => `This risk (${level}) needs a second rating by another person (SECOND_RATE) before it is evaluated.`,
    de: ({ level }) => `Dieses Risiko (${level}) braucht vor der Bewertung eine zweite Einschätzung durch eine andere Person (SECOND_RATE).`,
  },
  SECOND_RATING_DIFFERS: {
    en: ({ first, second }) => `The ratings differ (${first} and ${second}). Say in resolution which one holds and why, or rate again.`,
    de: ({ first, second }) => `Die Einschätzungen weichen ab (${first} und ${second}). Sagen Sie in resolution, welche gilt und warum, oder schätzen Sie neu ein.`,
  },
  ABOVE_CRITERIA: {
    en: ({ level }) => `A ${level} risk lies above the criteria and cannot be marked acceptable. Treat it; retaining it is an option of the treatment plan.`,
    de: ({ level }) => `Ein Risiko der Stufe ${level} liegt über den Kriterien und kann nicht als akzeptabel gelten. Behandeln Sie es; Beibehalten ist eine Option des Behandlungsplans.`,
  },
  TARGET_ABOVE_CURRENT: {
    en: ({ target, current }) => `The target (${target}) lies above the current level (${current}). Aim at it or lower.`,
    de: ({ target, current }) => `Das Ziel (${target}) liegt über der jetzigen Stufe (${current}). Wählen Sie höchstens diese.`,
  },
  NOT_OF_REGISTER: {
    en: ({ case: ref, register }) => `${ref} is no entry of the register "${register}". Name one of its entries.`,
    de: ({ case: ref, register }) => `${ref} ist kein Eintrag des Registers „${register}“. Nennen Sie einen seiner Einträge.`,
  },
  MATRIX_INCOMPLETE: {
    en: ({ cells }) => `The matrix has no level for: ${all(cells, '–')}. Fill every cell.`,
    de: ({ cells }) => `Die Matrix nennt keine Stufe für: ${all(cells, '–')}. Füllen Sie jedes Feld.`,
  },
  MATRIX_FALLS: {
    en: ({ cells }) => `The level falls although impact or likelihood rises: ${all(cells, '–')}. Let it stay or rise.`,
    de: ({ cells }) => `Die Stufe fällt, obwohl Auswirkung oder Wahrscheinlichkeit steigt: ${all(cells, '–')}. Lassen Sie sie gleich bleiben oder steigen.`,
  },
  LEVELS_UNREACHABLE: {
    en: ({ levels }) => `No combination leads to: ${all(levels, '–')}. Let every level begin above the one before.`,
    de: ({ levels }) => `Keine Kombination führt zu: ${all(levels, '–')}. Lassen Sie jede Stufe über der vorigen beginnen.`,
  },
  AUTHORITY_FALLS: {
    en: ({ levels }) => `A higher level needs less authority than a lower one: ${all(levels, '–')}. Let it stay or rise.`,
    de: ({ levels }) => `Eine höhere Stufe verlangt weniger Befugnis als eine niedrigere: ${all(levels, '–')}. Lassen Sie sie gleich bleiben oder steigen.`,
  },
  NO_IMPACT_SCALE: {
    en: () => `The criteria have no scale for any impact. Describe at least one dimension.`,
    de: () => `Die Kriterien haben keine Skala für eine Auswirkung. Beschreiben Sie mindestens eine Dimension.`,
  },
};
