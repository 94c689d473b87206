import type { CaseRow } from '../../../contracts/api.ts';
import { type Answer, answer } from '../answer.ts';
import { table } from '../display/table.ts';
import type { Page, Query } from './api.ts';
import { dueCell, remark, timeCell } from './case-table.ts';
import { type PersonOptions, connect } from './connection.ts';

interface ListOptions extends PersonOptions {
  process?: string;
  state?: string;
  owner?: string;
  unit?: string;
  overdue?: true;
  escalation?: string;
  ended?: true;
  open?: true;
  search?: string;
  sort?: 'updated' | 'opened';
  limit: number;
}

/** `isms list` */
export async function list(options: ListOptions): Promise<Answer> {
  const api = await connect(options);
  return answer(await api.list<CaseRow>('/cases', filtersOf(options), options.limit), listText);
}

function filtersOf({
  process,
  state,
  owner,
  unit,
  overdue,
  escalation,
  ended,
  open,
  search,
  sort,
}: ListOptions): Query {
  return {
    process,
    state,
    owner,
    unit,
    overdue,
    escalation,
    settled: ended ?? (open && false),
    q: search,
    sort,
  };
}

function listText(page: Page<CaseRow>): string {
  if (page.items.length === 0) return 'No such case that you may see.';
  const head = ['CASE', 'STATE', 'GRADE', 'OWNER', 'UNIT', 'DUE', 'CHANGED', 'TITLE'];
  return [table(head, page.items.map(caseRow)), ...remark(page)].join('\n');
}

function caseRow(row: CaseRow): string[] {
  return [
    row.ref,
    row.state,
    row.grade ?? '',
    row.owner ?? '',
    row.unit,
    dueCell(row),
    timeCell(row.updatedAt),
    row.title,
  ];
}
