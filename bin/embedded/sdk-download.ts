import { TestWorkflowEnvironment } from '@temporalio/testing';

/** `sdk-download.ts PROGRAM FOLDER`: has the Temporal SDK download a server program into a folder, by starting it once. */
const [program, downloadDir] = process.argv.slice(2);
const server = { executable: { type: 'cached-download' as const, downloadDir } };
const environment =
  program === 'temporal'
    ? await TestWorkflowEnvironment.createLocal({ server })
    : await TestWorkflowEnvironment.createTimeSkipping({ server });
await environment.teardown();
