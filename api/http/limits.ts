import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { Problem } from './problem.ts';

/** How much is taken before somebody has to wait. */
export interface Limits {
  /** Requests per minute of one signed-in person: a program that runs wild, not a busy day. */
  perPerson: number;
  /** Requests per minute without valid credentials from one address. */
  perStranger: number;
  /** Failed sign-ins in ten minutes with one name from one address. */
  failedSignIns: number;
}

export const defaultLimits: Limits = { perPerson: 60_000, perStranger: 300, failedSignIns: 10 };

export interface Limiters {
  person: Limiter;
  stranger: Limiter;
  signIn: Limiter;
}

/** Counts the request under that key; rejects with TOO_MANY_REQUESTS. */
export type Limiter = (request: Request, response: Response, key: string) => Promise<void>;

export function createLimiters(limits: Limits): Limiters {
  return {
    person: limiter({ windowMs: 60_000, limit: limits.perPerson }),
    stranger: limiter({ windowMs: 60_000, limit: limits.perStranger }),
    signIn: limiter({ windowMs: 600_000, limit: limits.failedSignIns, onlyFailures: true }),
  };
}

export function addressOf(request: Request): string {
  return ipKeyGenerator(request.ip ?? '');
}

interface LimitedRequest extends Request {
  limitedBy?: string;
  rateLimit?: { resetTime?: Date };
}

function limiter({
  windowMs,
  limit,
  onlyFailures = false,
}: {
  windowMs: number;
  limit: number;
  onlyFailures?: boolean;
}): Limiter {
  const count: RequestHandler = rateLimit({
    ...{
      windowMs,
      limit,
      standardHeaders: false,
      legacyHeaders: false,
      skipSuccessfulRequests: onlyFailures,
    },
    keyGenerator: (request: LimitedRequest) => request.limitedBy ?? '',
    handler: (request: LimitedRequest, _response: Response, next: NextFunction) => next(tooMany(request)),
  });
  return (request: LimitedRequest, response, key) => {
    request.limitedBy = key;
    return new Promise(
      (resolve, reject) =>
        void count(request, response, (error?: unknown) => (error ? reject(error) : resolve())),
    );
  };
}

function tooMany({ rateLimit: standing }: LimitedRequest): Problem {
  const milliseconds = (standing?.resetTime?.getTime() ?? Date.now() + 1000) - Date.now();
  return new Problem('TOO_MANY_REQUESTS', {
    headers: { 'Retry-After': String(Math.max(1, Math.ceil(milliseconds / 1000))) },
  });
}
