import type { Reason } from '../contracts/reasons.ts';
import { reason } from '../contracts/reasons.ts';
import type { ScenarioStep } from '../contracts/scenario.ts';
import type { RegisterName } from '../contracts/register-exchange.ts';
import { uniqueColumns } from '../domain/exchange/register-columns.ts';
import type { SourceTable, TableProblem } from '../domain/exchange/source-table.ts';
import { give } from './scenario-names.ts';
import type { Stage } from './scenario-step.ts';

/** A register is taken over from a table, as people do it; afterwards the story knows its entries by their own numbers. */
export async function importRegister({ telling: { driver, names }, tables }: Stage, step: ScenarioStep): Promise<Reason[]> {
  const [register, file] = [step.import!, step.file!];
  const table = tables.get(file)!;
  const answer = await driver.importRegister({ as: step.as!, register, table, source: step.source ?? file });
  if ('reasons' in answer) return answer.reasons;
  for (const { line, id } of answer.opened) {
    const name = entryName(register, table, line);
    if (name) give(names, name, { caseId: id });
  }
  return [];
}

/** `A.8.13` is called `a-8-13`. */
function entryName(register: RegisterName, { header, rows }: SourceTable, line: number): string | null {
  const column = header.findIndex((each) => uniqueColumns[register].includes(each.toLowerCase()));
  const number = rows.find((row) => row.line === line)?.cells[column] ?? '';
  return number === '' ? null : number.toLowerCase().replaceAll(/[^a-z0-9-]/g, '-');
}

/** What is wrong with the table, in the words of any other refusal. */
export function tableReasons(problems: readonly TableProblem[]): Reason[] {
  return problems.map(({ line, reason: message }) => reason('INVALID_PAYLOAD', { path: line === null ? 'table' : `line ${line}`, message }));
}
