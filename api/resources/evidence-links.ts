import { evidenceLinkBody, evidenceLinkView } from '../../contracts/evidence.ts';
import { reason } from '../../contracts/reasons.ts';
import { endpoint } from '../endpoint.ts';
import type { Endpoint } from '../endpoint.ts';
import { Problem } from '../http/problem.ts';

const add = endpoint({
  ...{ method: 'post', path: '/evidence-links', tag: 'Evidence', access: 'signedIn' },
  summary: 'Evidence that lies under an address',
  description:
    'The engine looks there and keeps what it finds: status, final address and a hash over the first bytes. Addresses of internal networks are refused, unless the operator has allowed the host. Commands then refer to the link by the hash in the answer.',
  body: evidenceLinkBody,
  answers: { 201: { description: 'Reached, and kept under its hash', schema: evidenceLinkView, location: true } },
  errors: [],
  async handle({ body: { url }, now, reader }, { journal, reach }) {
    const found = await reach(url);
    if (!found.reached) throw new Problem('INVALID_REQUEST', { reasons: [reason('LINK_UNREACHABLE', { url, why: found.why })] });
    const { finalUrl, status, mediaType, contentSha256, bytes, whole } = found;
    const link = { url, finalUrl, status, mediaType, contentSha256, bytes, whole, checkedAt: now };
    const { sha256 } = await journal.storeEvidenceLink({ link, person: reader.person });
    return { status: 201, body: { sha256, link }, headers: { Location: `/api/v1/evidence/${sha256}` } };
  },
});

export const evidenceLinkEndpoints: Endpoint[] = [add];
