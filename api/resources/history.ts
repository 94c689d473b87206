import { caseParams, historyQuery, historyView, nextView } from '../../contracts/api.ts';
import { pageQuery } from '../../contracts/api-fields.ts';
import { broadcastListView } from '../../contracts/api-records.ts';
import { nextSteps } from '../../domain/kernel/next.ts';
import { broadcastAnswersOf, broadcastKey, broadcastsOf } from '../../prisma/queries/broadcasts.ts';
import { findCase, seesCase } from '../../prisma/queries/case-by-id.ts';
import { factsFor } from '../../prisma/queries/case-facts.ts';
import { historyKey, historyOf } from '../../prisma/queries/history.ts';
import { definitionOf } from '../case-view.ts';
import { endpoint, ok } from '../endpoint.ts';
import type { Endpoint } from '../endpoint.ts';
import { Problem, reasonViews } from '../http/problem.ts';
import { afterOf } from './paging.ts';

const history = endpoint({
  ...{ method: 'get', path: '/cases/{id}/history', tag: 'Cases', access: 'signedIn' },
  summary: 'Past: every entry of the case in the journal',
  params: caseParams,
  query: historyQuery,
  answers: { 200: { description: 'Entries with what was said and what happened', schema: historyView } },
  errors: ['NOT_FOUND'],
  async handle({ params: { id }, query: { order, limit, cursor }, reader }, { pool }) {
    if (!(await seesCase(pool, reader, id))) throw new Problem('NOT_FOUND');
    return ok(await historyOf(pool, { caseId: id, order, limit, after: afterOf(cursor, historyKey) }));
  },
});

const next = endpoint({
  ...{ method: 'get', path: '/cases/{id}/next', tag: 'Cases', access: 'signedIn' },
  summary: 'Future: what comes next, who must act by when, what happens if late',
  params: caseParams,
  answers: { 200: { description: 'Next steps', schema: nextView } },
  errors: ['NOT_FOUND'],
  async handle({ params: { id }, reader, now }, { pool, people }) {
    const file = await findCase(pool, reader, id);
    if (!file) throw new Problem('NOT_FOUND');
    const definition = definitionOf(file);
    const facts = await factsFor(pool, { definition, file, directory: await people.directory() });
    return ok(nextSteps({ definition, file, facts, now }));
  },
});

const broadcasts = endpoint({
  ...{ method: 'get', path: '/cases/{id}/broadcasts', tag: 'Cases', access: 'signedIn' },
  summary: 'What the case has told others, and what became of it in each',
  description: 'Counts of every broadcast, and the answers case by case.',
  params: caseParams,
  query: pageQuery,
  answers: { 200: { description: 'Broadcasts and answers', schema: broadcastListView } },
  errors: ['NOT_FOUND'],
  async handle({ params: { id }, query: { limit, cursor }, reader, speech }, { pool }) {
    if (!(await seesCase(pool, reader, id))) throw new Problem('NOT_FOUND');
    const question = { caseId: id, reader, limit, after: afterOf(cursor, broadcastKey) };
    const [told, { items, next: further }] = await Promise.all([
      broadcastsOf(pool, id),
      broadcastAnswersOf(pool, question),
    ]);
    const answers = items.map(({ reasons, ...each }) => ({ ...each, reasons: reasonViews(reasons, speech) }));
    return ok({ broadcasts: told, items: answers, next: further });
  },
});

export const historyEndpoints: Endpoint[] = [history, next, broadcasts];
