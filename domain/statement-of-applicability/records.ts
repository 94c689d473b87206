import type { CaseSummary } from '../../contracts/case-file.ts';
import type { StatementCause, StatementDocument } from '../../contracts/statement.ts';
import type { View } from '../kernel/definition.ts';
import type { FactQuery } from '../kernel/facts.ts';
import { deltaOf, isMajor } from '../statement/delta.ts';
import { deriveStatement } from '../statement/derive.ts';
import { sourcesOf } from '../statement/sources.ts';
import { checked } from './guards.ts';

/** What a version says after a step. */

type Ground = Pick<View<never>, 'facts' | 'now'>;
type Predecessor = StatementDocument['predecessor'];

const byState = (value: 'open' | 'inForce' | 'calledOff'): FactQuery => ({ fact: 'byKey', process: 'statementOfApplicability', key: 'statement', value });

export const inForceQuery = byState('inForce');

/** Statements that a new one has to know: those open, in force, or called off after they had been. */
export const statementQueries: FactQuery[] = [byState('open'), inForceQuery, byState('calledOff')];

const everyStatement = ({ facts }: Pick<Ground, 'facts'>): CaseSummary[] => facts.similar.filter(({ process }) => process === 'statementOfApplicability');

/** Open or in force, as `policy.keys` names them. */
export function statementsOf(ground: Pick<Ground, 'facts'>): CaseSummary[] {
  return everyStatement(ground).filter(({ settled }) => settled === null);
}

export function isUnderWay({ state }: CaseSummary): boolean {
  return ['draft', 'isoReview', 'inApproval'].includes(state);
}

/** The first draft of a version; exclusions keep the justification that was approved. */
export function firstDraft(ground: Ground, cause: StatementCause): StatementDocument {
  const predecessor = predecessorOf(ground);
  const carried = (predecessor?.rows ?? []).flatMap(({ control, justification }) => (justification === null ? [] : [[control, justification] as const]));
  const blank = { version: { major: 1, minor: 0 }, lastMajor: lastMajorOf(ground), isMajor: true, rows: [], delta: [], errors: [], warnings: [], causes: [cause], predecessor, effectiveOn: null };
  return derived(ground, { ...blank, justifications: Object.fromEntries(carried) });
}

/** Derived anew from what is approved now, against the version in force now. */
export function derived(ground: Ground, given: StatementDocument): StatementDocument {
  const doc = againstWhatIsInForce(ground, given);
  const rows = deriveStatement(sourcesOf(ground.facts.similar, doc.justifications));
  const delta = deltaOf(doc.predecessor?.rows ?? [], rows);
  const major = doc.predecessor === null || isMajor(delta);
  return { ...doc, rows, delta, isMajor: major, version: following(doc, major), ...checked(ground, { ...doc, rows }) };
}

/** Where the version in force was called off meanwhile nobody's approval stands any more: the next one is approved as a whole. */
function againstWhatIsInForce(ground: Ground, doc: StatementDocument): StatementDocument {
  const { predecessor, lastMajor } = doc;
  if (predecessor === null || statementsOf(ground).some(({ id }) => id === predecessor.id)) return doc;
  return { ...doc, predecessor: null, lastMajor: Math.max(lastMajor, predecessor.version.major) };
}

/** A number is given once: where the version in force was called off, the next one goes on from it (rules §6.1 "Versions are immutable"). */
function following({ predecessor, lastMajor }: Pick<StatementDocument, 'predecessor' | 'lastMajor'>, major: boolean): StatementDocument['version'] {
  if (predecessor !== null && !major) return { major: predecessor.version.major, minor: predecessor.version.minor + 1 };
  return { major: Math.max(lastMajor, predecessor?.version.major ?? 0) + 1, minor: 0 };
}

/** The highest that was ever in force and is no more, because it was called off; 0 for none. */
function lastMajorOf(ground: Ground): number {
  return Math.max(0, ...everyStatement(ground).filter(({ state }) => state === 'cancelled').map(({ about }) => versionOf(about['version']).major));
}

function versionOf(text: unknown): StatementDocument['version'] {
  const [major = 0, minor = 0] = String(text).split('.').map(Number);
  return { major, minor };
}

function predecessorOf(ground: Ground): Predecessor {
  const found = statementsOf(ground).find((each) => !isUnderWay(each));
  if (!found) return null;
  const { id, ref, about } = found;
  return { id, ref, version: versionOf(about['version']), rows: JSON.parse(String(about['rows'])) as StatementDocument['rows'] };
}

export function versionText({ major, minor }: StatementDocument['version']): string {
  return `${major}.${minor}`;
}
