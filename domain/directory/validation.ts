import type { OrganisationFile } from '../../contracts/organisation.ts';
import type { OrganisationProblem } from './organisation-problems.ts';
import { findBrokenReferences } from './references.ts';
import { findMissingRoles, findRoleConflicts } from './role-conflicts.ts';

export type { OrganisationProblem, OrganisationProblemCode } from './organisation-problems.ts';

export interface OrganisationReview {
  /** The file cannot be loaded while there is one. */
  errors: OrganisationProblem[];
  /** Allowed, but needs a decision or help from outside; shown at every load. */
  warnings: OrganisationProblem[];
}

/**
 * Checks what the schema cannot: references, circles, roles that must be held, and the conflicts of small organisations
 * (rules §1, §16.1, §18). Looks at all periods in the file, not at today.
 */
export function validateOrganisation(data: OrganisationFile): OrganisationReview {
  return {
    errors: [...findBrokenReferences(data), ...findMissingRoles(data)],
    warnings: findRoleConflicts(data),
  };
}
