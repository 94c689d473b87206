import { describe, expect, it } from 'vitest';
import type { CaseFile } from '../../contracts/case-file.ts';
import { languages } from '../../contracts/errors.ts';
import { noticeRules } from '../../contracts/notices.ts';
import { createDirectory } from '../../domain/directory/directory.ts';
import { composeMail } from '../../domain/mail/message.ts';
import type { MailGround, MailItem } from '../../domain/mail/message.ts';
import { plainLine } from '../../domain/mail/plain-line.ts';
import { readUnsubscribeToken, unsubscribeToken } from '../../domain/mail/unsubscribe-token.ts';
import { hasWord } from '../../domain/mail/words.ts';
import { processes } from '../../domain/processes.ts';
import { demoOrganisation } from '../support/in-process-engine.ts';

const directory = createDirectory(demoOrganisation(), 1);
const now = '2026-11-24T09:00:00.000Z';
const secretTitle = 'Payroll data <b>leaked</b> to & "friends"';

const ground = (language: 'de' | 'en', more: Partial<MailGround> = {}): MailGround => ({
  reader: { person: 'thomas.reiter', name: 'Thomas Reiter', language, zone: 'Europe/Berlin' },
  ...{ directory, now, publicUrl: 'https://isms.example', unsubscribeUrl: null },
  ...more,
});

const step = (name: string, at: string, firedAt: string | null = null) => ({ step: name, at, firedAt });
const file = {
  ...{ id: '1', ref: 'NC-2026-0042', openedBy: 'emre.yilmaz' },
  parties: { ncOwner: 'thomas.reiter', verifier: 'sabine.wolf' },
  deadlines: {
    containment: {
      ...{ name: 'containment', issue: 1, due: '2026-12-03T16:00:00.000Z', metAt: null },
      steps: [step('R1', '2026-11-24T08:00:00.000Z', now), step('E1', '2026-12-08T08:00:00.000Z')],
    },
  },
} as unknown as CaseFile;

const item = (kind: string, data: MailItem['data'] = {}): MailItem => ({
  ...{ kind, digest: false, data },
  case: { id: '1', ref: 'NC-2026-0042', process: 'nonconformity', title: secretTitle, file },
});

const data = {
  ...{
    task: 'correct',
    deadline: 'containment',
    step: 'E1',
    round: 'correctiveActionPlan',
    subject: 'repeat',
  },
  ...{ role: 'ncOwner', to: 'thomas.reiter', due: '2026-12-03T16:00:00.000Z' },
};

describe.each(languages)('a mail in %s', (language) => {
  it.each([...Object.keys(noticeRules), 'of a kind not known yet'])(
    'says for %s what it is about, by when, why, and where',
    (kind) => {
      const { subject, text, html } = composeMail(ground(language), 'direct', [item(kind, data)]);
      expect(subject).toMatch(/^NC-2026-0042: .{4,}, (due|fällig) /);
      expect(subject).not.toContain('Payroll');
      expect(text).toContain('https://isms.example/cases/NC-2026-0042');
      expect(text).toMatch(language === 'de' ? /Fällig: .*3\. Dezember 2026/ : /Due: .*3 December 2026/);
      expect(text).toMatch(language === 'de' ? /Warum Sie: / : /Why you: /);
      expect(text).toMatch(language === 'de' ? /Antworten werden nicht gelesen/ : /Replies are not read/);
      expect(`${subject}${text}${html}`).not.toMatch(/undefined|null|\[object/);
      expect(text).not.toMatch(/: \.|: $/m);
    },
  );
});

it('no two kinds say the same, and no text is the same in both languages', () => {
  const mails = Object.keys(noticeRules).flatMap((kind) =>
    languages.map((language) => composeMail(ground(language), 'direct', [item(kind, data)]).subject),
  );
  expect(new Set(mails).size).toBe(mails.length);
});

it('what comes from people is escaped, and who may not see the case learns nothing of it', () => {
  const seen = composeMail(ground('en'), 'direct', [item('taskAsked', data)]);
  expect(seen.html).toContain('Payroll data &#60;b&#62;leaked&#60;/b&#62; to &#38; &#34;friends&#34;');
  expect(seen.html).not.toContain('<b>');
  const hidden = item('taskAsked', data);
  const unseen = composeMail(ground('en'), 'direct', [{ ...hidden, case: { ...hidden.case!, title: null } }]);
  expect(unseen.text + unseen.html).not.toContain('Payroll');
});

it('says what happens next if nobody acts, and why this reader is told', () => {
  const { text } = composeMail(ground('en'), 'direct', [item('taskAsked', data)]);
  expect(text).toContain('If nobody acts: the line manager is told on Tuesday, 8 December 2026');
  expect(text).toContain('Why you: in this case you are the owner of the nonconformity.');
  const manager = { ...ground('en').reader, person: directory.managerOf('thomas.reiter', now)! };
  const told = composeMail(ground('en', { reader: manager }), 'direct', [item('escalation', data)]);
  expect(told.text).toContain('Why you: you are the line manager of Thomas Reiter.');
});

it('a digest that comes after the work was done says so', () => {
  const done = structuredClone(item('reminder', data));
  done.case!.file.deadlines['containment']!.metAt = now;
  expect(composeMail(ground('en'), 'daily', [done]).text).toContain('Done meanwhile');
});

it('a digest names each case and nothing but the day in its subject', () => {
  const items = [item('reminder', data), { ...item('information', data), case: null }];
  const { subject, text } = composeMail(ground('en'), 'daily', items);
  expect(subject).toBe('your notices of the day, 24 Nov 2026');
  expect(text.match(/NC-2026-0042 · Nonconformity/g)).toHaveLength(1);
});

it('no name can begin another header, turn the text around or hide in it', () => {
  const nasty = 'Eve\r\nBcc: all@example.org\u202e\u2066\u200b\u0000 🦊\ud800 Ünal\u2028';
  expect(plainLine(nasty)).toBe('Eve Bcc: all@example.org 🦊 Ünal');
  expect([...plainLine('🦊'.repeat(500), 100)]).toHaveLength(100);
});

it('only we can sign a link that ends mails, and only for whom and what it says', () => {
  const token = unsubscribeToken({ person: 'emre.yilmaz', kinds: ['reminder'] }, 'secret');
  expect(readUnsubscribeToken(token, 'secret')).toEqual({ person: 'emre.yilmaz', kinds: ['reminder'] });
  expect(readUnsubscribeToken(token, 'another secret')).toBeNull();
  const [said = '', signature = ''] = token.split('.');
  const other = Buffer.from(JSON.stringify(['anna.berger', 'reminder'])).toString('base64url');
  for (const forged of [`${other}.${signature}`, said, `${said}.`, '.', '', `${said}.${signature}x`, '%00'])
    expect(readUnsubscribeToken(forged, 'secret')).toBeNull();
});

it('every task, deadline and round of a registered process has its words', () => {
  const named = Object.values(processes).flatMap(({ name, policy }) => [
    ['process', name] as const,
    ...Object.keys(policy.tasks).map((each) => ['task', each] as const),
    ...Object.keys(policy.deadlines).map((each) => ['deadline', each] as const),
    ...Object.keys(policy.rounds).map((each) => ['round', each] as const),
  ]);
  expect(named.filter(([table, name]) => !hasWord(table, name.split(':')[0]!))).toEqual([]);
});
