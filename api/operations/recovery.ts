import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { Instant } from '../../contracts/identity.ts';
import type { Journal } from '../../prisma/journal/journal.ts';
import { countOpenCases } from '../../prisma/queries/waiting.ts';
import type { CaseGateway } from '../case-gateway.ts';

const LANES = 4;
const PAGE = 200;
const NEAR_MS = 7 * 24 * 3_600_000;
/** Cases that wake later than the next days leave room for people who already work. */
const QUIET_PAUSE_MS = 40;

type OpenCases = Pick<Journal, 'openCases'>;
type OpenCase = Awaited<ReturnType<Journal['openCases']>>[number];

export interface RecoveryPorts {
  journal: OpenCases;
  workflows: Pick<CaseGateway, 'nudge'>;
}

/**
 * Starts the workflow of every open case where it is absent and nudges it where it lives, nearest wake first. What is lost
 * comes back from the journal, and a living case only looks again, so this may run at any time.
 * @returns how many cases go on
 */
export async function recoverCases(ports: RecoveryPorts): Promise<number> {
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

async function* openCases(journal: OpenCases): AsyncGenerator<OpenCase, void> {
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

export interface RecordedRecovery {
  actor: string;
  reason: string;
  now: Instant;
}

export interface RecordedRecoveryPorts extends RecoveryPorts {
  pool: Pool;
  journal: OpenCases & Pick<Journal, 'recordOperation'>;
}

/** A recovery that somebody asked for: the journal says who and why when it begins, and when it ends what came of it. */
export async function beginRecovery(
  { pool, ...ports }: RecordedRecoveryPorts,
  { actor, reason, now }: RecordedRecovery,
): Promise<{ openCases: number; done: Promise<number> }> {
  const count = await countOpenCases(pool, now);
  const { recordOperation } = ports.journal;
  await recordOperation({ type: 'RECOVERY_ASKED', actor, reason, body: { openCases: count } });
  const done = recoverCases(ports).then(
    async (recovered) => {
      await recordOperation({
        type: 'RECOVERED',
        actor,
        reason,
        body: { cases: recovered, result: 'all nudged' },
      });
      return recovered;
    },
    async (error: unknown) => {
      await recordOperation({
        type: 'RECOVERED',
        actor,
        reason,
        body: { cases: null, result: 'Temporal did not answer' },
      });
      throw error;
    },
  );
  return { openCases: count, done };
}
