import { setTimeout as sleep } from 'node:timers/promises';
import { messageIdOf } from '../domain/mail/message-id.ts';
import type { ClaimedMail } from '../prisma/courier/claims.ts';
import type { MailStore } from '../prisma/courier/mail-store.ts';
import type { MailOutcome } from '../prisma/courier/settle-mail.ts';
import { mailContent } from './mail-content.ts';
import type { MailSettings } from './mail-content.ts';
import type { SmtpServer } from './smtp.ts';

/** So many mails are on their way at once: one server that takes its time holds up one of them. */
const LANES = 8;
const BATCH = 200;
/** As many batches are sorted at a time; the next time goes on. */
const BATCHES = 5;
const LOOK_AGAIN_MS = 500;
const SETTLE_ATTEMPTS = 6;

export interface CourierParts {
  store: MailStore;
  /** Null: nothing is mailed, what people are told stays in the application. */
  mail: { server: SmtpServer; settings: MailSettings } | null;
}

export interface Courier {
  /** Whether anything is mailed at all. */
  readonly isOn: boolean;
  /** Gives new notices their way out. Answers how many mails are due. */
  sort(): Promise<{ due: number }>;
  /**
   * Sends what is due until nothing is left, the signal aborts, or the server cannot be used (`outage`). May run any number of
   * times at once: a mail is in one pair of hands at a time.
   */
  deliver(signal: AbortSignal): Promise<{ sent: number; outage: boolean }>;
}

export function createCourier({ store, mail }: CourierParts): Courier {
  return {
    isOn: mail !== null,
    async sort() {
      if (mail === null) return store.keepInApp('mail is off').then(() => ({ due: 0 }));
      for (let n = 0, sorted = BATCH; n < BATCHES && sorted === BATCH; n += 1)
        sorted = await store.sortNotices(BATCH);
      await store.releaseLostClaims();
      return { due: await store.countDue() };
    },
    async deliver(signal) {
      const round: Round = { store, signal, sent: 0, outage: false };
      if (mail !== null) await deliverDue(round, mail);
      return { sent: round.sent, outage: round.outage };
    },
  };
}

interface Round {
  store: MailStore;
  signal: AbortSignal;
  sent: number;
  outage: boolean;
}

type Mail = NonNullable<CourierParts['mail']>;

/** As long as a mail is on its way, others may come due and go beside it: nobody waits for a slow recipient. */
async function deliverDue(round: Round, mail: Mail): Promise<void> {
  const onTheWay = new Set<Promise<void>>();
  try {
    while (!round.outage && !round.signal.aborted) {
      const claimed = onTheWay.size < LANES ? await round.store.claim() : null;
      if (claimed) follow(onTheWay, carry(round, mail, claimed));
      else if (onTheWay.size === 0) return;
      else await Promise.race([...onTheWay, sleep(LOOK_AGAIN_MS, undefined, { ref: false })]);
    }
  } finally {
    await Promise.all(onTheWay);
  }
}

function follow(onTheWay: Set<Promise<void>>, carried: Promise<void>): void {
  const settled = carried.finally(() => onTheWay.delete(settled));
  onTheWay.add(settled);
}

async function carry(round: Round, mail: Mail, claimed: ClaimedMail): Promise<void> {
  try {
    const outcome = await send(round.store, mail, claimed).catch(asOutcome);
    if (outcome.kind === 'sent') round.sent += 1;
    if (outcome.kind === 'outage') round.outage = true;
    await settle(round.store, claimed, outcome);
  } catch (error) {
    // Somebody else has the mail by now, or will when this claim runs out.
    if (!(error instanceof Error) || error.name !== 'ClaimLost') throw error;
  }
}

/** What cannot even be composed waits alone, and shows among the failing. */
function asOutcome(error: unknown): MailOutcome {
  if (!(error instanceof Error) || error.name === 'ClaimLost') throw error;
  return { kind: 'deferred', problem: `${error.name} before it was sent` };
}

async function send(
  store: MailStore,
  { server, settings }: Mail,
  claimed: ClaimedMail,
): Promise<MailOutcome> {
  const directory = await store.directory();
  const now = store.clock();
  const person = directory.person(claimed.person);
  if (person === null || !directory.isActive(claimed.person, now))
    return { kind: 'dropped', problem: 'person is not active' };
  const contents = await store.contents(claimed, directory);
  if (contents.items.length === 0) return { kind: 'dropped', problem: 'nothing to say' };
  const messageId = claimed.messageId ?? messageIdFor(claimed, contents.items, settings);
  const content = await mailContent({ settings, directory, person, mail: claimed, messageId, contents, now });
  const message = { from: settings.from.address, to: person.email, content };
  return server.send(message, () => store.beginContent(claimed, messageId));
}

function messageIdFor(
  { person }: ClaimedMail,
  items: readonly { cause: string }[],
  { from }: MailSettings,
): string {
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1);
  return messageIdOf(
    person,
    items.map(({ cause }) => cause),
    domain,
  );
}

/** What the server told us must not be forgotten because the database was away for a moment. */
async function settle(store: MailStore, claimed: ClaimedMail, outcome: MailOutcome): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await store.settle(claimed, outcome);
    } catch (error) {
      if (attempt === SETTLE_ATTEMPTS) throw error;
      await sleep(100 * 2 ** attempt);
    }
  }
}
