import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startMailWorld } from './mail-world.ts';
import type { MailWorld } from './mail-world.ts';

let world: MailWorld;
beforeAll(async () => {
  world = await startMailWorld();
});
afterAll(() => world.close());

const people = ['anna.berger', 'thomas.reiter', 'sabine.wolf', 'emre.yilmaz', 'leon.fischer'];
const NOTICES = 60;

/** Kills a courier once so many messages were taken. */
async function killCourierAfter(taken: number): Promise<void> {
  const script = path.join(import.meta.dirname, 'courier-process.ts');
  const { engine, smtp } = world;
  const child = fork(script, [engine.url, smtp.url, engine.now()], { execArgv: ['--import', 'tsx'] });
  await expect.poll(() => smtp.taken.length, { interval: 1, timeout: 20_000 }).toBeGreaterThanOrEqual(taken);
  child.kill('SIGKILL');
  await once(child, 'exit');
}

it('a courier killed in the middle, twice, leaves no mail behind, and doubles none whose end was heard', async () => {
  for (const person of people) world.smtp.behave(await world.addressOf(person), { delayMs: 10 });
  for (let n = 0; n < NOTICES; n += 1) await world.tell(people[n % people.length]!);
  await killCourierAfter(10);
  world.pass(16);
  await killCourierAfter(30);
  const sentBefore = (await world.state()).sent;
  expect(sentBefore).toBeLessThan(NOTICES);
  await world.work();
  expect((await world.state()).due).toBeGreaterThan(0); // in the dead one's hands until its claims run out
  world.pass(16);
  await world.work();
  const ids = world.smtp.taken.map(({ messageId }) => messageId);
  const doubles = ids.length - new Set(ids).size;
  expect(new Set(ids).size).toBe(NOTICES);
  expect(doubles).toBeLessThanOrEqual((await world.state()).uncertain);
  expect(await world.state()).toMatchObject({ sent: NOTICES, due: 0, waiting: 0 });
});
