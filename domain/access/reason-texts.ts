import type { Language } from '../../contracts/errors.ts';
import type { PersonId } from '../../contracts/identity.ts';
import type { Reason } from '../../contracts/reasons.ts';
import { auditorAccessReasonTexts } from './auditor-access-reason-texts.ts';
import { recordReasonTexts } from './record-reason-texts.ts';
import { all } from './reason-words.ts';
import type { ReasonTexts, Words } from './reason-words.ts';
import { statementTexts } from './statement-texts.ts';
import { auditReasonTexts } from './audit-reason-texts.ts';
import { assessmentReasonTexts } from './assessment-reason-texts.ts';
import { findingReasonTexts } from './finding-reason-texts.ts';
import { independenceTexts } from './independence-texts.ts';
import { riskReasonTexts } from './risk-reason-texts.ts';
import { standingInReasonTexts } from './standing-in-reason-texts.ts';
import { partyName, ruleName } from './spoken-names.ts';
import { treatmentReasonTexts } from './treatment-reason-texts.ts';

/** Every reason in words, and what to do about it. A code without its texts does not compile. */

/** The reason for people. `nameOf` gives the name behind a person's id; without it the id stands there. */
export function reasonText(
  reason: Reason,
  language: Language,
  nameOf: (person: PersonId) => string = (id) => id,
): string {
  const words: Words = {
    person: nameOf,
    party: (name) => partyName(name, language),
    rule: (id) => ruleName(id, language),
  };
  return (texts[reason.code][language] as (data: Reason, words: Words) => string)(reason, words);
}

const parted = (names: readonly string[], words: Words, empty: string) => all(names.map(words.party), empty);

const texts: ReasonTexts = {
  ...recordReasonTexts,
  ...assessmentReasonTexts,
  ...auditorAccessReasonTexts,
  ...findingReasonTexts,
  ...independenceTexts,
  ...auditReasonTexts,
  ...riskReasonTexts,
  ...standingInReasonTexts,
  ...treatmentReasonTexts,
  INVALID_PAYLOAD: {
    en: ({ path, message }) =>
      path === '' ? `Correct the body: ${message}.` : `Correct "${path}": ${message}.`,
    de: ({ path, message }) =>
      path === '' ? `Berichtigen Sie den Inhalt: ${message}.` : `Berichtigen Sie „${path}“: ${message}.`,
  },
  UNKNOWN_PROCESS: {
    en: ({ process, known }) => `There is no process "${process}": use one of ${known.join(', ')}.`,
    de: ({ process, known }) =>
      `Den Prozess „${process}“ gibt es nicht: nutzen Sie einen von ${known.join(', ')}.`,
  },
  UNKNOWN_COMMAND: {
    en: ({ command, known }) => `There is no command "${command}": use one of ${known.join(', ')}.`,
    de: ({ command, known }) =>
      `Den Befehl „${command}“ gibt es nicht: nutzen Sie einen von ${known.join(', ')}.`,
  },
  UNKNOWN_PERSON: {
    en: ({ path, person }) =>
      `"${path}" names "${person}", who is not an active person here: choose somebody from the directory.`,
    de: ({ path, person }) =>
      `„${path}“ nennt „${person}“; diese Person ist hier nicht aktiv: wählen Sie jemanden aus dem Verzeichnis.`,
  },
  UNKNOWN_UNIT: {
    en: ({ path, unit }) =>
      `"${path}" names the unit "${unit}", which does not exist: choose one of the organisation chart.`,
    de: ({ path, unit }) =>
      `„${path}“ nennt die Einheit „${unit}“, die es nicht gibt: wählen Sie eine aus dem Organigramm.`,
  },
  UNKNOWN_CASE: {
    en: ({ path, case: id }) =>
      `"${path}" names the case "${id}", which does not fit here: choose an existing one.`,
    de: ({ path, case: id }) =>
      `„${path}“ nennt den Fall „${id}“, der hier nicht passt: wählen Sie einen vorhandenen.`,
  },
  UNKNOWN_CALENDAR: {
    en: ({ path, calendar, known }) => `"${path}" names "${calendar}", which no site keeps: use one of ${known.join(', ')}.`,
    de: ({ path, calendar, known }) => `„${path}“ nennt „${calendar}“, den kein Standort führt: nehmen Sie einen von ${known.join(', ')}.`,
  },
  UNKNOWN_EVIDENCE: {
    en: ({ path, evidence }) =>
      `"${path}" names evidence ${short(evidence)} that was never uploaded: upload the file first, then use the hash it got.`,
    de: ({ path, evidence }) =>
      `„${path}“ nennt den Nachweis ${short(evidence)}, der nie hochgeladen wurde: laden Sie die Datei zuerst hoch.`,
  },
  DATE_IN_PAST: {
    en: ({ path, date, earliest }) => `"${path}" lies in the past (${date}): choose ${earliest} or later.`,
    de: ({ path, date, earliest }) =>
      `„${path}“ liegt in der Vergangenheit (${date}): wählen Sie ${earliest} oder später.`,
  },
  DATE_IN_FUTURE: {
    en: ({ path, date, latest }) => `"${path}" lies in the future (${date}): choose ${latest} or earlier.`,
    de: ({ path, date, latest }) =>
      `„${path}“ liegt in der Zukunft (${date}): wählen Sie ${latest} oder früher.`,
  },
  WRONG_STATE: {
    en: ({ state, possible }) =>
      `The case is in state "${state}". Possible now: ${all(possible, 'nothing of its own')}.`,
    de: ({ state, possible }) =>
      `Der Fall ist im Zustand „${state}“. Jetzt möglich: ${all(possible, 'nichts Eigenes')}.`,
  },
  STALE_VERSION: {
    en: ({ sent, current }) =>
      `You saw version ${sent}, the case is at ${current}: load it again and decide on what it says now.`,
    de: ({ sent, current }) =>
      `Sie sahen Version ${sent}, der Fall steht bei ${current}: laden Sie ihn neu und entscheiden Sie nach seinem jetzigen Stand.`,
  },
  CONTENT_CHANGED: {
    en: () =>
      'What you were to decide on has changed since you saw it: load it again, read it, and send the hash of what you saw.',
    de: () =>
      'Was Sie entscheiden sollten, hat sich seither geändert: laden Sie es neu, lesen Sie es und senden Sie den Hash des Gesehenen.',
  },
  ROUND_CLOSED: {
    en: ({ round }) =>
      `No decision is asked for${round === '' ? '' : ` in the round "${round}"`} any more; the round is over.`,
    de: ({ round }) =>
      `Es wird keine Entscheidung${round === '' ? '' : ` in der Runde „${round}“`} mehr erwartet; die Runde ist beendet.`,
  },
  NOTHING_TO_ACKNOWLEDGE: {
    en: () => 'No escalation waits for your acknowledgement here: look at the deadlines of the case.',
    de: () => 'Hier wartet keine Eskalation auf Ihre Bestätigung: sehen Sie sich die Fristen des Falls an.',
  },
  PERSON_NOT_ACTIVE: {
    en: ({ person }, { person: name }) =>
      `${name(person)} is not an active person of the organisation: ask the administrator to add or extend the entry.`,
    de: ({ person }, { person: name }) =>
      `${name(person)} ist keine aktive Person der Organisation: bitten Sie die Administration um einen Eintrag.`,
  },
  NOT_VISIBLE: {
    en: () => 'There is no such case that you may see: ask the information security officer to do it.',
    de: () => 'Es gibt keinen solchen Fall, den Sie sehen dürfen: Bitten Sie die oder den Informationssicherheitsbeauftragte/n darum.',
  },
  NOT_ENTITLED: {
    en: ({ entitled }, words) => `This is for ${parted(entitled, words, 'the engine itself')} to do.`,
    de: ({ entitled }, words) => `Das steht zu: ${parted(entitled, words, 'nur dem System selbst')}.`,
  },
  NOT_YOUR_TURN: {
    en: ({ waitingFor }, words) =>
      `It is not your turn yet: first ${parted(waitingFor, words, 'somebody else')} decides.`,
    de: ({ waitingFor }, words) =>
      `Sie sind noch nicht an der Reihe; zuerst entscheidet: ${parted(waitingFor, words, 'jemand anderes')}.`,
  },
  NOT_A_SUBSTITUTE: {
    en: ({ person, possible }, words) =>
      `${words.person(person)} does not stand in for you here. Pass the seat to ${all(possible.map(words.person), 'nobody; ask the information security officer')}.`,
    de: ({ person, possible }, words) =>
      `${words.person(person)} vertritt Sie hier nicht. Möglich: ${all(possible.map(words.person), 'niemand; wenden Sie sich an die/den Informationssicherheitsbeauftragte/n')}.`,
  },
  RECUSED: {
    en: ({ round, person }, words) =>
      `${words.person(person)} takes no part in the round "${round}" by his or her own word; somebody else decides.`,
    de: ({ round, person }, words) =>
      `${words.person(person)} hat sich in der Runde „${round}“ für befangen erklärt; jemand anderes entscheidet.`,
  },
  NO_VACANT_SEAT: {
    en: ({ seats }) =>
      `A substitute is appointed only where nobody can decide. Seats that need one: ${all(seats, 'none')}.`,
    de: ({ seats }) =>
      `Ersatz wird nur benannt, wo niemand entscheiden kann. Plätze, die Ersatz brauchen: ${all(seats, 'keine')}.`,
  },
  QUORUM_POSSIBLE: {
    en: () => 'The mode is changed only where a quorum cannot be reached. Wait for the decisions.',
    de: () =>
      'Das Verfahren wird nur geändert, wenn das Quorum nicht erreicht werden kann. Warten Sie die Entscheidungen ab.',
  },
  NOTHING_ASKED: {
    en: ({ question }) => `No answer is waited for${question === '' ? '' : ` to "${question}"`}.`,
    de: ({ question }) => `Es wird keine Antwort erwartet${question === '' ? '' : ` auf „${question}“`}.`,
  },
  NO_FINAL_REJECTION: {
    en: () => 'This cannot be rejected for good. Reject it for rework, with the reason.',
    de: () => 'Hier gibt es keine endgültige Ablehnung. Lehnen Sie mit Begründung zur Überarbeitung ab.',
  },
  NO_CONDITIONS_HERE: {
    en: () => 'This is approved as it is or not at all. Approve without conditions, or reject it for rework.',
    de: () => 'Hier gibt es keine Freigabe unter Auflagen. Geben Sie ohne Auflagen frei oder lehnen Sie zur Überarbeitung ab.',
  },
  CONDITIONS_OPEN: {
    en: ({ conditions }) =>
      `Conditions of the approval are open (${all(conditions, '–')}). They have to be met first.`,
    de: ({ conditions }) =>
      `Auflagen der Freigabe sind offen (${all(conditions, '–')}). Sie müssen zuerst erfüllt sein.`,
  },
  CLAIMED: {
    en: ({ by }) => `${by} already deals with the same: go on there, or wait until it has ended.`,
    de: ({ by }) => `${by} behandelt dasselbe schon: machen Sie dort weiter oder warten Sie, bis der Vorgang beendet ist.`,
  },
  ALREADY_DECIDED: {
    en: ({ round }) => `You have decided in the round "${round}" already; the others follow.`,
    de: ({ round }) => `Sie haben in der Runde „${round}“ schon entschieden; die anderen folgen.`,
  },
  SOD_BLOCKED: {
    en: ({ rule, person, because, waivable, underlying }, words) =>
      `${rule}: ${words.rule(rule)} (${words.person(person)}: ${underlying ? `${underlying}, ` : ''}${because}). ${waivable ? 'Name somebody else, or ask top management for a waiver with a safeguard.' : 'Somebody else has to do it.'}`,
    de: ({ rule, person, because, waivable, underlying }, words) =>
      `${rule}: ${words.rule(rule)} (${words.person(person)}: ${underlying ? `${underlying}, ` : ''}${because}). ${waivable ? 'Benennen Sie jemand anderen oder bitten Sie die oberste Leitung um eine Ausnahme mit Ausgleich.' : 'Jemand anderes muss das tun.'}`,
  },
  GRADE_FIXED: {
    en: ({ grade, by }) => `The grade "${grade}" was fixed by ${by} and stays: accept it with this grade.`,
    de: ({ grade, by }) =>
      `Die Einstufung „${grade}“ wurde durch ${by} festgelegt und bleibt: nehmen Sie mit dieser Einstufung an.`,
  },
  NOT_REJECTABLE: {
    en: ({ source }) =>
      `What ${source} has found cannot be rejected: accept it, or have its author withdraw it.`,
    de: ({ source }) =>
      `Eine Feststellung aus ${source} kann nicht abgelehnt werden: nehmen Sie sie an oder lassen Sie sie zurückziehen.`,
  },
  DUPLICATE_TARGET_UNFIT: {
    en: ({ case: ref, state }) =>
      `${ref} (${state}) cannot take up a duplicate: name an open nonconformity other than this one, or accept this as its own.`,
    de: ({ case: ref, state }) =>
      `${ref} (${state}) kann kein Duplikat aufnehmen: nennen Sie eine andere offene Nichtkonformität oder nehmen Sie diese als eigene an.`,
  },
  HUMAN_ERROR_ALONE: {
    en: () =>
      'Human error alone does not explain a major nonconformity: add the cause that made the error possible.',
    de: () =>
      'Menschliches Versagen allein erklärt keine Hauptabweichung: ergänzen Sie die Ursache, die den Fehler möglich machte.',
  },
  EARLIER_FAILURE_UNEXPLAINED: {
    en: ({ earlier }) =>
      `It happened before (${earlier}): say in "earlierFailure" why the earlier corrective action did not help.`,
    de: ({ earlier }) =>
      `Das gab es schon (${earlier}): begründen Sie in „earlierFailure“, warum die frühere Maßnahme nicht half.`,
  },
  CORRECTIVE_ACTION_REQUIRED: {
    en: ({ because }) => `A corrective action is needed because ${because}: plan one.`,
    de: ({ because }) => `Eine Korrekturmaßnahme ist nötig (${because}): planen Sie eine.`,
  },
  CAUSE_WITHOUT_ACTION: {
    en: ({ causes }) => `No action removes ${all(causes, 'the causes')}: add at least one for each cause.`,
    de: ({ causes }) =>
      `Keine Maßnahme beseitigt ${all(causes, 'die Ursachen')}: ergänzen Sie mindestens eine je Ursache.`,
  },
  AFTER_EXTERNAL_DEADLINE: {
    en: ({ action, due, limit }) =>
      `Action "${action}" is due on ${due}, after the outside body's date ${limit}: bring it forward.`,
    de: ({ action, due, limit }) =>
      `Maßnahme „${action}“ ist am ${due} fällig, nach dem Termin der externen Stelle (${limit}): ziehen Sie sie vor.`,
  },
  VERIFIER_NOT_AUDITOR: {
    en: ({ person }, words) =>
      `${words.person(person)} is not an auditor: name one, because an audit found this.`,
    de: ({ person }, words) =>
      `${words.person(person)} gehört nicht zu den Auditierenden: benennen Sie jemanden von ihnen, denn ein Audit hat dies festgestellt.`,
  },
  NOT_AN_AUDITOR: {
    en: ({ person }, words) =>
      `${words.person(person)} is not an auditor: name somebody who holds that role.`,
    de: ({ person }, words) =>
      `${words.person(person)} gehört nicht zu den Auditierenden: benennen Sie jemanden mit dieser Rolle.`,
  },
  NOT_THE_LEAD_AUDITOR: {
    en: ({ leadAuditor }, words) =>
      `An audit found this: ${words.person(leadAuditor)}, who led it, has to report it.`,
    de: ({ leadAuditor }, words) =>
      `Ein Audit hat dies festgestellt: melden muss es ${words.person(leadAuditor)} als Auditleitung.`,
  },
  CB_EVIDENCE_NOT_SENT: {
    en: ({ due }) => `The certification body still waits for evidence (due ${due}): send it first.`,
    de: ({ due }) =>
      `Die Zertifizierungsstelle wartet noch auf Nachweise (fällig ${due}): senden Sie diese zuerst.`,
  },
  ALREADY_APPEALED: {
    en: () =>
      'There was an appeal already; it was the only one. Report a new nonconformity if there are new facts.',
    de: () =>
      'Es gab schon einen Einspruch; mehr als einer ist nicht möglich. Melden Sie bei neuen Tatsachen eine neue Nichtkonformität.',
  },
  TOO_LATE: {
    en: ({ until }) => `This was possible until ${until}. Open a new case instead.`,
    de: ({ until }) => `Das war bis ${until} möglich. Eröffnen Sie stattdessen einen neuen Fall.`,
  },
  ALREADY_EXTENDED_ONCE: {
    en: () => 'The observation was extended once already: judge it effective or ineffective now.',
    de: () =>
      'Die Beobachtung wurde schon einmal verlängert: urteilen Sie jetzt, ob sie wirksam ist oder nicht.',
  },
  NO_EXTERNAL_ORIGIN: {
    en: () =>
      'No outside body is part of this nonconformity, so there is nothing to send or to hear from one.',
    de: () => 'An dieser Nichtkonformität ist keine externe Stelle beteiligt; es gibt ihr nichts zu senden.',
  },
  EVIDENCE_TOO_OLD: {
    en: ({ evidence, implementedAt }) =>
      `Evidence ${short(evidence)} is from before the implementation (${implementedAt}): add evidence collected after it.`,
    de: ({ evidence, implementedAt }) =>
      `Nachweis ${short(evidence)} stammt von vor der Umsetzung (${implementedAt}): fügen Sie einen späteren hinzu.`,
  },
  LEAVES_CAUSE_UNCOVERED: {
    en: ({ causes }) =>
      `Without this action ${all(causes, 'a cause')} would have none: plan another one first.`,
    de: ({ causes }) =>
      `Ohne diese Maßnahme bliebe ${all(causes, 'eine Ursache')} ohne Maßnahme: planen Sie zuerst eine andere.`,
  },
  NOTHING_TO_WAIVE: {
    en: ({ person }, words) =>
      `${words.person(person)} reports to nobody who carries out the plan: no waiver is needed.`,
    de: ({ person }, words) =>
      `${words.person(person)} untersteht niemandem, der den Plan ausführt: eine Ausnahme ist nicht nötig.`,
  },
  SAME_PERSON: {
    en: ({ role, person }, words) =>
      `${words.person(person)} holds the role of ${words.party(role)} already: choose somebody else.`,
    de: ({ role, person }, words) =>
      `${words.person(person)} hat diese Rolle schon (${words.party(role)}): wählen Sie jemand anderen.`,
  },
  NOT_REASSIGNABLE: {
    en: ({ role, reassignable }) =>
      `The role "${role}" cannot be given away here: choose one of ${all(reassignable, 'none')}.`,
    de: ({ role, reassignable }) =>
      `Die Rolle „${role}“ kann hier nicht übergeben werden: möglich sind ${all(reassignable, 'keine')}.`,
  },
  CHANGE_IN_PROGRESS: {
    en: ({ case: ref, keys }) => `${ref} is changing the same (${keys.join(', ')}): wait until it is in force, or have it withdrawn.`,
    de: ({ case: ref, keys }) => `${ref} ändert dasselbe (${keys.join(', ')}): warten Sie, bis sie gilt, oder lassen Sie sie zurückziehen.`,
  },
  BASIS_CHANGED: {
    en: ({ keys }) => `What you replace has changed since you wrote this (${keys.join(', ')}): look at what is in force and send the change again with EDIT.`,
    de: ({ keys }) => `Was Sie ersetzen, hat sich seitdem geändert (${keys.join(', ')}): sehen Sie nach, was gilt, und senden Sie die Änderung mit EDIT noch einmal.`,
  },
  NO_SUCH_DEADLINE: {
    en: ({ deadline, open }) => `No deadline "${deadline}" runs here: choose one of ${all(open, 'none')}.`,
    de: ({ deadline, open }) => `Hier läuft keine Frist „${deadline}“: möglich sind ${all(open, 'keine')}.`,
  },
  NOT_EXTENDABLE: {
    en: ({ deadline }) => `"${deadline}" is set by law or by the engine and is never moved: do it in time, or have the case reassigned.`,
    de: ({ deadline }) => `„${deadline}“ gibt das Gesetz oder das System vor und wird nie verschoben: erledigen Sie es rechtzeitig oder lassen Sie den Fall übergeben.`,
  },
  NOT_LATER: {
    en: ({ due, newDate }) => `It is due on ${due} already: ask for a date after that, not for ${newDate}.`,
    de: ({ due, newDate }) => `Die Frist endet am ${due}: beantragen Sie einen späteren Tag als ${newDate}.`,
  },
  EXTENSION_UNDECIDED: {
    en: ({ deadline }) => `A later date for "${deadline}" has been asked for already: wait for the decision, or withdraw that request first.`,
    de: ({ deadline }) => `Für „${deadline}“ ist schon eine Verlängerung beantragt: warten Sie die Entscheidung ab oder ziehen Sie den Antrag zuerst zurück.`,
  },
  NO_EXTENSION_ASKED: {
    en: ({ deadline }) => `Nobody asks for a later date${deadline === '' ? '' : ` for "${deadline}"`} any more: there is nothing to decide.`,
    de: ({ deadline }) => `Eine Verlängerung${deadline === '' ? '' : ` für „${deadline}“`} ist nicht (mehr) beantragt: es gibt nichts zu entscheiden.`,
  },
  NOT_ON_HOLD: {
    en: () => 'This case is not on hold.',
    de: () => 'Dieser Fall ruht nicht.',
  },
  CONSENT_MISSING: {
    en: ({ body }) => `${body} has set this date: upload its consent as evidence and name it in the request.`,
    de: ({ body }) => `${body} hat diesen Termin gesetzt: laden Sie die Zustimmung als Nachweis hoch und nennen Sie sie im Antrag.`,
  },
  HOLD_LIMIT: {
    en: ({ latest, longest }) => `A case rests for ${longest} in all, here until ${latest}: choose a day up to then, or ask top management to prolong it.`,
    de: ({ latest, longest }) => `Ein Fall ruht insgesamt ${longest}, hier bis ${latest}: wählen Sie einen Tag bis dahin oder bitten Sie die oberste Leitung um die Verlängerung.`,
  },
  OUT_OF_SCOPE: {
    en: ({ case: ref, state }) => `${ref} (${state}) is over, or of another process than the powers that you ask for: name another case, or none.`,
    de: ({ case: ref, state }) => `${ref} (${state}) ist beendet oder gehört zu einem anderen Prozess als die beantragten Befugnisse: nennen Sie einen anderen Vorgang oder keinen.`,
  },
  DECISIONS_UNSEEN: {
    en: ({ seen, made }) => `${made} decisions were made with it, not ${seen}: look at all that are listed, then confirm with their number.`,
    de: ({ seen, made }) => `Damit wurden ${made} Entscheidungen getroffen, nicht ${seen}: sehen Sie alle aufgeführten an und bestätigen Sie dann mit ihrer Zahl.`,
  },
  ...statementTexts,
  ALREADY_DONE: {
    en: ({ what }) => `This was done already (${what}); there is nothing left to do.`,
    de: ({ what }) => `Das ist schon geschehen (${what}); es bleibt nichts zu tun.`,
  },
};

function short(hash: string): string {
  return hash.length > 12 ? `${hash.slice(0, 12)}…` : hash;
}
