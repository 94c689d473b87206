import {
  nudgeBody,
  nudgeView,
  operationsView,
  recoverBody,
  recoverView,
} from '../../contracts/operations.ts';
import { reason } from '../../contracts/reasons.ts';
import { findCaseAddress } from '../../prisma/queries/waiting.ts';
import { endpoint, ok } from '../endpoint.ts';
import type { Endpoint } from '../endpoint.ts';
import { Problem, refusal } from '../http/problem.ts';
import { examine } from '../operations/examination.ts';
import { nudgeCase } from '../operations/nudge.ts';
import { beginRecovery } from '../operations/recovery.ts';
import { mayOperate, mayReadOperations, operators, readersOfOperations } from './rights.ts';

const show = endpoint({
  ...{ method: 'get', path: '/operations', tag: 'Operations', access: 'signedIn' },
  summary: 'How the engine itself fares: what waits, what is missing, what to do about it',
  description:
    'Ids and counts only. The same as isms doctor says on the machine, which also works while this API does not.',
  answers: { 200: { description: 'The report', schema: operationsView } },
  errors: ['NOT_ENTITLED'],
  async handle({ reader, now }, { pool, temporal }) {
    if (!mayReadOperations(reader))
      throw refusal([reason('NOT_ENTITLED', { entitled: readersOfOperations })]);
    return ok(await examine({ pool, temporal, now }));
  },
});

const nudge = endpoint({
  ...{ method: 'post', path: '/operations/nudge', tag: 'Operations', access: 'signedIn' },
  summary: 'Have a case look at everything again; its workflow is started if it is absent',
  description: 'Changes nothing by itself. Recorded with the reason in the journal.',
  body: nudgeBody,
  answers: { 200: { description: 'The case was nudged', schema: nudgeView } },
  errors: ['NOT_ENTITLED', 'NOT_FOUND', 'UNAVAILABLE'],
  async handle({ reader, body }, { pool, journal, gateway }) {
    if (!mayOperate(reader)) throw refusal([reason('NOT_ENTITLED', { entitled: operators })]);
    const found = await findCaseAddress(pool, body.case);
    if (!found) throw new Problem('NOT_FOUND');
    const done = await nudgeCase(
      { journal, workflows: gateway },
      { ...found, actor: reader.person, reason: body.reason },
    );
    if (!done.nudged) throw new Problem('UNAVAILABLE', { headers: { 'Retry-After': '5' } });
    return ok({ case: found.caseId, process: found.process, nudged: true });
  },
});

const recover = endpoint({
  ...{ method: 'post', path: '/operations/recover', tag: 'Operations', access: 'signedIn' },
  summary: 'Have every open case go on, after Temporal was lost or PostgreSQL restored',
  description:
    'Safe beside living cases. Goes on behind the answer; beginning and end are recorded with the reason in the journal.',
  body: recoverBody,
  answers: { 202: { description: 'It has begun', schema: recoverView } },
  errors: ['NOT_ENTITLED'],
  async handle({ reader, body: { reason: why }, now, request }, { pool, journal, gateway }) {
    if (!mayOperate(reader)) throw refusal([reason('NOT_ENTITLED', { entitled: operators })]);
    const { openCases, done } = await beginRecovery(
      { pool, journal, workflows: gateway },
      { actor: reader.person, reason: why, now },
    );
    done.catch((error: unknown) => request.log.error({ err: error }, 'a recovery came to nothing'));
    return { status: 202, body: { openCases } };
  },
});

export const operationEndpoints: Endpoint[] = [show, nudge, recover];
