import { all } from './reason-words.ts';
import type { ReasonTexts } from './reason-words.ts';

/** Reasons of internal audits in words. */
type AuditReason =
  | 'ITEM_NOT_PLANNED'
  | 'LEAD_MISSING'
  | 'TWICE_IN_TEAM'
  | 'ITEMS_UNASSIGNED'
  | 'NOT_COMPETENT'
  | 'SECOND_AUDITOR_MISSING'
  | 'NOT_DECLARED'
  | 'NOT_IN_TEAM'
  | 'OBJECTION_UNDECIDED'
  | 'OBJECTION_UPHELD'
  | 'NOTICE_TOO_SHORT'
  | 'CONSENT_TO_SHORT_NOTICE'
  | 'OUTSIDE_WINDOW'
  | 'NOT_ESCALATED'
  | 'NOT_BEGUN_YET'
  | 'NOT_YOUR_ITEM'
  | 'NO_CONFLICT'
  | 'ITEMS_WITHOUT_RESULT'
  | 'FINDING_MISSING'
  | 'FACT_CHECK_RUNNING'
  | 'COMMENTS_UNANSWERED'
  | 'FINDINGS_NOT_READY'
  | 'FINDINGS_WITHOUT_INDEPENDENCE'
  | 'NOT_FINALISED'
  | 'FINDINGS_OPEN'
  | 'POSTPONED_TOO_FAR'
  | 'NO_SUCH_PLANNED_AUDIT'
  | 'OUTSIDE_CYCLE'
  | 'ITEMS_NOT_REPLANNED';

export const auditReasonTexts: Pick<ReasonTexts, AuditReason> = {
  ITEM_NOT_PLANNED: {
    en: ({ items }) => `This audit is not about ${all(items, '–')}: leave it out, or have it planned in another audit.`,
    de: ({ items }) => `In diesem Audit geht es nicht um ${all(items, '–')}: lassen Sie es weg oder lassen Sie es in einem anderen Audit einplanen.`,
  },
  LEAD_MISSING: {
    en: ({ leads }) => `A team has exactly one lead auditor, this one has ${leads}: name one.`,
    de: ({ leads }) => `Ein Team hat genau eine Auditleitung, dieses hat ${leads}: benennen Sie eine Person.`,
  },
  TWICE_IN_TEAM: {
    en: ({ persons }, words) => `Named twice: ${all(persons.map(words.person), '–')}. Give each person one part in the team.`,
    de: ({ persons }, words) => `Doppelt genannt: ${all(persons.map(words.person), '–')}. Geben Sie jeder Person eine Rolle im Team.`,
  },
  ITEMS_UNASSIGNED: {
    en: ({ items }) => `Nobody audits ${all(items, '–')}: assign each item to the lead auditor or an auditor.`,
    de: ({ items }) => `Niemand auditiert ${all(items, '–')}: weisen Sie jeden Punkt der Auditleitung oder einer auditierenden Person zu.`,
  },
  NOT_COMPETENT: {
    en: ({ person, as }, words) => `There is no evidence in force that ${words.person(person)} is competent as ${as}: record it in the auditor record first, or name somebody else.`,
    de: ({ person, as }, words) => `Für ${words.person(person)} liegt kein gültiger Kompetenznachweis als ${as} vor: tragen Sie ihn zuerst in die Auditorenakte ein oder benennen Sie jemand anderen.`,
  },
  SECOND_AUDITOR_MISSING: {
    en: ({ person, item, secondAuditor }, words) => `The conflict of ${words.person(person)} over ${item} was waived because ${words.person(secondAuditor)} audits it as well: put that person in the team for it, and have a result recorded by both.`,
    de: ({ person, item, secondAuditor }, words) => `Der Konflikt von ${words.person(person)} bei ${item} wurde zugelassen, weil ${words.person(secondAuditor)} den Punkt ebenfalls auditiert: nehmen Sie diese Person dafür ins Team und lassen Sie beide ein Ergebnis festhalten.`,
  },
  NOT_DECLARED: {
    en: ({ persons }, words) => `Has not declared to be independent yet: ${all(persons.map(words.person), '–')}. Wait for it, or name somebody else.`,
    de: ({ persons }, words) => `Die Unabhängigkeit ist noch nicht erklärt von: ${all(persons.map(words.person), '–')}. Warten Sie darauf oder benennen Sie jemand anderen.`,
  },
  NOT_IN_TEAM: {
    en: ({ person }, words) => `${words.person(person)} is not in the team of this audit: name a member.`,
    de: ({ person }, words) => `${words.person(person)} gehört nicht zum Auditteam: nennen Sie ein Mitglied.`,
  },
  OBJECTION_UNDECIDED: {
    en: ({ objections }) => `The auditee has stated a conflict on which nobody has decided yet (${all(objections, '–')}): have it decided first.`,
    de: ({ objections }) => `Die auditierte Seite hat einen Konflikt geltend gemacht, über den noch nicht entschieden ist (${all(objections, '–')}): lassen Sie zuerst entscheiden.`,
  },
  OBJECTION_UPHELD: {
    en: ({ person }, words) => `An objection against ${words.person(person)} was upheld: name somebody else.`,
    de: ({ person }, words) => `Einem Einwand gegen ${words.person(person)} wurde stattgegeben: benennen Sie jemand anderen.`,
  },
  NOTICE_TOO_SHORT: {
    en: ({ start, earliest }) => `The audit would begin on ${start}, with less notice than usual: begin on ${earliest} or later, ask the auditee for consent ("shortNotice"), or have the audit programme manager declare it urgent.`,
    de: ({ start, earliest }) => `Das Audit würde am ${start} beginnen, kurzfristiger als üblich: beginnen Sie ab dem ${earliest}, bitten Sie die auditierte Seite um Zustimmung („shortNotice“) oder lassen Sie das Audit für dringend erklären.`,
  },
  CONSENT_TO_SHORT_NOTICE: {
    en: ({ start }) => `The audit begins on ${start}, with less notice than usual: the auditee has to consent to that ("shortNotice"), and silence is no consent.`,
    de: ({ start }) => `Das Audit beginnt am ${start}, kurzfristiger als üblich: die auditierte Seite muss dem zustimmen („shortNotice“), und Schweigen ist keine Zustimmung.`,
  },
  OUTSIDE_WINDOW: {
    en: ({ from, until, windowFrom, windowUntil }) => `${from} to ${until} lies outside what is planned (${windowFrom} to ${windowUntil}): choose dates in it, or have the audit postponed.`,
    de: ({ from, until, windowFrom, windowUntil }) => `${from} bis ${until} liegt außerhalb des geplanten Zeitraums (${windowFrom} bis ${windowUntil}): wählen Sie Termine darin oder lassen Sie das Audit verschieben.`,
  },
  NOT_ESCALATED: {
    en: ({ deadline, step }) => `"${deadline}" has not reached ${step} yet: wait until the line manager has been told, or for an answer.`,
    de: ({ deadline, step }) => `„${deadline}“ hat ${step} noch nicht erreicht: warten Sie, bis die Führungskraft benachrichtigt ist oder eine Antwort kommt.`,
  },
  NOT_BEGUN_YET: {
    en: ({ from }) => `The audit was agreed for ${from}: begin then, or earlier with the auditee at the table.`,
    de: ({ from }) => `Das Audit ist für den ${from} vereinbart: beginnen Sie dann oder früher im Beisein der auditierten Seite.`,
  },
  NOT_YOUR_ITEM: {
    en: ({ item, auditors }, words) => `${item} is audited by ${all(auditors.map(words.person), 'nobody yet')}.`,
    de: ({ item, auditors }, words) => `${item} auditiert ${all(auditors.map(words.person), 'noch niemand')}.`,
  },
  NO_CONFLICT: {
    en: ({ items }) => `Nobody in conflict has a say in ${all(items, 'any item')}: what was found there stands.`,
    de: ({ items }) => `Bei ${all(items, 'keinem Punkt')} ist niemand im Konflikt: was dort festgestellt wurde, gilt.`,
  },
  ITEMS_WITHOUT_RESULT: {
    en: ({ items }) => `There is no result yet for ${all(items, '–')}: record conforming, finding, or not sampled with the reason.`,
    de: ({ items }) => `Für ${all(items, '–')} gibt es noch kein Ergebnis: halten Sie konform, Feststellung oder nicht geprüft mit Grund fest.`,
  },
  FINDING_MISSING: {
    en: ({ items }) => `The result is "finding", but none is written down for ${all(items, '–')}: draft it, or record another result.`,
    de: ({ items }) => `Das Ergebnis lautet „Feststellung“, aber zu ${all(items, '–')} ist keine beschrieben: schreiben Sie sie oder halten Sie ein anderes Ergebnis fest.`,
  },
  FACT_CHECK_RUNNING: {
    en: ({ until, waitingFor }, words) => `${all(waitingFor.map(words.person), 'The auditee')} may comment on facts until ${until}: wait for it, or for a word that there is no comment.`,
    de: ({ until, waitingFor }, words) => `${all(waitingFor.map(words.person), 'Die auditierte Seite')} kann bis ${until} zu den Fakten Stellung nehmen: warten Sie darauf oder auf den Verzicht.`,
  },
  COMMENTS_UNANSWERED: {
    en: ({ comments }) => `These comments are not answered yet: ${all(comments, '–')}. Answer each of them first.`,
    de: ({ comments }) => `Diese Anmerkungen sind noch nicht beantwortet: ${all(comments, '–')}. Beantworten Sie zuerst jede.`,
  },
  FINDINGS_NOT_READY: {
    en: ({ findings }) => `These findings are not settled: ${all(findings, '–')}. Grade them, answer what is disputed, or withdraw them first.`,
    de: ({ findings }) => `Diese Feststellungen sind noch offen: ${all(findings, '–')}. Stufen Sie sie ein, beantworten Sie Einwände oder ziehen Sie sie zurück.`,
  },
  FINDINGS_WITHOUT_INDEPENDENCE: {
    en: ({ findings }) => `These findings are about items that nobody independent has audited: ${all(findings, '–')}. Withdraw them; the report lists the items as not covered.`,
    de: ({ findings }) => `Diese Feststellungen betreffen Punkte, die niemand Unabhängiges auditiert hat: ${all(findings, '–')}. Ziehen Sie sie zurück; der Bericht führt die Punkte als nicht abgedeckt auf.`,
  },
  NOT_FINALISED: {
    en: () => 'The report has no conclusions yet: finalise it first.',
    de: () => 'Der Bericht hat noch keine Schlussfolgerungen: stellen Sie ihn zuerst fertig.',
  },
  FINDINGS_OPEN: {
    en: ({ findings }) => `What was found is still being followed up: ${all(findings, '–')}.`,
    de: ({ findings }) => `Die Feststellungen werden noch weiterverfolgt: ${all(findings, '–')}.`,
  },
  POSTPONED_TOO_FAR: {
    en: ({ latest }) => `You may postpone it to ${latest} at the latest: a later day is for top management to decide.`,
    de: ({ latest }) => `Sie können es bis höchstens ${latest} verschieben: über einen späteren Tag entscheidet die oberste Leitung.`,
  },
  NO_SUCH_PLANNED_AUDIT: {
    en: ({ audits, known }) => `The programme has no other planned audit ${all(audits, '–')}: choose ${all(known, 'a period, since none is left')}.`,
    de: ({ audits, known }) => `Das Programm hat kein weiteres geplantes Audit ${all(audits, '–')}: wählen Sie ${all(known, 'einen Zeitraum, da keines mehr aussteht')}.`,
  },
  OUTSIDE_CYCLE: {
    en: ({ items, until }) => `The cycle ends on ${until}: plan ${all(items, '–')} before that day, or have top management sign the gap in the programme.`,
    de: ({ items, until }) => `Der Zyklus endet am ${until}: planen Sie ${all(items, '–')} bis dahin ein oder lassen Sie die Lücke im Programm von der obersten Leitung zeichnen.`,
  },
  ITEMS_NOT_REPLANNED: {
    en: ({ items }) => `Without this audit nobody would look at ${all(items, '–')} in this cycle: say with REPLAN where each of them goes, then call it off.`,
    de: ({ items }) => `Ohne dieses Audit würde in diesem Zyklus niemand ${all(items, '–')} prüfen: legen Sie mit REPLAN fest, wohin jeder Punkt geht, und sagen Sie es dann ab.`,
  },
};
