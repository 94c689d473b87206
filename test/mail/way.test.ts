import { expect, it } from 'vitest';
import { noticeRules } from '../../contracts/notices.ts';
import { isDuty, wayOf } from '../../domain/mail/way.ts';

const reminder = (step: string, ladder = 'standard') => ({
  kind: 'reminder',
  digest: step === 'R1' && ladder !== 'legal',
  data: { step, ladder },
});
const escalation = (step: string, digest = false) => ({ kind: 'escalation', digest, data: { step } });

it('the first reminder goes with the digest, the second at once, and one’s own choice counts for both', () => {
  expect([reminder('R1'), reminder('R2')].map((each) => wayOf(each, undefined))).toEqual(['daily', 'direct']);
  expect([reminder('R1'), reminder('R2')].map((each) => wayOf(each, 'digest'))).toEqual(['daily', 'daily']);
  expect([reminder('R1'), reminder('R2')].map((each) => wayOf(each, 'direct'))).toEqual(['direct', 'direct']);
  expect([reminder('R1'), reminder('R2')].map((each) => wayOf(each, 'off'))).toEqual(['never', 'never']);
});

it('a reminder of a legal clock goes at once, whatever was chosen', () => {
  expect(wayOf(reminder('R1', 'legal'), 'off')).toBe('direct');
});

it('E0 to E2 and E4 go at once, E3 weekly, and E3 of a legal clock at once', () => {
  expect(['E0', 'E1', 'E2', 'E4'].map((step) => wayOf(escalation(step), 'off'))).toEqual(
    Array(4).fill('direct'),
  );
  expect(wayOf(escalation('E3', true), 'off')).toBe('weekly');
  expect(wayOf(escalation('E3'), undefined)).toBe('direct');
});

it('no choice takes a duty away', () => {
  for (const [kind, { duty, way }] of Object.entries(noticeRules)) {
    const notice = { kind, digest: false, data: {} };
    expect([kind, isDuty(notice)]).toEqual([kind, duty]);
    if (duty) expect([kind, wayOf(notice, 'off')]).toEqual([kind, way]);
  }
});

it('a kind of another version goes out, and may be unsubscribed', () => {
  const unknown = { kind: 'somethingNew', digest: false, data: {} };
  expect([wayOf(unknown, undefined), wayOf(unknown, 'off')]).toEqual(['direct', 'never']);
});
