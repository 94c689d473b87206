import { readFileSync } from 'node:fs';
import path from 'node:path';
import { organisationFileSchema, type OrganisationFile } from '../../../contracts/organisation.ts';
import { importPeopleCsv } from '../../../domain/directory/organisation-csv.ts';
import { validateOrganisation } from '../../../domain/directory/validation.ts';
import { Failure } from '../failure.ts';

/** Something to put right, or to know: where in the file, and what to do. */
export interface Finding {
  /** `people.3.email`, `line 4`; empty where the file as a whole is meant. */
  where: string;
  message: string;
}

export interface Review {
  /** Absent where something is wrong with it. */
  organisation?: OrganisationFile;
  errors: Finding[];
  warnings: Finding[];
}

/** Reads and checks a file; `base` is asked for only where people are merged into it. */
export async function reviewFile(file: string, base: () => Promise<OrganisationFile>): Promise<Review> {
  const kind = path.extname(file).toLowerCase();
  if (kind === '.json') return reviewJson(readText(file));
  if (kind === '.csv') return reviewCsv(readText(file), await base());
  throw new Failure('usage', `${file} is neither .json (an organisation) nor .csv (people).`);
}

/** The organisation that people are merged into. */
export function readBase(file: string): OrganisationFile {
  const { organisation, errors } = parseOrganisation(readText(file));
  if (organisation) return organisation;
  throw new Failure('refused', `${file} is no organisation to merge people into.`, {
    reasons: errors.map(asReason),
  });
}

function asReason({ where, message }: Finding) {
  return { code: 'INVALID_FILE', text: where === '' ? message : `${where}: ${message}` };
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\ufeff/, '');
  } catch {
    throw new Failure('usage', `${file} cannot be read: correct the path or its permissions.`);
  }
}

function reviewJson(text: string): Review {
  const parsed = parseOrganisation(text);
  if (!parsed.organisation) return parsed;
  const { errors, warnings } = validateOrganisation(parsed.organisation);
  const findings = { errors: errors.map(findingOf), warnings: warnings.map(findingOf) };
  return errors.length > 0 ? findings : { ...findings, organisation: parsed.organisation };
}

function reviewCsv(text: string, base: OrganisationFile): Review {
  const merged = importPeopleCsv(text, base);
  if (merged.ok)
    return { organisation: merged.organisation, errors: [], warnings: merged.warnings.map(findingOf) };
  const errors = merged.problems.map(({ line, reason }) => ({
    where: line === null ? '' : `line ${line}`,
    message: reason,
  }));
  return { errors, warnings: [] };
}

function parseOrganisation(text: string): Review {
  const value = parseJson(text);
  if (value === undefined)
    return { errors: [{ where: '', message: 'The file is not valid JSON.' }], warnings: [] };
  const { success, data, error } = organisationFileSchema.safeParse(value);
  return success
    ? { organisation: data, errors: [], warnings: [] }
    : { errors: error.issues.map(findingOf), warnings: [] };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function findingOf({ path: place, message }: { path: readonly PropertyKey[]; message: string }): Finding {
  return { where: place.join('.'), message };
}
