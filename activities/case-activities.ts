import { heartbeat, sleep } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { CaseActivities, Performed, WaitingCase } from '../contracts/durable.ts';
import type { CaseWorkflows } from './case-workflows.ts';
import type { CaseJournal } from './journal-port.ts';

/** The activities of the case workflow. */
export function createCaseActivities(ports: {
  journal: CaseJournal;
  workflows: CaseWorkflows;
}): CaseActivities {
  const { journal, workflows } = ports;
  return {
    load: (caseId) => journal.load(caseId).catch(giveUpWithoutCase),
    decideCommand: (caseId, commandId) => journal.decideCommand(caseId, commandId).catch(giveUpWithoutCase),
    wake: (caseId) => journal.wake(caseId).catch(giveUpWithoutCase),
    // Settled last: whoever dies in between leaves the effect owed, and it is performed and nudged again.
    performEffect: (caseId, effect) =>
      showingLife(async () => {
        const perform = () => journal.performEffect(caseId, effect);
        if (await isPerformed(perform, ({ process, caseId: id }) => workflows.nudge(process, id))) {
          await journal.settleEffect(caseId, effect);
          return 'DONE';
        }
        return 'MORE';
      }),
  };
}

/** A case that does not exist will not exist at the next attempt either; everything else may pass, so it stays retryable. */
function giveUpWithoutCase(error: unknown): never {
  if (!(error instanceof Error) || error.name !== 'CaseNotFound') throw error;
  throw ApplicationFailure.create({
    message: error.message,
    type: error.name,
    nonRetryable: true,
    cause: error,
  });
}

const LIFE_SIGN_MS = 1_000;

/** A worker that was killed is missed within seconds, however long its work may take. */
async function showingLife<T>(work: () => Promise<T>): Promise<T> {
  const signs = setInterval(() => heartbeat(), LIFE_SIGN_MS);
  return work().finally(() => clearInterval(signs));
}

const NUDGES_AT_ONCE = 10;
const PAUSE_BETWEEN_GROUPS_MS = 100;
const SHORTEST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 250;
const PATIENCE_MS = 20_000;

/**
 * Page by page, until all is answered or it has taken long enough for one turn. People's commands go between those of a broadcast: a page
 * is told only when the last one has mostly answered. Who was nudged in this turn is not nudged again in it.
 */
async function isPerformed(
  perform: () => Promise<Performed>,
  nudge: (waiting: WaitingCase) => Promise<void>,
): Promise<boolean> {
  const nudged = new Set<string>();
  const end = Date.now() + PATIENCE_MS;
  for (let pauseMs = SHORTEST_PAUSE_MS; Date.now() < end; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    const { reached, more } = await perform();
    const fresh = reached.filter(({ caseId }) => !nudged.has(caseId));
    await inSmallGroups(fresh, nudge);
    if (!more) return true;
    for (const { caseId } of fresh) nudged.add(caseId);
    if (fresh.length > 0) pauseMs = SHORTEST_PAUSE_MS;
    await sleep(pauseMs);
  }
  return false;
}

/** A pause after each group but the last: what people ask meanwhile is not to stand behind all of them. */
async function inSmallGroups<T>(items: readonly T[], each: (item: T) => Promise<void>): Promise<void> {
  for (let n = 0; n < items.length; n += NUDGES_AT_ONCE) {
    if (n > 0) await sleep(PAUSE_BETWEEN_GROUPS_MS);
    await Promise.all(items.slice(n, n + NUDGES_AT_ONCE).map(each));
  }
}
