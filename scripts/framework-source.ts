import { parse } from 'csv-parse/sync';

/** The two tables as the module that the domain imports: data alone, one line each. */
export function frameworkSource({ clauses, controls }: { clauses: string; controls: string }): string {
  return [
    '/** ISO/IEC 27001:2022: ids and titles of clauses and Annex A controls; generated from the tables beside it by `tsx scripts/generate-framework.ts`. */',
    '',
    ...list('clauses', 'readonly { id: string; title: string; clause: string; clauseTitle: string; assessable: boolean }[]', rowsOf(clauses).map(clauseOf)),
    '',
    ...list('annexAControls', 'readonly { id: string; title: string; theme: string }[]', rowsOf(controls).map(({ id, title, theme }) => ({ id, title, theme }))),
    '',
  ].join('\n');
}

type Row = Record<string, string>;

function rowsOf(csv: string): Row[] {
  return parse(csv, { columns: true, trim: true, skip_empty_lines: true });
}

function clauseOf({ id, title, clause, clause_title: clauseTitle, assessable }: Row) {
  return { id, title, clause, clauseTitle, assessable: assessable === 'true' };
}

function list(name: string, type: string, items: readonly object[]): string[] {
  return [`export const ${name}: ${type} = [`, ...items.map((each) => `  ${JSON.stringify(each)},`), '];'];
}
