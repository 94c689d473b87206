import type { AuditMethod } from '../../contracts/audit-programme.ts';
import type { UniverseItem } from '../../contracts/universe.ts';

/** What is audited together, in the order in which it comes in a year (rules §9 "Suggested year rhythm"). */

export interface Topic {
  title: string;
  profile: string;
  holds: (item: UniverseItem) => boolean;
}

const clauseOf = ({ kind, id }: UniverseItem) => (kind === 'CLAUSE' ? Number.parseInt(id, 10) : null);
const isClause = (item: UniverseItem, ...chapters: number[]) => chapters.includes(clauseOf(item) ?? 0);

export const topics: readonly Topic[] = [
  {
    title: 'Leadership, context, planning; organisational controls and suppliers',
    profile: 'ISO/IEC 27001 clauses 4 to 6, risk management, organisational controls, supplier relationships',
    holds: (item) => isClause(item, 4, 5, 6) || item.theme === 'Organizational' || item.kind === 'SUPPLIER',
  },
  {
    title: 'Support and operation; people, buildings and sites',
    profile: 'ISO/IEC 27001 clauses 7 and 8, personnel security, physical security',
    holds: (item) => isClause(item, 7, 8) || item.theme === 'People' || item.theme === 'Physical' || item.kind === 'SITE',
  },
  {
    title: 'Technology; own controls and units',
    profile: 'Information technology, secure operation and development, own controls of the organisation',
    holds: (item) => item.theme === 'Technological' || item.kind === 'OWN_CONTROL' || item.kind === 'UNIT',
  },
  {
    title: 'Performance, improvement and follow-up',
    profile: 'ISO/IEC 27001 clauses 9 and 10; for clause 9.2 somebody outside the audit programme',
    holds: (item) => isClause(item, 9, 10),
  },
];

export function topicOf(item: UniverseItem): number {
  return Math.max(0, topics.findIndex(({ holds }) => holds(item)));
}

/** Numbers of the windows of a year in which a topic is audited: several topics share one, or one has several. */
export function windowsOf(topic: number, perYear: number): number[] {
  const first = Math.floor((topic * perYear) / topics.length);
  const next = Math.floor(((topic + 1) * perYear) / topics.length);
  return Array.from({ length: Math.max(1, next - first) }, (_, n) => first + n);
}

/** What is a place is looked at on site; everything else partly from afar. */
export function methodFor(items: readonly UniverseItem[]): AuditMethod {
  return items.some(({ kind, theme }) => kind === 'SITE' || theme === 'Physical') ? 'ON_SITE' : 'HYBRID';
}
