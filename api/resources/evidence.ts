import { caseEvidenceParams, evidenceParams, evidenceQuery, evidenceView } from '../../contracts/api.ts';
import { reason } from '../../contracts/reasons.ts';
import { findEvidenceOfCase, findOwnEvidence } from '../../prisma/queries/evidence.ts';
import type { EvidenceBytes } from '../../prisma/queries/evidence.ts';
import { endpoint } from '../endpoint.ts';
import type { Answer, Endpoint } from '../endpoint.ts';
import { Problem } from '../http/problem.ts';
import { fileNameOf } from './file-name.ts';

const upload = endpoint({
  ...{ method: 'post', path: '/evidence', tag: 'Evidence', access: 'signedIn' },
  summary: 'Upload evidence: the bytes of the file are the body',
  description:
    'Name it with ?name= or the header X-File-Name (percent-encoded). Commands then refer to it by the hash in the answer.',
  query: evidenceQuery,
  body: 'bytes',
  answers: { 201: { description: 'Stored under its hash', schema: evidenceView, location: true } },
  errors: ['BODY_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'],
  async handle({ body, query, request, reader }, { journal }) {
    if (body.length === 0)
      throw new Problem('INVALID_REQUEST', {
        reasons: [
          reason('INVALID_PAYLOAD', {
            path: 'body',
            message: 'is empty, and nothing proves nothing: send the bytes of the file',
          }),
        ],
      });
    const name = fileNameOf(query.name ?? request.get('X-File-Name'));
    const mediaType = mediaTypeOf(request.get('Content-Type'));
    const { sha256, size } = await journal.storeEvidence({
      bytes: body,
      name,
      mediaType,
      person: reader.person,
    });
    return {
      status: 201,
      body: { sha256, size, name, mediaType },
      headers: { Location: `/api/v1/evidence/${sha256}` },
    };
  },
});

/** What the sender calls it, without parameters; kept for people, never trusted for rendering. */
function mediaTypeOf(header: string | undefined): string {
  const [type = ''] = (header ?? '').toLowerCase().split(';');
  const known =
    /^[a-z]+\/[a-z0-9.+-]{1,80}$/.test(type.trim()) && type.trim() !== 'application/x-www-form-urlencoded';
  return known ? type.trim() : 'application/octet-stream';
}

const own = endpoint({
  ...{ method: 'get', path: '/evidence/{sha256}', tag: 'Evidence', access: 'signedIn' },
  summary: 'Evidence that I uploaded',
  params: evidenceParams,
  answers: { 200: { description: 'The bytes, as a file to keep', bytes: true } },
  errors: ['NOT_FOUND'],
  async handle({ params: { sha256 }, reader }, { pool }) {
    return download(await findOwnEvidence(pool, reader.person, sha256));
  },
});

const ofCase = endpoint({
  ...{ method: 'get', path: '/cases/{id}/evidence/{sha256}', tag: 'Evidence', access: 'signedIn' },
  summary: 'Evidence that a case names',
  params: caseEvidenceParams,
  answers: { 200: { description: 'The bytes, as a file to keep', bytes: true } },
  errors: ['NOT_FOUND'],
  async handle({ params: { id, sha256 }, reader }, { pool }) {
    return download(await findEvidenceOfCase(pool, { reader, caseId: id, sha256 }));
  },
});

function download(found: EvidenceBytes | null): Answer {
  if (!found) throw new Problem('NOT_FOUND');
  const { bytes, name, mediaType } = found;
  return {
    status: 200,
    bytes: {
      content: bytes,
      mediaType: safeTypes.has(mediaType) ? mediaType : 'application/octet-stream',
      fileName: name,
    },
  };
}

/** Types that a viewer may open from a download without running anything in it. */
const safeTypes = new Set([
  'application/pdf',
  'image/png',
  'image/jpeg',
  'text/plain',
  'text/csv',
  'application/json',
]);

export const evidenceEndpoints: Endpoint[] = [upload, own, ofCase];
