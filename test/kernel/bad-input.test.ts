import { describe, expect, it } from 'vitest';
import { needsOf } from '../../domain/kernel/needs.ts';
import { processes } from '../../domain/processes.ts';
import { bodyOf, report } from './bodies.ts';
import { take } from './moves.ts';
import { createWorld, people } from './world.ts';

async function reported() {
  const world = await createWorld();
  return { world, nc: await world.open(people.reporter, 'nonconformity', report(world)) };
}

describe('what the kernel answers to input that makes no sense', () => {
  it.each([
    'constructor',
    'toString',
    '__proto__',
    'hasOwnProperty',
    'APPROVED',
    'LINKS_SETTLED',
    'accept',
    '',
  ])('"%s" is no command', async (name) => {
    const { world, nc } = await reported();
    expect(await world.send(nc, name, people.iso, {})).toMatchObject([
      { code: 'UNKNOWN_COMMAND', command: name },
    ]);
    expect(needsOf(processes.nonconformity, world.file(nc), { name, body: {} }).length).toBeGreaterThan(0);
  });

  it.each([
    ['an unknown field', { unknown: 1 }, 'INVALID_PAYLOAD'],
    ['a wrong type', { grade: 3 }, 'INVALID_PAYLOAD'],
    ['a person that does not exist', { owner: 'nobody.atall' }, 'UNKNOWN_PERSON'],
    ['a unit that does not exist', { unit: 'moon' }, 'UNKNOWN_UNIT'],
    ['markup as a person', { owner: '<script>' }, 'INVALID_PAYLOAD'],
  ])('%s is named, and nothing happens', async (_, change, code) => {
    const { world, nc } = await reported();
    const body = await bodyOf(world, nc, 'ACCEPT');
    expect(await world.send(nc, 'ACCEPT', people.iso, { ...body, ...change })).toMatchObject([{ code }]);
    expect(world.file(nc)).toMatchObject({ state: 'reported', version: 1 });
  });

  it.each([
    ['2026-02-30', 'INVALID_PAYLOAD'],
    ['yesterday', 'INVALID_PAYLOAD'],
    ['2026-11-01', 'DATE_IN_PAST'],
  ])('a due date %s is refused', async (due, code) => {
    const world = await createWorld();
    const answer = await world.driver.openCase({
      as: people.iso,
      process: 'action',
      body: { title: 'Encrypt', unit: 'it', due },
    });
    expect(answer).toMatchObject({ reasons: [{ code, path: 'due' }] });
  });

  it.each([null, [], 'text', 7])('a body that is %j is refused', async (body) => {
    const { world, nc } = await reported();
    const answer = await world.driver.command({ as: people.iso, caseId: nc, name: 'ACCEPT', body });
    expect(answer).toMatchObject({ reasons: [{ code: 'INVALID_PAYLOAD' }] });
  });

  it('keeps text of any script as it was typed, and refuses what is too long', async () => {
    const { world, nc } = await reported();
    const text = '<b>מבחן</b> 🔒 tabulated';
    await world.does(nc, 'COMMENT', people.iso, { text });
    expect(world.driver.journalInMemory().stored(nc).journal.at(-1)!.body).toEqual({ text });
    expect(await world.send(nc, 'REJECT_NOT_NC', people.iso, { reason: 'x'.repeat(10_000) })).toMatchObject([
      { code: 'INVALID_PAYLOAD', path: 'reason' },
    ]);
  });

  it('knows nobody who has left, whoever he was', async () => {
    const { world, nc } = await reported();
    await world.change({ leave: [people.iso] });
    expect(await world.send(nc, 'ACCEPT', people.iso, await bodyOf(world, nc, 'ACCEPT'))).toMatchObject([
      { code: 'PERSON_NOT_ACTIVE' },
    ]);
    expect(
      await world.driver.openCase({ as: people.iso, process: 'nonconformity', body: report(world) }),
    ).toMatchObject({ reasons: [{ code: 'PERSON_NOT_ACTIVE' }] });
  });

  it('leaves a note of a late decision, but none of one that cannot even be read', async () => {
    const { world, nc } = await reported();
    for (const event of [
      'ACCEPT',
      'RECORD_CORRECTION',
      'SUBMIT_CAUSE',
      'CA_NEEDED',
      'SUBMIT_PLAN',
      'APPROVED',
    ])
      await take(world, nc, { event, passes: [] });
    const before = world.file(nc).version;
    await world.send(nc, 'REJECT', people.deputy, { reason: 7 });
    expect(world.file(nc).version).toBe(before);
    await world.send(nc, 'REJECT', people.deputy, { reason: 'Too late' });
    expect(world.driver.journalInMemory().stored(nc).journal.at(-1)).toMatchObject({
      version: before + 1,
      type: 'LATE_DECISION',
    });
  });
});

describe('due dates of an action', () => {
  it.each([
    ['2026-12-26', '2026-12-28T16:00:00.000Z'],
    ['2026-12-29', '2026-12-29T16:00:00.000Z'],
    ['2027-03-29', '2027-03-30T15:00:00.000Z'],
  ])('%s is due on %s: rolled off days off, at five in the afternoon of the site', async (due, instant) => {
    const world = await createWorld();
    const action = await world.open(people.iso, 'action', {
      title: 'Encrypt',
      unit: 'it',
      owner: people.actionOwner,
      due,
    });
    expect(world.file(action).deadlines['due']).toMatchObject({ due: instant, originalDue: instant });
  });

  it('has no reminder from before its assignment, which tells the owner itself', async () => {
    const world = await createWorld();
    const action = await world.open(people.iso, 'action', {
      title: 'Encrypt',
      unit: 'it',
      owner: people.actionOwner,
      due: '2026-11-04',
    });
    expect(world.file(action).deadlines['due']!.steps.map(({ step }) => step)).toEqual([
      'R2',
      'E0',
      'E1',
      'E2',
      'E3',
    ]);
    expect(await world.driver.notices()).toMatchObject([{ to: people.actionOwner, kind: 'taskAsked' }]);
  });
});
