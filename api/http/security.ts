import type { Request, RequestHandler } from 'express';
import helmet from 'helmet';
import { Problem } from './problem.ts';

/** Headers for every answer. Nothing of the API is ever rendered, framed or kept by a browser. */
export function securityHeaders(publicUrl: string): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"] },
    },
    strictTransportSecurity: publicUrl.startsWith('https://'),
    referrerPolicy: { policy: 'no-referrer' },
  });
}

/**
 * A browser sends the session cookie along whoever asks it to; so a change with a cookie must come from our own pages. Fetch metadata say so
 * (a page cannot forge them), else the origin; without either it is no browser of today, and a program uses an API key.
 */
function isFromHere(request: Request, publicUrl: string): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const { origin, host } = request.headers;
  if (origin === undefined || !URL.canParse(origin)) return false;
  return origin === new URL(publicUrl).origin || new URL(origin).host === host;
}

export function requireOwnOrigin(request: Request, publicUrl: string): void {
  if (!isFromHere(request, publicUrl)) throw new Problem('ORIGIN_REFUSED');
}
