import type { Language } from '../../contracts/errors.ts';
import type { SegregationRule } from '../../contracts/reasons.ts';

/** Parties of the processes as people call them; one that is not here keeps its own name. */
const parties: Record<string, Record<Language, string>> = {
  assessor: { en: 'the assessor', de: 'die beurteilende Person' },
  assessorOrIso: { en: 'the assessor', de: 'die beurteilende Person' },
  secondRater: { en: 'the second rater', de: 'die zweite beurteilende Person' },
  recipient: { en: 'the head of the unit concerned', de: 'die Leitung der betroffenen Einheit' },
  recipientOrIso: { en: 'the head of the unit concerned', de: 'die Leitung der betroffenen Einheit' },
  secondLevel: { en: 'the second level', de: 'die zweite Ebene' },
  officer: { en: 'the information security officer', de: 'die/der Informationssicherheitsbeauftragte' },
  riskOwner: { en: 'the owner of the risk', de: 'die/der Risikoverantwortliche' },
  riskOwners: { en: 'the owners of the risks', de: 'die Risikoverantwortlichen' },
  pendingOwners: { en: 'the owners who have not confirmed yet', de: 'die Risikoverantwortlichen, die noch nicht bestätigt haben' },
  secondPerson: { en: 'a second person', de: 'eine zweite Person' },
  rulers: { en: 'those who rule on the dispute', de: 'wer über den Einwand entscheidet' },
  confirmers: { en: 'those who confirm it', de: 'wer es bestätigt' },
  commenter: { en: 'the information security officer', de: 'die/der Informationssicherheitsbeauftragte' },
  renewer: { en: 'whoever decides what follows the acceptance', de: 'wer entscheidet, was auf die Akzeptanz folgt' },
  author: { en: 'the author', de: 'die verfassende Person' },
  endorser: { en: 'the information security officer', de: 'die/der Informationssicherheitsbeauftragte' },
  budgetHolder: { en: 'the budget holder', de: 'die/der Budgetverantwortliche' },
  iso: { en: 'the information security officer', de: 'die/der Informationssicherheitsbeauftragte' },
  isoDeputy: {
    en: 'the deputy of the information security officer',
    de: 'die Stellvertretung der/des Informationssicherheitsbeauftragten',
  },
  topManagement: { en: 'top management', de: 'die oberste Leitung' },
  lineManagerPlusOne: { en: 'the manager above the line manager', de: 'die übernächste Führungskraft' },
  unitHead: { en: 'the head of the unit', de: 'die Leitung der Organisationseinheit' },
  lineManager: { en: 'the line manager', de: 'die direkte Führungskraft' },
  ncOwner: { en: 'the owner of the nonconformity', de: 'die/der Verantwortliche der Nichtkonformität' },
  owner: { en: 'the owner', de: 'die/der Verantwortliche' },
  ownerStandIn: { en: 'who has to name an owner', de: 'wer eine verantwortliche Person benennen muss' },
  namer: { en: 'who has to name an owner', de: 'wer eine verantwortliche Person benennen muss' },
  parentOwner: { en: 'the owner of the case behind it', de: 'die/der Verantwortliche des zugehörigen Falls' },
  opener: { en: 'the person who opened it', de: 'die Person, die es eröffnet hat' },
  reporter: { en: 'the person who reported it', de: 'die meldende Person' },
  admin: { en: 'an administrator', de: 'die Systemadministration' },
  holder: { en: 'the person who has the powers', de: 'die Person mit dem Notfallzugriff' },
  finder: { en: 'the person who found it', de: 'die Person, die es festgestellt hat' },
  verifier: { en: 'the verifier', de: 'die prüfende Person' },
  delegator: { en: 'the delegator', de: 'die delegierende Person' },
  delegate: { en: 'the delegate', de: 'die bevollmächtigte Person' },
  absentPerson: { en: 'the absent person', de: 'die abwesende Person' },
  witness: { en: 'the witness', de: 'die Vertrauensperson' },
  competenceKeeper: { en: 'the audit programme manager', de: 'die Auditprogramm-Verantwortung' },
  auditor: { en: 'an auditor', de: 'eine Auditorin oder ein Auditor' },
  leadAuditor: { en: 'the lead auditor', de: 'die leitende Auditorin oder der leitende Auditor' },
  everybodyHere: { en: 'everybody who works here', de: 'alle, die hier arbeiten' },
  auditorOfThat: { en: 'an auditor from outside whose access covers it', de: 'wer von außen auditiert und dafür Zugang hat' },
  auditors: { en: 'the auditors', de: 'die Auditierenden' },
  team: { en: 'the audit team', de: 'das Auditteam' },
  undeclared: { en: 'members of the team who have not declared their independence', de: 'Teammitglieder, die ihre Unabhängigkeit noch nicht erklärt haben' },
  auditee: { en: 'the management of what is audited', de: 'die Leitung des auditierten Bereichs' },
  pendingAuditees: { en: 'the management of what is audited, as far as it has not answered', de: 'die Leitung des auditierten Bereichs, soweit sie noch nicht geantwortet hat' },
  sampleProviders: { en: 'those who were asked for samples', de: 'wer um Stichproben gebeten wurde' },
  receivers: { en: 'those who have not acknowledged the report', de: 'wer den Bericht noch nicht zur Kenntnis genommen hat' },
  judges: { en: 'who decides between auditor and auditee', de: 'wer zwischen auditierender und auditierter Seite entscheidet' },
  leadOrProgrammeManager: { en: 'the lead auditor', de: 'die leitende Auditorin oder der leitende Auditor' },
  recorders: { en: 'auditors with items that have no result', de: 'Auditierende mit Punkten ohne Ergebnis' },
  auditProgrammeManager: { en: 'the audit programme manager', de: 'die/der Auditprogramm-Verantwortliche' },
};

/** The party in the reader's language, e.g. "the line manager". */
export function partyName(party: string, language: Language): string {
  return parties[party]?.[language] ?? party;
}

const rules: Record<SegregationRule, Record<Language, string>> = {
  'SOD-01': {
    en: 'nobody audits what he or she owned, carried out, wrote, approved or worked on within the lookback',
    de: 'niemand auditiert, was er oder sie innerhalb der Rückschau verantwortet, ausgeführt, geschrieben, freigegeben oder bearbeitet hat',
  },
  'SOD-02': {
    en: 'the information security officer audits no clause of the management system and neither edits, approves nor vetoes an audit report',
    de: 'die/der Informationssicherheitsbeauftragte auditiert keinen Abschnitt des Managementsystems und ändert, genehmigt oder verhindert keinen Auditbericht',
  },
  'SOD-03': {
    en: 'whoever wrote a treatment plan does not approve it',
    de: 'wer einen Behandlungsplan geschrieben hat, genehmigt ihn nicht',
  },
  'SOD-04': {
    en: 'a residual risk is accepted by its owner, above a limit together with top management, and by nobody else',
    de: 'ein Restrisiko akzeptiert, wer es verantwortet, oberhalb einer Grenze gemeinsam mit der obersten Leitung, und sonst niemand',
  },
  'SOD-08': {
    en: 'the audit programme is approved by top management, and not by its author',
    de: 'das Auditprogramm genehmigt die oberste Leitung, und nicht, wer es geschrieben hat',
  },
  'SOD-11': {
    en: 'nobody rates what is left of a risk after carrying out its treatment',
    de: 'niemand bewertet das Restrisiko, wenn er oder sie die Behandlung selbst ausgeführt hat',
  },
  'SOD-05': {
    en: 'nobody verifies what he or she carried out, caused or answers for',
    de: 'niemand prüft, was er oder sie selbst ausgeführt, verursacht oder zu verantworten hat',
  },
  'SOD-06': {
    en: 'nobody decides on a waiver, an appeal, a grade or an access of his or her own',
    de: 'niemand entscheidet über eigene Ausnahmen, Einsprüche, Einstufungen oder Zugänge',
  },
  'SOD-07': {
    en: 'only the lead auditor grades, regrades or withdraws what an audit found',
    de: 'nur die Auditleitung stuft Auditfeststellungen ein, um oder zieht sie zurück',
  },
  'SOD-12': {
    en: 'nobody decides in the name of another what that person may not decide',
    de: 'niemand entscheidet im Namen einer Person, was diese selbst nicht entscheiden darf',
  },
  'SOD-13': {
    en: 'nobody gives himself or herself more by a break-glass, or reviews the own one',
    de: 'niemand verschafft sich über einen Notfallzugriff mehr oder prüft den eigenen',
  },
  'P1-APPROVER': {
    en: 'nobody approves the result of an assessment that he or she made',
    de: 'niemand gibt das Ergebnis einer Beurteilung frei, die er oder sie selbst vorgenommen hat',
  },
  'P4-APPROVER': {
    en: 'nobody approves the plan he or she owns or submitted',
    de: 'niemand genehmigt den eigenen Plan',
  },
  'P4-TRIAGE': {
    en: 'nobody triages what concerns him or her',
    de: 'niemand sichtet, was ihn oder sie selbst betrifft',
  },
  'FOUR-EYES': {
    en: 'whoever wrote a change does not approve it',
    de: 'wer eine Änderung geschrieben hat, gibt sie nicht frei',
  },
};

/** What the rule says, in the reader's language. */
export function ruleName(rule: SegregationRule, language: Language): string {
  return rules[rule][language];
}
