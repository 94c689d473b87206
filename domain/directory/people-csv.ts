import type { PersonId } from '../../contracts/identity.ts';
import { roleNames, roleNameSchema } from '../../contracts/organisation.ts';
import type { RoleName } from '../../contracts/organisation.ts';
import { CsvRefusal, parseCsv, readYesNo } from './csv-table.ts';
import type { CsvProblem, CsvRow } from './csv-table.ts';

const requiredColumns = ['id', 'name', 'email', 'unit'] as const;
const optionalColumns = ['manager', 'roles', 'from', 'until', 'external', 'acceptanceLimit', 'budgetLimit'] as const;
/** Columns of the people file. The optional ones may be left out as a whole. */
export const peopleColumns = [...requiredColumns, ...optionalColumns] as const;
type Column = (typeof peopleColumns)[number];

/** What is wrong, and in which line of the file; null where the organisation that it is merged into is at fault. */
export type PeopleCsvProblem = CsvProblem;

/** One person as the file has them: an empty cell is undefined, a column that the file leaves out is absent. */
export interface PeopleRow {
  line: number;
  id: PersonId;
  fields: Partial<Record<Exclude<Column, 'roles' | 'external' | 'budgetLimit'>, string | undefined>> & {
    external?: boolean | undefined;
    budgetLimit?: number | undefined;
  };
  roles?: RoleName[];
}

/** Reads a people file. Names the problems of all lines; where the text is no such table there is one problem and no row. */
export function parsePeopleCsv(text: string): { rows: PeopleRow[]; problems: PeopleCsvProblem[] } {
  return parseCsv(text, { required: requiredColumns as readonly Column[], optional: optionalColumns }, readRow);
}

function readRow({ line, columns, cells }: CsvRow<Column>): PeopleRow {
  const { roles, external, budgetLimit, ...given } = cells;
  const named = columns.filter((column) => column !== 'roles' && column !== 'external' && column !== 'budgetLimit');
  const fields = Object.fromEntries(named.map((column) => [column, given[column]]));
  return {
    line,
    id: cells.id ?? '',
    fields: {
      ...fields,
      ...(columns.includes('external') && { external: readYesNo('external', external) }),
      ...(columns.includes('budgetLimit') && { budgetLimit: readAmount(budgetLimit) }),
    },
    ...(columns.includes('roles') && { roles: readRoles(roles) }),
  };
}

function readAmount(cell: string | undefined): number | undefined {
  if (cell === undefined) return undefined;
  if (!/^\d+([.,]\d{1,2})?$/.test(cell)) throw new CsvRefusal(`budgetLimit: "${cell}" is no amount; write it like 25000 or 25000.50`);
  return Number(cell.replace(',', '.'));
}

function readRoles(cell = ''): RoleName[] {
  const names = cell.split('|').map((name) => name.trim().toUpperCase());
  return [...new Set(names.filter((name) => name !== ''))].map((name) => {
    const role = roleNameSchema.safeParse(name);
    if (!role.success) throw new CsvRefusal(`roles: there is no role "${name}"; use ${roleNames.join(', ')}`);
    return role.data;
  });
}
