import { expect, it } from 'vitest';
import type { CaseId } from '../../contracts/identity.ts';
import { SYSTEM } from '../../domain/kernel/draft.ts';
import { planContent, riskToTreat, treatmentPlanBodies } from '../kernel/treatment-bodies.ts';
import { createWorld, people } from '../kernel/world.ts';

/** A departure tells many cases at once; which of them hears of it first is nobody's decision (rules §3.3). */

const LEAVER = 'felix.bauer';

async function toldInOrder(order: (cases: { risk: CaseId; acceptance: CaseId }) => CaseId[]) {
  const world = await createWorld();
  const risk = await riskToTreat(world, { owner: LEAVER });
  const plan = await world.open(people.iso, 'treatmentPlan', { risks: [risk], unit: 'it', author: 'emre.yilmaz' });
  await world.does(plan, 'SUBMIT', 'emre.yilmaz', planContent(world, [risk], { option: 'RETAIN' }));
  await world.does(plan, 'ENDORSE', people.iso, await treatmentPlanBodies.ENDORSE({ world, caseId: plan }));
  await world.does(plan, 'APPROVE', LEAVER, { contentHash: world.file(plan).round!.contentHash });
  const acceptance = world.file(plan).links.findLast(({ type }) => type === 'retained')!.to;
  const journal = world.driver.journalInMemory();
  const before = journal.stored(acceptance).journal.length;
  // Nobody has looked at the cases since: they hear of it by what they are told.
  await world.change({ leave: [LEAVER] });
  for (const caseId of order({ risk, acceptance })) await journal.decide(caseId, { name: 'HOLDER_LEFT', body: { from: plan, fromRef: 'D-1', person: LEAVER, because: 'LEFT' }, actor: SYSTEM });
  return journal.stored(acceptance).journal.slice(before).map(({ type, happenings, patch }) => ({ type, happenings, patch }));
}

it('who stands in for the owner of a risk that has left holds its acceptance, whichever of the two hears of it first', async () => {
  const [riskFirst, acceptanceFirst] = [await toldInOrder(({ risk, acceptance }) => [risk, acceptance]), await toldInOrder(({ risk, acceptance }) => [acceptance, risk])];
  expect(acceptanceFirst).toEqual(riskFirst);
  expect(riskFirst.map(({ type }) => type)).toEqual(['HOLDER_LEFT']);
  expect(riskFirst[0]!.happenings).toContainEqual(expect.objectContaining({ kind: 'fellVacant', left: LEAVER, interim: 'stefan.krause' }));
});
