import type { Language } from '../../contracts/errors.ts';
import type { LocalDate, PersonId, UnitId } from '../../contracts/identity.ts';
import type { RoleName } from '../../contracts/organisation.ts';

/** Everything that can be wrong, or unwise, about an organisation file: a closed list, each code with its data. */
interface ProblemData {
  // errors: the file cannot be loaded
  DUPLICATE_ID: { id: string };
  DUPLICATE_EMAIL: { email: string; people: PersonId[] };
  UNKNOWN_PERSON: { person: PersonId };
  UNKNOWN_UNIT: { unit: string };
  UNKNOWN_SITE: { site: string };
  UNKNOWN_CALENDAR: { calendar: string };
  MANAGER_CYCLE: { people: PersonId[] };
  UNIT_CYCLE: { units: string[] };
  UNTIL_BEFORE_FROM: { from: LocalDate; until: LocalDate };
  OWN_SUCCESSOR: { unit: UnitId };
  OVERLAPPING_PERIODS: { field: string; day: LocalDate };
  NO_ISO: Record<string, never>;
  NO_TOP_MGMT: Record<string, never>;
  // warnings: allowed, but a combination or gap that needs a decision or outside help (rules §1, §16.1, §18)
  ROLE_FALLS_VACANT: { role: RoleName; day: LocalDate };
  ISO_REPORTS_TO_IT: { iso: PersonId; manager: PersonId };
  ISO_HOLDS_ROLE: { iso: PersonId; role: RoleName };
  NO_ISO_DEPUTY: { iso: PersonId };
  NO_WITNESS: { topManagement: PersonId };
  NO_INDEPENDENT_AUDITOR: Record<string, never>;
  ISO_IS_TOP_MGMT: { person: PersonId };
  ISO_RUNS_IT: { iso: PersonId; unit: UnitId };
  AUDITOR_RUNS_IT: { auditor: PersonId; unit: UnitId };
  ADMIN_IS_TOP_MGMT: { person: PersonId };
  DPO_HOLDS_ROLE: { dpo: PersonId; role: RoleName };
  ROLES_COLLIDE: { person: PersonId; role: RoleName; other: RoleName; rule: string };
  TOO_FEW_PEOPLE: { people: number };
}

export type OrganisationProblemCode = keyof ProblemData;

/** One problem: where in the file (as zod writes paths), what, and in words what to do about it. */
export type OrganisationProblem = {
  [C in OrganisationProblemCode]: {
    code: C;
    path: (string | number)[];
    data: ProblemData[C];
    message: string;
  };
}[OrganisationProblemCode];

const texts: { [C in OrganisationProblemCode]: Record<Language, (data: ProblemData[C]) => string> } = {
  DUPLICATE_ID: {
    en: ({ id }) => `The id ${id} is used more than once: give each its own.`,
    de: ({ id }) => `Die Kennung ${id} kommt mehrfach vor: geben Sie jedem eine eigene.`,
  },
  DUPLICATE_EMAIL: {
    en: ({ email, people }) => `${people.join(' and ')} share the address ${email}: give each their own, mails go to one person.`,
    de: ({ email, people }) => `${people.join(' und ')} haben dieselbe Adresse ${email}: geben Sie jedem eine eigene, Mails gehen an eine Person.`,
  },
  UNKNOWN_PERSON: {
    en: ({ person }) => `There is no person ${person}: add them or correct the id.`,
    de: ({ person }) => `Es gibt keine Person ${person}: legen Sie sie an oder berichtigen Sie die Kennung.`,
  },
  UNKNOWN_UNIT: {
    en: ({ unit }) => `There is no unit ${unit}: add it or correct the id.`,
    de: ({ unit }) => `Es gibt keine Einheit ${unit}: legen Sie sie an oder berichtigen Sie die Kennung.`,
  },
  UNKNOWN_SITE: {
    en: ({ site }) => `There is no site ${site}: add it or correct the id.`,
    de: ({ site }) => `Es gibt keinen Standort ${site}: legen Sie ihn an oder berichtigen Sie die Kennung.`,
  },
  UNKNOWN_CALENDAR: {
    en: ({ calendar }) => `There is no calendar ${calendar}: add it or correct the id.`,
    de: ({ calendar }) => `Es gibt keinen Kalender ${calendar}: legen Sie ihn an oder berichtigen Sie die Kennung.`,
  },
  MANAGER_CYCLE: {
    en: ({ people }) => `${circle(people)} manage each other in a circle: let it end somewhere.`,
    de: ({ people }) => `${circle(people)} führen einander im Kreis: lassen Sie ihn irgendwo enden.`,
  },
  UNIT_CYCLE: {
    en: ({ units }) => `${circle(units)} lie within each other in a circle: let it end somewhere.`,
    de: ({ units }) => `${circle(units)} liegen im Kreis ineinander: lassen Sie ihn irgendwo enden.`,
  },
  UNTIL_BEFORE_FROM: {
    en: ({ from, until }) => `The last day ${until} lies before the first, ${from}: swap or correct them.`,
    de: ({ from, until }) => `Der letzte Tag ${until} liegt vor dem ersten, ${from}: tauschen oder berichtigen Sie beide.`,
  },
  OWN_SUCCESSOR: {
    en: ({ unit }) => `The unit ${unit} takes over from itself: name another, or none.`,
    de: ({ unit }) => `Die Einheit ${unit} folgt auf sich selbst: nennen Sie eine andere oder keine.`,
  },
  OVERLAPPING_PERIODS: {
    en: ({ field, day }) => `On ${day} there would be two values for ${field}: let the first end the day before.`,
    de: ({ field, day }) => `Am ${day} gäbe es zwei Werte für ${field}: lassen Sie den ersten am Vortag enden.`,
  },
  NO_ISO: {
    en: () => 'Nobody is ISO: give the role to somebody, the ISMS needs a person responsible for it (clause 5.3).',
    de: () => 'Niemand hat die Rolle ISO: geben Sie sie jemandem, das ISMS braucht eine verantwortliche Person (Kapitel 5.3).',
  },
  NO_TOP_MGMT: {
    en: () => 'Nobody is TOP_MGMT: give the role to whoever leads the organisation (clause 5.1).',
    de: () => 'Niemand hat die Rolle TOP_MGMT: geben Sie sie der Leitung der Organisation (Kapitel 5.1).',
  },
  ROLE_FALLS_VACANT: {
    en: ({ role, day }) => `From ${day} nobody is ${role}: name a successor before that day (clause 5.3).`,
    de: ({ role, day }) => `Ab ${day} hat niemand die Rolle ${role}: benennen Sie vorher eine Nachfolge (Kapitel 5.3).`,
  },
  ISO_REPORTS_TO_IT: {
    en: ({ iso, manager }) => `The ISO ${iso} reports to ${manager}, who answers for IT: let the ISO report to another member of management.`,
    de: ({ iso, manager }) => `Die/der ISO ${iso} berichtet an ${manager}, der/die die IT verantwortet: lassen Sie sie/ihn an ein anderes Mitglied der Leitung berichten.`,
  },
  ISO_HOLDS_ROLE: {
    en: ({ iso, role }) => `The ISO ${iso} is also ${role}: own work cannot be ${role === 'ADMIN' ? 'administered' : 'audited'} with independence, name somebody else.`,
    de: ({ iso, role }) => `Die/der ISO ${iso} hat auch die Rolle ${role}: eigene Arbeit lässt sich nicht unabhängig ${role === 'ADMIN' ? 'administrieren' : 'auditieren'}, benennen Sie jemand anderen.`,
  },
  ISO_IS_TOP_MGMT: {
    en: ({ person }) => `${person} is ISO and TOP_MGMT: what the ISO prepares (management review, extensions) is then signed by the same person; name a second one for either role, or an outside WITNESS.`,
    de: ({ person }) => `${person} ist ISO und TOP_MGMT: was die/der ISO vorbereitet (Managementbewertung, Fristverlängerungen), unterschreibt dann dieselbe Person; benennen Sie für eine der Rollen jemand Zweiten oder eine externe WITNESS.`,
  },
  ISO_RUNS_IT: {
    en: ({ iso, unit }) => `The ISO ${iso} heads or belongs to ${unit}, which runs IT: the ISO then assesses his or her own work; move the role, or have IT risks reviewed from outside.`,
    de: ({ iso, unit }) => `Die/der ISO ${iso} leitet ${unit} oder gehört dazu und damit zur IT: sie/er beurteilt dann eigene Arbeit; verlegen Sie die Rolle oder lassen Sie IT-Risiken von außen prüfen.`,
  },
  AUDITOR_RUNS_IT: {
    en: ({ auditor, unit }) => `${auditor} is auditor and belongs to ${unit}, which runs IT: for audits there engage somebody from elsewhere or from outside (SOD-01).`,
    de: ({ auditor, unit }) => `${auditor} auditiert und gehört zu ${unit}, die die IT betreibt: beauftragen Sie für Audits dort jemanden von anderer Stelle oder von außen (SOD-01).`,
  },
  ADMIN_IS_TOP_MGMT: {
    en: ({ person }) => `${person} is ADMIN and TOP_MGMT: emergency access would be approved by who uses it (SOD-13); name another ADMIN or a second TOP_MGMT.`,
    de: ({ person }) => `${person} ist ADMIN und TOP_MGMT: einen Notzugriff genehmigte, wer ihn nutzt (SOD-13); benennen Sie jemand anderen als ADMIN oder eine zweite TOP_MGMT.`,
  },
  DPO_HOLDS_ROLE: {
    en: ({ dpo, role }) => `The DPO ${dpo} is also ${role}: data protection must not be overseen by who decides about the processing; name somebody else or an external DPO.`,
    de: ({ dpo, role }) => `Die/der Datenschutzbeauftragte ${dpo} hat auch die Rolle ${role}: Datenschutz überwacht nicht, wer über die Verarbeitung entscheidet; benennen Sie jemand anderen oder extern.`,
  },
  ROLES_COLLIDE: {
    en: ({ person, role, other, rule }) => `${person} is ${role} and ${other}, which ${rule} keeps apart: name somebody else for one of them, or take help from outside where both meet.`,
    de: ({ person, role, other, rule }) => `${person} hat die Rollen ${role} und ${other}, die ${rule} trennt: benennen Sie für eine davon jemand anderen oder holen Sie Hilfe von außen, wo beide zusammentreffen.`,
  },
  TOO_FEW_PEOPLE: {
    en: ({ people }) => `With ${people} people here, the duties that must lie with different persons (who plans, approves, carries out, verifies) need help from outside: name external people as auditor and witness.`,
    de: ({ people }) => `Mit ${people} Personen brauchen die Aufgaben, die bei verschiedenen liegen müssen (planen, genehmigen, umsetzen, prüfen), Hilfe von außen: benennen Sie Externe als Auditor und WITNESS.`,
  },
  NO_ISO_DEPUTY: {
    en: ({ iso }) => `Nobody else is ISO_DEPUTY for ${iso}: until then the ISO's line manager stands in.`,
    de: ({ iso }) => `Niemand sonst ist ISO_DEPUTY für ${iso}: bis dahin vertritt die direkte Führungskraft.`,
  },
  NO_WITNESS: {
    en: ({ topManagement }) => `${topManagement} alone is TOP_MGMT: name an outside WITNESS (adviser, board member) for decisions on their own matters.`,
    de: ({ topManagement }) => `${topManagement} ist allein TOP_MGMT: benennen Sie für Entscheidungen in eigener Sache eine externe WITNESS (Beirat, Aufsichtsgremium).`,
  },
  NO_INDEPENDENT_AUDITOR: {
    en: () => 'Nobody besides the ISO is AUDITOR or LEAD_AUDITOR: engage an external one, the ISO cannot audit the ISMS (clause 9.2.2).',
    de: () => 'Außer der/dem ISO hat niemand die Rolle AUDITOR oder LEAD_AUDITOR: beauftragen Sie jemanden von außen, die/der ISO auditiert das ISMS nicht (Kapitel 9.2.2).',
  },
};

function circle(ids: readonly string[]): string {
  return [...ids, ids[0]].join(' → ');
}

/** Makes a problem; its text follows from code and data. */
export function problem<C extends OrganisationProblemCode>(
  code: C,
  path: (string | number)[],
  data: ProblemData[C],
): OrganisationProblem {
  return { code, path, data, message: texts[code].en(data) } as OrganisationProblem;
}

/** The text of a problem in another language than English. */
export function problemText({ code, data }: OrganisationProblem, language: Language): string {
  return (texts[code][language] as (data: unknown) => string)(data);
}
