import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AssessmentDocument } from '../../contracts/assessment.ts';
import type { CaseId, PersonId } from '../../contracts/identity.ts';
import { assessmentBodies, assessmentOf, assessor, riskAbout, risksIn } from '../kernel/assessment-bodies.ts';
import { addRisk, assessmentMoves, makeReady, rate } from '../kernel/assessment-moves.ts';
import { riskCriteriaBody } from '../kernel/risk-bodies.ts';
import { createWorld, people } from '../kernel/world.ts';
import type { World } from '../kernel/world.ts';
import { propertyRuns } from '../support/property-runs.ts';

const docOf = (world: World, id: CaseId) => world.file(id).document as unknown as AssessmentDocument;

async function inOwnerReview(risks: number): Promise<{ world: World; ra: CaseId }> {
  const world = await createWorld();
  const ra = await world.open(people.iso, 'assessment', assessmentOf());
  const go = async (event: string) => assessmentMoves[event]!({ world, caseId: ra, passes: [] });
  for (const event of ['TRIAGE', 'START']) await go(event);
  for (let n = 0; n < risks; n += 1) await addRisk({ world, caseId: ra, passes: [] });
  for (const event of ['COMPLETE_IDENTIFICATION', 'COMPLETE_ANALYSIS', 'COMPLETE_EVALUATION']) await go(event);
  return { world, ra };
}

/** Every risk carries the signature of its present owner over what it says now, given by that owner. */
function unsigned(world: World, ra: CaseId): CaseId[] {
  const { confirmations, released } = docOf(world, ra);
  const out = released.map(({ risk }) => risk);
  return risksIn(world, ra).filter((risk) => {
    const { owner, proposalHash } = riskAbout(world, risk);
    const found = confirmations.findLast((each) => each.risk === risk && each.contentHash === proposalHash && each.owner === owner);
    return !out.includes(risk) && found?.by !== owner;
  });
}

const persons: PersonId[] = [people.ncOwner, people.iso, people.topManagement, assessor, 'stefan.krause'];
const whats = ['CONFIRM', 'CONFIRM', 'CONFIRM', 'CONFIRM', 'APPROVE', 'APPROVE', 'RESUBMIT', 'RATE', 'OWNER', 'ADD_RISK', 'DISPUTE'];
const step = fc.record({ what: fc.constantFrom(...whats), who: fc.nat({ max: 4 }), which: fc.nat({ max: 3 }), fit: fc.boolean() });

/** Whoever may, or anybody. */
function chosen(world: World, risk: CaseId, { what, who, fit }: { what: string; who: number; fit: boolean }): PersonId {
  if (!fit) return persons[who]!;
  return what === 'APPROVE' ? people.iso : riskAbout(world, risk).owner!;
}

interface Doing {
  world: World;
  ra: CaseId;
  risk: CaseId;
  person: PersonId;
  which: number;
}

const doings: Record<string, (doing: Doing) => Promise<unknown>> = {
  RATE: async ({ world, risk, which }) => {
    await rate(world, risk, { likelihood: 1 + (which % 3) });
    await makeReady(world, risk);
  },
  OWNER: ({ world, risk, which }) => world.send(risk, 'NAME_OWNER', people.iso, { owner: which % 2 ? people.ncOwner : 'stefan.krause' }),
  ADD_RISK: ({ world, ra }) => world.send(ra, 'ADD_RISK', assessor, assessmentBodies.ADD_RISK({ world, caseId: ra })),
  APPROVE: ({ world, ra, person }) => world.send(ra, 'APPROVE', person, { contentHash: world.file(ra).round?.contentHash ?? '0'.repeat(64) }),
  CONFIRM: ({ world, ra, risk, person }) =>
    world.send(ra, 'CONFIRM', person, { risks: [{ risk, contentHash: riskAbout(world, risk).proposalHash ?? '0'.repeat(64) }] }),
  DISPUTE: ({ world, ra, risk, person }) => world.send(ra, 'DISPUTE', person, { risk, reason: 'No' }),
  RESUBMIT: ({ world, ra, risk }) => world.send(ra, 'RESUBMIT', assessor, { risk, answer: 'As rated' }),
};

async function carryOut(world: World, ra: CaseId, step: { what: string; who: number; which: number; fit: boolean }): Promise<void> {
  const risks = risksIn(world, ra);
  const risk = risks[step.which % Math.max(risks.length, 1)];
  if (risk) await doings[step.what]!({ world, ra, risk, person: chosen(world, risk, step), which: step.which });
}

/** What is left to do, by those who have to. */
async function bringToItsEnd(world: World, ra: CaseId): Promise<void> {
  for (const risk of risksIn(world, ra)) {
    await makeReady(world, risk);
    for (const what of ['RESUBMIT', 'CONFIRM']) await doings[what]!({ world, ra, risk, person: riskAbout(world, risk).owner!, which: 0 });
  }
  for (const risk of risksIn(world, ra)) await doings['CONFIRM']!({ world, ra, risk, person: riskAbout(world, risk).owner!, which: 0 });
  await doings['APPROVE']!({ world, ra, risk: ra, person: people.iso, which: 0 });
}

function expectEveryOwnerBehindIt(world: World, ra: CaseId): void {
  if (world.file(ra).state === 'resultApproval') expect(unsigned(world, ra)).toEqual([]);
  for (const { owner, by } of docOf(world, ra).confirmations) expect(by).toBe(owner);
  for (const row of docOf(world, ra).result?.risks ?? []) expect(row.confirmedBy).toBe(row.owner);
}

describe('an assessment', () => {
  it('comes to the approval of its result, and to its end, only with every owner behind every risk as it is (rules §16.4 no. 17)', async () => {
    const ends: string[] = [];
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
        const { world, ra } = await inOwnerReview(2);
        for (const each of steps) {
          if (world.file(ra).settled === null) await carryOut(world, ra, each);
          expectEveryOwnerBehindIt(world, ra);
        }
        if (world.file(ra).settled === null) await bringToItsEnd(world, ra);
        expectEveryOwnerBehindIt(world, ra);
        ends.push(world.file(ra).state);
      }),
      propertyRuns(12),
    );
    expect(ends, 'some runs get as far as that').toContain('completed');
  });

  it('is one, whatever triggers it again while it covers what they are about', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom('it', 'development', 'sales'), { minLength: 1, maxLength: 8 }), async (units) => {
        const world = await createWorld();
        for (const unit of units) await world.open(people.iso, 'assessment', assessmentOf({ scope: { units: [unit] }, unit }));
        const open = world.cases().filter((id) => world.file(id).process === 'assessment');
        const scopes = open.flatMap((id) => docOf(world, id).scope.units);
        expect(new Set(scopes).size).toBe(scopes.length);
        expect(open.flatMap((id) => docOf(world, id).triggers)).toHaveLength(units.length);
      }),
      propertyRuns(10),
    );
  });

  it('whose criteria change under way is not approved until the ISO says whether it goes on, and stays pinned to those it began with', async () => {
    const { world, ra } = await inOwnerReview(1);
    await assessmentMoves['CONFIRM']!({ world, caseId: ra, passes: [] });
    expect(world.file(ra).state).toBe('resultApproval');
    const criteria = await world.open(people.iso, 'riskCriteria', riskCriteriaBody);
    await world.does(criteria, 'SUBMIT', people.iso);
    await world.does(criteria, 'APPROVE', people.topManagement, { contentHash: world.file(criteria).round!.contentHash });
    const { ref } = world.file(criteria);
    expect(docOf(world, ra)).toMatchObject({ criteria: 'default', basis: [{ kind: 'CRITERIA', ref, decision: null }] });
    const approve = () => world.send(ra, 'APPROVE', people.iso, { contentHash: world.file(ra).round!.contentHash });
    expect(await approve()).toEqual([{ code: 'BASIS_UNDECIDED', changes: [ref] }]);
    await world.does(ra, 'CONTINUE_PINNED', people.iso, { reason: 'Nothing in it would change' });
    expect(await approve()).toEqual([]);
    expect(docOf(world, ra).result).toMatchObject({ criteria: 'default' });
  });

  it('compares its result with the one before: what has risen, what is new, what is gone', async () => {
    const { world, ra } = await inOwnerReview(2);
    const [first, second] = risksIn(world, ra) as [CaseId, CaseId];
    const finish = async (id: CaseId) => {
      for (const event of ['CONFIRM', 'APPROVED']) await assessmentMoves[event]!({ world, caseId: id, passes: [] });
    };
    await finish(ra);
    expect(docOf(world, ra).result!.comparison).toBeNull();
    const next = await world.open(people.iso, 'assessment', assessmentOf());
    const go = async (event: string) => assessmentMoves[event]!({ world, caseId: next, passes: [] });
    for (const event of ['TRIAGE', 'START']) await go(event);
    await world.does(next, 'CARRY_OVER', assessor, { risks: [first] });
    await world.does(next, 'EXCLUDE_RISK', people.iso, { risk: second, reason: 'Looked at elsewhere' });
    await addRisk({ world, caseId: next, passes: [] });
    for (const risk of risksIn(world, next)) await rate(world, risk, { impact: 5, likelihood: 2 });
    for (const event of ['COMPLETE_IDENTIFICATION', 'COMPLETE_ANALYSIS', 'COMPLETE_EVALUATION']) await go(event);
    const added = risksIn(world, next).filter((id) => id !== first);
    await finish(next);
    expect(docOf(world, next).result!.comparison).toMatchObject({ previous: { id: ra }, sameCriteria: true, raised: [first], lowered: [], added, gone: [second] });
  });
});
