import type { CaseFile } from '../../contracts/case-file.ts';
import type { Language } from '../../contracts/errors.ts';
import type { CaseId, Instant, PersonId } from '../../contracts/identity.ts';
import type { Directory } from '../directory/directory.ts';
import { dayText, frames, timeText } from './frame.ts';
import { deadlineOf, nextStep, stepText } from './outlook.ts';
import { escapedHtml, plainLine } from './plain-line.ts';
import { textsOf } from './texts.ts';
import { wordsOf } from './notice-words.ts';
import { isDuty } from './way.ts';
import type { MailWay, StoredNotice } from './way.ts';
import { whyYou } from './why-you.ts';
import { wordFor } from './words.ts';

/** A notice with the case it speaks of, as the reader may see it. */
export interface MailItem extends StoredNotice {
  case: {
    id: CaseId;
    ref: string;
    process: string;
    /** Null where the reader may not see the case: then nothing of it is said. */
    title: string | null;
    file: CaseFile;
  } | null;
}

export interface MailReader {
  person: PersonId;
  name: string;
  language: Language;
  zone: string;
}

export interface MailGround {
  reader: MailReader;
  directory: Directory;
  now: Instant;
  /** Under which people reach the application, without a slash at the end. */
  publicUrl: string;
  /** Where the reader ends mails of this kind; null where it is a duty. */
  unsubscribeUrl: string | null;
}

export interface ComposedMail {
  subject: string;
  text: string;
  html: string;
}

/** One line of a message: words, or a link. */
type Line = { text: string; strong?: true } | { label: string; href: string };
type Block = Line[];

/**
 * A direct mail of one notice or a digest of several. The subject holds reference, kind and due date alone: it is read on locked
 * screens and by every server on the way. What the case is about stands inside, for those who may see it.
 */
export function composeMail(ground: MailGround, way: MailWay, items: readonly MailItem[]): ComposedMail {
  const blocks = [greeting(ground), ...items.map((item) => itemBlock(ground, item)), footer(ground, items)];
  return {
    subject: plainLine(way === 'direct' ? directSubject(ground, items[0]!) : digestSubject(ground, way), 150),
    text: `${blocks.map((block) => block.map(textLine).join('\n')).join('\n\n')}\n`,
    html: htmlOf(blocks, ground.reader.language),
  };
}

function directSubject({ reader, directory }: MailGround, item: MailItem): string {
  const { language } = reader;
  const what = textsOf(item.kind, language).subject(wordsOf(item, { directory, language }));
  const due = dueOf(item);
  const until = due === null ? '' : `, ${frames[language].dueBy} ${dayText(due, reader)}`;
  return `${item.case === null ? '' : `${item.case.ref}: `}${what}${until}`;
}

function digestSubject({ reader, now }: MailGround, way: MailWay): string {
  return `${frames[reader.language].digest[way === 'weekly' ? 'weekly' : 'daily']}, ${dayText(now, reader)}`;
}

function greeting({ reader }: MailGround): Block {
  return [{ text: frames[reader.language].hello(plainLine(reader.name, 100)) }];
}

function itemBlock(ground: MailGround, item: MailItem): Block {
  const { reader, directory, publicUrl } = ground;
  const { language } = reader;
  const said = textsOf(item.kind, language).paragraphs(wordsOf(item, { directory, language }));
  return [
    ...headLines(item, language),
    ...said.map((text) => ({ text })),
    ...timeLines(ground, item),
    {
      text: `${frames[language].whyYou}: ${whyYou({ ...ground, ...reader }, item.case?.file ?? null, item.data)}`,
    },
    ...(item.case ? [{ label: frames[language].open, href: linkTo(publicUrl, item.case.ref) }] : []),
  ];
}

function headLines({ case: about }: MailItem, language: Language): Line[] {
  if (about === null) return [];
  const head: Line = { text: `${about.ref} · ${wordFor('process', about.process, language)}`, strong: true };
  return about.title === null ? [head] : [head, { text: plainLine(about.title) }];
}

function timeLines({ reader, now }: MailGround, item: MailItem): Line[] {
  const { language } = reader;
  const frame = frames[language];
  const due = dueOf(item);
  const deadline = item.case && deadlineOf(item.case.file, item.data);
  const step = deadline && nextStep(deadline, now);
  const lines = [
    due !== null && `${frame.due}: ${timeText(due, reader)}`,
    isMet(item)
      ? frame.met
      : step && `${frame.ifNothing}: ${stepText(step, timeText(step.at, reader), language)}`,
  ];
  return lines.filter((text) => typeof text === 'string').map((text) => ({ text }));
}

/** A reminder of something that was done before the digest went. */
function isMet({ kind, data, case: about }: MailItem): boolean {
  if (!['reminder', 'escalation', 'unanswered'].includes(kind) || !about) return false;
  return (
    typeof data['deadline'] === 'string' && (about.file.deadlines[data['deadline']]?.metAt ?? null) !== null
  );
}

function dueOf({ data, case: about }: MailItem): Instant | null {
  if (typeof data['due'] === 'string') return data['due'];
  return (about && deadlineOf(about.file, data)?.due) ?? null;
}

function footer({ reader, directory, unsubscribeUrl }: MailGround, items: readonly MailItem[]): Block {
  const frame = frames[reader.language];
  const organisation = plainLine(directory.organisation.name, 100);
  const end: Line[] = unsubscribeUrl
    ? [{ label: frame.unsubscribe, href: unsubscribeUrl }]
    : items.some(isDuty)
      ? [{ text: frame.duty }]
      : [];
  return [{ text: `${frame.footer(organisation)} ${frame.noReply}` }, ...end];
}

export function linkTo(publicUrl: string, ref: string): string {
  return `${publicUrl}/cases/${encodeURIComponent(ref)}`;
}

function textLine(line: Line): string {
  return 'href' in line ? `${line.label}: ${line.href}` : line.text;
}

function htmlOf(blocks: readonly Block[], language: Language): string {
  const sections = blocks.map((block) => `<p>${block.map(htmlLine).join('<br>\n')}</p>`);
  return `<!doctype html>\n<html lang="${language}"><meta charset="utf-8"><body>\n${sections.join('\n')}\n</body></html>\n`;
}

function htmlLine(line: Line): string {
  if ('href' in line) return `<a href="${escapedHtml(line.href)}">${escapedHtml(line.label)}</a>`;
  return line.strong ? `<strong>${escapedHtml(line.text)}</strong>` : escapedHtml(line.text);
}
