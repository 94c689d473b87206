import type { ErrorRequestHandler } from 'express';
import { languageOf } from './language.ts';
import { Problem, sendProblem } from './problem.ts';

/** The one place where whatever went wrong becomes an answer. What nobody foresaw stays loud in the log and silent on the wire. */
export const handleError: ErrorRequestHandler = (error: unknown, request, response, next) => {
  if (response.headersSent) return next(error);
  const problem = problemOf(error);
  if (problem.code === 'INTERNAL') request.log.error({ err: error }, 'a request failed unexpectedly');
  else if (problem !== error && problem.code === 'UNAVAILABLE')
    request.log.warn({ err: error }, 'a request found a part unavailable');
  const speech = response.locals.speech ?? { language: languageOf(request) };
  sendProblem(response, problem, { speech, requestId: String(request.id) });
};

function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (isUnavailable(error)) return new Problem('UNAVAILABLE', { headers: { 'Retry-After': '5' } });
  const code = parserCodes[typeOf(error)];
  return new Problem(code ?? (statusOf(error) === 400 ? 'MALFORMED_REQUEST' : 'INTERNAL'));
}

/** What Express's body parsers call their refusals. */
const parserCodes: Record<
  string,
  'BODY_TOO_LARGE' | 'MALFORMED_JSON' | 'MALFORMED_REQUEST' | 'UNSUPPORTED_MEDIA_TYPE'
> = {
  'entity.too.large': 'BODY_TOO_LARGE',
  'entity.parse.failed': 'MALFORMED_JSON',
  'encoding.unsupported': 'UNSUPPORTED_MEDIA_TYPE',
  'charset.unsupported': 'UNSUPPORTED_MEDIA_TYPE',
  'request.aborted': 'MALFORMED_REQUEST',
  'request.size.invalid': 'MALFORMED_REQUEST',
  'parameters.too.many': 'MALFORMED_REQUEST',
};

function typeOf(error: unknown): string {
  return String((error as { type?: unknown } | null)?.type ?? '');
}

function statusOf(error: unknown): number | undefined {
  return (error as { status?: number } | null)?.status;
}

// Connection exceptions (08), no room or no database (53, 57P0x), given up for time or a lock (57014, 40, 55P03), and what sockets say.
const connectionCodes =
  /^((08|40|53)...|57P0.|57014|55P03|E(CONNREFUSED|CONNRESET|PIPE|TIMEDOUT|NOTFOUND|AI_AGAIN))$/;
const connectionMessages =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Can't reach database server/;

/** PostgreSQL is away or going: the same request will do in a moment. */
function isUnavailable(error: unknown): boolean {
  const { code, cause, errors } = (error ?? {}) as { code?: unknown; cause?: unknown; errors?: unknown[] };
  if (typeof code === 'string' && connectionCodes.test(code)) return true;
  if (error instanceof Error && connectionMessages.test(error.message)) return true;
  return [cause, ...(errors ?? [])].some(
    (each) => each !== undefined && each !== error && isUnavailable(each),
  );
}
