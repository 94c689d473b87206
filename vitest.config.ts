import { defineConfig } from 'vitest/config';

/** Real processes that are given the whole machine: one after the other. */
const alone = ['test/kill/**/*.test.ts', 'test/runtime/start.test.ts'];

/** Real processes that are killed or watched by the clock. They wait more than they work, and do it two at a time. */
const waiting = [
  'test/durable/**/*.test.ts',
  'test/runtime/!(start).test.ts',
  'test/scenarios/{both-drivers,ladder-on-time-skipping}.test.ts',
  'test/cli/{started-engine,organisation}.test.ts',
  'test/mail/{killed-courier,courier-workflow}.test.ts',
  'test/operations/restore.test.ts',
];

const common = { globalSetup: ['test/support/database-server.ts'], testTimeout: 30_000, hookTimeout: 120_000 };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...common,
          name: 'side by side',
          include: ['test/**/*.test.ts'],
          exclude: [...alone, ...waiting],
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      { test: { ...common, name: 'waiting', include: waiting, maxWorkers: 2, sequence: { groupOrder: 1 } } },
      { test: { ...common, name: 'alone', include: alone, maxWorkers: 1, sequence: { groupOrder: 2 } } },
    ],
  },
});
