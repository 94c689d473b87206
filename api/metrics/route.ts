import { timingSafeEqual } from 'node:crypto';
import { isIPv4, isIPv6 } from 'node:net';
import { Router } from 'express';
import type { Request } from 'express';
import { sha256 } from '../../prisma/journal/chain.ts';
import type { Dependencies } from '../dependencies.ts';
import { Problem } from '../http/problem.ts';
import { createGauges } from './gauges.ts';

/** `GET /metrics` for Prometheus: from this machine, or with the token of the settings; for everybody else there is nothing here. */
export function metricsRoute({ metrics, metricsToken, pool, clock }: Dependencies): Router {
  const { registry } = metrics;
  const refresh = createGauges({ registry, pool, clock });
  const router = Router();
  router.get('/metrics', async (request, response) => {
    response.locals.route = '/metrics';
    if (!mayScrape(request, metricsToken)) throw new Problem('NOT_FOUND');
    await refresh();
    response
      .set({ 'Content-Type': registry.contentType, 'Cache-Control': 'no-store' })
      .end(await registry.metrics());
  });
  return router;
}

/** With a token the token alone counts, wherever the request comes from. Behind a proxy the address is the one it tells. */
function mayScrape(request: Request, token: string | undefined): boolean {
  if (token === undefined) return isLoopback(request.ip ?? '');
  const sent = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
  return timingSafeEqual(Buffer.from(sha256(sent)), Buffer.from(sha256(token)));
}

function isLoopback(address: string): boolean {
  const plain = address.replace(/^::ffff:/, '');
  return (isIPv4(plain) && plain.startsWith('127.')) || (isIPv6(plain) && plain === '::1');
}
