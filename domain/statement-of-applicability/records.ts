import type { CaseSummary } from '../../contracts/case-file.ts';
import type { StatementCause, StatementDocument } from '../../contracts/statement.ts';
import type { View } from '../kernel/definition.ts';
import { deltaOf, isMajor } from '../statement/delta.ts';
import { deriveStatement } from '../statement/derive.ts';
import { sourcesOf } from '../statement/sources.ts';
import { checked } from './guards.ts';

/** What a version says after a step. */

type Ground = Pick<View<never>, 'facts' | 'now'>;
type Predecessor = StatementDocument['predecessor'];

/** Open or in force, as `policy.keys` names them. */
export function statementsOf({ facts }: Pick<Ground, 'facts'>): CaseSummary[] {
  return facts.similar.filter(({ process, settled }) => process === 'statementOfApplicability' && settled === null);
}

export function isUnderWay({ state }: CaseSummary): boolean {
  return ['draft', 'isoReview', 'inApproval'].includes(state);
}

/** The first draft of a version; exclusions keep the justification that was approved. */
export function firstDraft(ground: Ground, cause: StatementCause): StatementDocument {
  const predecessor = predecessorOf(ground);
  const carried = (predecessor?.rows ?? []).flatMap(({ control, justification }) => (justification === null ? [] : [[control, justification] as const]));
  const blank = { version: { major: 1, minor: 0 }, isMajor: true, rows: [], delta: [], errors: [], warnings: [], causes: [cause], predecessor, effectiveOn: null };
  return derived(ground, { ...blank, justifications: Object.fromEntries(carried) });
}

/** Derived anew from what is approved now, against the version in force now. */
export function derived(ground: Ground, doc: StatementDocument): StatementDocument {
  const rows = deriveStatement(sourcesOf(ground.facts.similar, doc.justifications));
  const delta = deltaOf(doc.predecessor?.rows ?? [], rows);
  const major = doc.predecessor === null || isMajor(delta);
  return { ...doc, rows, delta, isMajor: major, version: following(doc.predecessor, major), ...checked(ground, { ...doc, rows }) };
}

function following(predecessor: Predecessor, major: boolean): StatementDocument['version'] {
  if (predecessor === null) return { major: 1, minor: 0 };
  const { version } = predecessor;
  return major ? { major: version.major + 1, minor: 0 } : { major: version.major, minor: version.minor + 1 };
}

function predecessorOf(ground: Ground): Predecessor {
  const found = statementsOf(ground).find((each) => !isUnderWay(each));
  if (!found) return null;
  const { id, ref, about } = found;
  const [major = 0, minor = 0] = String(about['version']).split('.').map(Number);
  return { id, ref, version: { major, minor }, rows: JSON.parse(String(about['rows'])) as StatementDocument['rows'] };
}

export function versionText({ major, minor }: StatementDocument['version']): string {
  return `${major}.${minor}`;
}
