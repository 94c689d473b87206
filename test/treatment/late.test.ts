import { describe, expect, it } from 'vitest';
import type { CaseId } from '../../contracts/identity.ts';
import type { JournalEntry } from '../../simulation/memory-store.ts';
import { riskToTreat, treatmentPlanBodies } from '../kernel/treatment-bodies.ts';
import { createWorld, people } from '../kernel/world.ts';
import type { World } from '../kernel/world.ts';

/** What follows from a plan or an action that is late (rules §14 L3), however the engine comes to notice it. */

interface Ground {
  world: World;
  risk: CaseId;
  plan: CaseId;
  action: CaseId;
  interim: () => CaseId;
}

async function approvedPlan(): Promise<Ground> {
  const world = await createWorld();
  const risk = await riskToTreat(world);
  const plan = await world.open(people.iso, 'treatmentPlan', { risks: [risk], unit: 'it', author: 'emre.yilmaz' });
  for (const [name, who] of [['SUBMIT', 'emre.yilmaz'], ['ENDORSE', people.iso]] as const) await world.does(plan, name, who, await treatmentPlanBodies[name]({ world, caseId: plan }));
  await world.does(plan, 'APPROVE', people.ncOwner, { contentHash: world.file(plan).round!.contentHash });
  const linked = (type: string) => world.file(plan).links.findLast((link) => link.type === type)!.to;
  return { world, risk, plan, action: linked('treatmentAction'), interim: () => linked('interim') };
}

const entries = ({ world }: Ground, caseId: CaseId): JournalEntry[] => world.driver.journalInMemory().stored(caseId).journal;
const lapses = (ground: Ground) => entries(ground, ground.plan).filter(({ type, body }) => type === 'ACCEPTANCE_ENDED' && (body as { how: string }).how === 'LAPSED');
const stepOf = ({ world }: Ground, caseId: CaseId, deadline: string, step: string) => world.file(caseId).deadlines[deadline]!.steps.find((each) => each.step === step)!.at;

describe('a treatment that is late', () => {
  it('lets the interim acceptance lapse once where an outage collapses E2 into E3', async () => {
    const ground = await approvedPlan();
    const { world, action, plan, risk } = ground;
    await world.driver.sleepUntil(stepOf(ground, action, 'acknowledgement', 'E3'));
    expect(world.file(ground.interim())).toMatchObject({ state: 'expired', document: { ended: { because: expect.stringContaining('ACTION_LATE') as string } } });
    expect(entries(ground, plan).filter(({ type }) => type === 'ACTION_LATE')).toHaveLength(1);
    expect(lapses(ground)).toHaveLength(1);
    expect([world.file(plan).flags, world.file(risk).flags]).toEqual([['treatmentLate', 'managementReviewItem'], ['treatmentLate', 'managementReviewItem']]);
  });

  it('asks again when another date is missed, and not when the same one comes to E3', async () => {
    const ground = await approvedPlan();
    const { world, action, plan, risk } = ground;
    await world.driver.advanceTo(stepOf(ground, action, 'acknowledgement', 'E2'));
    expect(lapses(ground)).toHaveLength(1);
    const until = String(world.file(plan).document['content'] && (world.file(plan).document['content'] as { targetDate: string }).targetDate);
    await world.does(plan, 'PROLONG_INTERIM', people.ncOwner, { risk, until, reason: 'It goes on' });
    expect(world.file(ground.interim()).settled).toBeNull();
    await world.driver.advanceTo(stepOf(ground, action, 'acknowledgement', 'E3'));
    expect(lapses(ground)).toHaveLength(1);
    await world.driver.advanceTo(stepOf(ground, plan, 'firstAction', 'E2'));
    expect(lapses(ground)).toHaveLength(2);
    expect(world.file(plan).document['lapsed']).toMatchObject([{ risk, because: expect.stringContaining('PLAN_LATE') as string }]);
  });

  it('is found for the management review under the input to which it belongs', async () => {
    const ground = await approvedPlan();
    const { world, action, plan } = ground;
    const items = async (process: string) =>
      (await world.driver.journalInMemory().facts([{ fact: 'byKey', process, key: 'reviewInput', value: 'f' }])).similar.map(({ id }) => id);
    expect(await items('treatmentPlan')).toEqual([]);
    await world.driver.advanceTo(stepOf(ground, action, 'acknowledgement', 'E2'));
    expect([await items('treatmentPlan'), await items('risk'), await items('action')]).toEqual([[plan], [ground.risk], []]);
    await world.driver.advanceTo(stepOf(ground, action, 'acknowledgement', 'E3'));
    expect(await items('action')).toEqual([action]);
  });

  it('is nobody else’s lateness: an approval that is late lapses nothing', async () => {
    const ground = await approvedPlan();
    const { world, plan, action } = ground;
    await world.does(action, 'ACKNOWLEDGE', people.actionOwner);
    await world.does(action, 'START', people.actionOwner);
    await world.does(plan, 'MATERIAL_CHANGE', people.iso, { reason: 'Another tool' });
    await world.does(plan, 'RESUBMIT', 'emre.yilmaz', await treatmentPlanBodies.RESUBMIT({ world, caseId: plan }));
    await world.driver.advanceTo(stepOf(ground, plan, 'isoReview', 'E3'));
    expect(world.file(plan)).toMatchObject({ state: 'isoReview', deadlines: { implementation: { metAt: null } } });
    expect([lapses(ground), world.file(ground.interim()).settled]).toEqual([[], null]);
  });

  it('cannot be approved once its own target date has passed', async () => {
    const { world, plan } = await approvedPlan();
    await world.does(plan, 'MATERIAL_CHANGE', people.iso, { reason: 'Another tool' });
    await world.does(plan, 'RESUBMIT', 'emre.yilmaz', await treatmentPlanBodies.RESUBMIT({ world, caseId: plan }));
    await world.does(plan, 'ENDORSE', people.iso, await treatmentPlanBodies.ENDORSE({ world, caseId: plan }));
    await world.driver.advanceTo('2027-02-01T09:00:00.000Z');
    const { contentHash } = world.file(plan).round!;
    expect(await world.send(plan, 'APPROVE', people.ncOwner, { contentHash })).toMatchObject([{ code: 'TARGET_DATE_PASSED', targetDate: '2027-01-11' }]);
    await world.does(plan, 'REJECT', people.ncOwner, { reason: 'Another date' });
    expect(world.file(plan).state).toBe('rework');
  });

  it('asks the owner again where top management refuses to tolerate it longer', async () => {
    const ground = await approvedPlan();
    const { world, plan, action, risk } = ground;
    await world.driver.advanceTo(stepOf(ground, action, 'acknowledgement', 'E2'));
    await world.does(risk, 'RATE', people.iso, { impact: { operational: 5 }, likelihood: 3, rationale: { impact: 'All', likelihood: 'Often' } });
    await world.does(plan, 'PROLONG_INTERIM', people.ncOwner, { risk, until: '2026-12-31', reason: 'It goes on' });
    const asked = ground.interim();
    expect(world.file(asked)).toMatchObject({ state: 'requested', document: { level: 'critical' } });
    expect(world.file(plan).document['lapsed']).toEqual([]);
    await world.does(asked, 'COMMENT_ON', people.iso, { comment: 'Too long' });
    await world.does(asked, 'REJECT', people.topManagement, { reason: 'No longer' });
    expect(world.file(plan).document['lapsed']).toMatchObject([{ risk, because: 'REFUSED' }]);
    expect((await world.driver.view(plan)).asked).toContainEqual({ task: 'decideLapsed', persons: [people.ncOwner] });
  });
});
