import { registerImportQuery, registerImportView, registerParams } from '../../contracts/register-exchange.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import { reasonText } from '../../domain/access/reason-texts.ts';
import { importRegister } from '../../prisma/register-import.ts';
import type { RegisterImportReport } from '../../prisma/register-import.ts';
import { endpoint, ok } from '../endpoint.ts';
import type { Call, Endpoint } from '../endpoint.ts';
import { readTable } from '../exchange/read-table.ts';
import { Problem, refusal } from '../http/problem.ts';
import { idempotencyKey } from './request-headers.ts';
import { keepsRegisters, registerKeepers } from './rights.ts';

const imports = endpoint({
  ...{ method: 'post', path: '/registers/{register}/imports', tag: 'Registers', access: 'signedIn' },
  summary: 'Take over a register: CSV or XLSX, the bytes of the file are the body',
  description:
    'All lines or, while anything is wrong with one of them, nothing: each problem names its line. With dryRun everything is tried and taken back. The same Idempotency-Key again opens nothing. For the ISO and the deputy.',
  params: registerParams,
  query: registerImportQuery,
  body: 'bytes',
  headers: ['Idempotency-Key'],
  answers: { 200: { description: 'What was opened, or would be', schema: registerImportView } },
  errors: ['NOT_ENTITLED', 'WRONG_MOMENT', 'NOT_READY', 'IDEMPOTENCY_KEY_REUSED', 'BODY_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'],
  async handle({ params: { register }, query: { dryRun, map, source }, body, request, reader, now, speech }, { pool, journal }) {
    if (!keepsRegisters(reader)) throw refusal([reason('NOT_ENTITLED', { entitled: registerKeepers })]);
    const table = await readTable(body);
    if ('problem' in table) throw refusal([lineReason(table.problem)]);
    const key = idempotencyKey(request);
    const report = await importRegister({ pool, journal, now }, { register, table, mapping: map ?? {}, source: source ?? 'import', dryRun, person: reader.person, key });
    if (!report.ok) throw refused(report, speech);
    const { outcome, rows, opened } = report;
    return ok({ outcome, register, rows, opened }, { 'Idempotency-Key': key });
  },
});

/** At most so many lines are told: whoever has more wrong has one thing wrong many times. */
const TOLD_AT_MOST = 200;

function refused(report: Extract<RegisterImportReport, { ok: false }>, { language, nameOf }: Call['speech']): Problem {
  if ('reused' in report) return new Problem('IDEMPOTENCY_KEY_REUSED');
  if ('problems' in report) return refusal(report.problems.slice(0, TOLD_AT_MOST).map(lineReason));
  const told = report.refused.flatMap(({ line, reasons }) => reasons.map((each) => lineReason({ line, reason: textOf(each) })));
  return refusal(told.slice(0, TOLD_AT_MOST));

  function textOf(each: Reason): string {
    return each.code === 'INVALID_PAYLOAD' ? `${each.path}: ${each.message}` : reasonText(each, language, nameOf);
  }
}

function lineReason({ line, reason: message }: { line: number | null; reason: string }): Reason {
  return reason('INVALID_PAYLOAD', { path: line === null ? 'file' : `line ${line}`, message });
}

export const registerImportEndpoints: Endpoint[] = [imports];
