import { z } from 'zod';
import { organisationFileSchema, personSchema } from '../../contracts/organisation.ts';
import type { OrganisationFile } from '../../contracts/organisation.ts';
import { PASSWORD_LENGTH } from './people-accounts.ts';

/** What the first person says about himself or herself and the organisation. */
export const setupForm = z.strictObject({
  token: z.string(),
  organisation: organisationFileSchema.shape.organisation.shape.name,
  zone: organisationFileSchema.shape.organisation.shape.zone,
  name: personSchema.shape.name,
  email: personSchema.shape.email,
  password: z.string().min(PASSWORD_LENGTH.min).max(PASSWORD_LENGTH.max),
});
export type SetupForm = z.infer<typeof setupForm>;

export interface FirstOrganisation {
  data: OrganisationFile;
  person: string;
}

/**
 * The smallest organisation that can decide: one site, one unit, one person who leads it and answers for its security. That both lie in one
 * hand is allowed and warned about (rules §1, §18); the people file brings the others.
 */
export function firstOrganisation(
  { organisation, zone, name, email }: SetupForm,
  locale: string,
): FirstOrganisation {
  const person = personIdOf(name);
  const data = organisationFileSchema.parse({
    organisation: { name: organisation, zone, locale },
    calendars: [{ id: 'main', zone }],
    sites: [{ id: 'main', name: organisation, zone, calendar: 'main' }],
    units: [{ id: 'main', name: organisation, site: 'main', head: person }],
    people: [{ id: person, name, email, unit: 'main', locale }],
    roles: [
      { role: 'TOP_MGMT', person },
      { role: 'ISO', person },
    ],
  });
  return { data, person };
}

/** `Jörg Müller-Weiß` is `jorg.muller-weiss`; a name without Latin letters gets a plain id. */
function personIdOf(name: string): string {
  const plain = name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll('ß', 'ss');
  const id = plain.replaceAll(/[^a-z0-9-]+/g, '.').replaceAll(/^[.-]+|[.-]+$/g, '');
  return id === '' ? 'first.person' : id.slice(0, 64);
}
