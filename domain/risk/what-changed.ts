import type { CaseFile } from '../../contracts/case-file.ts';
import type { Instant, PersonId } from '../../contracts/identity.ts';
import type { RiskChange, Told } from '../../contracts/my-risks.ts';
import type { Rating, RiskDocument } from '../../contracts/risk.ts';
import { ratingOf } from './about.ts';

/**
 * What has changed in a risk since somebody put his or her name under it (rules §5 "confirm", §6 "Risk acceptance"): read from the entries
 * of the risk and from nowhere else, so that it cannot differ from the record.
 */

type File = CaseFile<RiskDocument>;

/** Which rating was signed: the one that an assessment or an earlier register proposed, what was left after a treatment, or the one that counted. */
export type SignedOver = 'PROPOSAL' | 'RESIDUAL' | 'CURRENT';

/** A state of the risk, and the entry by which it came about. */
export interface RiskStep {
  file: File;
  entry: { version: number; type: string; at: Instant; actor: PersonId | null };
}

const signedRating: Record<SignedOver, (file: File) => Rating | null> = {
  PROPOSAL: (file) => file.document.proposal?.rating ?? ratingOf(file),
  RESIDUAL: (file) => file.document.ratings.residual ?? ratingOf(file),
  CURRENT: (file) => ratingOf(file) ?? file.document.proposal?.rating ?? null,
};

/** Everything that the owner answers for, as fields that can be put side by side. */
export function signedContent(file: File, over: SignedOver): Record<string, Told> {
  const { title, category, scenario, affects, rerate } = file.document;
  return {
    ...{ title, category, affects, owner: file.parties['owner'] ?? null },
    ...under('scenario', scenario),
    ...ratingContent(signedRating[over](file)),
    rerate: rerate?.because ?? null,
  };
}

function ratingContent(rating: Rating | null): Record<string, Told> {
  const { level = null, score = null, likelihood = null, controls = [], criteria = null, on = null } = rating ?? {};
  return { level, score, likelihood, ...under('impact', rating?.impact), ...under('rationale', rating?.rationale), controls, criteria, ratedOn: on };
}

function under(name: string, parts: Readonly<Record<string, Told>> | undefined): Record<string, Told> {
  return Object.fromEntries(Object.entries(parts ?? {}).map(([part, value]) => [`${name}.${part}`, value]));
}

/** Fields that say something else now, each with the last entry that changed it, in the order of those entries. */
export function whatChanged(signed: File, over: SignedOver, since: readonly RiskStep[]): RiskChange[] {
  const before = signedContent(signed, over);
  const contents = since.map(({ file, entry }) => ({ content: signedContent(file, 'CURRENT'), entry }));
  const after = contents.at(-1)?.content ?? before;
  const differs = (one: Record<string, Told>, other: Record<string, Told>) => (field: string) => !isSame(one[field], other[field]);
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(differs(before, after));
  const changes = fields.map((field) => {
    const at = contents.findLastIndex(({ content }, n) => !isSame(content[field], (contents[n - 1]?.content ?? before)[field]));
    return { field, before: before[field] ?? null, after: after[field] ?? null, entry: toldOf(contents[at]!.entry) };
  });
  return changes.toSorted((a, b) => a.entry.version - b.entry.version);
}

function isSame(one: Told | undefined, other: Told | undefined): boolean {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
}

function toldOf({ version, type, at, actor }: RiskStep['entry']): RiskChange['entry'] {
  return { version, command: type, at, by: actor };
}
