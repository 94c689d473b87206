import { createHmac, timingSafeEqual } from 'node:crypto';
import type { PersonId } from '../../contracts/identity.ts';

/** What a link in a mail may end, and whose. */
export interface Unsubscription {
  person: PersonId;
  /** Kinds of notices. */
  kinds: string[];
}

const CONTEXT = 'unsubscribe\n';

/** The link's token: readable, and signed, so that nobody ends another person's mails. It does not expire (RFC 8058). */
export function unsubscribeToken({ person, kinds }: Unsubscription, secret: string): string {
  const said = Buffer.from(JSON.stringify([person, ...kinds])).toString('base64url');
  return `${said}.${signatureOf(said, secret)}`;
}

/** Null for a token that we have not signed. */
export function readUnsubscribeToken(token: string, secret: string): Unsubscription | null {
  const [said = '', signature = ''] = token.split('.');
  const expected = Buffer.from(signatureOf(said, secret));
  const given = Buffer.from(signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  const [person, ...kinds] = JSON.parse(Buffer.from(said, 'base64url').toString('utf8')) as [
    string,
    ...string[],
  ];
  return { person, kinds };
}

function signatureOf(said: string, secret: string): string {
  return createHmac('sha256', secret).update(`${CONTEXT}${said}`).digest('base64url');
}
