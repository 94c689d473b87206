import type { Client } from '@temporalio/client';
import type { Pool } from 'pg';
import type { TemporalReport } from '../../contracts/operations.ts';
import { processes } from '../../domain/processes.ts';
import { countOpenCases, openCasePage } from '../../prisma/queries/waiting.ts';
import type { CaseAddress } from '../../prisma/queries/waiting.ts';
import { workflowIdOf } from '../case-gateway.ts';

/** What Temporal knows, beside what the journal says it should. Two counts while all is well; a list only where they differ. */
export interface TemporalView extends TemporalReport {
  /** Some of the open cases that have no workflow. */
  missingCases: CaseAddress[];
  /** Of the cases asked about: those whose workflow runs and fails again and again. */
  failing: CaseAddress[];
}

export interface TemporalPlace {
  client: Client;
  taskQueue: string;
}

export interface TemporalQuestion {
  pool: Pool;
  now: number;
  /** Cases that wait too long. */
  suspects: readonly CaseAddress[];
}

const ANSWERS_WITHIN_MS = 5_000;
/** A worker asks for work about once a minute even when there is none. */
const POLLED_WITHIN_MS = 90_000;
/** Starts follow behind openings, and what Temporal lists follows behind what it runs. */
const YOUNG_MS = 60_000;
const PAGE = 1000;
const EXAMPLES = 20;
const FAILS_OFTEN = 5;

/** @throws what the client throws when Temporal does not answer */
export async function temporalView(place: TemporalPlace, question: TemporalQuestion): Promise<TemporalView> {
  const workers = await within(place, () => countWorkers(place));
  const sweeper = await within(place, () => isRunning(place, 'sweeper'));
  const running = await within(place, () => countRunning(place));
  const before = new Date(question.now - YOUNG_MS).toISOString();
  const open = await countOpenCases(question.pool, before);
  const missingCases = running >= open ? [] : await missingAmong(place, question.pool, before);
  const missing = await confirmed(place, missingCases);
  return {
    workers,
    sweeper,
    running,
    missing: missing.length,
    missingCases: missing.slice(0, EXAMPLES),
    failing: await failingAmong(place, question.suspects),
  };
}

function within<T>({ client }: TemporalPlace, ask: () => Promise<T>): Promise<T> {
  return client.withDeadline(Date.now() + ANSWERS_WITHIN_MS, ask);
}

async function countWorkers({ client, taskQueue }: TemporalPlace): Promise<number> {
  const { namespace } = client.options;
  const { pollers } = await client.workflowService.describeTaskQueue({
    namespace,
    taskQueue: { name: taskQueue },
    taskQueueType: 1,
  });
  const lately = (pollers ?? []).filter(
    ({ lastAccessTime }) => Date.now() - Number(lastAccessTime?.seconds ?? 0) * 1000 < POLLED_WITHIN_MS,
  );
  return new Set(lately.map(({ identity }) => identity)).size;
}

const ofCases = `ExecutionStatus = "Running" AND WorkflowType IN (${Object.keys(processes)
  .map((name) => `"${name}"`)
  .join(', ')})`;

async function countRunning({ client }: TemporalPlace): Promise<number> {
  return (await client.workflow.count(ofCases)).count;
}

/** Both sides in pages; what runs is held as a set of ids. */
async function missingAmong(place: TemporalPlace, pool: Pool, before: string): Promise<CaseAddress[]> {
  const running = new Set<string>();
  for await (const { workflowId } of place.client.workflow.list({ query: ofCases, pageSize: PAGE }))
    running.add(workflowId);
  const missing: CaseAddress[] = [];
  for (let after: string | null = null; ;) {
    const page = await openCasePage(pool, { before, after, limit: PAGE });
    missing.push(...page.filter(({ process, caseId }) => !running.has(workflowIdOf(process, caseId))));
    if (page.length < PAGE) return missing;
    after = page.at(-1)!.caseId;
  }
}

/** Lists lag behind; so a few that seem to be missing are asked for by name before anybody is alarmed. */
async function confirmed(place: TemporalPlace, cases: CaseAddress[]): Promise<CaseAddress[]> {
  if (cases.length > EXAMPLES) return cases;
  const known = await Promise.all(
    cases.map(({ process, caseId }) => isRunning(place, workflowIdOf(process, caseId))),
  );
  return cases.filter((_, n) => !known[n]);
}

async function isRunning({ client }: TemporalPlace, workflowId: string): Promise<boolean> {
  const found = await client.workflow.getHandle(workflowId).describe().catch(absent);
  return found?.status.name === 'RUNNING';
}

function absent(error: unknown): null {
  if (error instanceof Error && error.name === 'WorkflowNotFoundError') return null;
  throw error;
}

async function failingAmong(place: TemporalPlace, suspects: readonly CaseAddress[]): Promise<CaseAddress[]> {
  const asked = suspects.slice(0, EXAMPLES);
  const fails = await Promise.all(asked.map((each) => failsOften(place, each)));
  return asked.filter((_, n) => fails[n]);
}

async function failsOften({ client }: TemporalPlace, { process, caseId }: CaseAddress): Promise<boolean> {
  const found = await client.workflow.getHandle(workflowIdOf(process, caseId)).describe().catch(absent);
  const { pendingActivities, pendingWorkflowTask } = found?.raw ?? {};
  const attempts = [...(pendingActivities ?? []).map(({ attempt }) => attempt), pendingWorkflowTask?.attempt];
  return attempts.some((each) => (each ?? 0) >= FAILS_OFTEN);
}
