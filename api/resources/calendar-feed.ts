import { createHash, randomBytes } from 'node:crypto';
import { calendarFeedParams, calendarFeedView, newCalendarFeedView } from '../../contracts/calendar-feed.ts';
import type { Language } from '../../contracts/errors.ts';
import type { Instant } from '../../contracts/identity.ts';
import { auditEntry, taskEntries } from '../../domain/exchange/calendar-entries.ts';
import type { CalendarEntry } from '../../domain/exchange/calendar-entries.ts';
import { processes } from '../../domain/processes.ts';
import { writeAccess } from '../../prisma/queries/access-log.ts';
import { auditDates } from '../../prisma/queries/audit-dates.ts';
import { feedOf, readerOfFeed, revokeFeed, storeFeed } from '../../prisma/queries/calendar-feeds.ts';
import { inboxOf } from '../../prisma/queries/inbox.ts';
import type { Reader } from '../../prisma/queries/reader.ts';
import type { Dependencies } from '../dependencies.ts';
import { endpoint, ok } from '../endpoint.ts';
import type { Endpoint } from '../endpoint.ts';
import { Problem } from '../http/problem.ts';

const PATH = '/calendar/{token}';

const show = endpoint({
  ...{ method: 'get', path: '/me/calendar-feed', tag: 'People', access: 'signedIn' },
  summary: 'Whether my calendar can be read under a secret address, since when, and when that was done last',
  answers: { 200: { description: 'The address, without itself: it was shown when it was made', schema: calendarFeedView } },
  errors: [],
  async handle({ reader }, { pool }) {
    return ok({ feed: await feedOf(pool, reader.person) });
  },
});

const make = endpoint({
  ...{ method: 'post', path: '/me/calendar-feed', tag: 'People', access: 'signedIn' },
  summary: 'A new secret address of my calendar; the one before leads nowhere from now on',
  description: 'Audits that I may see, and what I am asked to do, by its date. Whoever has the address reads that without signing in: it belongs into a calendar program and nowhere else.',
  answers: { 201: { description: 'The address, shown this once', schema: newCalendarFeedView } },
  errors: [],
  async handle({ reader, now }, { pool, publicUrl }) {
    const token = randomBytes(32).toString('base64url');
    await storeFeed(pool, { person: reader.person, tokenHash: hashOf(token), now });
    return { status: 201, body: { url: `${publicUrl}/api/v1${PATH.replace('{token}', token)}.ics`, createdAt: now } };
  },
});

const revoke = endpoint({
  ...{ method: 'delete', path: '/me/calendar-feed', tag: 'People', access: 'signedIn' },
  summary: 'End the secret address of my calendar',
  answers: { 204: { description: 'It leads nowhere from now on' } },
  errors: ['NOT_FOUND'],
  async handle({ reader }, { pool }) {
    if (!(await revokeFeed(pool, reader.person))) throw new Problem('NOT_FOUND');
    return { status: 204 };
  },
});

const read = endpoint({
  ...{ method: 'get', path: PATH, tag: 'People', access: 'public' },
  summary: 'The calendar under a secret address (iCalendar)',
  description: 'With an ETag; If-None-Match answers 304. Nobody there any more, or no access on this day: 404.',
  params: calendarFeedParams,
  answers: { 200: { description: 'text/calendar', bytes: true }, 304: { description: 'As it was' } },
  errors: ['NOT_FOUND'],
  async handle({ params: { token }, request, now }, dependencies) {
    const person = await readerOfFeed(dependencies.pool, { tokenHash: hashOf(token.slice(0, -'.ics'.length)), now });
    const reader = person && (await dependencies.people.readerOf(person));
    if (!reader) throw new Problem('NOT_FOUND');
    const content = await calendarOf(dependencies, reader, now);
    const headers = { ETag: `"${createHash('sha256').update(content).digest('base64url')}"`, 'Cache-Control': 'private, no-cache' };
    if (isKnown(request.get('If-None-Match'), headers.ETag)) return { status: 304, headers };
    return { status: 200, headers, bytes: { content: Buffer.from(content, 'utf8'), mediaType: 'text/calendar; charset=utf-8', fileName: 'isms.ics' } };
  },
});

/** Also where something in between has weakened it. */
function isKnown(sent: string | undefined, etag: string): boolean {
  return (sent ?? '').split(',').some((each) => each.trim().replace(/^W\//, '') === etag);
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** What has gone by stays in the calendar for as long as a cycle looks back. */
const DAYS_BACK = 400;
const MOST_TASKS = 500;

async function calendarOf({ pool, people, publicUrl }: Dependencies, reader: Reader, now: Instant): Promise<string> {
  const since = new Date(Date.parse(now) - DAYS_BACK * 86_400_000).toISOString().slice(0, 10);
  const own = { ...reader, lent: [] };
  const [audits, { items }] = await Promise.all([auditDates(pool, { reader, since }), inboxOf(pool, { reader: own, now, limit: MOST_TASKS, after: null })]);
  if (reader.isAuditorAccount) await writeAccess(pool, { person: reader.person, at: now, method: 'GET', path: PATH, asked: {}, cases: [...audits, ...items.map((item) => item.case)].map(({ id }) => id) });
  const directory = await people.directory();
  const language = languageOf(directory.person(reader.person)?.locale ?? directory.organisation.locale);
  const spoken = { language, publicUrl, untitled };
  const entries: CalendarEntry[] = [...audits.map((audit) => auditEntry(audit, spoken)), ...taskEntries(items, spoken)];
  const { icalOf } = await import('../exchange/ical.ts');
  return icalOf(entries, { name: `ISMS ${directory.organisation.name}`, host: new URL(publicUrl).hostname, language });
}

/** A program that fetches a calendar asks for no language. */
function languageOf(locale: string): Language {
  return locale.startsWith('de') ? 'de' : 'en';
}

/** Who is away, leaves, stands in for whom or has access is nobody's business where a calendar is kept. */
const untitled = Object.values(processes).flatMap(({ name, changesDirectory, policy }) => (changesDirectory || policy.recordClass === 'personnel' ? [name] : []));

export const calendarFeedEndpoints: Endpoint[] = [show, make, revoke, read];
