import MailComposer from 'nodemailer/lib/mail-composer';
import type { PersonId } from '../contracts/identity.ts';
import type { ChartPerson } from '../domain/directory/chart.ts';
import type { Directory } from '../domain/directory/directory.ts';
import { composeMail } from '../domain/mail/message.ts';
import type { MailItem } from '../domain/mail/message.ts';
import { plainLine } from '../domain/mail/plain-line.ts';
import { unsubscribeToken } from '../domain/mail/unsubscribe-token.ts';
import { isDuty } from '../domain/mail/way.ts';
import type { ClaimedMail } from '../prisma/courier/claims.ts';
import type { MailContents } from '../prisma/courier/mail-contents.ts';

/** How mails look to the world. */
export interface MailSettings {
  /** Sender: its address, and the name shown beside it. */
  from: { name: string; address: string };
  /** Where replies go that nobody reads. */
  replyTo: string;
  /** Under which people reach the application, without a slash at the end. */
  publicUrl: string;
  /** Signs the links that end mails. */
  secret: string;
}

export interface MailDraft {
  settings: MailSettings;
  directory: Directory;
  person: Readonly<ChartPerson>;
  mail: ClaimedMail;
  messageId: string;
  contents: MailContents;
  now: string;
}

/** The message as it goes to the server. */
export function mailContent(draft: MailDraft): Promise<Buffer> {
  const { settings, directory, person, mail, messageId, contents, now } = draft;
  const unsubscribeUrl = unsubscribeUrlOf(settings, person.id, contents.items);
  const reader = readerOf(draft);
  const { subject, text, html } = composeMail(
    { reader, directory, now, publicUrl: settings.publicUrl, unsubscribeUrl },
    mail.way,
    contents.items,
  );
  const composer = new MailComposer({
    ...{ from: settings.from, replyTo: settings.replyTo, subject, text, html, messageId },
    to: { name: reader.name, address: person.email },
    date: new Date(mail.datedAt),
    headers: headersOf(unsubscribeUrl),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}

function readerOf({ directory, person, contents, now }: MailDraft) {
  const { locale } = directory.organisation;
  const language =
    contents.preferences.language ?? ((person.locale ?? locale).startsWith('de') ? 'de' : 'en');
  const { zone } = directory.calendarOfUnit(person.unit, now);
  return { person: person.id, name: plainLine(person.name, 100), language, zone } as const;
}

/** Ends the kinds of this mail that are nobody's duty; null where there are none. */
function unsubscribeUrlOf(
  { publicUrl, secret }: MailSettings,
  person: PersonId,
  items: readonly MailItem[],
): string | null {
  const kinds = [...new Set(items.filter((item) => !isDuty(item)).map(({ kind }) => kind))];
  if (kinds.length === 0) return null;
  return `${publicUrl}/api/v1/mail/unsubscribe/${unsubscribeToken({ person, kinds }, secret)}`;
}

/** No holiday note answers it, and mail programs offer to end it by one click (RFC 3834, RFC 8058). */
function headersOf(unsubscribeUrl: string | null): Record<string, string> {
  return {
    'Auto-Submitted': 'auto-generated',
    'X-Auto-Response-Suppress': 'All',
    ...(unsubscribeUrl && {
      'List-Unsubscribe': `<${unsubscribeUrl}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    }),
  };
}
