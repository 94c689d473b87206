import { exportQuery, registerParams, statementParams } from '../../contracts/register-exchange.ts';
import { matrixQuery, matrixView, registerListQuery, registerListView } from '../../contracts/register-view.ts';
import type { CaseFile } from '../../contracts/case-file.ts';
import type { StatementDocument } from '../../contracts/statement.ts';
import { localDate } from '../../domain/calendar/due.ts';
import { registerExport, statementExport } from '../../domain/exchange/export-table.ts';
import { findCase } from '../../prisma/queries/case-by-id.ts';
import { listRegister, registerListKey, wholeRegister } from '../../prisma/queries/registers.ts';
import { riskMatrix } from '../../prisma/queries/risk-matrix.ts';
import type { Dependencies } from '../dependencies.ts';
import { endpoint, ok } from '../endpoint.ts';
import type { Call, Endpoint } from '../endpoint.ts';
import { documentAnswer } from '../exchange/documents.ts';
import { Problem } from '../http/problem.ts';
import { afterOf } from './paging.ts';

const list = endpoint({
  ...{ method: 'get', path: '/registers/{register}', tag: 'Registers', access: 'signedIn' },
  summary: 'Entries of a register that I may see, filtered and sorted',
  params: registerParams,
  query: registerListQuery,
  answers: { 200: { description: 'Entries', schema: registerListView } },
  errors: [],
  async handle({ params: { register }, query: { cursor, ...filters }, reader }, { pool }) {
    return ok({ ...(await listRegister(pool, { reader, register, filters, after: afterOf(cursor, registerListKey(filters.sort)) })), register });
  },
});

const matrix = endpoint({
  ...{ method: 'get', path: '/risk-matrix', tag: 'Registers', access: 'signedIn' },
  summary: 'How many open risks lie in each cell of likelihood and impact',
  query: matrixQuery,
  answers: { 200: { description: 'Counts by cell and by level', schema: matrixView } },
  errors: [],
  async handle({ query, reader }, { pool }) {
    return ok(await riskMatrix(pool, { reader, ...query }));
  },
});

const exported = endpoint({
  ...{ method: 'get', path: '/registers/{register}/export', tag: 'Registers', access: 'signedIn' },
  summary: 'The register as CSV, XLSX, DOCX or PDF',
  description: 'Entries in use that I may see. Titled and dated, with the hash of its content; cells that a spreadsheet would take for a formula are neutralised.',
  params: registerParams,
  query: exportQuery,
  answers: { 200: { description: 'The file', bytes: true } },
  errors: [],
  async handle({ params: { register }, query: { format }, reader, now, speech }, dependencies) {
    const rows = await wholeRegister(dependencies.pool, { reader, register });
    const entries = rows.map((row) => ({ ...row, owner: nameOf(row.owner, speech) }));
    return { ...(await documentAnswer(registerExport(register, entries, await headOf(dependencies, now)), format)), shown: rows.map(({ id }) => id) };
  },
});

const statement = endpoint({
  ...{ method: 'get', path: '/statements/{id}/export', tag: 'Registers', access: 'signedIn' },
  summary: 'A version of the Statement of Applicability as CSV, XLSX, DOCX or PDF',
  params: statementParams,
  query: exportQuery,
  answers: { 200: { description: 'The file', bytes: true } },
  errors: ['NOT_FOUND'],
  async handle({ params: { id }, query: { format }, reader, now, speech }, dependencies) {
    const file = await findCase(dependencies.pool, reader, id);
    if (file?.process !== 'statementOfApplicability') throw new Problem('NOT_FOUND');
    return { ...(await documentAnswer(statementExport(named(file as CaseFile<StatementDocument>, speech), await headOf(dependencies, now)), format)), shown: [id] };
  },
});

function named({ ref, state, document }: CaseFile<StatementDocument>, speech: Call['speech']) {
  const rows = document.rows.map((row) => ({ ...row, owner: nameOf(row.owner, speech) }));
  return { ref, state, document: { ...document, rows } };
}

function nameOf(person: string | null, { nameOf: name }: Call['speech']): string | null {
  return person && (name?.(person) ?? person);
}

async function headOf({ people }: Dependencies, now: string) {
  const { organisation } = await people.directory();
  return { organisation: organisation.name, on: localDate(now, organisation.zone) };
}

export const registerEndpoints: Endpoint[] = [list, exported, matrix, statement];
