import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CalendarFeedView, NewCalendarFeedView } from '../../contracts/calendar-feed.ts';
import type { AccessLogView } from '../../contracts/access-log.ts';
import { auditEntry, taskEntries } from '../../domain/exchange/calendar-entries.ts';
import { icalOf } from '../../api/exchange/ical.ts';
import { createApiKey } from '../../api/sign-in/one-time-links.ts';
import { isms } from '../cli/isms.ts';
import { demoOrganisation } from '../support/in-process-engine.ts';
import { report } from '../support/nonconformity-bodies.ts';
import { addOutsideAuditor, later, outside } from './outside-auditor.ts';
import { startTestApi } from './test-api.ts';
import type { TestApi } from './test-api.ts';

/** The secret address of a person's calendar: own dates, audits in sight, and nothing to be learnt from it by anybody else. */
let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  await addOutsideAuditor(api);
  await api.engine.open('nonconformity', 'nina.schuster', report);
  await api.engine.open('delegation', 'felix.bauer', { delegate: 'lea.hoffmann', scope: 'EVERYTHING', from: '2026-11-05', until: '2026-11-30', reason: 'Parental leave' });
});
afterAll(() => api.close());

const make = async (person: string) => new URL((await api.as(person).post<NewCalendarFeedView>('/api/v1/me/calendar-feed')).body.url).pathname;
const read = (path: string, headers: Record<string, string> = {}) => fetch(api.url + path, { headers });
const unfolded = async (path: string) => (await (await read(path)).text()).replaceAll('\r\n ', '').split('\r\n');
const summaries = async (path: string) => (await unfolded(path)).filter((line) => line.startsWith('SUMMARY:'));

describe('the secret address of a calendar', () => {
  it('is made, shown once, replaced by the next one and ended; nobody without it learns that it was there', async () => {
    const about = async () => (await api.as('anna.berger').get<CalendarFeedView>('/api/v1/me/calendar-feed')).body.feed;
    expect(await about()).toBeNull();
    const first = await make('anna.berger');
    expect([(await read(first)).status, await about()]).toMatchObject([200, { createdAt: api.engine.now(), lastReadAt: api.engine.now() }]);
    const second = await make('anna.berger');
    expect([(await read(first)).status, (await read(second)).status]).toEqual([404, 200]);
    const { rows } = await api.engine.pool.query<{ row: string }>('SELECT calendar_feed::text AS row FROM calendar_feed');
    expect(rows.map(({ row }) => row).join()).not.toContain(second.slice(-47, -4));
    expect(api.log.join('')).not.toContain(second.slice(-47, -4));
    expect((await api.as('anna.berger').send('DELETE', '/api/v1/me/calendar-feed')).status).toBe(204);
    expect([(await read(second)).status, await about(), (await api.as('anna.berger').send('DELETE', '/api/v1/me/calendar-feed')).status]).toEqual([404, null, 404]);
    for (const path of [`/api/v1/calendar/${'a'.repeat(43)}.ics`, '/api/v1/calendar/x.ics', second.slice(0, -4)]) expect((await read(path)).status).toBe(404);
  });

  it('holds what the person is asked to do by its date, in the own language, and of cases about people the reference alone', async () => {
    expect(await summaries(await make('anna.berger'))).toEqual(['SUMMARY:NC-2026-0001: über die Annahme der Meldung entscheiden (Backups not tested)']);
    expect(await summaries(await make('lea.hoffmann'))).toEqual(['SUMMARY:D-2026-0001: die Vollmacht annehmen oder ablehnen (Vertretungsvollmacht)']);
    expect(await summaries(await make('julia.neumann'))).toEqual([]);
  });

  it('answers 304 to who has it as it is, and another tag as soon as something is due that was not', async () => {
    const path = await make('anna.berger');
    const first = await read(path);
    const tag = first.headers.get('etag')!;
    expect(first.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    for (const sent of [tag, `W/${tag}`, `"x", ${tag}`]) expect((await read(path, { 'If-None-Match': sent })).status).toBe(304);
    api.engine.setNow('2026-11-02T10:00:00.000Z');
    expect((await read(path, { 'If-None-Match': tag })).status).toBe(304);
    await api.engine.open('nonconformity', 'nina.schuster', { ...report, title: 'Another' });
    expect((await read(path, { 'If-None-Match': tag })).status).toBe(200);
  });

  it('holds audits that are seen by the person, tentative while nobody has agreed to their days, and none that was called off', async () => {
    const audit = (ref: string, state: string, viewers: string[], settled: string | null = null) =>
      api.engine.pool.query(
        `INSERT INTO case_head (id, ref, process, state, settled, unit, title, revision, version, hash, file, about, viewers, opened_by, opened_at, updated_at)
         VALUES (gen_random_uuid(), $1, 'audit', $2, $3, 'it', 'Backups', 1, 1, '', '{}', '{"from": "2026-12-01", "until": "2026-12-03"}', $4, 'anna.berger', now(), '2026-11-02T09:00:00Z')`,
        [ref, state, settled, viewers],
      );
    await audit('AUD-2026-0001', 'ready', ['role:ISO', 'person:julia.neumann']);
    await audit('AUD-2026-0002', 'planSent', ['role:ISO']);
    await audit('AUD-2026-0003', 'cancelled', ['role:ISO', 'person:julia.neumann'], 'cancelled');
    const path = await make('julia.neumann');
    expect(await summaries(path)).toEqual([expect.stringMatching(/: Backups \(AUD-2026-0001\)$/)]);
    expect(await unfolded(path)).toEqual(expect.arrayContaining(['DTSTART;VALUE=DATE:20261201', 'DTEND;VALUE=DATE:20261204', 'STATUS:CONFIRMED', 'TRANSP:TRANSPARENT']));
    expect((await unfolded(await make('anna.berger'))).filter((line) => line === 'STATUS:TENTATIVE')).toHaveLength(1);
    await api.engine.pool.query(`DELETE FROM case_head WHERE process = 'audit'`);
  });

  it('of an auditor from outside answers on the days of the access alone, and what it shows is on record', async () => {
    await api.engine.open('auditorAccess', 'anna.berger', { person: outside, scope: { units: ['it'] }, from: '2026-11-02', until: '2026-11-10', reason: 'Audit' });
    await later();
    const path = await make(outside);
    expect((await read(path)).status).toBe(200);
    const { body } = await api.as('anna.berger').get<AccessLogView>(`/api/v1/access-log?person=${outside}`);
    expect(body.items[0]).toMatchObject({ path: '/calendar/{token}', asked: {}, cases: [] });
    api.engine.setNow('2026-11-11T09:00:00.000Z');
    await later();
    expect((await read(path)).status).toBe(404);
  });

  it('of who has left leads nowhere', async () => {
    const path = await make('julia.neumann');
    const data = demoOrganisation();
    data.people.find(({ id }) => id === 'julia.neumann')!.until = '2026-11-10';
    await api.engine.journal.importOrganisation({ data, actor: 'operator', reason: 'She has left' });
    await later();
    expect((await read(path)).status).toBe(404);
  });

  it('is made, looked at and ended from the command line', async () => {
    const key = await createApiKey({ pool: api.engine.pool, personId: 'lea.hoffmann', name: 'test' });
    const run = (...args: string[]) => isms(['calendar', 'feed', ...args], { env: { ISMS_URL: api.url, ISMS_API_KEY: key } });
    expect((await run('--revoke')).code).toBe(0);
    expect((await run()).stdout).toContain('has no address');
    expect((await run('--new')).stdout).toMatch(/\/api\/v1\/calendar\/[\w-]{43}\.ics/);
    expect((await run()).stdout).toContain('never read');
    expect((await run('--new', '--revoke')).code).toBe(2);
  });
});

describe('the file', () => {
  const spoken = { language: 'en' as const, publicUrl: 'https://isms.example', untitled: [] };
  it('is one that programs read: lines of at most 75 octets, ended by CR LF, with text that cannot end a property', () => {
    const title = `Größe, "Maß"; Zeile\nBEGIN:VALARM\r\n${'ü'.repeat(100)}`;
    const audit = auditEntry({ id: 'x', ref: 'AUD-1', key: null, title, state: 'ready', from: '2026-02-28', until: '2026-02-28', updatedAt: '2026-02-01T00:00:00.000Z' }, spoken);
    const text = icalOf([audit], { name: 'ISMS', host: 'isms.example', language: 'en' });
    const lines = text.split('\r\n');
    expect(lines.every((line) => Buffer.byteLength(line) <= 75 && !line.includes('\n'))).toBe(true);
    expect(lines).not.toContain('BEGIN:VALARM');
    expect(lines).toContain('DTEND;VALUE=DATE:20260301');
    expect([lines[0], lines.filter(Boolean).at(-1)]).toEqual(['BEGIN:VCALENDAR', 'END:VCALENDAR']);
  });

  it('has nothing without a date', () => {
    expect(taskEntries([{ task: 'triage', deadline: null, due: null, since: '2026-02-01T00:00:00.000Z', case: { id: 'x', ref: 'NC-1', process: 'nonconformity', title: 'x' } }], spoken)).toEqual([]);
  });
});
