import { z } from 'zod';
import { workingCalendarSchema } from './calendar.ts';
import { levelSchema } from './criteria.ts';

/** The organisation as people load it from a file: sites, units, people, line managers and roles (rules §3.1, §3.3). */

/** Roles that hold for the whole organisation (rules §3.1, §18). Every active person is an employee; that role is implicit. */
export const roleNames = [
  'TOP_MGMT',
  'ISO',
  'ISO_DEPUTY',
  'AUDIT_PROGRAMME_MANAGER',
  'DPO',
  'LEGAL',
  'ADMIN',
  'EXTERNAL_AUDITOR',
  'AUDITOR',
  'LEAD_AUDITOR',
  'WITNESS',
] as const;

export const roleNameSchema = z.enum(roleNames);
export type RoleName = z.infer<typeof roleNameSchema>;

/** Id in the directory, e.g. `anna.berger`: lower case, so that it reads the same in a URL, a mail and a principal key. */
export const directoryIdSchema = z
  .string()
  .max(64)
  .regex(/^[a-z0-9][a-z0-9._-]*$/, 'must be lower-case letters, digits, ".", "_" or "-", e.g. anna.berger');

// Control and bidirectional-override characters could make one name look like another in the record.
const nameSchema = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}\u202A-\u202E\u2066-\u2069]*$/u, 'must not contain control characters');

const dateSchema = z.iso.date('must be a date that exists, written YYYY-MM-DD');
const localeSchema = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a language tag, e.g. de-DE');
const zoneSchema = workingCalendarSchema.shape.zone;

/** First and last day (inclusive, in the organisation's zone) on which something holds; open where absent. */
const validityShape = { from: dateSchema.optional(), until: dateSchema.optional() };

/** One value for good, or several one after the other, each with its days. */
const datedOf = <T extends z.ZodType<string>>(value: T) => z.union([value, z.array(z.strictObject({ value, ...validityShape })).min(1)]);
const datedSchema = datedOf(directoryIdSchema);
export type Dated = z.infer<typeof datedSchema>;

export const siteSchema = z.strictObject({
  id: directoryIdSchema,
  name: datedOf(nameSchema),
  /** IANA zone, e.g. `Europe/Berlin`. A case keeps the one in which it was opened. */
  zone: datedOf(zoneSchema),
  /** Id of one of the file's calendars. */
  calendar: datedOf(z.string().min(1)),
});
export type Site = z.infer<typeof siteSchema>;

export const unitSchema = z.strictObject({
  id: directoryIdSchema,
  name: nameSchema,
  parent: datedSchema.optional(),
  site: directoryIdSchema,
  /** Person who heads the unit; without one the head of the unit above does. */
  head: datedSchema.optional(),
  /** The unit owns or operates IT: the ISO should not report to its head (rules §1, reporting line). */
  runsIt: z.boolean().optional(),
  ...validityShape,
  /** Unit that takes over from one that ends. */
  successor: directoryIdSchema.optional(),
});
export type Unit = z.infer<typeof unitSchema>;

export const personSchema = z.strictObject({
  id: directoryIdSchema,
  name: nameSchema,
  email: z.email().max(254),
  unit: datedSchema,
  /** The line manager. */
  manager: datedSchema.optional(),
  ...validityShape,
  /** False: nobody may decide in this person's name (rules §3.1); true where it is not said. */
  mayDelegate: z.boolean().optional(),
  /** Not employed here: adviser, board member, certification auditor. */
  external: z.boolean().optional(),
  /** Highest level of a risk that the person accepts alone where he owns it (rules §3.1); without it the authority by level of the criteria. */
  acceptanceLimit: levelSchema.optional(),
  /** What the person may spend alone on one treatment plan, in the currency of the organisation; without it the amount of the configuration. */
  budgetLimit: z.number().min(0).max(1_000_000_000).optional(),
  locale: localeSchema.optional(),
});
export type Person = z.infer<typeof personSchema>;

/**
 * A person holds a role. Limited to a unit or to a named part of the scope it is *not* the organisation-wide role:
 * `role:ISO` and `holdsRole` mean assignments without limit, so that a limit never grants more than it says.
 */
export const roleAssignmentSchema = z.strictObject({
  role: roleNameSchema,
  person: directoryIdSchema,
  unit: directoryIdSchema.optional(),
  scope: z.string().min(1).max(200).optional(),
  ...validityShape,
  /** False: what this role may do cannot be delegated (rules §3.1); true where it is not said. */
  mayDelegate: z.boolean().optional(),
});
export type RoleAssignment = z.infer<typeof roleAssignmentSchema>;

/** The file. References, cycles and roles that must be filled are checked by `validateOrganisation` (domain/directory). */
export const organisationFileSchema = z.strictObject({
  organisation: z.strictObject({ name: nameSchema, zone: zoneSchema, locale: localeSchema }),
  calendars: z.array(workingCalendarSchema).min(1),
  /** The first site is the main one. */
  sites: z.array(siteSchema).min(1),
  units: z.array(unitSchema).min(1),
  /** May be empty where the people come from a CSV file of their own. */
  people: z.array(personSchema),
  roles: z.array(roleAssignmentSchema),
});
export type OrganisationFile = z.infer<typeof organisationFileSchema>;
