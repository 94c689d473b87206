import { setTimeout as wait } from 'node:timers/promises';

/** What follows one another faster than that is a rush. */
const PAUSE_MS = 50;
/** What waits for a pause waits no longer than that. */
const LONGEST_WAIT_MS = 5_000;

export interface RushClock {
  /** Milliseconds that only grow. */
  now(): number;
  sleep(ms: number): Promise<unknown>;
}

/** Says that something came, and lets what follows from it wait for a pause: nobody waits for that, and it slows no answer down. */
export function createRush({ now, sleep }: RushClock = { now: () => performance.now(), sleep: wait }) {
  let last = -Infinity;
  return {
    /** Who comes alone does not wait. */
    join(): { isOver(): Promise<void> } {
      const mine = (last = now());
      const goesOn = () => last > mine && now() - last < PAUSE_MS && now() - mine < LONGEST_WAIT_MS;
      return {
        async isOver() {
          while (goesOn()) await sleep(PAUSE_MS / 2);
        },
      };
    },
  };
}
