import type { ReasonTexts } from './reason-words.ts';

/** Reasons of delegations, absences and departures in words. */
type StandingInReason =
  | 'PERIOD_REVERSED'
  | 'PERIOD_TOO_LONG'
  | 'PERIOD_OVERLAPS'
  | 'CIRCULAR_DELEGATION'
  | 'MAY_NOT_DELEGATE'
  | 'NOT_OWN_SUBSTITUTE'
  | 'LAST_HOLDER'
  | 'ALREADY_ANNOUNCED'
  | 'STILL_VACANT';

export const standingInReasonTexts: Pick<ReasonTexts, StandingInReason> = {
  PERIOD_REVERSED: {
    en: ({ from, until }) => `The last day (${until}) lies before the first (${from}): swap them or choose a later end.`,
    de: ({ from, until }) => `Der letzte Tag (${until}) liegt vor dem ersten (${from}): tauschen Sie beide oder wählen Sie ein späteres Ende.`,
  },
  PERIOD_TOO_LONG: {
    en: ({ until, latest }) => `${until} is too far off: end it on ${latest} at the latest, and begin another then if it is still needed.`,
    de: ({ until, latest }) => `${until} liegt zu weit in der Zukunft: beenden Sie es spätestens am ${latest} und beginnen Sie dann bei Bedarf neu.`,
  },
  PERIOD_OVERLAPS: {
    en: ({ case: ref, from, until }) => `${ref} says the same from ${from} to ${until}: end that one first, or choose other days.`,
    de: ({ case: ref, from, until }) => `${ref} sagt dasselbe von ${from} bis ${until}: beenden Sie dies zuerst oder wählen Sie andere Tage.`,
  },
  CIRCULAR_DELEGATION: {
    en: ({ case: ref, person }, words) => `${words.person(person)} has delegated to you for these days (${ref}): choose somebody else, or have that one revoked first.`,
    de: ({ case: ref, person }, words) => `${words.person(person)} hat Sie für diese Tage selbst bevollmächtigt (${ref}): wählen Sie jemand anderen oder lassen Sie diese Vollmacht zuerst widerrufen.`,
  },
  MAY_NOT_DELEGATE: {
    en: ({ person }, words) => `${words.person(person)} may not delegate: the organisation file says so. Ask the information security officer to have that changed or the work reassigned.`,
    de: ({ person }, words) => `${words.person(person)} darf laut Organisationsdatei nicht delegieren: bitten Sie die/den Informationssicherheitsbeauftragten um eine Änderung oder eine Übergabe der Arbeit.`,
  },
  NOT_OWN_SUBSTITUTE: {
    en: ({ person }, words) => `${words.person(person)} records this absence and is not the line manager: name somebody else as the substitute, or have the line manager record it.`,
    de: ({ person }, words) => `${words.person(person)} erfasst diese Abwesenheit und ist nicht die direkte Führungskraft: benennen Sie jemand anderen als Vertretung oder lassen Sie die Führungskraft erfassen.`,
  },
  LAST_HOLDER: {
    en: ({ role, person }, words) => `${words.person(person)} is the last ${role}: give the role to a successor from the day after, then announce it again (clause 5.3).`,
    de: ({ role, person }, words) => `${words.person(person)} hat als letzte Person die Rolle ${role}: geben Sie die Rolle ab dem Folgetag einer Nachfolge und melden Sie es dann erneut (Kapitel 5.3).`,
  },
  ALREADY_ANNOUNCED: {
    en: ({ case: ref }) => `${ref} announces the same: change the last day there.`,
    de: ({ case: ref }) => `${ref} kündigt dasselbe an: ändern Sie dort den letzten Tag.`,
  },
  STILL_VACANT: {
    en: ({ cases }) => `${cases === 1 ? 'One case still needs' : `${cases} cases still need`} an owner: reassign or confirm there.`,
    de: ({ cases }) => `${cases === 1 ? 'Ein Vorgang braucht' : `${cases} Vorgänge brauchen`} noch eine zuständige Person: übergeben oder bestätigen Sie dort.`,
  },
};
