import type { AccessLogRow } from '../../../contracts/access-log.ts';
import { type Answer, answer } from '../answer.ts';
import { table } from '../display/table.ts';
import type { Page } from './api.ts';
import { caseIdOf } from './case-reference.ts';
import { remark, timeCell } from './case-table.ts';
import { type PersonOptions, connect } from './connection.ts';

/** `isms access-log` */
export async function accessLog({ person, case: named, limit, ...options }: PersonOptions & { person?: string; case?: string; limit: number }): Promise<Answer> {
  const api = await connect(options);
  const caseId = named === undefined ? undefined : await caseIdOf(api, named);
  return answer(await api.list<AccessLogRow>('/access-log', { person, case: caseId }, limit), logText);
}

function logText(page: Page<AccessLogRow>): string {
  if (page.items.length === 0) return 'Nothing of that was shown to an auditor from outside.';
  const rows = page.items.map(({ at, person, method, path, asked, cases }) => [timeCell(at), person, `${method} ${path}`, askedText(asked), String(cases.length)]);
  return [table(['WHEN', 'WHO', 'WHAT', 'ASKED FOR', 'CASES'], rows), ...remark(page)].join('\n');
}

function askedText(asked: AccessLogRow['asked']): string {
  return Object.entries(asked)
    .filter(([name]) => name !== 'limit')
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(' ');
}
