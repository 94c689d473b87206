import { expect, it } from 'vitest';
import { killRun } from './kill-run.ts';

it('loses and doubles nothing while worker, API, Temporal and PostgreSQL are killed at random, and every case goes on by itself', async () => {
  const result = await killRun({ cases: 30, seed: 27001, say: () => undefined });
  expect(result).toMatchObject({ lostOrDoubled: [], wrongSteps: [], stuck: [], verifyProblems: [] });
  expect(Object.values(result.hits).every((hits) => hits > 0)).toBe(true);
}, 240_000);
