import { createHash } from 'node:crypto';
import http from 'node:http';
import type { IncomingMessage, RequestOptions } from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import { isIP } from 'node:net';

/** One request to an address that has been looked at before; never more of the answer than its first bytes. */

/** As much of a page as is hashed: enough to tell one version from another, too little to fill the memory. */
export const FIRST_BYTES = 65_536;

export interface Question {
  url: URL;
  /** What the host was found to be; the connection goes there and nowhere else. */
  address: string;
  method: 'HEAD' | 'GET';
  signal: AbortSignal;
}

export interface Answered {
  status: number;
  location: string | null;
  mediaType: string | null;
  contentSha256: string;
  bytes: number;
  whole: boolean;
}

export async function ask(question: Question): Promise<Answered> {
  const response = await answerTo(question);
  const { content, ended } = await firstBytes(response);
  const { statusCode: status = 0, headers } = response;
  return {
    ...{ status, location: headers.location ?? null, mediaType: mediaTypeOf(headers['content-type']) },
    ...{ contentSha256: createHash('sha256').update(content).digest('hex'), bytes: content.length },
    whole: status === 206 ? headers['content-range']?.endsWith(`/${content.length}`) === true : ended,
  };
}

function answerTo({ url, address, method, signal }: Question): Promise<IncomingMessage> {
  const options: RequestOptions = {
    ...{ method, signal, agent: false, lookup: onlyTo(address) },
    headers: { 'user-agent': 'isms-engine', accept: '*/*', 'accept-encoding': 'identity', ...(method === 'GET' && { range: `bytes=0-${FIRST_BYTES - 1}` }) },
  };
  const { request } = url.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    request(url, options, resolve).once('error', reject).end();
  });
}

/** The name is not looked up a second time: it could lead elsewhere by then. */
function onlyTo(address: string): LookupFunction {
  const family = isIP(address);
  return (_host, { all }, done) => (all ? done(null, [{ address, family }]) : done(null, address, family));
}

async function firstBytes(response: IncomingMessage): Promise<{ content: Buffer; ended: boolean }> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Leaving the loop destroys the connection.
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > FIRST_BYTES) return { content: Buffer.concat(chunks).subarray(0, FIRST_BYTES), ended: false };
  }
  return { content: Buffer.concat(chunks), ended: true };
}

function mediaTypeOf(header: string | undefined): string | null {
  const type = (header ?? '').split(';')[0]!.trim().toLowerCase();
  return /^[a-z]+\/[a-z0-9.+-]{1,80}$/.test(type) ? type : null;
}
