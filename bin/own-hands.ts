import type { OwedEffect } from '../contracts/durable.ts';
import type { CaseId } from '../contracts/identity.ts';
import type { Journal } from '../prisma/journal/journal.ts';
import type { Hands, Waiting } from './journal-driver.ts';

/** Carries out what the journal owes in this process, case by case; for stories told before any worker runs. */
export function ownHands(journal: Journal): Hands {
  return {
    started: () => Promise.resolve(),
    decide: async ({ caseId }, commandId) => void (await journal.decideCommand(caseId, commandId)),
    atRest: () => true,
    goOn: async (waiting) => {
      for (const each of waiting) await goOn(journal, each);
    },
  };
}

async function goOn(journal: Journal, { caseId, due }: Waiting): Promise<void> {
  const { effects, pendingCommands } = await journal.load(caseId);
  for (const commandId of pendingCommands) await journal.decideCommand(caseId, commandId);
  for (const effect of effects) {
    if (!(await perform(journal, caseId, effect))) break;
    await journal.settleEffect(caseId, effect);
  }
  if (due) await journal.wake(caseId);
}

/** False while something that it asks for is not decided. Who has looked again need not do so once more because all is done. */
async function perform(journal: Journal, caseId: CaseId, effect: OwedEffect): Promise<boolean> {
  const first = await journal.performEffect(caseId, effect);
  for (const each of first.reached) await lookAgain(journal, each);
  if (!first.more) return true;
  const second = await journal.performEffect(caseId, effect);
  const looked = first.reached.map((each) => each.caseId);
  for (const each of second.reached) if (second.more || !looked.includes(each.caseId)) await lookAgain(journal, each);
  return !second.more;
}

/** What a nudge makes a workflow do: decide what is stored, or wake; a decision has looked at everything already. */
async function lookAgain(journal: Journal, { caseId }: Pick<Waiting, 'caseId'>): Promise<void> {
  const { pendingCommands } = await journal.load(caseId);
  for (const commandId of pendingCommands) await journal.decideCommand(caseId, commandId);
  if (pendingCommands.length === 0) await journal.wake(caseId);
}
