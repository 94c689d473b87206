import { afterEach, expect, test } from 'vitest';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { startTestTemporal, startTimeSkippingTemporal } from '../support/temporal.ts';

let env: TestWorkflowEnvironment | undefined;
afterEach(() => env?.teardown());

test('tests have a real Temporal server of their own', async () => {
  env = await startTestTemporal();
  const { namespaceInfo } = await env.connection.workflowService.describeNamespace({ namespace: 'default' });
  expect(namespaceInfo?.name).toBe('default');
});

test('tests have a real Temporal server that skips time', async () => {
  env = await startTimeSkippingTemporal();
  const before = await env.currentTimeMs();
  await env.sleep('30 days');
  expect((await env.currentTimeMs()) - before).toBeGreaterThanOrEqual(30 * 24 * 3_600_000);
});
