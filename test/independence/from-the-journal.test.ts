import { expect, test } from 'vitest';
import type { PersonId } from '../../contracts/identity.ts';
import { independence, independenceNeeds, lookbackOf } from '../../domain/independence/independence.ts';
import { createVirtualDriver } from '../../simulation/virtual-driver.ts';
import { demoOrganisation } from '../directory/organisations.ts';

/** Acceptance scenario rules §16.4 no. 1, as far as it is a question of facts. */
async function story(start: string) {
  const driver = createVirtualDriver();
  await driver.begin({ organisation: demoOrganisation(), at: start });
  const conflicts = async (person: PersonId, item: string) => {
    const now = driver.now();
    const facts = await driver.journalInMemory().facts(independenceNeeds([person], now));
    return independence({ ...facts, now, lookback: lookbackOf({ facts, now }) })(person, item);
  };
  return { driver, conflicts };
}

const caseOf = (opened: object) => ('caseId' in opened ? String(opened.caseId) : '');

test('who owned control A.8.13 six months ago is barred from it, and free once the lookback is over; who owns it now is barred as long as it lasts', async () => {
  const { driver, conflicts } = await story('2026-01-12T09:00:00.000Z');
  const control = caseOf(await driver.openCase({ as: 'anna.berger', process: 'control', body: { control: 'A.8.13', owner: 'sabine.wolf' } }));
  const barred = async (person: PersonId) => (await conflicts(person, 'control:A.8.13')).map(({ because, freeFrom }) => [because, freeFrom]);
  expect(await barred('sabine.wolf')).toEqual([['OWNED', null]]);
  await driver.advanceTo('2026-05-20T09:00:00.000Z');
  expect(await driver.command({ as: 'anna.berger', caseId: control, name: 'REASSIGN', body: { role: 'owner', to: 'leon.fischer', reason: 'moves on' } })).toEqual({ accepted: true });
  await driver.advanceTo('2026-11-20T09:00:00.000Z');
  expect(await barred('sabine.wolf')).toEqual([['OWNED', '2027-05-20']]);
  expect(await barred('leon.fischer')).toEqual([['OWNED', null]]);
  await driver.advanceTo('2027-05-19T21:59:00.000Z');
  expect(await barred('sabine.wolf')).toEqual([['OWNED', '2027-05-20']]);
  await driver.advanceTo('2027-05-19T22:00:00.000Z');
  expect(await barred('sabine.wolf')).toEqual([]);
  expect(await barred('leon.fischer')).toEqual([['OWNED', null]]);
});

test('a retired control frees its owner from the end of the case on', async () => {
  const { driver, conflicts } = await story('2026-01-12T09:00:00.000Z');
  const control = caseOf(await driver.openCase({ as: 'anna.berger', process: 'control', body: { control: 'K-1', title: 'Own', source: 'house', owner: 'sabine.wolf' } }));
  await driver.advanceTo('2026-05-20T09:00:00.000Z');
  expect(await driver.command({ as: 'anna.berger', caseId: control, name: 'RETIRE', body: { reason: 'not needed' } })).toEqual({ accepted: true });
  expect(await conflicts('sabine.wolf', 'own:K-1')).toMatchObject([{ freeFrom: '2027-05-20', facts: [{ until: '2026-05-20' }] }]);
});
