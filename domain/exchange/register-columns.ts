import { dimensions } from '../../contracts/criteria.ts';
import type { RegisterName } from '../../contracts/register-exchange.ts';
import type { Json } from '../../contracts/json.ts';

/** What the columns of an imported register are called, and what a cell of them means. */

/** How a cell is read: as it stands, a list parted by semicolons, a whole number, one word of a closed list, or what somebody is called. */
export type CellKind = 'text' | 'list' | 'number' | 'word' | 'person' | 'unit' | 'assets' | 'processes' | 'suppliers';

export interface Column {
  name: string;
  kind: CellKind;
  required?: true;
  /** Where its value goes in the body of the opening; its own name where it does not say. */
  at?: string;
}

const described: readonly Column[] = [
  { name: 'name', kind: 'text', required: true },
  { name: 'code', kind: 'text' },
  { name: 'description', kind: 'text' },
  { name: 'kind', kind: 'text' },
  { name: 'criticality', kind: 'word' },
  { name: 'classification', kind: 'word' },
  { name: 'since', kind: 'text' },
  { name: 'until', kind: 'text' },
  { name: 'unit', kind: 'unit', required: true },
  { name: 'owner', kind: 'person', required: true },
];

const controls: readonly Column[] = [
  { name: 'control', kind: 'text', required: true },
  { name: 'title', kind: 'text' },
  { name: 'source', kind: 'text' },
  { name: 'unit', kind: 'unit' },
  { name: 'owner', kind: 'person', required: true },
  { name: 'status', kind: 'word' },
  { name: 'how', kind: 'text' },
  { name: 'documents', kind: 'list' },
];

/** A risk comes with the rating it had; its owner confirms it (rules §5 "bulk import"). */
const risks: readonly Column[] = [
  { name: 'title', kind: 'text', required: true },
  { name: 'reference', kind: 'text', at: 'migrated.reference' },
  { name: 'description', kind: 'text' },
  { name: 'category', kind: 'text' },
  { name: 'unit', kind: 'unit', required: true },
  { name: 'owner', kind: 'person', required: true },
  { name: 'source', kind: 'text', at: 'scenario.source' },
  { name: 'event', kind: 'text', at: 'scenario.event' },
  { name: 'consequence', kind: 'text', at: 'scenario.consequence' },
  { name: 'asset', kind: 'text', at: 'scenario.asset' },
  { name: 'threat', kind: 'text', at: 'scenario.threat' },
  { name: 'vulnerability', kind: 'text', at: 'scenario.vulnerability' },
  { name: 'affects', kind: 'list', required: true },
  { name: 'assets', kind: 'assets' },
  { name: 'processes', kind: 'processes' },
  { name: 'suppliers', kind: 'suppliers' },
  ...dimensions.map((dimension): Column => ({ name: dimension, kind: 'number', at: `migrated.rating.impact.${dimension}` })),
  { name: 'impactRationale', kind: 'text', required: true, at: 'migrated.rating.rationale.impact' },
  { name: 'likelihood', kind: 'number', required: true, at: 'migrated.rating.likelihood' },
  { name: 'likelihoodRationale', kind: 'text', required: true, at: 'migrated.rating.rationale.likelihood' },
  { name: 'controls', kind: 'list', at: 'migrated.rating.controls' },
  { name: 'ratedOn', kind: 'text', required: true, at: 'migrated.ratedOn' },
  { name: 'ratedBy', kind: 'person', at: 'migrated.ratedBy' },
];

export const registerColumns: Record<RegisterName, readonly Column[]> = { asset: described, businessProcess: described, supplier: described, control: controls, risk: risks };

/** Columns whose value is a register's own number or name, unique in a file and in its register. */
export const uniqueColumns: Record<RegisterName, readonly string[]> = { asset: ['code'], businessProcess: ['code'], supplier: ['code'], control: ['control'], risk: ['reference'] };

type Draft = Record<string, Json>;

/** What a body needs beside its cells. */
export const completed: Partial<Record<RegisterName, (body: Draft, source: string) => Draft>> = {
  risk: (body, source) => ({
    ...body,
    scenario: { kind: (body['scenario'] as Draft | undefined)?.['threat'] === undefined ? 'EVENT' : 'ASSET', ...(body['scenario'] as Draft) },
    affects: (body['affects'] as string[] | undefined ?? []).map(property),
    migrated: { source, ...(body['migrated'] as Draft) },
  }),
};

const properties: Record<string, string> = { c: 'CONFIDENTIALITY', i: 'INTEGRITY', a: 'AVAILABILITY' };

/** `C`, `I`, `A` or the whole word. */
function property(word: string): string {
  return properties[word.toLowerCase()] ?? word.toUpperCase();
}
