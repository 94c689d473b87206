import type { RequestHandler } from 'express';
import { Counter, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import { processes } from '../../domain/processes.ts';
import type { Reason } from '../../contracts/reasons.ts';

/**
 * What this process counts about itself. Labels are names out of closed lists (routes, statuses, processes, commands, codes): nothing of
 * any case or person, and never more of them than the program has.
 */
export interface Metrics {
  registry: Registry;
  /** Times every request by its route. */
  timing: RequestHandler;
  /** A command of a person, as it was answered: by what became of it. */
  decided(decided: Decided): void;
}

export interface Decided {
  process: string;
  command: string;
  outcome: 'accepted' | 'refused' | 'pending';
  reasons?: readonly Reason[];
}

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const durations = new Histogram({
    ...{ name: 'isms_http_request_duration_seconds', help: 'Duration of answered requests', registers },
    ...{ labelNames: ['method', 'route', 'status'], buckets: SECONDS },
  });
  const decisions = new Counter({
    ...{ name: 'isms_decisions_total', help: 'Commands of people by what became of them', registers },
    labelNames: ['process', 'command', 'outcome'],
  });
  const refusals = new Counter({
    ...{ name: 'isms_refusals_total', help: 'Reasons of refused commands by code', registers },
    labelNames: ['code'],
  });
  return {
    registry,
    timing: timing(durations),
    decided({ process, command, outcome, reasons = [] }) {
      decisions.inc({ process: Object.hasOwn(processes, process) ? process : 'other', command, outcome });
      for (const code of new Set(reasons.map((each) => each.code))) refusals.inc({ code });
    },
  };
}

const methods = ['GET', 'HEAD', 'POST', 'DELETE', 'OPTIONS'];

function timing(durations: Histogram<'method' | 'route' | 'status'>): RequestHandler {
  return (request, response, next) => {
    const began = performance.now();
    response.once('finish', () => {
      const route = response.locals.route ?? 'unknown';
      const method = methods.includes(request.method) ? request.method : 'other';
      durations.observe({ method, route, status: response.statusCode }, (performance.now() - began) / 1000);
    });
    next();
  };
}
