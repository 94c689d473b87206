import express from 'express';
import type { Express, RequestHandler } from 'express';
import type { AppSettings, Dependencies } from './dependencies.ts';
import { endpoints } from './endpoints.ts';
import { handleError } from './http/error-handler.ts';
import { createLimiters, defaultLimits } from './http/limits.ts';
import { Problem } from './http/problem.ts';
import { requestLog } from './http/request-log.ts';
import { routesOf } from './http/route.ts';
import { securityHeaders } from './http/security.ts';
import { createMetrics } from './metrics/metrics.ts';
import { metricsRoute } from './metrics/route.ts';
import { createPeople } from './people.ts';
import { readyz } from './readiness.ts';
import { frontPage } from './sign-in/front-page.ts';
import { pageRoutes } from './sign-in/page-routes.ts';

const DECISION_TIMEOUT_MS = 5_000;

/** The HTTP side of the engine. It reads PostgreSQL, stores what people ask, and hands it to the durable cases. */
export function createApp(settings: AppSettings): Express {
  const dependencies = dependenciesOf(settings);
  const app = express();
  app
    .disable('x-powered-by')
    .disable('etag')
    .set('trust proxy', 'loopback')
    .set('case sensitive routing', true);
  app.use(requestLog(settings.logger), dependencies.metrics.timing, securityHeaders(settings.publicUrl));
  app.route('/healthz').get(healthz).all(onlyGet);
  app.route('/readyz').get(readyz(settings.readiness)).all(onlyGet);
  app.use(metricsRoute(dependencies));
  app.use('/api/v1', routesOf(endpoints, dependencies));
  app.use(frontPage(), pageRoutes(dependencies));
  app.use(nothingHere, handleError);
  return app;
}

/** The process answers; whether it can do its work is asked at `/readyz`. */
const healthz: RequestHandler = (_request, response) => {
  response.locals.route = '/healthz';
  response.set('Cache-Control', 'no-store').json({ status: 'ok' });
};

const onlyGet: RequestHandler = () => {
  throw new Problem('METHOD_NOT_ALLOWED', { headers: { Allow: 'GET, HEAD' } });
};

const nothingHere: RequestHandler = () => {
  throw new Problem('NOT_FOUND');
};

function dependenciesOf({
  limits,
  decisionTimeoutMs = DECISION_TIMEOUT_MS,
  ...settings
}: AppSettings): Dependencies {
  const { journal, clock } = settings;
  return {
    ...settings,
    decisionTimeoutMs,
    metrics: createMetrics(),
    people: createPeople({ directory: () => journal.directory(), clock }),
    limiters: createLimiters({ ...defaultLimits, ...limits }),
  };
}
