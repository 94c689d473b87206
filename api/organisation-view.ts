import type { OrganisationView } from '../contracts/api-organisation.ts';
import type { Language } from '../contracts/errors.ts';
import type { Instant } from '../contracts/identity.ts';
import { organisationAt } from '../domain/directory/organisation-at.ts';
import { problemText } from '../domain/directory/organisation-problems.ts';
import { validateOrganisation } from '../domain/directory/validation.ts';
import type { Journal } from '../prisma/journal/journal.ts';

/** The organisation as it was recorded and in force at that instant; null before one was loaded. What the API and the command line show. */
export async function organisationViewOf(journal: Pick<Journal, 'directoryAsOf'>, { at, language }: { at: Instant; language: Language }): Promise<OrganisationView | null> {
  const recorded = await journal.directoryAsOf(at);
  if (!recorded) return null;
  const { revision, loadedAt, data, directory } = recorded;
  const warnings = validateOrganisation(data).warnings.map((each) => ({ code: each.code, path: each.path.join('.'), text: problemText(each, language) }));
  return { asOf: at, revision, loadedAt, ...organisationAt(directory, at), warnings };
}
