import type { z } from 'zod';
import type { Json } from '../../contracts/json.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';

export type Parsed = { ok: true; body: Json } | { ok: false; reasons: Reason[] };

/** The body as the schema reads it (trimmed, defaults filled in), or where it does not fit. */
export function parseBody(schema: z.ZodType, body: unknown): Parsed {
  const result = schema.safeParse(body);
  if (result.success) return { ok: true, body: result.data as Json };
  const reasons = result.error.issues.map(({ path, message }) => reason('INVALID_PAYLOAD', { path: path.join('.'), message }));
  return { ok: false, reasons };
}
