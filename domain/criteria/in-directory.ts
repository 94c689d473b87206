import type { CaseSummary } from '../../contracts/case-file.ts';
import type { CriteriaContent } from '../../contracts/criteria.ts';
import type { RiskCriteriaAbout } from '../../contracts/risk-criteria.ts';
import type { Directory } from '../directory/directory.ts';
import type { Facts } from '../kernel/facts.ts';
import { createCriteria } from './criteria.ts';
import type { Criteria, CriteriaVersion } from './criteria.ts';

/** Versions of the criteria are cases that change the directory; what was approved is read from there. */
const known = new WeakMap<Directory, Criteria>();

/** Criteria of the organisation; read `.at(now)` for what is in force. */
export function criteriaOf({ directory, configuration }: Pick<Facts, 'directory' | 'configuration'>): Criteria {
  const found = known.get(directory) ?? createCriteria(directory.casesOf('riskCriteria').flatMap(versionOf), configuration);
  known.set(directory, found);
  return found;
}

function versionOf({ id, ref, about }: CaseSummary): CriteriaVersion[] {
  const { effectiveAt, content } = about as RiskCriteriaAbout;
  return effectiveAt === null ? [] : [{ caseId: id, ref, effectiveAt, content: JSON.parse(content) as CriteriaContent }];
}
