import { describe, expect, it } from 'vitest';
import { createRush } from '../../api/rush.ts';

/** One opening every ten milliseconds until `ms`; when the start that follows from the first of them may go. */
async function startIn(ms: number): Promise<number> {
  let time = 0;
  const clock = { now: () => time, sleep: async (of: number) => void advance(of) };
  const rush = createRush(clock);
  const { isOver } = rush.join();
  if (ms > 0) advance(10);
  await isOver();
  return time;

  function advance(of: number): void {
    for (const until = time + of; time < until;) {
      time += 5;
      if (time % 10 === 0 && time <= ms) rush.join();
    }
  }
}

describe('the start of a workflow', () => {
  it('follows at once when its opening comes alone', async () => {
    expect(await startIn(0)).toBe(0);
  });

  it('waits while openings follow one another, and comes in the first pause', async () => {
    const at = await startIn(1_000);
    expect(at).toBeGreaterThan(1_000);
    expect(at).toBeLessThan(1_100);
  });

  it('comes after five seconds in a rush that does not end', async () => {
    const at = await startIn(60_000);
    expect(at).toBeGreaterThanOrEqual(5_000);
    expect(at).toBeLessThan(5_100);
  });
});
