import type { RequestHandler } from 'express';
import { Problem } from './http/problem.ts';

export type Checks = Record<string, () => Promise<void>>;

const PATIENCE_MS = 2_000;
/** However often somebody asks, the parts are asked once in this time. */
const RECENT_MS = 1_000;

/** `GET /readyz`: 200 when every part is there, else 503 with the names of those that are not. */
export function readyz(checks: Checks): RequestHandler {
  let recent: { answer: Promise<string[]>; until: number } | null = null;
  return async (_request, response) => {
    response.locals.route = '/readyz';
    if (!recent || recent.until < Date.now())
      recent = { answer: notReady(checks), until: Date.now() + RECENT_MS };
    const missing = await recent.answer;
    if (missing.length > 0)
      throw new Problem('UNAVAILABLE', { notReady: missing, headers: { 'Retry-After': '2' } });
    response.set('Cache-Control', 'no-store').json({ status: 'ready' });
  };
}

async function notReady(checks: Checks): Promise<string[]> {
  const asked = Object.entries(checks).map(async ([name, check]) =>
    (await answersInTime(check)) ? null : name,
  );
  return (await Promise.all(asked)).filter((name) => name !== null);
}

async function answersInTime(check: () => Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<false>((resolve) => (timer = setTimeout(resolve, PATIENCE_MS, false)));
  const answer = check().then(
    () => true,
    () => false,
  );
  return Promise.race([answer, tooLate]).finally(() => clearTimeout(timer));
}
