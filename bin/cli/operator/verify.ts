import colors from 'picocolors';
import type { VerifyReport } from '../../../prisma/journal/verify.ts';
import { OPERATIONS_STREAM, ORGANISATION_STREAM } from '../../../prisma/journal/streams.ts';
import { type Answer, answer } from '../answer.ts';
import { table } from '../display/table.ts';
import { counted } from '../display/words.ts';
import { withJournal } from './installation.ts';

const names: Record<string, string> = { [ORGANISATION_STREAM]: 'organisation', [OPERATIONS_STREAM]: 'operations' };

/** `isms verify` */
export async function verify(): Promise<Answer> {
  const report = await withJournal(({ journal }) => journal.verify());
  return answer(report, verifyText, report.ok ? 'ok' : 'refused');
}

function verifyText({ ok, entries, attempts, seals, problems }: VerifyReport): string {
  const read = `${counted(entries, 'entry', 'entries')}, ${counted(attempts, 'attempt')} and ${counted(seals, 'seal')} read`;
  if (ok) return `${colors.green('The journal is whole')}: ${read}, all as they were written.`;
  const rows = problems.map(({ stream, version, problem }) => [
    names[stream] ?? stream,
    String(version),
    problem,
  ]);
  return [
    `${colors.red('The journal is not as it was written')}: ${read}, ${counted(problems.length, 'problem')}.`,
    table(['STREAM', 'ENTRY', 'PROBLEM'], rows),
    'Keep this database as it is, compare it with the last backup that verifies, and find out who had access.',
  ].join('\n\n');
}
