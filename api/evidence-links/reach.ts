import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { EvidenceLink, LinkFailure } from '../../contracts/evidence.ts';
import { ask } from './ask.ts';
import type { Answered } from './ask.ts';
import { isPublicAddress } from './public-address.ts';

/**
 * Whether something is there under an address that a user gave (rules §4.7 "reject unreachable links"), asked so that nobody reaches
 * through the engine what he could not reach himself: every host on the way is looked up once and must be public, or allowed by name.
 */
export type Reach = (url: string) => Promise<Found | { reached: false; why: LinkFailure }>;
type Found = { reached: true } & Omit<EvidenceLink, 'url' | 'checkedAt'>;

export interface ReachSettings {
  /** Hosts of the organisation's inside that may be evidence: `wiki.intern`, or with a port `10.0.0.5:8443`. */
  allowedHosts: readonly string[];
  /** All addresses of a name. */
  resolve?: (host: string) => Promise<string[]>;
  /** For the whole of it, redirects included. */
  timeoutMs?: number;
}

const MOST_REDIRECTS = 4;

/** Ends the check with the reason for it. */
class Unreachable extends Error {
  readonly why: LinkFailure;
  constructor(why: LinkFailure) {
    super(why);
    this.why = why;
  }
}

export function createReach({ allowedHosts, resolve = allAddresses, timeoutMs = 10_000 }: ReachSettings): Reach {
  return async (given) => {
    const signal = AbortSignal.timeout(timeoutMs);
    const addresses = new Map<string, string[]>();
    try {
      return await follow(new URL(given), { signal, addressOf: (url) => addressOf(url, { addresses, allowedHosts, resolve }) });
    } catch (problem) {
      return { reached: false, why: whyOf(problem, signal) };
    }
  };
}

interface Way {
  signal: AbortSignal;
  addressOf: (url: URL) => Promise<string>;
}

async function follow(start: URL, { signal, addressOf: find }: Way): Promise<Found> {
  let url = start;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    const answered = await headThenGet({ url, address: await within(find(url), signal), signal });
    if (!isRedirect(answered)) return foundAt(url, answered);
    url = new URL(answered.location!, url);
  }
  throw new Unreachable('REDIRECTS');
}

/** A host that does not know HEAD is asked for the first bytes all the same: they decide. */
async function headThenGet(question: { url: URL; address: string; signal: AbortSignal }): Promise<Answered> {
  const { signal } = question;
  const patience = AbortSignal.any([signal, AbortSignal.timeout(4_000)]);
  const head = await ask({ ...question, method: 'HEAD', signal: patience }).catch(() => null);
  return head && isRedirect(head) ? head : ask({ ...question, method: 'GET' });
}

function isRedirect({ status, location }: Answered): boolean {
  return [301, 302, 303, 307, 308].includes(status) && location !== null;
}

function foundAt(url: URL, { status, mediaType, contentSha256, bytes, whole }: Answered): Found {
  if (status === 416 || (status < 300 && bytes === 0)) throw new Unreachable('EMPTY');
  if (status !== 200 && status !== 206 && status !== 203) throw new Unreachable('STATUS');
  return { reached: true, finalUrl: url.href, status, mediaType, contentSha256, bytes, whole };
}

interface Hosts extends Pick<ReachSettings, 'allowedHosts'> {
  /** What each host was found to be: it is looked up once. */
  addresses: Map<string, string[]>;
  resolve: (host: string) => Promise<string[]>;
}

async function addressOf(url: URL, { addresses, allowedHosts, resolve }: Hosts): Promise<string> {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new Unreachable('SCHEME');
  if (url.username !== '' || url.password !== '') throw new Unreachable('CREDENTIALS');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const found = addresses.get(host) ?? (isIP(host) ? [host] : await resolve(host));
  addresses.set(host, found);
  const [first] = found;
  if (first === undefined) throw new Unreachable('UNKNOWN_HOST');
  if (!isAllowed(url, allowedHosts) && !found.every(isPublicAddress)) throw new Unreachable('NOT_PUBLIC');
  return first;
}

function isAllowed({ hostname, port, protocol }: URL, allowed: readonly string[]): boolean {
  const standard = protocol === 'https:' ? '443' : '80';
  return allowed.includes(hostname) || allowed.includes(`${hostname}:${port || standard}`);
}

async function allAddresses(host: string): Promise<string[]> {
  return (await lookup(host, { all: true })).map(({ address }) => address);
}

/** A name server that does not answer is waited for no longer than anybody else. */
function within<T>(waiting: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    waiting.then(resolve, reject);
  });
}

function whyOf(problem: unknown, signal: AbortSignal): LinkFailure {
  if (problem instanceof Unreachable) return problem.why;
  if (signal.aborted) return 'TIMEOUT';
  const { code = '' } = problem as { code?: string };
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'UNKNOWN_HOST';
  if (code === 'ERR_INVALID_URL') return 'SCHEME';
  return /CERT|TLS|SSL|SIGNATURE|EPROTO/.test(code) ? 'TLS' : 'NO_ANSWER';
}
