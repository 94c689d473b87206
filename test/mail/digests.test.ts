import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createCourier } from '../../activities/courier.ts';
import { choosePreferences } from '../../prisma/courier/preferences.ts';
import { createMailStore } from '../../prisma/courier/mail-store.ts';
import { demoOrganisation } from '../support/in-process-engine.ts';
import { startMailWorld } from './mail-world.ts';
import type { MailWorld } from './mail-world.ts';

let world: MailWorld;
beforeAll(async () => {
  world = await startMailWorld('2026-10-20T09:00:00.000Z');
});
beforeEach(() => world.forget());
afterAll(() => world.close());

const r1 = { kind: 'reminder', digest: true, data: { step: 'R1', deadline: 'triage' } };
const e3 = { kind: 'escalation', digest: true, data: { step: 'E3', deadline: 'triage' } };

/** Sends as it goes, looking every `minutes`, from one instant to another; answers when what went. */
async function passThrough(from: string, until: string, minutes = 60): Promise<string[]> {
  const sent: string[] = [];
  for (world.engine.setNow(from); world.engine.now() <= until; world.pass(minutes)) {
    const before = world.smtp.taken.length;
    await world.work();
    sent.push(...world.smtp.taken.slice(before).map(({ to }) => `${world.engine.now()} ${to.split('@')[0]}`));
  }
  return sent;
}

describe('a digest', () => {
  it('goes once a day at 08:00 of the site, on each side of the October clock change and not on days off', async () => {
    const days = ['22', '23', '24', '25', '26', '27'].map((day) => `2026-10-${day}`);
    const sent: string[] = [];
    for (const day of days) {
      world.engine.setNow(`${day}T00:30:00.000Z`);
      await world.tell('thomas.reiter', r1);
      await world.tell('thomas.reiter', r1);
      sent.push(...(await passThrough(`${day}T00:30:00.000Z`, `${day}T23:00:00.000Z`, 30)));
    }
    expect(sent).toEqual([
      '2026-10-22T06:00:00.000Z thomas.reiter',
      '2026-10-23T06:00:00.000Z thomas.reiter',
      '2026-10-26T07:00:00.000Z thomas.reiter',
      '2026-10-27T07:00:00.000Z thomas.reiter',
    ]);
    const lines = world.smtp.taken.map(
      ({ mail }) => mail.text?.match(/https:\/\/isms\.example\/cases\//g)?.length,
    );
    expect(lines).toEqual([2, 2, 6, 2]);
    expect(new Set(world.smtp.taken.map(({ messageId }) => messageId)).size).toBe(4);
  });

  it('takes what came while nobody worked for days as one, and never goes twice on one day', async () => {
    world.engine.setNow('2026-12-23T10:00:00.000Z');
    await world.tell('thomas.reiter', r1);
    await world.courier.sort();
    for (const day of ['28', '29', '30']) {
      world.engine.setNow(`2026-12-${day}T10:00:00.000Z`);
      await world.tell('thomas.reiter', r1);
    }
    world.engine.setNow('2026-12-30T11:00:00.000Z');
    await world.work();
    expect(world.smtp.taken).toHaveLength(1);
    await world.tell('thomas.reiter', r1);
    await world.work();
    expect(world.smtp.taken).toHaveLength(1);
    const sent = await passThrough('2026-12-30T12:00:00.000Z', '2027-01-05T12:00:00.000Z');
    expect(sent.map((each) => each.slice(0, 13))).toEqual(['2027-01-04T07']);
  });

  it('that is put off stays as it is; what comes meanwhile goes with the next', async () => {
    const address = await world.addressOf('thomas.reiter');
    world.smtp.behave(address, (attempt) => (attempt === 1 ? { rcpt: 451 } : 'accept'));
    world.engine.setNow('2026-11-02T10:00:00.000Z');
    await world.tell('thomas.reiter', r1);
    await world.work();
    world.engine.setNow('2026-11-03T07:00:00.000Z');
    await world.work();
    await world.tell('thomas.reiter', r1);
    world.pass(2);
    await world.work();
    world.engine.setNow('2026-11-04T07:00:00.000Z');
    await world.work();
    const counts = world.smtp.taken.map(({ mail }) => mail.text?.match(/\/cases\//g)?.length);
    expect(counts).toEqual([1, 1]);
    world.smtp.behave(address, 'accept');
  });

  it('of E3 goes to each of top management once a week, as one message, whatever they have chosen', async () => {
    await choosePreferences(world.engine.pool, 'katharina.vogt', { language: 'en', choices: {} });
    world.engine.setNow('2026-11-04T10:00:00.000Z');
    for (let n = 0; n < 5; n += 1) await world.tell('katharina.vogt', e3);
    const sent = await passThrough('2026-11-04T10:00:00.000Z', '2026-11-11T23:00:00.000Z');
    expect(sent.map((each) => each.slice(0, 24))).toEqual(['2026-11-09T07:00:00.000Z']);
    const { mail } = world.smtp.taken[0]!;
    expect(mail.subject).toBe('overdue cases of the week, 9 Nov 2026');
    expect(mail.headers.has('list-unsubscribe')).toBe(false);
  });
});

describe('what a person chose', () => {
  it('counts for reminders and information, not for tasks; the language too', async () => {
    const { pool } = world.engine;
    await choosePreferences(pool, 'thomas.reiter', {
      language: 'en',
      choices: { reminder: 'off', information: 'direct' },
    });
    world.engine.setNow('2026-11-03T12:00:00.000Z');
    await world.tell('thomas.reiter', { ...r1, digest: false });
    await world.tell('thomas.reiter', { kind: 'information', data: { subject: 'closed' } });
    await world.tell('thomas.reiter');
    await world.work();
    expect(world.smtp.taken.map(({ mail }) => mail.subject?.split(',')[0]).toSorted()).toEqual([
      'NC-2026-0001: for your information',
      'NC-2026-0001: task for you',
    ]);
  });
});

describe('a name', () => {
  it('with signs that mean something in a mail changes nothing but the name', async () => {
    const name = `O’Neil, "Eve" <eve@elsewhere.example> 🦊 עדי`;
    const data = demoOrganisation();
    const people = data.people.map((each) => (each.id === 'leon.fischer' ? { ...each, name } : each));
    await world.engine.journal.importOrganisation({
      data: { ...data, people },
      actor: 'operator',
      reason: 'name',
    });
    world.engine.setNow('2026-11-03T12:00:00.000Z');
    await world.tell('leon.fischer');
    await world.work();
    const { mail, to } = world.smtp.taken[0]!;
    expect(to).toBe(await world.addressOf('leon.fischer'));
    expect([mail.to].flat().flatMap((each) => each?.value ?? [])).toEqual([{ name, address: to }]);
  });
});

describe('somebody who leaves before the digest goes', () => {
  it('gets none, and the mail says why', async () => {
    world.engine.setNow('2026-11-03T12:00:00.000Z');
    await world.tell('leon.fischer', r1);
    await world.courier.sort();
    const data = demoOrganisation();
    const people = data.people.map((each) =>
      each.id === 'leon.fischer' ? { ...each, until: '2026-11-03' } : each,
    );
    await world.engine.journal.importOrganisation({
      data: { ...data, people },
      actor: 'operator',
      reason: 'left',
    });
    world.engine.setNow('2026-11-04T09:00:00.000Z');
    await world.work();
    expect(await world.mails()).toMatchObject([{ person: 'leon.fischer', state: 'dropped', attempts: 1 }]);
    expect(world.smtp.taken).toEqual([]);
  });
});

describe('without a mail server', () => {
  it('everything stays in the application, also when one comes later', async () => {
    const { pool, now, journal } = world.engine;
    await world.tell('anna.berger');
    const store = createMailStore({ pool, clock: now, directory: journal.directory });
    expect(await createCourier({ store, mail: null }).sort()).toEqual({ due: 0 });
    await world.work();
    expect(await world.mails()).toEqual([]);
    const { rows } = await pool.query(
      `SELECT count(*)::int AS n FROM notification WHERE mailing = 'inApp: mail is off'`,
    );
    expect(rows).toEqual([{ n: 1 }]);
  });
});
