import { describe, expect, it } from 'vitest';
import type { CaseFile } from '../../contracts/case-file.ts';
import type { EntryDraft } from '../../contracts/entry.ts';
import type { Instant } from '../../contracts/identity.ts';
import { standingOf } from '../../domain/configuration/in-directory.ts';
import { createDirectory } from '../../domain/directory/directory.ts';
import { accept } from '../../domain/kernel/accept.ts';
import type { Facts } from '../../domain/kernel/facts.ts';
import { wake, wakeAt } from '../../domain/kernel/wake.ts';
import { demoOrganisation } from '../directory/organisations.ts';
import { aware as awareOf, legalDuty as definition, noFacts } from './legal-duty.ts';
import { people } from './world.ts';

const facts: Facts = { ...standingOf(createDirectory(demoOrganisation(), 1)), ...noFacts };
const aware = (now: Instant): CaseFile => awareOf(facts, now);

function told(entries: readonly EntryDraft[]): [string, string, Instant][] {
  return entries.flatMap(({ happenings }) =>
    happenings.flatMap((each) => (each.kind === 'stepFired' ? [[each.deadline, each.step, each.scheduledFor] as [string, string, Instant]] : [])),
  );
}

/** Wakes at each instant the case asks for, until then. */
function pass(file: CaseFile, until: Instant): { file: CaseFile; entries: EntryDraft[] } {
  const entries: EntryDraft[] = [];
  let current = file;
  for (let at = wakeAt(current); at !== null && at <= until; at = wakeAt(current)) {
    entries.push(...wake({ definition, file: current, facts, now: at }));
    current = entries.at(-1)!.file;
  }
  return { file: current, entries };
}

function send(file: CaseFile, person: string, name: string, body: object, now: Instant) {
  return accept({ definition, file, facts, now, command: { name, body: body as never, actor: { person, role: '' } } });
}

const notification = (entries: readonly EntryDraft[]) => told(entries).filter(([deadline]) => deadline === 'notification').map(([, step, at]) => [step, at]);

describe('a legal clock in the kernel (rules §4.4, §16.4 no. 10)', () => {
  it.each([
    ['when summer time ends', '2026-10-23T16:00:00.000Z', '2026-10-26T16:00:00.000Z', '2026-10-26T17:00:00+01:00'],
    ['when summer time begins', '2027-03-26T17:00:00.000Z', '2027-03-29T17:00:00.000Z', '2027-03-29T19:00:00+02:00'],
    ['over Christmas', '2026-12-23T15:30:00.000Z', '2026-12-26T15:30:00.000Z', '2026-12-26T16:30:00+01:00'],
  ])('counts 72 elapsed hours %s, and its steps are shares of them', (_, at, due, dueLocal) => {
    const { file, entries } = pass(aware(at), due);
    expect(file.deadlines['notification']!.due).toBe(due);
    expect(entries.at(-1)!.localAt).toBe(dueLocal);
    const before = (hours: number) => new Date(Date.parse(due) - hours * 3_600_000).toISOString();
    expect(notification(entries)).toEqual([['R1', before(36)], ['R2', before(18)], ['R3', before(2)], ['E3', due]]);
    expect(entries.at(-1)!.notices.map(({ to }) => to)).toEqual(expect.arrayContaining([people.topManagement, people.iso, people.ncOwner]));
  });

  it('clamps a month at its end and rolls nothing off a Sunday', () => {
    expect(aware('2027-01-31T10:00:00.000Z').deadlines['report']!.due).toBe('2027-02-28T16:00:00.000Z');
  });

  it('goes on while the case is on hold; only what the organisation has set itself rests', () => {
    const file = aware('2026-12-23T15:30:00.000Z');
    const held = send(file, people.iso, 'HOLD', { reason: 'Holidays', reviewOn: '2027-01-07' }, '2026-12-23T16:00:00.000Z');
    if (!held.accepted) throw new Error(JSON.stringify(held.refusal));
    const { notification: legal, own } = held.entry.file.deadlines;
    expect(legal).toEqual(file.deadlines['notification']);
    expect(own!.pausedAt).toBe('2026-12-23T16:00:00.000Z');
    const passed = pass(held.entry.file, '2026-12-26T15:30:00.000Z');
    expect(notification(passed.entries).map(([step]) => step)).toEqual(['R1', 'R2', 'R3', 'E3']);
    const resumed = send(passed.file, people.iso, 'RESUME', { reason: 'Back' }, '2027-01-05T08:00:00.000Z');
    if (!resumed.accepted) throw new Error(JSON.stringify(resumed.refusal));
    const moved = resumed.entry.happenings.filter(({ kind }) => kind === 'deadlineShifted');
    expect(moved).toMatchObject([{ deadline: 'own' }]);
    expect(resumed.entry.file.deadlines['notification']!.due).toBe('2026-12-26T15:30:00.000Z');
  });

  it('is never extended', () => {
    const body = { newDate: '2027-01-08', reason: 'Christmas', interimMeasure: 'None' };
    for (const deadline of ['notification', 'report']) {
      const answer = send(aware('2026-12-23T15:30:00.000Z'), people.iso, 'REQUEST_EXTENSION', { ...body, deadline }, '2026-12-23T16:00:00.000Z');
      expect(answer).toMatchObject({ accepted: false, refusal: { reasons: [{ code: 'NOT_EXTENDABLE', deadline }] } });
    }
  });

  it('that was missed while nothing ran fires its last step alone, with the time at which it did', () => {
    const entries = wake({ definition, file: aware('2026-12-23T15:30:00.000Z'), facts, now: '2027-01-04T08:00:00.000Z' });
    const fired = entries.flatMap(({ at, happenings }) => happenings.filter((each) => each.kind === 'stepFired').map((each) => ({ ...each, at })));
    expect(fired.find(({ deadline }) => deadline === 'notification')).toMatchObject({
      ...{ step: 'E3', scheduledFor: '2026-12-26T15:30:00.000Z', collapsed: ['R1', 'R2', 'R3'], at: '2027-01-04T08:00:00.000Z' },
    });
  });
});
