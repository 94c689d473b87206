import { attemptListView, attemptQuery, verifyView } from '../../contracts/api-records.ts';
import { reason } from '../../contracts/reasons.ts';
import type { VerifyReport } from '../../prisma/journal/verify.ts';
import { attemptKey, listAttempts } from '../../prisma/queries/attempts.ts';
import { endpoint, ok } from '../endpoint.ts';
import type { Endpoint } from '../endpoint.ts';
import { reasonViews, refusal } from '../http/problem.ts';
import type { Dependencies } from '../dependencies.ts';
import { afterOf } from './paging.ts';
import { mayReadAttempts, mayVerify, readersOfAttempts, verifiers } from './rights.ts';

const attempts = endpoint({
  ...{ method: 'get', path: '/attempts', tag: 'Journal', access: 'signedIn' },
  summary: 'What was refused for authority or segregation of duties, newest first',
  query: attemptQuery,
  answers: { 200: { description: 'Attempts', schema: attemptListView } },
  errors: ['NOT_ENTITLED'],
  async handle({ reader, speech, query: { case: caseId, limit, cursor } }, { pool }) {
    if (!mayReadAttempts(reader)) throw refusal([reason('NOT_ENTITLED', { entitled: readersOfAttempts })]);
    const { items, next } = await listAttempts(pool, { caseId, limit, after: afterOf(cursor, attemptKey) });
    return ok({
      items: items.map((attempt) => ({ ...attempt, reasons: reasonViews(attempt.reasons, speech) })),
      next,
    });
  },
});

const verify = endpoint({
  ...{ method: 'get', path: '/journal/verify', tag: 'Journal', access: 'signedIn' },
  summary: 'Read the whole journal and name what is not as it was written',
  answers: { 200: { description: 'The report', schema: verifyView } },
  errors: ['NOT_ENTITLED'],
  async handle({ reader }, { journal }) {
    if (!mayVerify(reader)) throw refusal([reason('NOT_ENTITLED', { entitled: verifiers })]);
    return ok(await verifyOnce(journal));
  },
});

const running = new WeakMap<Dependencies['journal'], Promise<VerifyReport>>();

/** It reads everything, so those who ask meanwhile get the same report. */
function verifyOnce(journal: Dependencies['journal']): Promise<VerifyReport> {
  const known = running.get(journal);
  if (known) return known;
  const report = journal.verify().finally(() => running.delete(journal));
  running.set(journal, report);
  return report;
}

export const journalEndpoints: Endpoint[] = [attempts, verify];
