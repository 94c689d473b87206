import type { Language } from '../../contracts/errors.ts';
import type { Inconsistency } from '../../contracts/statement.ts';
import type { ReasonTexts } from './reason-words.ts';

/** What stands against a Statement of Applicability, in words, and what to do about it. */
function inconsistencyText({ code, control, refs }: Inconsistency, language: Language): string {
  return problems[code][language](control ?? '', refs.join(', '));
}

const problems: Record<Inconsistency['code'], Record<Language, (control: string, refs: string) => string>> = {
  NOT_ALL_OF_ANNEX_A: {
    en: (_, refs) => `The statement does not have each control of Annex A once (${refs}): derive it anew.`,
    de: (_, refs) => `Die Erklärung enthält nicht jede Maßnahme aus Anhang A genau einmal (${refs}): leiten Sie sie neu ab.`,
  },
  APPLICABLE_WITHOUT_REASON: {
    en: (control) => `${control} is applicable without a reason: name a risk, or what requires it.`,
    de: (control) => `${control} ist ohne Grund anwendbar: nennen Sie ein Risiko oder die Anforderung.`,
  },
  EXCLUDED_WITHOUT_JUSTIFICATION: {
    en: (control) => `${control} is excluded without a justification: say why it is not applicable.`,
    de: (control) => `${control} ist ohne Begründung ausgeschlossen: begründen Sie, warum sie nicht anwendbar ist.`,
  },
  EXCLUDED_BUT_IN_PLAN: {
    en: (control, refs) => `${control} is excluded but needed by ${refs}: derive the statement anew, or change the plan.`,
    de: (control, refs) => `${control} ist ausgeschlossen, wird aber von ${refs} gebraucht: leiten Sie die Erklärung neu ab oder ändern Sie den Plan.`,
  },
  EXCLUDED_BUT_RELIED_ON: {
    en: (control, refs) => `${control} is excluded but the rating of ${refs} relies on it: derive the statement anew, or rate the risk without it.`,
    de: (control, refs) =>
      `${control} ist ausgeschlossen, aber die Bewertung von ${refs} stützt sich darauf: leiten Sie die Erklärung neu ab oder bewerten Sie das Risiko ohne sie.`,
  },
  EXCLUDED_BUT_REQUIRED: {
    en: (control, refs) => `${control} is excluded but required by ${refs}: derive the statement anew, or lift the requirement.`,
    de: (control, refs) => `${control} ist ausgeschlossen, wird aber gefordert (${refs}): leiten Sie die Erklärung neu ab oder heben Sie die Anforderung auf.`,
  },
  EVIDENCE_TOO_OLD: {
    en: (control) => `${control} counts as implemented without fresh evidence: verify it, or set its status.`,
    de: (control) => `${control} gilt ohne aktuellen Nachweis als umgesetzt: prüfen Sie sie oder ändern Sie den Status.`,
  },
  NO_ACTION: {
    en: (control) => `${control} is not implemented and nothing is planned: plan an action or treat a risk with it.`,
    de: (control) => `${control} ist nicht umgesetzt und nichts ist geplant: planen Sie eine Maßnahme oder eine Risikobehandlung.`,
  },
  OWNER_VACANT: {
    en: (control) => `${control} has no owner who is there: name one.`,
    de: (control) => `${control} hat keine anwesende verantwortliche Person: benennen Sie eine.`,
  },
  EXCLUDED_BUT_IN_DRAFT: {
    en: (control, refs) => `${control} is excluded, and a draft plan (${refs}) would need it.`,
    de: (control, refs) => `${control} ist ausgeschlossen, und ein Planentwurf (${refs}) würde sie brauchen.`,
  },
};

/** Reasons of controls and of the Statement of Applicability. */
export const statementTexts: Pick<ReasonTexts, 'UNKNOWN_CONTROL' | 'ANNEX_A_CONTROL' | 'STATEMENT_INCONSISTENT'> = {
  UNKNOWN_CONTROL: {
    en: ({ path, control }) => `"${path}" names "${control}", which is no control of Annex A: correct the id, or give a title to one of your own.`,
    de: ({ path, control }) =>
      `„${path}“ nennt „${control}“; das ist keine Maßnahme aus Anhang A: berichtigen Sie die Kennung oder geben Sie einer eigenen einen Titel.`,
  },
  ANNEX_A_CONTROL: {
    en: ({ control }) => `${control} is a control of Annex A: exclude it in the Statement of Applicability instead.`,
    de: ({ control }) => `${control} ist eine Maßnahme aus Anhang A: schließen Sie sie stattdessen in der Erklärung zur Anwendbarkeit aus.`,
  },
  STATEMENT_INCONSISTENT: {
    en: ({ problem, control, refs }) => inconsistencyText({ code: problem, control: control || null, refs: [...refs] }, 'en'),
    de: ({ problem, control, refs }) => inconsistencyText({ code: problem, control: control || null, refs: [...refs] }, 'de'),
  },
};
