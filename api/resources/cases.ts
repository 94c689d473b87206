import {
  caseAsOfView,
  caseListQuery,
  caseListView,
  caseParams,
  caseQuery,
  caseStateView,
  caseView,
  commandView,
  decidedView,
  openCaseBody,
} from '../../contracts/api.ts';
import type { CaseFile } from '../../contracts/case-file.ts';
import type { CaseId } from '../../contracts/identity.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import { isProcess, processes } from '../../domain/processes.ts';
import { findCase } from '../../prisma/queries/case-by-id.ts';
import { caseListKey, listCases } from '../../prisma/queries/case-list.ts';
import { instantOf, isDate } from '../as-of.ts';
import { caseState, sightOf } from '../case-view.ts';
import type { Sight } from '../case-view.ts';
import type { Dependencies } from '../dependencies.ts';
import { endpoint, ok } from '../endpoint.ts';
import type { Call, Endpoint } from '../endpoint.ts';
import { Problem, refusal } from '../http/problem.ts';
import { validated } from '../http/validation.ts';
import { decideAttached } from './commands.ts';
import { casePage } from './case-page.ts';
import { idempotencyKey } from './request-headers.ts';
import { afterOf } from './paging.ts';

const list = endpoint({
  ...{ method: 'get', path: '/cases', tag: 'Cases', access: 'signedIn' },
  summary: 'Cases I may see, newest first',
  query: caseListQuery,
  answers: { 200: { description: 'Cases', schema: caseListView } },
  errors: [],
  async handle({ reader, now, query: { cursor, ...filters } }, { pool }) {
    return ok(await listCases(pool, { reader, now, filters, after: afterOf(cursor, caseListKey) }));
  },
});

const open = endpoint({
  ...{ method: 'post', path: '/cases', tag: 'Cases', access: 'signedIn' },
  summary: 'Open a case',
  description:
    'The same Idempotency-Key again answers the case that it opened. Without one the answer names the key it was given.',
  body: openCaseBody,
  bodyVariants: Object.fromEntries(Object.values(processes).map(({ name, open: { body } }) => [name, body])),
  headers: ['Idempotency-Key'],
  answers: {
    200: { description: 'Attached as a further trigger to a case that runs', schema: decidedView, location: true },
    201: { description: 'Opened', schema: caseStateView, location: true },
    202: { description: 'To be attached, not decided yet', schema: commandView, location: true },
  },
  errors: ['IDEMPOTENCY_KEY_REUSED', 'NOT_ENTITLED', 'SEGREGATION_OF_DUTIES', 'NOT_READY', 'WRONG_MOMENT'],
  async handle(call, dependencies) {
    const { journal, gateway, metrics } = dependencies;
    const { process, payload } = call.body;
    if (!isProcess(process))
      throw refusal([reason('UNKNOWN_PROCESS', { process, known: Object.keys(processes) })]);
    validated(processes[process].open.body, payload, { language: call.speech.language, within: 'payload' });
    const key = idempotencyKey(call.request);
    const opened = await journal.openCase({ process, body: payload, person: call.reader.person, key });
    if ('reused' in opened) throw new Problem('IDEMPOTENCY_KEY_REUSED');
    if ('attached' in opened) return decideAttached(call, dependencies, { ...opened.attached, key });
    const reasons = opened.opened ? [] : opened.reasons;
    metrics.decided({ process, command: 'OPEN', outcome: opened.opened ? 'accepted' : 'refused', reasons });
    if (!opened.opened) throw refusal(reasons.map(withinPayload));
    // Its workflow starts behind the answer; if that fails the sweeper starts it. One that stands still is booted by its first command.
    if (!processes[process].standing) void gateway.start(process, opened.caseId);
    if (processes[process].changesDirectory) dependencies.people.forget();
    const headers = { Location: `/api/v1/cases/${opened.caseId}`, 'Idempotency-Key': key };
    return { status: 201, body: caseState(opened.file, await sightOf(call, dependencies)), headers };
  },
});

/** The rules know the payload alone; the caller has sent it in a field. */
function withinPayload(each: Reason): Reason {
  return 'path' in each ? ({ ...each, path: `payload.${each.path}` } as Reason) : each;
}

async function seenCase(
  pool: Dependencies['pool'],
  reader: Call['reader'],
  caseId: CaseId,
): Promise<CaseFile> {
  const file = await findCase(pool, reader, caseId);
  if (!file) throw new Problem('NOT_FOUND');
  return file;
}

const show = endpoint({
  ...{ method: 'get', path: '/cases/{id}', tag: 'Cases', access: 'signedIn' },
  summary: 'One case: state, document, deadlines, links, what I may do',
  description: 'With asOf the state as it was then, without what could be done.',
  params: caseParams,
  query: caseQuery,
  answers: { 200: { description: 'The case, or its past state', schema: caseView.or(caseAsOfView) } },
  errors: ['NOT_FOUND'],
  async handle({ params: { id }, query: { asOf }, reader, now, speech }, dependencies) {
    const { pool } = dependencies;
    const file = await seenCase(pool, reader, id);
    const sight = await sightOf({ reader, now }, dependencies);
    if (asOf !== undefined) return ok(await pastState(dependencies, file, { asOf, sight }));
    return ok(await casePage(pool, file, { reader, sight, speech }), { ETag: `"${file.revision}"` });
  },
});

interface Past {
  asOf: string;
  sight: Sight;
}

async function pastState({ journal }: Dependencies, file: CaseFile, { asOf, sight }: Past) {
  const at = instantOf(asOf, file.zone);
  if (at > sight.now && !isDate(asOf))
    throw refusal([reason('DATE_IN_FUTURE', { path: 'asOf', date: asOf, latest: sight.now })]);
  const past = await journal.fileAsOf(file.id, at);
  if (!past) throw new Problem('NOT_FOUND');
  return { ...caseState(past, { ...sight, now: at }), asOf: at };
}

export const caseEndpoints: Endpoint[] = [list, open, show];
