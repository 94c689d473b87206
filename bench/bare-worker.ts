import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { temporalConfig, workerTuning } from '../temporal.config.ts';

/** Worker of the bare workflow, tuned as ours is, in a process of its own as ours is. */
setFlagsFromString('--stack-trace-limit=0');
Runtime.install({ logger: new DefaultLogger('ERROR') });
const { connectionOptions, namespace } = temporalConfig();
const connection = await NativeConnection.connect(connectionOptions);
const workflowsPath = path.join(import.meta.dirname, 'bare-workflow.ts');
const worker = await Worker.create({ ...workerTuning, connection, namespace, taskQueue: 'bare', workflowsPath });
await worker.run();
