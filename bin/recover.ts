import { createCaseGateway } from '../api/case-gateway.ts';
import { beginRecovery, recoverCases } from '../api/operations/recovery.ts';
import { taskQueue } from '../temporal.config.ts';
import { createClock } from './clock.ts';
import { readEnvironment } from './environment.ts';
import { openJournal } from './open-journal.ts';
import { temporalClient } from './temporal-client.ts';

/** Who wanted it and why, for the journal; what the engine does at its own start is no operation of anybody. */
export interface Asked {
  actor: string;
  reason: string;
}

/** Has the workflow of every open case running, whether Temporal was wiped or lives: see `recoverCases`. */
export async function recoverAll(
  target: { databaseUrl: string; temporalAddress: string },
  asked?: Asked,
): Promise<{ started: number }> {
  const clock = createClock(readEnvironment());
  const client = await temporalClient(target.temporalAddress);
  const { pool, journal } = openJournal({ databaseUrl: target.databaseUrl, clock, max: 2 });
  try {
    const workflows = createCaseGateway(client, { taskQueue });
    if (!asked) return { started: await recoverCases({ journal, workflows }) };
    const { done } = await beginRecovery({ pool, journal, workflows }, { ...asked, now: clock() });
    return { started: await done };
  } finally {
    await Promise.all([pool.end(), client.connection.close()]);
  }
}
