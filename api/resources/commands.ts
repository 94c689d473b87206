import { z } from 'zod';
import { commandIdParams, commandParams, commandView, decidedView } from '../../contracts/api.ts';
import type { CommandView } from '../../contracts/api.ts';
import type { CaseId } from '../../contracts/identity.ts';
import { commonCommandBodies } from '../../contracts/common-commands.ts';
import { reason } from '../../contracts/reasons.ts';
import { policyOf } from '../../domain/kernel/accept.ts';
import { isProcess, processes } from '../../domain/processes.ts';
import { commandIdOf, findCommand, findCommandAndCase, findProcess } from '../../prisma/queries/commands.ts';
import type { SentCommand } from '../../prisma/queries/commands.ts';
import { caseState, sightOf } from '../case-view.ts';
import type { Dependencies } from '../dependencies.ts';
import { endpoint, ok } from '../endpoint.ts';
import type { Answer, Call, Endpoint } from '../endpoint.ts';
import { Problem, reasonViews, refusal } from '../http/problem.ts';
import type { Speech } from '../http/problem.ts';
import { validated } from '../http/validation.ts';
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
    const { params, reader, request } = call;
    const { id: caseId, command: name } = params;
    const { person } = reader;
    const key = idempotencyKey(request);
    const process = await findProcess(dependencies.pool, reader, {
      caseId,
      commandId: commandIdOf({ person, caseId, key }),
    });
    if (process === null) throw new Problem('NOT_FOUND');
    const draft = { caseId, person, name, body: bodyOf(call, process, name), ifMatch: ifMatch(request), key };
    const commandId = await store(dependencies, { draft, process });
    return answerCommand(call, dependencies, { commandId, key, process });
  },
});

function commandBodies(): Record<string, z.ZodType> {
  const own = Object.values(processes).flatMap(({ name, policy }) =>
    Object.entries(policy.commands).map(([command, { body }]) => [`${name}.${command}`, body]),
  );
  return Object.fromEntries([...Object.entries(commonCommandBodies), ...own]);
}

/** Checked by the schema that the kernel checks by; what does not fit is not stored. */
function bodyOf({ body, speech }: Pick<Call, 'body' | 'speech'>, process: string, name: string): unknown {
  const definition = isProcess(process) ? processes[process] : undefined;
  const policy =
    definition && Object.hasOwn({ ...commonCommandBodies, ...definition.policy.commands }, name)
      ? policyOf(definition, name)
      : undefined;
  if (!policy)
    throw refusal([
      reason('UNKNOWN_COMMAND', {
        command: name,
        known: definition ? knownCommands(definition.policy.commands) : [],
      }),
    ]);
  return validated(policy.body as z.ZodType, body, speech);
}

function knownCommands(own: Record<string, unknown>): string[] {
  return [...Object.keys(own), ...Object.keys(commonCommandBodies)];
}

interface Sending {
  process: string;
  draft: Parameters<Dependencies['journal']['storeCommand']>[0];
}

/** Stores the command and has it decided, unless it was decided before. */
async function store(dependencies: Dependencies, { draft, process }: Sending): Promise<string> {
  const stored = await dependencies.journal.storeCommand(draft);
  if ('missing' in stored) throw new Problem('NOT_FOUND');
  if ('reused' in stored) throw new Problem('IDEMPOTENCY_KEY_REUSED');
  const { commandId } = stored;
  const decided = 'known' in stored && stored.outcome !== null;
  if (!decided) await decideStored(dependencies, { process, caseId: draft.caseId, commandId });
  return commandId;
}

interface StoredAlready {
  process: string;
  caseId: CaseId;
  commandId: string;
}

async function decideStored(
  { gateway, people, decisionTimeoutMs }: Dependencies,
  { process, caseId, commandId }: StoredAlready,
): Promise<void> {
  await gateway.decide({ process, caseId, commandId, timeoutMs: decisionTimeoutMs });
  if (isProcess(process) && processes[process].changesDirectory) people.forget();
}

/** What was to open a case is a command of one that runs: decided and answered like any other. */
export async function decideAttached(
  call: Caller,
  dependencies: Dependencies,
  { key, ...attached }: StoredAlready & { key: string },
): Promise<Answer> {
  await decideStored(dependencies, attached);
  return answerCommand(call, dependencies, { ...attached, key });
}

type Caller = Pick<Call, 'reader' | 'speech' | 'now'>;

async function answerCommand(
  call: Caller,
  dependencies: Dependencies,
  { commandId, key, process }: { commandId: string; key: string; process: string },
): Promise<Answer> {
  const found = await findCommandAndCase(dependencies.pool, call.reader, commandId);
  if (!found) throw new Problem('NOT_FOUND');
  const { sent, file } = found;
  const headers = { Location: `/api/v1/commands/${commandId}`, 'Idempotency-Key': key };
  count(dependencies, process, sent);
  if (sent.outcome === null) return { status: 202, body: viewOf(sent, call.speech), headers };
  if (sent.outcome.outcome === 'REFUSED') throw refusalOf(sent.outcome, headers);
  // Who gave the case away by it sees it once more as it was then, and no further.
  const shown = file ?? (await dependencies.journal.fileAsOf(sent.caseId, sent.decidedAt!));
  return ok(
    { command: viewOf(sent, call.speech), case: caseState(shown!, await sightOf(call, dependencies)) },
    headers,
  );
}

const outcomes = { ACCEPTED: 'accepted', REFUSED: 'refused', PENDING: 'pending' } as const;

/** The name was found among those of the process before the command was stored, so it is one of few. */
function count({ metrics }: Dependencies, process: string, { name: command, outcome }: SentCommand): void {
  const reasons = outcome?.outcome === 'REFUSED' ? outcome.reasons : [];
  metrics.decided({ process, command, outcome: outcomes[outcome?.outcome ?? 'PENDING'], reasons });
}

function refusalOf(
  { reasons, revision }: Extract<SentCommand['outcome'], { outcome: 'REFUSED' }>,
  headers: Record<string, string>,
): Problem {
  const { code, details } = refusal(reasons, revision);
  return new Problem(code, { ...details, headers });
}

function viewOf(
  { id, caseId, name, storedAt, decidedAt, outcome }: SentCommand,
  speech: Speech,
): CommandView {
  const reasons = outcome?.outcome === 'REFUSED' ? reasonViews(outcome.reasons, speech) : [];
  return {
    id,
    case: caseId,
    command: name,
    storedAt,
    decidedAt,
    outcome: outcome?.outcome ?? 'PENDING',
    reasons,
  };
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
    return ok(viewOf(sent, speech));
  },
});

export const commandEndpoints: Endpoint[] = [send, show];
