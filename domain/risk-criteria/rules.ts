import type { Actor } from '../../contracts/entry.ts';
import type { PersonId } from '../../contracts/identity.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import type { OpenRiskCriteria, RiskCriteriaDocument } from '../../contracts/risk-criteria.ts';
import type { CriteriaContent } from '../../contracts/criteria.ts';
import type { View } from '../kernel/definition.ts';
import type { Facts } from '../kernel/facts.ts';

/** Who writes and who approves criteria (rules §5 RACI: the ISO is responsible, TOP_MGMT accountable). */

const AUTHORS = ['role:ISO', 'isoDeputy', 'role:TOP_MGMT'];

export function openingReasons({ actor, facts, now }: { actor: Actor; facts: Facts; now: string }): Reason[] {
  const keys: string[] = facts.directory.keysOf(actor.person!, now);
  return AUTHORS.some((key) => keys.includes(key)) ? [] : [reason('NOT_ENTITLED', { entitled: ['iso', 'isoDeputy', 'topManagement'] })];
}

/** Whoever has written any of it does not approve it. */
export function authorsOf({ file, facts }: Pick<View<RiskCriteriaDocument>, 'file' | 'facts'>): PersonId[] {
  const wrote = facts.involvements.filter(({ relation, object }) => relation === 'authoredCriteria' && object === file.id);
  const opener = file.openedBy === 'SYSTEM' ? [] : [file.openedBy];
  return [...new Set([...opener, ...wrote.map(({ person }) => person)])].sort();
}

/** The document as it was sent. */
export function written(body: OpenRiskCriteria): Omit<RiskCriteriaDocument, 'effectiveAt' | 'predecessor'> {
  const { method, temporaryAcceptance, ...rest } = body;
  return { ...rest, method: method ?? null, temporaryAcceptance: temporaryAcceptance ?? null } as Omit<RiskCriteriaDocument, 'effectiveAt' | 'predecessor'>;
}

export function contentOf({ scales, levelFunction, acceptableUpTo, categories, authority, reviewInterval }: RiskCriteriaDocument): CriteriaContent {
  return { scales, levelFunction, acceptableUpTo, categories, authority, reviewInterval };
}
