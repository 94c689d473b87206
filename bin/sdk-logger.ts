import { DefaultLogger } from '@temporalio/worker';
import type { LogEntry, LogLevel, Logger as SdkLogger } from '@temporalio/worker';
import type { Logger } from 'pino';

const levels: Record<LogLevel, 'trace' | 'debug' | 'info' | 'warn' | 'error'> = {
  TRACE: 'trace',
  DEBUG: 'debug',
  INFO: 'info',
  WARN: 'warn',
  ERROR: 'error',
};

/** What the Temporal SDK and the workflows log, in the same form. */
export function sdkLogger(log: Logger): SdkLogger {
  const threshold = ['silent', 'fatal'].includes(log.level) ? 'ERROR' : (log.level.toUpperCase() as LogLevel);
  return new DefaultLogger(threshold, (entry) => write(log, entry));
}

/** Of what the SDK adds only names and ids of its own world stay. */
function write(log: Logger, { level, message, meta = {} }: LogEntry): void {
  const { workflowType, workflowId, runId, activityType, attempt, taskQueue, error } = meta;
  log[levels[level]]({ workflowType, workflowId, runId, activityType, attempt, taskQueue, error }, message);
}
