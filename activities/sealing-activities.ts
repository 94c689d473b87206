import type { SealingActivities } from '../contracts/durable.ts';
import type { SealedJournal, SealingKey } from './journal-port.ts';

/** The activity of the sealing workflow; the key is looked for each time, since it may have been handed over. */
export function createSealingActivities({ journal, key }: { journal: SealedJournal; key: () => SealingKey }): SealingActivities {
  return {
    async sealJournal() {
      const sealed = await journal.seal(key());
      return { number: sealed?.number ?? null };
    },
  };
}
