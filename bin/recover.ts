import { Client, Connection } from '@temporalio/client';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CaseWorkflows } from '../activities/case-workflows.ts';
import type { OpenCase, RecoveryJournal } from '../activities/journal-port.ts';
import { createCaseGateway } from '../api/case-gateway.ts';
import { taskQueue, temporalConfig } from '../temporal.config.ts';
import { createClock } from './clock.ts';
import { readEnvironment } from './environment.ts';
import { openJournal } from './open-journal.ts';

const LANES = 4;
const PAGE = 200;
const NEAR_MS = 7 * 24 * 3_600_000;
/** Cases that wake later than the next days leave room for people who already work. */
const QUIET_PAUSE_MS = 40;

/** Has the workflow of every open case running, whether Temporal was wiped or lives: see `recoverCases`. */
export async function recoverAll(target: {
  databaseUrl: string;
  temporalAddress: string;
}): Promise<{ started: number }> {
  const env = { ...process.env, TEMPORAL_ADDRESS: target.temporalAddress };
  const { connectionOptions, namespace } = temporalConfig(env);
  const connection = await Connection.connect(connectionOptions);
  const clock = createClock(readEnvironment());
  const { pool, journal } = openJournal({ databaseUrl: target.databaseUrl, clock, max: 2 });
  try {
    const workflows = createCaseGateway(new Client({ connection, namespace }), { taskQueue });
    return { started: await recoverCases({ journal, workflows }) };
  } finally {
    await Promise.all([pool.end(), connection.close()]);
  }
}

/**
 * Starts the workflow of every open case where it is absent and nudges it where it lives, nearest wake first. What is lost
 * comes back from the journal, and a living case only looks again, so this may run at any time.
 * @returns how many cases go on
 */
export async function recoverCases(ports: {
  journal: RecoveryJournal;
  workflows: CaseWorkflows;
}): Promise<number> {
  const open = openCases(ports.journal);
  let recovered = 0;
  const lane = async () => {
    for (let next = await open.next(); !next.done; next = await open.next()) {
      const { process, caseId, wakeAt } = next.value;
      await ports.workflows.nudge(process, caseId);
      recovered += 1;
      if (!isNear(wakeAt)) await sleep(QUIET_PAUSE_MS);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return recovered;
}

async function* openCases(journal: RecoveryJournal): AsyncGenerator<OpenCase, void> {
  for (let after: OpenCase | null = null; ;) {
    const page: OpenCase[] = await journal.openCases({ after, limit: PAGE });
    yield* page;
    if (page.length < PAGE) return;
    after = page.at(-1) ?? null;
  }
}

function isNear(wakeAt: string | null): boolean {
  return wakeAt !== null && Date.parse(wakeAt) - Date.now() < NEAR_MS;
}
