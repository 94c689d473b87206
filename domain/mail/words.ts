import type { Language, Text } from '../../contracts/errors.ts';

/** What processes, tasks, deadlines, rounds and subjects are called in mails. A name without a row is spelt out as it is written. */
const words: Record<'process' | 'task' | 'deadline' | 'round' | 'subject', Record<string, Text>> = {
  process: {
    nonconformity: { en: 'Nonconformity', de: 'Nichtkonformität' },
    action: { en: 'Action', de: 'Maßnahme' },
  },
  task: {
    triage: { en: 'decide whether to accept the report', de: 'über die Annahme der Meldung entscheiden' },
    correct: { en: 'correct and contain it', de: 'korrigieren und eindämmen' },
    analyseCause: { en: 'find the causes', de: 'die Ursachen ermitteln' },
    decideCorrectiveAction: {
      en: 'decide whether corrective action is needed',
      de: 'über die Notwendigkeit von Korrekturmaßnahmen entscheiden',
    },
    plan: { en: 'plan the corrective action', de: 'die Korrekturmaßnahmen planen' },
    replanIfNeeded: { en: 'see that the plan is carried out', de: 'die Umsetzung des Plans sicherstellen' },
    confirmImplementation: { en: 'confirm the implementation', de: 'die Umsetzung bestätigen' },
    judge: { en: 'judge the effectiveness', de: 'die Wirksamkeit beurteilen' },
    rule: { en: 'rule on the appeal', de: 'über den Einspruch entscheiden' },
    assign: { en: 'assign the action', de: 'die Maßnahme zuweisen' },
    acknowledge: { en: 'take on the action', de: 'die Maßnahme übernehmen' },
    carryOut: { en: 'carry out the action', de: 'die Maßnahme durchführen' },
    unblock: { en: 'remove the obstacle', de: 'das Hindernis beseitigen' },
    helpUnblock: { en: 'help to remove the obstacle', de: 'beim Beseitigen des Hindernisses helfen' },
    verify: { en: 'verify the action', de: 'die Maßnahme prüfen' },
    approve: { en: 'decide on the approval', de: 'über die Freigabe entscheiden' },
    nameApprover: { en: 'name who decides', de: 'benennen, wer entscheidet' },
    nameHolder: { en: 'name who is responsible', de: 'eine zuständige Person benennen' },
    acknowledgeEscalation: { en: 'acknowledge the escalation', de: 'die Eskalation bestätigen' },
    lookAtRefusedEffect: {
      en: 'look at the follow-up that was refused',
      de: 'den abgelehnten Folgeschritt ansehen',
    },
  },
  deadline: {
    triage: { en: 'decision on the report', de: 'Entscheidung über die Meldung' },
    containment: { en: 'correction and containment', de: 'Korrektur und Eindämmung' },
    causeAndPlan: { en: 'causes and plan', de: 'Ursachen und Plan' },
    evidenceForCb: {
      en: 'evidence for the certification body',
      de: 'Nachweise für die Zertifizierungsstelle',
    },
    planApproval: { en: 'approval of the plan', de: 'Freigabe des Plans' },
    implementation: { en: 'implementation', de: 'Umsetzung' },
    confirmation: { en: 'confirmation of the implementation', de: 'Bestätigung der Umsetzung' },
    effectivenessReview: { en: 'review of the effectiveness', de: 'Beurteilung der Wirksamkeit' },
    ruling: { en: 'ruling on the appeal', de: 'Entscheidung über den Einspruch' },
    due: { en: 'completion of the action', de: 'Abschluss der Maßnahme' },
    acknowledgement: { en: 'taking on the action', de: 'Übernahme der Maßnahme' },
    verification: { en: 'verification', de: 'Prüfung' },
  },
  round: {
    correctiveActionPlan: { en: 'the corrective action plan', de: 'den Plan der Korrekturmaßnahmen' },
  },
  subject: {
    accepted: { en: 'the report was accepted', de: 'die Meldung wurde angenommen' },
    rejected: { en: 'the report was not accepted', de: 'die Meldung wurde nicht angenommen' },
    appealDismissed: { en: 'the appeal was dismissed', de: 'der Einspruch wurde zurückgewiesen' },
    duplicate: {
      en: 'it was joined with a case that reports the same',
      de: 'der Fall wurde mit einem gleichen zusammengeführt',
    },
    repeat: { en: 'it is a repeat of an earlier nonconformity', de: 'es ist eine Wiederholung' },
    recurrence: { en: 'it has occurred again', de: 'es ist erneut aufgetreten' },
    ineffective: { en: 'the action was not effective', de: 'die Maßnahme war nicht wirksam' },
    closed: { en: 'the case was closed as effective', de: 'der Fall wurde als wirksam abgeschlossen' },
    withdrawn: { en: 'the case was withdrawn', de: 'der Fall wurde zurückgezogen' },
  },
};

/** The word for it in that language. */
export function wordFor(table: keyof typeof words, name: string, language: Language): string {
  const row = Object.hasOwn(words[table], name) ? words[table][name] : undefined;
  return row?.[language] ?? speltOut(name);
}

/** `recordCorrection` is "record correction". */
function speltOut(name: string): string {
  return name.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, ' ').toLowerCase();
}
