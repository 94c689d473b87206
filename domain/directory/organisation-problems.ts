import type { LocalDate, PersonId } from '../../contracts/identity.ts';
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
  NO_ISO: Record<string, never>;
  NO_TOP_MGMT: Record<string, never>;
  // warnings: allowed, but a combination or gap that needs a decision or outside help (rules §1, §16.1, §18)
  ROLE_FALLS_VACANT: { role: RoleName; day: LocalDate };
  ISO_REPORTS_TO_IT: { iso: PersonId; manager: PersonId };
  ISO_HOLDS_ROLE: { iso: PersonId; role: RoleName };
  NO_ISO_DEPUTY: { iso: PersonId };
  NO_WITNESS: { topManagement: PersonId };
  NO_INDEPENDENT_AUDITOR: Record<string, never>;
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

const texts: { [C in OrganisationProblemCode]: (data: ProblemData[C]) => string } = {
  DUPLICATE_ID: ({ id }) => `The id ${id} is used more than once: give each its own.`,
  DUPLICATE_EMAIL: ({ email, people }) =>
    `${people.join(' and ')} share the address ${email}: give each their own, mails go to one person.`,
  UNKNOWN_PERSON: ({ person }) => `There is no person ${person}: add them or correct the id.`,
  UNKNOWN_UNIT: ({ unit }) => `There is no unit ${unit}: add it or correct the id.`,
  UNKNOWN_SITE: ({ site }) => `There is no site ${site}: add it or correct the id.`,
  UNKNOWN_CALENDAR: ({ calendar }) => `There is no calendar ${calendar}: add it or correct the id.`,
  MANAGER_CYCLE: ({ people }) => `${circle(people)} manage each other in a circle: let it end somewhere.`,
  UNIT_CYCLE: ({ units }) => `${circle(units)} lie within each other in a circle: let it end somewhere.`,
  UNTIL_BEFORE_FROM: ({ from, until }) =>
    `The last day ${until} lies before the first, ${from}: swap or correct them.`,
  NO_ISO: () =>
    'Nobody is ISO: give the role to somebody, the ISMS needs a person responsible for it (clause 5.3).',
  NO_TOP_MGMT: () => 'Nobody is TOP_MGMT: give the role to whoever leads the organisation (clause 5.1).',
  ROLE_FALLS_VACANT: ({ role, day }) =>
    `From ${day} nobody is ${role}: name a successor before that day (clause 5.3).`,
  ISO_REPORTS_TO_IT: ({ iso, manager }) =>
    `The ISO ${iso} reports to ${manager}, who answers for IT: let the ISO report to another member of management.`,
  ISO_HOLDS_ROLE: ({ iso, role }) =>
    `The ISO ${iso} is also ${role}: own work cannot be ${role === 'ADMIN' ? 'administered' : 'audited'} with independence, name somebody else.`,
  NO_ISO_DEPUTY: ({ iso }) =>
    `Nobody else is ISO_DEPUTY for ${iso}: until then the ISO's line manager stands in.`,
  NO_WITNESS: ({ topManagement }) =>
    `${topManagement} alone is TOP_MGMT: name an outside WITNESS (adviser, board member) for decisions on their own matters.`,
  NO_INDEPENDENT_AUDITOR: () =>
    'Nobody besides the ISO is AUDITOR or LEAD_AUDITOR: engage an external one, the ISO cannot audit the ISMS (clause 9.2.2).',
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
  return { code, path, data, message: texts[code](data) } as OrganisationProblem;
}
