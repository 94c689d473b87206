import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AcceptanceDocument } from '../../contracts/acceptance.ts';
import type { CaseFile } from '../../contracts/case-file.ts';
import type { CaseId, PersonId } from '../../contracts/identity.ts';
import { fold } from '../../domain/kernel/patch.ts';
import type { JournalEntry, StoredCase } from '../../simulation/memory-store.ts';
import { planContent, riskToTreat, treatmentDay, treatmentPlanBodies } from '../kernel/treatment-bodies.ts';
import { createWorld, people } from '../kernel/world.ts';
import type { World } from '../kernel/world.ts';
import { propertyRuns } from '../support/property-runs.ts';

/** A plan over two risks of two owners meets random people, delegations, changes of owners and edits; whatever happens, only who may accepts. */

const cast = [people.iso, people.deputy, people.topManagement, people.ncOwner, 'stefan.krause', 'emre.yilmaz', 'nina.schuster', people.actionOwner];
const n = fc.nat({ max: 999 });
const steps = fc.array(fc.record({ what: n, who: n, other: n }), { minLength: 12, maxLength: 30 });
const pick = <T>(items: readonly T[], at: number): T => items[at % items.length]!;

interface Ground {
  world: World;
  plan: CaseId;
  risks: CaseId[];
}

type Step = (ground: Ground, who: PersonId, other: number) => Promise<unknown>;

const send =
  (name: string): Step =>
  async ({ world, plan }, who) =>
    world.send(plan, name, who, await treatmentPlanBodies[name as 'SUBMIT']({ world, caseId: plan }));

const decide: Step = async ({ world }, who, other) => {
  const asked = world.cases().filter((id) => world.file(id).round !== null);
  const id = asked.length > 0 ? pick(asked, other) : null;
  if (id) await world.send(id, other % 7 === 0 ? 'REJECT' : 'APPROVE', who, other % 7 === 0 ? { reason: 'No' } : { contentHash: world.file(id).round!.contentHash });
};

const delegate: Step = async ({ world }, who, other) => {
  const body = { delegate: pick(cast, other), from: treatmentDay(world, 0), until: treatmentDay(world, 30), scope: 'EVERYTHING', reason: 'Away', acceptanceAuthority: other % 2 === 0 };
  const opened = await world.driver.openCase({ as: who, process: 'delegation', body });
  if ('caseId' in opened) await world.send(opened.caseId, 'ACCEPT', pick(cast, other));
};

const script: Step[] = [
  send('SUBMIT'),
  send('RESUBMIT'),
  send('ENDORSE'),
  send('MATERIAL_CHANGE'),
  decide,
  decide,
  decide,
  delegate,
  ({ world, risks }, who, other) => world.send(pick(risks, other), 'NAME_OWNER', who, { owner: pick(['thomas.reiter', 'stefan.krause', 'joerg.wagner'], other) }),
  ({ world, risks }, who) => world.driver.openCase({ as: who, process: 'treatmentPlan', body: { risks, unit: 'it' } }),
  ({ world, plan }, who) => world.send(plan, 'WITHDRAW', who, { reason: 'No', evidence: [] }),
];

/** The usual way on between the random steps, so that walks come far. */
async function forward({ world, plan, risks }: Ground): Promise<void> {
  const { state } = world.file(plan);
  if (state === 'draft' || state === 'rework') await world.send(plan, state === 'draft' ? 'SUBMIT' : 'RESUBMIT', 'emre.yilmaz', planContent(world, risks));
  if (state === 'isoReview') await send('ENDORSE')({ world, plan, risks }, people.iso, 0);
}

async function walk(walked: readonly { what: number; who: number; other: number }[], impact: number): Promise<Ground> {
  const world = await createWorld();
  const risks = [await riskToTreat(world, { impact }), await riskToTreat(world, { owner: 'stefan.krause', title: 'Code is lost' })];
  const ground = { world, risks, plan: await world.open(people.iso, 'treatmentPlan', { risks, unit: 'it', author: 'emre.yilmaz' }) };
  for (const { what, who, other } of walked) {
    if (what % 3 === 0) await forward(ground);
    await pick(script, what)(ground, pick(cast, who), other);
  }
  return ground;
}

const stored = (world: World): StoredCase[] => [...world.driver.journalInMemory().store.cases.values()];

/** Owners of the risk at that moment, as its own journal tells: whoever held it when the moment began, and since. */
function ownersAt(world: World, risk: CaseId, at: string): (PersonId | undefined)[] {
  const { journal } = world.driver.journalInMemory().stored(risk);
  const before = ownersIn(journal.filter((entry) => entry.at < at));
  return [before.at(-1), ...ownersIn(journal.filter((entry) => entry.at <= at)).slice(before.length)];
}

/** The case after each of its entries. */
const filesOf = (entries: readonly JournalEntry[]) => entries.map((_, count) => fold(entries.slice(0, count + 1).map(({ patch }) => patch)) as CaseFile);
const ownersIn = (entries: readonly JournalEntry[]) => filesOf(entries).flatMap(({ parties }) => parties['owner'] ?? []);

function mayLend(world: World, person: PersonId, principal: PersonId, at: string): boolean {
  return world.driver.directory().mandatesOf(person, at).some((mandate) => mandate.principal === principal && mandate.acceptance);
}

function expectOnlyWhoMay(world: World): void {
  for (const { file } of stored(world).filter((each) => each.file.process === 'acceptance')) {
    const doc = file.document as unknown as AcceptanceDocument;
    const owners = doc.signedBy.filter(({ role }) => role === 'RISK_OWNER');
    for (const { person, onBehalfOf, at } of owners) {
      expect(ownersIn(world.driver.journalInMemory().stored(doc.risk).journal), 'an owner of the risk has signed').toContain(onBehalfOf ?? person);
      if (onBehalfOf) expect(mayLend(world, person, onBehalfOf, at), `${person} for ${onBehalfOf}`).toBe(true);
    }
    for (const { person, role } of doc.signedBy) if (role === 'TOP_MGMT') expect([people.topManagement, people.witness]).toContain(person);
    if (['active', 'expiring'].includes(file.state)) {
      const then = ownersAt(world, doc.risk, file.openedAt);
      expect(owners.map(({ person, onBehalfOf }) => onBehalfOf ?? person).some((each) => then.includes(each)), 'signed by who owned it then').toBe(true);
    }
  }
}

/** Every yes of the round that has approved was given to exactly the content that came into force. */
function expectNoStaleApproval({ world, plan }: Ground): void {
  const { journal } = world.driver.journalInMemory().stored(plan);
  const files = filesOf(journal);
  for (const [at, { to, from }] of journal.entries()) {
    if (to !== 'approved' || from === 'approved') continue;
    const round = files[at - 1]!.round!;
    for (const { decision } of files[at]!.closedRound!.seats) if (decision?.verdict === 'APPROVE') expect(decision.contentHash).toBe(round.contentHash);
  }
}

describe('whatever people do with a treatment plan', () => {
  it('only the owner of a risk accepts it, or a delegate with acceptance authority, and TOP_MGMT beside him; no approval outlives a change; no risk is in two open plans', async () => {
    const property = fc.asyncProperty(steps, fc.constantFrom(3, 5), async (walked, impact) => {
      const ground = await walk(walked, impact);
      expectOnlyWhoMay(ground.world);
      expectNoStaleApproval(ground);
      const open = stored(ground.world).filter(({ file }) => file.process === 'treatmentPlan' && file.settled === null);
      const treated = open.flatMap(({ file }) => (file.document as unknown as { risks: CaseId[] }).risks);
      expect(new Set(treated).size).toBe(treated.length);
    });
    await fc.assert(property, propertyRuns(20));
  });
});
