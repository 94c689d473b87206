import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Client,
  isGrpcServiceError,
  ServiceError,
  WorkflowNotFoundError,
  type WorkflowStartOptions,
  WorkflowUpdateFailedError,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { CaseId } from '../contracts/identity.ts';
import { createRush } from './rush.ts';

/** A command that is stored in PostgreSQL and now goes to the workflow of its case. */
export interface StoredCommand {
  process: string;
  caseId: CaseId;
  commandId: string;
  /** How long the caller waits; after that the command is decided without him. */
  timeoutMs: number;
}

/** The way to the durable cases. Nothing is lost when it fails: what was to be done lies in PostgreSQL, and the sweeper looks there. */
export interface CaseGateway {
  /** Starts the workflow of the case unless it runs. Never rejects: whoever opens a case need not wait for it. */
  start(process: string, caseId: CaseId): Promise<'STARTED' | 'PENDING'>;
  /** Has the command decided; its outcome is on its row. PENDING: nobody has decided it yet (no worker, no Temporal). */
  decide(command: StoredCommand): Promise<'DECIDED' | 'PENDING'>;
  /** Starts the workflow of the case if it is absent, and has it look at everything again. Rejects when Temporal is away. */
  nudge(process: string, caseId: CaseId): Promise<void>;
}

/** A worker that was killed holds up its cases for that long. */
const TASK_TIMEOUT = '5s';
/** gRPC's code for an Update whose workflow task failed. */
const FAILED_PRECONDITION = 9;
const RPC_TIMEOUT_MS = 10_000;
const PAUSE_BEFORE_SENDING_AGAIN_MS = 20;
/** Temporal takes ten Updates of a workflow at a time, and has those wait for seconds that come on top. */
const UPDATES_AT_ONCE = 8;
/** Nobody waits for a start, so a rush of them follows behind the answers instead of slowing them down. */
const STARTS_AT_ONCE = 1;
const PAUSE_BETWEEN_STARTS_MS = 20;

export function createCaseGateway(client: Client, { taskQueue }: { taskQueue: string }): CaseGateway {
  const startOptions = (process: string, caseId: CaseId): WorkflowStartOptions => ({
    workflowId: workflowIdOf(process, caseId),
    taskQueue,
    args: [caseId],
    workflowIdConflictPolicy: 'USE_EXISTING',
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    workflowTaskTimeout: TASK_TIMEOUT,
  });

  const within = <T>(timeoutMs: number, call: () => Promise<T>) =>
    client.withDeadline(Date.now() + timeoutMs, call);

  const start = (process: string, caseId: CaseId) =>
    client.workflow.start(process, startOptions(process, caseId));

  const update = ({ process, caseId, commandId }: StoredCommand) =>
    client.workflow
      .getHandle(workflowIdOf(process, caseId))
      .executeUpdate('decide', { updateId: commandId, args: [commandId] });

  /** A run that began after the command was stored has decided it when it booted, even if it has ended since. */
  async function bring(command: StoredCommand): Promise<void> {
    for (let started = false; ;) {
      try {
        return void (await update(command));
      } catch (error) {
        if (error instanceof WorkflowNotFoundError && started) return;
        else if (error instanceof WorkflowNotFoundError)
          started = !!(await start(command.process, command.caseId));
        else if (wasNotTaken(error)) await sleep(PAUSE_BEFORE_SENDING_AGAIN_MS);
        else throw error;
      }
    }
  }

  const inLanes = sideBySide(UPDATES_AT_ONCE);
  const behind = sideBySide(STARTS_AT_ONCE);
  const rush = createRush();

  return {
    start(process, caseId) {
      const { isOver } = rush.join();
      return behind('start', () => isOver().then(() => within(RPC_TIMEOUT_MS, () => start(process, caseId))).finally(() => sleep(PAUSE_BETWEEN_STARTS_MS))).then(
        () => 'STARTED',
        () => 'PENDING',
      );
    },
    decide: (command) =>
      within(command.timeoutMs, () => inLanes(command.caseId, () => bring(command))).then(
        () => 'DECIDED',
        () => 'PENDING',
      ),
    async nudge(process, caseId) {
      const options = { ...startOptions(process, caseId), signal: 'nudge' };
      await within(RPC_TIMEOUT_MS, () => client.workflow.signalWithStart(process, options));
    },
  };
}

/** The workflow's name in Temporal, readable for operators: `nonconformity-<case id>`. */
export function workflowIdOf(process: string, caseId: CaseId): string {
  return `${process}-${caseId}`;
}

/** The workflow task that brought the Update came to nothing, or its run is about to be followed by another. */
function wasNotTaken(error: unknown): boolean {
  if (error instanceof WorkflowUpdateFailedError) return error.cause instanceof ApplicationFailure;
  return (
    error instanceof ServiceError &&
    isGrpcServiceError(error.cause) &&
    error.cause.code === FAILED_PRECONDITION
  );
}

/** Runs calls for the same key side by side in `lanes`; in each lane they wait for one another. */
function sideBySide(lanes: number) {
  const ends = new Map<string, Promise<unknown>>();
  let count = 0;
  return <T>(key: string, call: () => Promise<T>): Promise<T> => {
    const lane = `${key} ${count++ % lanes}`;
    const answer = (ends.get(lane) ?? Promise.resolve()).then(call);
    const end = answer.then(forget, forget);
    ends.set(lane, end);
    return answer;

    function forget(): void {
      if (ends.get(lane) === end) ends.delete(lane);
    }
  };
}
