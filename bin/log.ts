import { pino } from 'pino';
import type { Logger } from 'pino';
import { seenError } from '../api/http/seen-error.ts';
import type { Environment } from './environment.ts';

/** One line of JSON for each thing worth knowing; nothing in it tells of a person (docs/operating.md "Logs"). */
export function createLog(part: 'api' | 'worker', { logLevel }: Pick<Environment, 'logLevel'>): Logger {
  return pino({ level: logLevel, base: { part }, serializers: { err: seenError, error: seenError } });
}
