import type { DeltaLine, StatementRow } from '../../contracts/statement.ts';

/** What one version changes against another, as lines that people read (rules §6.1 "immutable snapshots with diff"). */
export function deltaOf(before: readonly StatementRow[], after: readonly StatementRow[]): DeltaLine[] {
  const [old, now] = [before, after].map((rows) => new Map(rows.map((row) => [row.control, row])));
  const controls = [...after.map(({ control }) => control), ...before.map(({ control }) => control).filter((each) => !now!.has(each))];
  return controls.flatMap((control) => linesOf(control, old!.get(control), now!.get(control)));
}

/** Applicability changes; else only status, evidence and the like do (rules §6.1: a minor version). */
export function isMajor(delta: readonly DeltaLine[]): boolean {
  return delta.some(({ kind }) => ['INCLUDED', 'EXCLUDED', 'ADDED', 'REMOVED'].includes(kind));
}

function linesOf(control: string, before: StatementRow | undefined, after: StatementRow | undefined): DeltaLine[] {
  const line = (kind: DeltaLine['kind'], was: string | null, is: string | null): DeltaLine => ({ control, kind, before: was, after: is });
  if (!before) return [line('ADDED', null, after!.applicable ? 'applicable' : 'not applicable')];
  if (!after) return [line('REMOVED', before.applicable ? 'applicable' : 'not applicable', null)];
  const turned = before.applicable === after.applicable ? [] : [line(after.applicable ? 'INCLUDED' : 'EXCLUDED', applicability(before), applicability(after))];
  const changed = Object.entries(compared).flatMap(([kind, text]) => (text(before) === text(after) ? [] : [line(kind as DeltaLine['kind'], text(before), text(after))]));
  return [...turned, ...changed];
}

function applicability({ applicable }: StatementRow): string {
  return applicable ? 'applicable' : 'not applicable';
}

/** What is compared apart from applicability, and how it is told. */
const compared: Partial<Record<DeltaLine['kind'], (row: StatementRow) => string | null>> = {
  REASONS: ({ reasons, plans }) => told([...reasons.map(({ code, text, refs }) => [code, text, ...refs].filter(Boolean).join(' ')), ...plans]),
  JUSTIFICATION: ({ justification }) => justification,
  STATUS: ({ status, effective }) => `${status}${effective === 'no' ? ', not effective' : ''}`,
  EVIDENCE: ({ evidenceOn }) => evidenceOn,
  OWNER: ({ owner }) => owner,
  DESCRIPTION: ({ title, how, documents, actions }) => told([title, ...(how ? [how] : []), ...documents, ...actions]),
};

function told(items: readonly string[]): string | null {
  return items.length === 0 ? null : items.join('; ');
}

const spoken: Record<DeltaLine['kind'], string> = {
  INCLUDED: 'becomes applicable',
  EXCLUDED: 'is not applicable any more',
  ADDED: 'is new',
  REMOVED: 'is no longer there',
  REASONS: 'reasons',
  JUSTIFICATION: 'justification',
  STATUS: 'status',
  EVIDENCE: 'newest evidence',
  OWNER: 'owner',
  DESCRIPTION: 'description',
};

/** e.g. `A.8.13 status: PARTIAL → IMPLEMENTED`. */
export function deltaText({ control, kind, before, after }: DeltaLine): string {
  const plain = ['INCLUDED', 'EXCLUDED', 'ADDED', 'REMOVED'].includes(kind);
  return `${control} ${spoken[kind]}${plain ? '' : `: ${before ?? '–'} → ${after ?? '–'}`}`;
}
