import type { ZodType } from 'zod';
import { roleAssignmentSchema, unitSchema } from '../../contracts/organisation.ts';
import type { RoleAssignment, Unit } from '../../contracts/organisation.ts';
import { CsvRefusal, parseCsv, readYesNo } from './csv-table.ts';
import type { CsvProblem, CsvRow } from './csv-table.ts';

/** Units and roles as tables; a column that is left out changes nothing, an empty cell takes the value away. */

const unitColumns = {
  required: ['id', 'name', 'site'],
  optional: ['parent', 'head', 'runsIt', 'from', 'until', 'successor'],
} as const;
const roleColumns = { required: ['role', 'person'], optional: ['unit', 'scope', 'from', 'until'] } as const;

type UnitColumn = (typeof unitColumns.required)[number] | (typeof unitColumns.optional)[number];
type RoleColumn = (typeof roleColumns.required)[number] | (typeof roleColumns.optional)[number];

export interface Listed<T> {
  line: number;
  item: T;
}

export interface CsvList<T> {
  rows: Listed<T>[];
  problems: CsvProblem[];
}

export function parseUnitsCsv(text: string, base: readonly Unit[]): CsvList<Unit> {
  const known = new Map(base.map((unit) => [unit.id, unit]));
  return parseCsv<UnitColumn, Listed<Unit>>(text, unitColumns, (row) => ({ line: row.line, item: readUnit(row, known.get(row.cells.id ?? '')) }));
}

function readUnit({ columns, cells }: CsvRow<UnitColumn>, before: Unit | undefined): Unit {
  const { runsIt, ...given } = cells;
  const named = Object.fromEntries(columns.map((column) => [column, given[column as keyof typeof given]]));
  const it = columns.includes('runsIt') ? { runsIt: readYesNo('runsIt', runsIt) } : {};
  return checked(unitSchema, { ...before, ...named, ...it });
}

export function parseRolesCsv(text: string): CsvList<RoleAssignment> {
  return parseCsv<RoleColumn, Listed<RoleAssignment>>(text, roleColumns, ({ line, cells }) => ({
    line,
    item: checked(roleAssignmentSchema, { ...cells, role: cells.role?.toUpperCase() }),
  }));
}

function checked<T>(schema: ZodType<T>, value: object): T {
  const given = Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined));
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  throw new CsvRefusal(result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
}
