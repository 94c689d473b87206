import { TestWorkflowEnvironment } from '@temporalio/testing';
import { temporalProgram } from '../../bin/embedded/temporal-cli.ts';

/** A real Temporal development server of one's own, in memory. End it with `teardown()`. */
export async function startTestTemporal(): Promise<TestWorkflowEnvironment> {
  const path = await temporalProgram('temporal', console.log);
  return TestWorkflowEnvironment.createLocal({
    server: { executable: { type: 'existing-path', path }, log: { format: 'pretty', level: 'error' } },
  });
}

/** A real Temporal server that skips time while nobody works: `env.sleep` takes months in milliseconds. */
export async function startTimeSkippingTemporal(): Promise<TestWorkflowEnvironment> {
  const path = await temporalProgram('temporal-test-server', console.log);
  return TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path } },
  });
}
