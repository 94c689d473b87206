import type { z } from 'zod';
import { reason } from '../../contracts/reasons.ts';
import { decodeCursor } from '../../prisma/queries/cursor.ts';
import { Problem } from '../http/problem.ts';

/** The sort key inside a cursor. @throws Problem where we did not make it */
export function afterOf<T>(cursor: string | undefined, shape: z.ZodType<T>): T | null {
  if (cursor === undefined) return null;
  const key = decodeCursor(cursor, shape);
  if (key === null)
    throw new Problem('INVALID_REQUEST', {
      reasons: [
        reason('INVALID_PAYLOAD', { path: 'cursor', message: 'is not one that this list has given out' }),
      ],
    });
  return key;
}
