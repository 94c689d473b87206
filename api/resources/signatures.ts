import { pageQuery } from '../../contracts/api-fields.ts';
import type { CaseId } from '../../contracts/identity.ts';
import type { Reason } from '../../contracts/reasons.ts';
import { signaturesBody, signaturesView, toSignView } from '../../contracts/signatures.ts';
import type { SignatureItem, SignatureResult, ToSign } from '../../contracts/signatures.ts';
import { groupBy } from '../../domain/directory/group-by.ts';
import { findCases } from '../../prisma/queries/case-by-id.ts';
import { inboxKey, inboxOf } from '../../prisma/queries/inbox.ts';
import { risksOfAssessments } from '../../prisma/queries/risks-of-assessments.ts';
import { sightOf } from '../case-view.ts';
import { findDecision, sendCommand } from '../command-desk.ts';
import type { Caller } from '../command-desk.ts';
import type { Dependencies } from '../dependencies.ts';
import { endpoint, ok } from '../endpoint.ts';
import type { Endpoint } from '../endpoint.ts';
import { Problem, reasonViews, refusal } from '../http/problem.ts';
import { signingTasks } from '../signables.ts';
import type { Asked } from '../signables.ts';
import { afterOf } from './paging.ts';
import { idempotencyKey } from './request-headers.ts';

const waiting = endpoint({
  ...{ method: 'get', path: '/signatures', tag: 'Tasks', access: 'signedIn' },
  summary: 'What waits for my signature, each with the hash of what it says now',
  description: 'From my inbox: approvals, confirmations of risks and of what was taken over. Read each case before you send its hash back.',
  query: pageQuery,
  answers: { 200: { description: 'By due date; a page may hold fewer than asked for', schema: toSignView } },
  errors: [],
  async handle(call, dependencies) {
    const { reader, now, query: { limit, cursor } } = call;
    const { pool } = dependencies;
    const { items: tasks, next } = await inboxOf(pool, { reader, now, limit, after: afterOf(cursor, inboxKey), tasks: Object.keys(signingTasks) });
    const ids = tasks.map((task) => task.case.id);
    const [files, risks, sight] = await Promise.all([findCases(pool, reader, ids), risksOfAssessments(pool, reader, ids), sightOf(call, dependencies)]);
    const asked = tasks.flatMap((task) => (files.has(task.case.id) ? [{ task, file: files.get(task.case.id)!, sight, risks }] : []));
    return ok({ items: asked.flatMap(toSign), next });
  },
});

function toSign(asked: Asked): ToSign[] {
  const { task } = asked;
  const { command, signables } = signingTasks[task.task]!;
  return signables(asked).map((each) => ({ case: headOf(asked), command, ...each, due: task.due, for: task.why?.for ?? null }));
}

function headOf({ file, task: { case: { escalation: _, ...head } } }: Asked): ToSign['case'] {
  return { ...head, version: file.revision };
}

const sign = endpoint({
  ...{ method: 'post', path: '/signatures', tag: 'Tasks', access: 'signedIn' },
  summary: 'Sign several things in one sitting, each over its own hash',
  description:
    'Each signature is a command of its case, stored and decided on its own like any other: what is refused, or says something else by now, holds up none of the others, and there is no all or nothing. ' +
    'The same Idempotency-Key again answers for each what was recorded.',
  body: signaturesBody,
  headers: ['Idempotency-Key'],
  answers: { 200: { description: 'What became of each, in the order in which they were sent', schema: signaturesView } },
  errors: [],
  async handle(call, dependencies) {
    const key = idempotencyKey(call.request);
    const keyed = call.body.items.map((item, place) => ({ item, place, key: keyOf(item, key) }));
    const results: SignatureResult[] = [];
    // Cases decide side by side, and each its own one after the other.
    const inTurn = async (ofOneCase: readonly (typeof keyed)[number][]) => {
      for (const { place, ...each } of ofOneCase) results[place] = await signed(call, dependencies, each);
    };
    await Promise.all([...groupBy(keyed, ({ item }) => item.case).values()].map(inTurn));
    return ok({ items: results }, { 'Idempotency-Key': key });
  },
});

/** Of the request, and of each risk of an assessment its own. */
function keyOf({ key, risk }: SignatureItem, usual: string): string {
  return key ?? (risk === undefined ? usual : `${usual}:${risk}`);
}

interface Keyed {
  item: SignatureItem;
  key: string;
}

async function signed(call: Caller, dependencies: Dependencies, { item, key }: Keyed): Promise<SignatureResult> {
  const { case: caseId, command, contentHash, risk = null, version, body } = item;
  const named = { case: caseId, command, risk, key };
  const hash = risk === null ? { contentHash } : { risks: [{ risk, contentHash }] };
  try {
    const stored = await sendCommand(call, dependencies, { caseId, name: command, body: { ...body, ...hash }, key, ifMatch: version ?? null });
    return { ...named, ...(await decided(call, dependencies, stored)) };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { ...named, ...refused(call, error), id: null };
  }
}

type Ended = Omit<SignatureResult, 'case' | 'command' | 'risk' | 'key'>;

async function decided(call: Caller, dependencies: Dependencies, stored: { process: string; caseId: CaseId; commandId: string }): Promise<Ended> {
  const { sent, file } = await findDecision(call, dependencies, stored);
  const { id, outcome } = sent;
  if (outcome?.outcome === 'REFUSED') return { ...refused(call, refusal(outcome.reasons, outcome.revision)), id };
  return { outcome: outcome ? 'DONE' : 'PENDING', id, code: null, reasons: [], version: file?.revision ?? null };
}

const meanwhile: readonly Reason['code'][] = ['STALE_VERSION', 'CONTENT_CHANGED'];

function refused({ speech }: Caller, { code, details: { reasons = [], version } }: Problem): Omit<Ended, 'id'> {
  const hasChanged = reasons.some((each) => meanwhile.includes(each.code));
  return { outcome: hasChanged ? 'CHANGED' : 'REFUSED', code, reasons: reasonViews(reasons, speech), version: version ?? null };
}

export const signatureEndpoints: Endpoint[] = [waiting, sign];
