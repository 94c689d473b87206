import type { Language, Text } from '../../contracts/errors.ts';

export type WordTable = 'process' | 'task' | 'deadline' | 'round' | 'subject';

/** What processes, tasks, deadlines, rounds and subjects are called in mails. A name without a row is spelt out as it is written. */
const words: Record<WordTable, Record<string, Text>> = {
  process: {
    nonconformity: { en: 'Nonconformity', de: 'Nichtkonformität' },
    action: { en: 'Action', de: 'Maßnahme' },
    absence: { en: 'Absence', de: 'Abwesenheit' },
    delegation: { en: 'Delegation', de: 'Vertretungsvollmacht' },
    breakGlass: { en: 'Break-glass', de: 'Notfallzugriff' },
    configurationChange: { en: 'Change of the configuration', de: 'Änderung der Konfiguration' },
    contextRecord: { en: 'Record of the context', de: 'Kontextaufzeichnung' },
    departure: { en: 'Departure', de: 'Austritt' },
    control: { en: 'Control', de: 'Maßnahme (Anhang A)' },
    statementOfApplicability: { en: 'Statement of Applicability', de: 'Erklärung zur Anwendbarkeit' },
    asset: { en: 'Asset', de: 'Wert' },
    businessProcess: { en: 'Business process', de: 'Geschäftsprozess' },
    supplier: { en: 'Supplier', de: 'Lieferant' },
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
    completeStatement: { en: 'complete the Statement of Applicability', de: 'die Erklärung zur Anwendbarkeit vervollständigen' },
    reviewStatement: { en: 'review the Statement of Applicability', de: 'die Erklärung zur Anwendbarkeit prüfen' },
    awaitNextVersion: { en: 'see the next version through', de: 'die nächste Fassung voranbringen' },
    nameOwner: { en: 'name an owner', de: 'eine verantwortliche Person benennen' },
    nameSubstitute: { en: 'name a substitute', de: 'eine Vertretung benennen' },
    accept: { en: 'accept or decline the delegation', de: 'die Vollmacht annehmen oder ablehnen' },
    reassign: { en: 'find a new owner', de: 'eine neue zuständige Person finden' },
    confirmTakeover: { en: 'confirm that you take it over', de: 'die Übernahme bestätigen' },
    prepare: { en: 'prepare the record of the context', de: 'die Kontextaufzeichnung vorbereiten' },
    confirm: { en: 'confirm the record of the context', de: 'die Kontextaufzeichnung bestätigen' },
    review: { en: 'review the record of the context', de: 'die Kontextaufzeichnung überprüfen' },
    reviewBreakGlass: { en: 'review what was done with a break-glass', de: 'prüfen, was mit dem Notfallzugriff getan wurde' },
    submitChange: { en: 'submit the change for approval', de: 'die Änderung zur Freigabe einreichen' },
    seeToReassignment: {
      en: 'see that everything left behind is reassigned',
      de: 'dafür sorgen, dass alles Zurückgelassene neu zugewiesen wird',
    },
    decideExtension: { en: 'decide on a later date', de: 'über eine Fristverlängerung entscheiden' },
    confirmCancel: { en: 'decide whether the case is called off', de: 'über den Abbruch des Falls entscheiden' },
    reviewHold: { en: 'decide whether the case goes on', de: 'entscheiden, ob der Fall weitergeht' },
    approve: { en: 'decide on the approval', de: 'über die Freigabe entscheiden' },
    answerInformation: { en: 'answer a question of an approver', de: 'eine Rückfrage zur Freigabe beantworten' },
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
    reapproval: { en: 'new approval of the plan', de: 'erneute Freigabe des Plans' },
    planApproval: { en: 'approval of the plan', de: 'Freigabe des Plans' },
    implementation: { en: 'implementation', de: 'Umsetzung' },
    confirmation: { en: 'confirmation of the implementation', de: 'Bestätigung der Umsetzung' },
    effectivenessReview: { en: 'review of the effectiveness', de: 'Beurteilung der Wirksamkeit' },
    ruling: { en: 'ruling on the appeal', de: 'Entscheidung über den Einspruch' },
    due: { en: 'completion of the action', de: 'Abschluss der Maßnahme' },
    acknowledgement: { en: 'taking on the action', de: 'Übernahme der Maßnahme' },
    verification: { en: 'verification', de: 'Prüfung' },
    acceptance: { en: 'acceptance of the delegation', de: 'Annahme der Vollmacht' },
    expiry: { en: 'end of the delegation', de: 'Ende der Vollmacht' },
    grant: { en: 'decision on the break-glass', de: 'Entscheidung über den Notfallzugriff' },
    approval: { en: 'decision on the change', de: 'Entscheidung über die Änderung' },
    preparation: { en: 'preparation of the record', de: 'Vorbereitung der Aufzeichnung' },
    review: { en: 'review', de: 'Überprüfung' },
    listing: { en: 'list of what is left behind', de: 'Liste des Zurückgelassenen' },
    extension: { en: 'decision on a later date', de: 'Entscheidung über eine Fristverlängerung' },
    cancel: { en: 'decision on calling the case off', de: 'Entscheidung über den Abbruch' },
    hold: { en: 'review of a case on hold', de: 'Wiedervorlage eines ruhenden Falls' },
    reassignment: { en: 'finding a new owner', de: 'Finden einer neuen zuständigen Person' },
  },
  round: {
    grant: { en: 'the break-glass', de: 'den Notfallzugriff' },
    change: { en: 'the change of the configuration', de: 'die Änderung der Konfiguration' },
    correctiveActionPlan: { en: 'the corrective action plan', de: 'den Plan der Korrekturmaßnahmen' },
  },
  subject: {
    informationAnswered: {
      en: 'a question about the approval was answered',
      de: 'eine Rückfrage zur Freigabe wurde beantwortet',
    },
    breakGlassBegins: { en: 'a break-glass gives powers from now on', de: 'ein Notfallzugriff gilt ab jetzt' },
    breakGlassEnds: { en: 'a break-glass has ended and is to be reviewed', de: 'ein Notfallzugriff ist beendet und wird geprüft' },
    breakGlassRefused: { en: 'a break-glass was refused', de: 'ein Notfallzugriff wurde abgelehnt' },
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
    contextConfirmed: { en: 'the record of the context was confirmed', de: 'die Kontextaufzeichnung wurde bestätigt' },
    contextReturned: { en: 'the record of the context was returned', de: 'die Kontextaufzeichnung wurde zurückgegeben' },
    contextRetired: { en: 'the record of the context was retired', de: 'die Kontextaufzeichnung wurde eingestellt' },
    closed: { en: 'the case was closed as effective', de: 'der Fall wurde als wirksam abgeschlossen' },
    absenceRecorded: { en: 'an absence was recorded for you', de: 'für Sie wurde eine Abwesenheit erfasst' },
    absenceEnded: { en: 'the absence has ended', de: 'die Abwesenheit ist beendet' },
    absentWithoutSubstitute: {
      en: 'somebody is absent and has no substitute who is present',
      de: 'jemand ist abwesend und hat keine anwesende Vertretung',
    },
    namedSubstitute: { en: 'you were named as substitute', de: 'Sie wurden als Vertretung benannt' },
    substituteNow: { en: 'you are standing in from now on', de: 'ab jetzt vertreten Sie' },
    delegationAccepted: { en: 'the delegation was accepted', de: 'die Vollmacht wurde angenommen' },
    delegationDeclined: { en: 'the delegation was declined', de: 'die Vollmacht wurde abgelehnt' },
    delegationRevoked: { en: 'the delegation was revoked', de: 'die Vollmacht wurde widerrufen' },
    delegationExpired: { en: 'the delegation has ended', de: 'die Vollmacht ist beendet' },
    delegationLapsed: {
      en: 'nobody accepted the delegation in time',
      de: 'die Vollmacht wurde nicht rechtzeitig angenommen',
    },
    extensionGranted: { en: 'a later date was granted', de: 'die Frist wurde verlängert' },
    extensionRefused: { en: 'a later date was refused', de: 'die Fristverlängerung wurde abgelehnt' },
    cancelConfirmed: { en: 'the case was called off', de: 'der Fall wurde abgebrochen' },
    cancelRefused: { en: 'the case is not called off', de: 'der Fall wird nicht abgebrochen' },
    evidenceExpired: { en: 'a piece of evidence is no longer valid', de: 'ein Nachweis ist nicht mehr gültig' },
    held: { en: 'the case was put on hold', de: 'der Fall ruht' },
    resumed: { en: 'the case goes on', de: 'der Fall geht weiter' },
    linkWithdrawn: {
      en: 'a case that it is linked to was withdrawn',
      de: 'ein verknüpfter Fall wurde zurückgezogen',
    },
    withdrawn: { en: 'the case was withdrawn', de: 'der Fall wurde zurückgezogen' },
  },
};

/** The word for it in that language; of `reassignment:owner`, that for `reassignment`. */
export function wordFor(table: WordTable, name: string, language: Language): string {
  const [key = name] = name.split(':');
  const row = Object.hasOwn(words[table], key) ? words[table][key] : undefined;
  return row?.[language] ?? speltOut(key);
}

export function hasWord(table: WordTable, name: string): boolean {
  return Object.hasOwn(words[table], name);
}

/** `recordCorrection` is "record correction". */
function speltOut(name: string): string {
  return name.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, ' ').toLowerCase();
}
