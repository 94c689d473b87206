import { z } from 'zod';
import { instant, sha256 } from './api-fields.ts';

/** Evidence that lies elsewhere, under an address (rules §4.7 "file/link/system record with hash"). */

/** What was found there when it was collected: that is the evidence, whatever the page says later. */
export const evidenceLinkSchema = z.strictObject({
  url: z.string().meta({ description: 'As it was given' }),
  finalUrl: z.string().meta({ description: 'Where the redirects led to' }),
  status: z.int(),
  mediaType: z.string().nullable(),
  contentSha256: sha256.meta({ description: 'Over the first bytes of what was there' }),
  bytes: z.int().meta({ description: 'How many bytes it is over' }),
  whole: z.boolean().meta({ description: 'That was all of it' }),
  checkedAt: instant,
});
export type EvidenceLink = z.infer<typeof evidenceLinkSchema>;

/** Why an address is no evidence. */
export const linkFailures = ['SCHEME', 'CREDENTIALS', 'UNKNOWN_HOST', 'NOT_PUBLIC', 'NO_ANSWER', 'TIMEOUT', 'TLS', 'STATUS', 'REDIRECTS', 'EMPTY'] as const;
export type LinkFailure = (typeof linkFailures)[number];

/** The address is checked by the engine before it is taken. */
export const evidenceLinkBody = z.strictObject({ url: z.string().trim().min(1).max(2_000).meta({ title: 'Address', description: 'http or https, without name and password' }) });
export const evidenceLinkView = z.strictObject({ sha256: sha256.meta({ description: 'Commands name the link by it' }), link: evidenceLinkSchema });
