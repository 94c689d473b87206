import { randomUUID } from 'node:crypto';
import type { Request } from 'express';
import { reason } from '../../contracts/reasons.ts';
import { Problem } from '../http/problem.ts';

/** The key the caller has chosen; without one a fresh key, which the answer names: a repetition without a key acts again. */
export function idempotencyKey(request: Request): string {
  const key = request.get('Idempotency-Key');
  if (key === undefined) return randomUUID();
  if (/^[\x21-\x7e]{1,200}$/.test(key)) return key;
  throw invalidHeader('Idempotency-Key', 'must be 1 to 200 visible ASCII characters, such as a UUID');
}

/** The version that the caller has seen; null where it does not matter to him or her. */
export function ifMatch(request: Request): number | null {
  const header = request.get('If-Match')?.trim();
  if (header === undefined || header === '*') return null;
  const version = /^"(\d{1,9})"$/.exec(header)?.[1];
  if (version === undefined)
    throw invalidHeader('If-Match', 'must be the version of the case in quotes, such as "7"');
  return Number(version);
}

function invalidHeader(path: string, message: string): Problem {
  return new Problem('INVALID_REQUEST', { reasons: [reason('INVALID_PAYLOAD', { path, message })] });
}
