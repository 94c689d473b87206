import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Behaviour } from './loopback-smtp.ts';
import { startMailWorld } from './mail-world.ts';
import type { MailWorld } from './mail-world.ts';

let world: MailWorld;
beforeAll(async () => {
  world = await startMailWorld();
});
beforeEach(() => world.forget());
afterAll(() => world.close());

const people = ['anna.berger', 'thomas.reiter', 'sabine.wolf', 'emre.yilmaz', 'leon.fischer'];

async function misbehave(person: string, how: Behaviour | ((attempt: number) => Behaviour)): Promise<void> {
  world.smtp.behave(await world.addressOf(person), how);
}

/** Messages taken, by Message-ID. */
function copies(): number[] {
  const ids = world.smtp.taken.map(({ messageId }) => messageId);
  return [...new Set(ids)].map((id) => ids.filter((each) => each === id).length);
}

async function stateOf(person: string) {
  return (await world.mails()).find((mail) => mail.person === person)!;
}

describe('a mail', () => {
  it('goes once per recipient and cause, however often the courier looks', async () => {
    for (const person of people) await world.tell(person);
    await world.work();
    await world.work();
    await Promise.all([world.work(), world.work()]);
    expect(world.smtp.taken.map(({ to }) => to).toSorted()).toEqual(
      (await Promise.all(people.map(world.addressOf))).toSorted(),
    );
    expect(copies()).toEqual(people.map(() => 1));
  });

  it('is machine-made and says so, carries no title in its headers, and names where replies are not read', async () => {
    await world.tell('anna.berger');
    await world.work();
    const { mail } = world.smtp.taken[0]!;
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
    expect(mail.replyTo?.text).toBe('noreply@isms.example');
    expect(mail.subject).toMatch(/^NC-2026-0001: (task for you|Aufgabe für Sie), /);
    expect(mail.text).toContain('https://isms.example/cases/NC-2026-0001');
    expect([...mail.headerLines.values()].map(({ line }) => line).join('\n')).not.toContain('Backups');
    expect(mail.headers.has('list-unsubscribe')).toBe(false);
  });

  it('that may be ended says how, for mail programs too', async () => {
    await world.tell('anna.berger', { kind: 'reminder', data: { step: 'R2', deadline: 'triage' } });
    await world.work();
    const { mail } = world.smtp.taken[0]!;
    const lines = mail.headerLines.map(({ line }) => line.replaceAll(/\r?\n\s+/g, ' ')).join('\n');
    expect(lines).toMatch(/^List-Unsubscribe: <https:\/\/isms\.example\/api\/v1\/mail\/unsubscribe\/\S+>$/m);
    expect(lines).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click$/m);
  });

  it.each<[string, Behaviour]>([
    ['is put off when the recipient is named', { rcpt: 451 }],
    ['is put off after its content', { data: 452 }],
    ['meets a connection that drops when the recipient is named', { drop: 'rcpt' }],
  ])('that %s is tried again after growing pauses, alone, and arrives once', async (_, how) => {
    await misbehave('anna.berger', (attempt) => (attempt <= 2 ? how : 'accept'));
    for (const person of people) await world.tell(person);
    await world.work();
    expect(world.smtp.taken).toHaveLength(people.length - 1);
    expect(await stateOf('anna.berger')).toMatchObject({ state: 'waiting', attempts: 1, uncertain: false });
    world.pass(1);
    await world.work();
    world.pass(1);
    await world.work();
    expect(await stateOf('anna.berger')).toMatchObject({ attempts: 2 });
    world.pass(4);
    await world.work();
    expect(await stateOf('anna.berger')).toMatchObject({ state: 'sent', attempts: 3, uncertain: false });
    expect(copies()).toEqual(people.map(() => 1));
    await misbehave('anna.berger', 'accept');
  });

  it.each<[string, Behaviour]>([
    ['when the recipient is named', { rcpt: 550 }],
    ['after its content', { data: 554 }],
  ])(
    'that is refused for good %s is not tried again, and the ISO is told in the application',
    async (_, how) => {
      await misbehave('thomas.reiter', how);
      for (const person of people) await world.tell(person);
      await world.work();
      world.pass(60 * 24 * 7);
      await world.work();
      expect(await stateOf('thomas.reiter')).toMatchObject({ state: 'failed', attempts: 1 });
      expect(copies()).toEqual(people.slice(1).map(() => 1));
      const { rows } = await world.engine.pool.query(
        `SELECT person, data, mailing FROM notification WHERE kind = 'mailFailed' AND cause = (SELECT 'mail:' || id || ':failed' FROM mail WHERE state = 'failed')`,
      );
      expect(rows).toEqual([
        { person: 'anna.berger', data: { person: 'thomas.reiter' }, mailing: 'inApp: by rule or choice' },
      ]);
      expect(await world.state()).toMatchObject({
        failed: 1,
        sent: people.length - 1,
        lastProblem: expect.stringMatching(/^55\d/),
      });
      await misbehave('thomas.reiter', 'accept');
    },
  );

  it('that nobody took for five days is given up, and shown', async () => {
    await misbehave('leon.fischer', { rcpt: 451 });
    await world.tell('leon.fischer');
    for (let hours = 0; hours <= 6 * 24; hours += 12) {
      await world.work();
      world.pass(12 * 60);
    }
    expect(await stateOf('leon.fischer')).toMatchObject({ state: 'givenUp' });
    expect(await world.state()).toMatchObject({ failed: 1, due: 0 });
    await misbehave('leon.fischer', 'accept');
  });

  it('whose taking was never confirmed is sent again under the same Message-ID, and marked', async () => {
    await misbehave('sabine.wolf', (attempt) => (attempt === 1 ? { drop: 'taken' } : 'accept'));
    await misbehave('emre.yilmaz', (attempt) => (attempt === 1 ? { drop: 'content' } : 'accept'));
    for (const person of people) await world.tell(person);
    await world.work();
    world.pass(1);
    await world.work();
    expect(copies().toSorted()).toEqual([1, 1, 1, 1, 2]);
    const uncertain = (await world.mails()).filter((mail) => mail.uncertain).map(({ person }) => person);
    expect(uncertain.toSorted()).toEqual(['emre.yilmaz', 'sabine.wolf']);
    expect(await world.state()).toMatchObject({ uncertain: 2, sent: people.length });
    const [first, second] = world.smtp.taken.filter(({ to }) => to.startsWith('sabine'));
    expect(second!.mail.date).toEqual(first!.mail.date);
    await Promise.all(['sabine.wolf', 'emre.yilmaz'].map((person) => misbehave(person, 'accept')));
  });

  it('to a server that takes its time holds up no other, and is not given up early', async () => {
    await misbehave('anna.berger', { delayMs: 1_500 });
    for (const person of people) await world.tell(person);
    const working = world.work();
    await expect
      .poll(() => world.smtp.taken.length, { timeout: 1_300, interval: 10 })
      .toBe(people.length - 1);
    await working;
    expect(await stateOf('anna.berger')).toMatchObject({ state: 'sent', attempts: 1 });
    await misbehave('anna.berger', 'accept');
  });

  it('to a server that never answers is given another try', async () => {
    await misbehave('anna.berger', (attempt) => (attempt === 1 ? { delayMs: 1_500 } : 'accept'));
    await world.tell('anna.berger');
    await world.work(world.courierOf({ contentMs: 500 }));
    expect(await stateOf('anna.berger')).toMatchObject({ state: 'waiting', uncertain: true });
    await misbehave('anna.berger', 'accept');
    world.pass(1);
    await world.work();
    expect(await stateOf('anna.berger')).toMatchObject({ state: 'sent' });
    await expect.poll(copies, { timeout: 5_000 }).toEqual([2]);
  });

  it('to somebody who has left is not sent', async () => {
    await world.tell('nobody.known');
    await world.work();
    expect(await world.mails()).toEqual([]);
    const { rows } = await world.engine.pool.query(
      `SELECT mailing FROM notification WHERE person = 'nobody.known'`,
    );
    expect(rows).toEqual([{ mailing: 'inApp: person is not active' }]);
  });
});

describe('while the mail server refuses our sign-in or our sender', () => {
  it.each(['smtp://isms:secret@', 'smtp://'])('nobody’s mail is given up for it: %s', async (prefix) => {
    const courier = world.courierOf({}, world.smtp.url.replace('smtp://', prefix));
    world.smtp.refuseUs = 535;
    for (const person of people) await world.tell(person);
    for (let days = 0; days < 8; days += 4) {
      await world.work(courier);
      world.pass(4 * 24 * 60);
    }
    expect((await world.mails()).map(({ state }) => state)).toEqual(people.map(() => 'waiting'));
    expect((await world.state()).lastProblem).toMatch(/^535 .*at (AUTH PLAIN|MAIL FROM)$/);
    world.smtp.refuseUs = null;
    await world.work(courier);
    expect(copies()).toEqual(people.map(() => 1));
  });
});

describe('while the mail server is away', () => {
  it('everything waits, nothing is given up, and all of it goes once when it is back', async () => {
    for (const person of people) await world.tell(person);
    await world.smtp.kill();
    for (let day = 0; day < 8; day += 1) {
      await world.work();
      world.pass(24 * 60);
    }
    expect((await world.mails()).map(({ state }) => state)).toEqual(people.map(() => 'waiting'));
    expect(await world.state()).toMatchObject({
      due: people.length,
      lastProblem: expect.stringContaining('connecting'),
    });
    await world.smtp.start();
    await world.work();
    expect(copies()).toEqual(people.map(() => 1));
    expect(await world.state()).toMatchObject({ due: 0, waiting: 0, failing: 0, failed: 0, oldestDue: null });
  });

  it('that was killed in the middle, each mail arrives; twice only where its taking was not confirmed', async () => {
    for (let n = 0; n < 40; n += 1) await world.tell(people[n % people.length]!);
    for (const person of people) await misbehave(person, { delayMs: 5 });
    const working = world.work();
    await expect.poll(() => world.smtp.taken.length, { interval: 1 }).toBeGreaterThan(10);
    await world.smtp.kill();
    await working;
    await world.smtp.start();
    world.pass(10);
    await world.work();
    const uncertain = (await world.mails()).filter((mail) => mail.uncertain).length;
    expect(copies()).toHaveLength(40);
    expect(world.smtp.taken.length - 40).toBeLessThanOrEqual(uncertain);
    expect((await world.mails()).every(({ state }) => state === 'sent')).toBe(true);
    for (const person of people) await misbehave(person, 'accept');
  });
});
