import express from 'express';
import type { Request, RequestHandler } from 'express';
import { Problem } from './problem.ts';

/** Commands and cases are small; whatever is longer belongs into evidence. */
const BODY_LIMIT = 256 * 1024;
export const EVIDENCE_LIMIT = 25 * 1024 * 1024;

const parseJson = express.json({ limit: BODY_LIMIT, strict: false, type: () => true });
const parseBytes = express.raw({ limit: EVIDENCE_LIMIT, type: () => true });
const parseForm = express.urlencoded({
  limit: BODY_LIMIT,
  extended: false,
  parameterLimit: 20,
  type: () => true,
});

/** JSON in UTF-8 and nothing else; a request without a body has `undefined` for one. */
export const jsonBody: RequestHandler = (request, response, next) => {
  if (hasBody(request) && !request.is('application/json')) throw new Problem('UNSUPPORTED_MEDIA_TYPE');
  parseJson(request, response, next);
};

/** The bytes as they come. A multipart form would be stored with its envelope, so it is refused. */
export const bytesBody: RequestHandler = (request, response, next) => {
  if (hasBody(request) && request.is('multipart')) throw new Problem('UNSUPPORTED_MEDIA_TYPE');
  parseBytes(request, response, next);
};

export const formBody: RequestHandler = (request, response, next) => {
  if (hasBody(request) && !request.is('application/x-www-form-urlencoded'))
    throw new Problem('UNSUPPORTED_MEDIA_TYPE');
  parseForm(request, response, next);
};

function hasBody({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}
