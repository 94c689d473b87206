import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';
import { seenError } from './seen-error.ts';

/** Every request gets an id, in its answer and in the log; the log holds the route's pattern and no address, name, key or body. */
export function requestLog(logger: Logger): RequestHandler {
  return pinoHttp({
    logger,
    genReqId: giveId,
    quietReqLogger: true,
    // What went wrong was logged where it was caught; this line says only that a request was answered.
    customLogLevel: () => 'info',
    serializers: {
      req: seenRequest,
      res: ({ statusCode }: { statusCode: number }) => ({ status: statusCode }),
      err: seenError,
    },
    wrapSerializers: false,
    customSuccessObject: (request, response, value: object) => ({
      ...value,
      route: routeOf(request, response),
    }),
    customErrorObject: (request, response, _error, value: object) => ({
      ...value,
      route: routeOf(request, response),
    }),
  });
}

function giveId(_request: IncomingMessage, response: ServerResponse): string {
  const id = randomUUID();
  response.setHeader('X-Request-Id', id);
  return id;
}

function seenRequest({ id, method }: IncomingMessage): object {
  return { id, method };
}

function routeOf(_request: IncomingMessage, response: ServerResponse): string {
  return String((response as ServerResponse & { locals?: { route?: string } }).locals?.route ?? 'unknown');
}
