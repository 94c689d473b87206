import { z } from 'zod';
import { commandIdParams, commandParams, commandView, decidedView } from '../../contracts/api.ts';
import { commonCommandBodies } from '../../contracts/common-commands.ts';
import { processes } from '../../domain/processes.ts';
import { findCommand } from '../../prisma/queries/commands.ts';
import type { SentCommand } from '../../prisma/queries/commands.ts';
import { caseState, sightOf } from '../case-view.ts';
import { commandViewOf, decideStored, findDecision, sendCommand } from '../command-desk.ts';
import type { Caller, StoredCommand } from '../command-desk.ts';
import type { Dependencies } from '../dependencies.ts';
import { endpoint, ok } from '../endpoint.ts';
import type { Answer, Endpoint } from '../endpoint.ts';
import { Problem, refusal } from '../http/problem.ts';
import { idempotencyKey, ifMatch } from './request-headers.ts';

const send = endpoint({
  ...{ method: 'post', path: '/cases/{id}/commands/{command}', tag: 'Cases', access: 'signedIn' },
  summary: 'Send a command to a case',
  description:
    'The command is stored first and then decided by the case, one at a time. Accepted: 200 with the case as it is now. Nobody there to decide: ' +
    '202 with a place to look; it is decided as soon as somebody is. The same Idempotency-Key again answers what was recorded, and with another ' +
    'body is refused; without one the answer names the key it was given.',
  params: commandParams,
  body: z.record(z.string(), z.unknown()),
  bodyVariants: commandBodies(),
  headers: ['Idempotency-Key', 'If-Match'],
  answers: {
    200: { description: 'Accepted', schema: decidedView, location: true },
    202: { description: 'Stored, not decided yet', schema: commandView, location: true },
  },
  errors: [
    'NOT_FOUND',
    'NOT_ENTITLED',
    'SEGREGATION_OF_DUTIES',
    'WRONG_MOMENT',
    'NOT_READY',
    'IDEMPOTENCY_KEY_REUSED',
  ],
  async handle(call, dependencies) {
    const { params, request, body } = call;
    const key = idempotencyKey(request);
    const stored = await sendCommand(call, dependencies, { caseId: params.id, name: params.command, body, key, ifMatch: ifMatch(request) });
    return answerCommand(call, dependencies, { ...stored, key });
  },
});

function commandBodies(): Record<string, z.ZodType> {
  const own = Object.values(processes).flatMap(({ name, policy }) =>
    Object.entries(policy.commands).map(([command, { body }]) => [`${name}.${command}`, body]),
  );
  return Object.fromEntries([...Object.entries(commonCommandBodies), ...own]);
}

type Keyed = StoredCommand & { key: string };

/** What was to open a case is a command of one that runs: decided and answered like any other. */
export async function decideAttached(call: Caller, dependencies: Dependencies, attached: Keyed): Promise<Answer> {
  await decideStored(dependencies, attached);
  return answerCommand(call, dependencies, attached);
}

async function answerCommand(call: Caller, dependencies: Dependencies, { key, ...stored }: Keyed): Promise<Answer> {
  const { sent, file } = await findDecision(call, dependencies, stored);
  const headers = { Location: `/api/v1/commands/${stored.commandId}`, 'Idempotency-Key': key };
  if (sent.outcome === null) return { status: 202, body: commandViewOf(sent, call.speech), headers };
  if (sent.outcome.outcome === 'REFUSED') throw refusalOf(sent.outcome, headers);
  // Who gave the case away by it sees it once more as it was then, and no further.
  const shown = file ?? (await dependencies.journal.fileAsOf(sent.caseId, sent.decidedAt!));
  return ok(
    { command: commandViewOf(sent, call.speech), case: caseState(shown!, await sightOf(call, dependencies)) },
    headers,
  );
}

function refusalOf(
  { reasons, revision }: Extract<SentCommand['outcome'], { outcome: 'REFUSED' }>,
  headers: Record<string, string>,
): Problem {
  const { code, details } = refusal(reasons, revision);
  return new Problem(code, { ...details, headers });
}

const show = endpoint({
  ...{ method: 'get', path: '/commands/{id}', tag: 'Cases', access: 'signedIn' },
  summary: 'What became of a command that I sent',
  params: commandIdParams,
  answers: { 200: { description: 'The command and how it ended', schema: commandView } },
  errors: ['NOT_FOUND'],
  async handle({ params: { id }, reader, speech }, { pool }) {
    const sent = await findCommand(pool, reader.person, id);
    if (!sent) throw new Problem('NOT_FOUND');
    return ok(commandViewOf(sent, speech));
  },
});

export const commandEndpoints: Endpoint[] = [send, show];
