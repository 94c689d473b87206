import { describe, expect, it } from 'vitest';
import type { CaseId, PersonId } from '../../contracts/identity.ts';
import { maySee, readerKeys, viewersOf } from '../../domain/access/visibility.ts';
import { bodyOf, breakGlass, report, today } from '../kernel/bodies.ts';
import { createWorld, people } from '../kernel/world.ts';
import type { World } from '../kernel/world.ts';

/** In the example company leon.fischer and emre.yilmaz are ADMIN; the action is nobody's, in sales, and none of their business. */
const admin = 'leon.fischer';
const sales = { title: 'Renew the contract', unit: 'sales' };

interface Stage {
  world: World;
  id: CaseId;
  action: CaseId;
}

async function asked(extra: object = {}): Promise<Stage> {
  const world = await createWorld();
  const action = await world.open('joerg.wagner', 'action', { ...sales, due: today(world, 30) });
  const id = await world.open(admin, 'breakGlass', { ...breakGlass, ...extra });
  return { world, id, action };
}

async function active(extra: object = {}): Promise<Stage> {
  const stage = await asked(extra);
  await approve(stage, people.topManagement);
  return stage;
}

const approve = async ({ world, id }: Stage, person: PersonId) => world.does(id, 'APPROVE', person, await bodyOf(world, id, 'APPROVE'));
const assign = ({ world, action }: Stage, as: PersonId, owner = 'julia.neumann') => world.send(action, 'ASSIGN', as, { owner });
const codes = (reasons: readonly { code: string }[]) => reasons.map(({ code }) => code);
const later = ({ world }: Stage, hours: number) => world.driver.advanceTo(new Date(Date.parse(world.driver.now()) + hours * 3_600_000).toISOString());
const lastOf = ({ world, action }: Stage) => world.driver.journalInMemory().stored(action).journal.at(-1)!;

describe('a break-glass (SOD-13)', () => {
  it('gives nothing before TOP_MGMT has approved it', async () => {
    expect(codes(await assign(await asked(), admin))).toEqual(['NOT_ENTITLED']);
  });

  it('is not approved by who asks for it, be it that he is TOP_MGMT, but by a witness (SOD-06, rules §18)', async () => {
    const world = await createWorld();
    await world.change({ give: [{ role: 'ADMIN', person: people.topManagement }] });
    const id = await world.open(people.topManagement, 'breakGlass', breakGlass);
    const refused = await world.send(id, 'APPROVE', people.topManagement, await bodyOf(world, id, 'APPROVE'));
    expect(refused).toMatchObject([{ code: 'SOD_BLOCKED', rule: 'SOD-06' }]);
    await world.does(id, 'APPROVE', people.witness, await bodyOf(world, id, 'APPROVE'));
    expect(world.file(id).state).toBe('active');
  });

  it('has nobody to approve it where TOP_MGMT is alone and asks himself, and says so every week', async () => {
    const world = await createWorld();
    await world.change({ give: [{ role: 'ADMIN', person: people.topManagement }], take: [{ role: 'WITNESS', person: people.witness }] });
    const id = await world.open(people.topManagement, 'breakGlass', breakGlass);
    await world.driver.advanceTo('2026-11-17T08:00:00.000Z');
    const types = world.driver.journalInMemory().stored(id).journal.map(({ type }) => type);
    expect(types.filter((type) => type === 'NO_ELIGIBLE_APPROVER').length).toBeGreaterThanOrEqual(2);
    expect(world.file(id)).toMatchObject({ state: 'requested', flags: expect.arrayContaining(['managementReviewItem']) as string[] });
  });

  it('gives the powers named to that person alone, and the entry says under which one', async () => {
    const stage = await active();
    const { ref } = stage.world.file(stage.id);
    expect(codes(await assign(stage, 'emre.yilmaz'))).toEqual(['NOT_ENTITLED']);
    expect(codes(await stage.world.send(stage.action, 'HOLD', admin, { reason: 'Not named', reviewOn: today(stage.world, 5) }))).toEqual(['NOT_ENTITLED']);
    expect(await assign(stage, admin)).toEqual([]);
    const { actor, happenings } = lastOf(stage);
    expect(actor).toEqual({ person: admin, role: 'breakGlass' });
    expect(happenings).toContainEqual({ kind: 'brokeGlass', case: stage.id, ref });
  });

  it('gives them on the one case that is named and on no other, whose history shows it', async () => {
    const stage = await asked();
    await stage.world.does(stage.id, 'WITHDRAW', admin, { reason: 'One case is enough' });
    const id = await stage.world.open(admin, 'breakGlass', { ...breakGlass, commands: ['action:ASSIGN'], case: stage.action });
    await approve({ ...stage, id }, people.topManagement);
    const other = await stage.world.open('joerg.wagner', 'action', { ...sales, due: today(stage.world, 30) });
    expect(codes(await assign({ ...stage, action: other }, admin))).toEqual(['NOT_ENTITLED']);
    expect(stage.world.file(stage.action).links).toMatchObject([{ type: 'breakGlass', to: id }]);
    expect(await assign(stage, admin)).toEqual([]);
  });

  it('is not used where the own authority is enough', async () => {
    const stage = await active();
    const own = await stage.world.open(admin, 'action', { ...sales, due: today(stage.world, 30) });
    await stage.world.does(own, 'ASSIGN', admin, { owner: 'julia.neumann' });
    expect(lastOf({ ...stage, action: own }).actor.role).toBe('parentOwner');
    expect(stage.world.file(stage.id).document['uses']).toEqual([]);
  });

  it('ends with its last hour to the millisecond, whatever the engine has noticed', async () => {
    const stage = await active({ hours: 8 });
    const { ends } = stage.world.file(stage.id).window!;
    const directory = stage.world.driver.directory();
    const before = new Date(Date.parse(ends) - 1).toISOString();
    expect([directory.emergencyPowersOf(admin, before), directory.emergencyPowersOf(admin, ends)].map(({ length }) => length)).toEqual([1, 0]);
    await later(stage, 8);
    expect(codes(await assign(stage, admin))).toEqual(['NOT_ENTITLED']);
    expect(stage.world.file(stage.id).state).toBe('review');
  });

  it.each([admin, people.topManagement, people.iso])('ends at once by the hand of %s', async (person) => {
    const stage = await active();
    await stage.world.does(stage.id, 'END', person, { reason: 'It is done' });
    expect(codes(await assign(stage, admin))).toEqual(['NOT_ENTITLED']);
  });

  it('ends at once where who has it leaves, and is reviewed all the same', async () => {
    const stage = await active();
    await stage.world.open(people.iso, 'departure', { kind: 'LEAVES', person: admin, lastDay: today(stage.world, -1) });
    expect(stage.world.file(stage.id).state).toBe('review');
    expect(codes(await assign(stage, admin))).toEqual(['PERSON_NOT_ACTIVE']);
  });

  it('is in the next management review from its approval on', async () => {
    const { world, id } = await active();
    expect(world.file(id).flags).toContain('managementReviewItem');
  });

  it('gives nobody anything that would outlast its hours: he names himself in nothing', async () => {
    const stage = await active();
    expect(await assign(stage, admin, admin)).toMatchObject([{ code: 'SOD_BLOCKED', rule: 'SOD-13', because: 'namesHimself' }]);
  });

  it('is passed on to nobody: neither a delegate nor a substitute has it', async () => {
    const stage = await active();
    const days = { from: today(stage.world), until: today(stage.world, 5) };
    const delegation = await stage.world.open(admin, 'delegation', { delegate: 'lea.hoffmann', scope: 'EVERYTHING', reason: 'Away', ...days });
    await stage.world.does(delegation, 'ACCEPT', 'lea.hoffmann');
    await stage.world.open(admin, 'absence', { person: admin, substitute: 'felix.bauer', ...days });
    expect(codes(await assign(stage, 'lea.hoffmann'))).toEqual(['NOT_ENTITLED']);
    expect(codes(await assign(stage, 'felix.bauer'))).toEqual(['NOT_ENTITLED']);
  });

  it('makes possible nothing that segregation forbids to that person: who owns a nonconformity does not triage it', async () => {
    const world = await createWorld();
    await world.change({ give: [{ role: 'ADMIN', person: people.ncOwner }] });
    const nc = await world.open(people.reporter, 'nonconformity', { ...report(world), concerns: people.ncOwner });
    const id = await world.open(people.ncOwner, 'breakGlass', { processes: ['nonconformity'], hours: 4, reason: 'Nobody is there' });
    await world.does(id, 'APPROVE', people.topManagement, await bodyOf(world, id, 'APPROVE'));
    const reasons = await world.send(nc, 'ACCEPT', people.ncOwner, { grade: 'minor', owner: 'stefan.krause', unit: 'it', requirement: 'A.8.13' });
    expect(reasons).toMatchObject([{ code: 'SOD_BLOCKED', rule: 'P4-TRIAGE' }]);
  });

  it('carries the involvement: who implemented an action with it verifies nothing of it afterwards', async () => {
    const stage = await active({ processes: ['action'] });
    await assign(stage, admin);
    for (const name of ['ACKNOWLEDGE', 'START']) await stage.world.does(stage.action, name, 'julia.neumann', await bodyOf(stage.world, stage.action, name));
    await stage.world.does(stage.action, 'SUBMIT', admin, await bodyOf(stage.world, stage.action, 'SUBMIT'));
    const [involvement] = (await stage.world.driver.journalInMemory().facts([{ fact: 'involvements', objects: [stage.action] }])).involvements;
    expect(involvement).toMatchObject({ person: admin, relation: 'implementedAction' });
  });
});

describe('the request for a break-glass', () => {
  const refused = async (as: PersonId, body: object) => {
    const world = await createWorld();
    const answer = await world.driver.openCase({ as, process: 'breakGlass', body: { ...breakGlass, ...body } });
    return 'reasons' in answer ? codes(answer.reasons) : [];
  };

  it.each(['julia.neumann', people.topManagement, people.auditor])('is not for %s', async (person) => {
    expect(await refused(person, {})).toEqual(['NOT_ENTITLED']);
  });

  it('is for ADMIN and the ISO', async () => {
    expect([await refused(admin, {}), await refused(people.iso, {})]).toEqual([[], []]);
  });

  it('is for a day at most, and for no powers that are not lent', async () => {
    expect(await refused(admin, { hours: 25 })).toEqual(['PERIOD_TOO_LONG']);
    for (const power of ['nonconformity:APPROVE', 'nonconformity:EFFECTIVE', 'nonconformity:REGRADE', 'action:VERIFY', 'configurationChange:SUBMIT'])
      expect(await refused(admin, { commands: [power] })).toEqual(['INVALID_PAYLOAD']);
  });

  it('is one at a time', async () => {
    const { world } = await active();
    const answer = await world.driver.openCase({ as: admin, process: 'breakGlass', body: breakGlass });
    expect('reasons' in answer && codes(answer.reasons)).toEqual(['PERIOD_OVERLAPS']);
  });

  it('names no case of another process', async () => {
    const { world, action, id } = await asked();
    await world.does(id, 'WITHDRAW', admin, { reason: 'Anew' });
    const answer = await world.driver.openCase({ as: admin, process: 'breakGlass', body: { ...breakGlass, commands: ['nonconformity:REASSIGN'], case: action } });
    expect('reasons' in answer && codes(answer.reasons)).toEqual(['OUT_OF_SCOPE']);
  });
});

describe('the review of a break-glass', () => {
  async function used(): Promise<Stage> {
    const stage = await active();
    await assign(stage, admin);
    await stage.world.does(stage.id, 'END', admin, { reason: 'Done' });
    return stage;
  }

  it('lists every decision made with it', async () => {
    const { world, id, action } = await used();
    const { ref, version } = world.file(action);
    expect(world.file(id).document['uses']).toEqual([{ case: action, ref, version, command: 'ASSIGN', at: world.driver.now() }]);
  });

  it('is asked of the ISO and TOP_MGMT, and of nobody who had it', async () => {
    const { world, id } = await used();
    expect((await world.driver.view(id)).asked).toEqual([{ task: 'reviewBreakGlass', persons: [people.iso, people.topManagement] }]);
    const own = await world.open(people.iso, 'breakGlass', breakGlass);
    await world.does(own, 'APPROVE', people.topManagement, await bodyOf(world, own, 'APPROVE'));
    await world.does(own, 'END', people.iso, { reason: 'Not needed' });
    expect((await world.driver.view(own)).asked).toEqual([{ task: 'reviewBreakGlass', persons: [people.topManagement] }]);
    expect(await world.send(own, 'CONFIRM_REVIEW', people.iso, { decisions: 0, assessment: 'Fine' })).toMatchObject([{ code: 'SOD_BLOCKED', rule: 'SOD-13' }]);
  });

  it('is over all of them, else it is refused', async () => {
    const { world, id } = await used();
    expect(await world.send(id, 'CONFIRM_REVIEW', people.iso, { decisions: 0, assessment: 'Nothing there' })).toEqual([{ code: 'DECISIONS_UNSEEN', seen: 0, made: 1 }]);
    await world.does(id, 'CONFIRM_REVIEW', people.iso, { decisions: 1, assessment: 'Needed' });
    expect(world.file(id).settled).toBe('reviewed');
  });
});

describe('sight by a break-glass', () => {
  const sees = (stage: Stage, person: PersonId, caseId: CaseId) => {
    const { file } = stage.world.driver.journalInMemory().stored(caseId);
    const reader = readerKeys(stage.world.driver.directory(), person, stage.world.driver.now());
    return maySee({ process: file.process, viewers: viewersOf(file, { tasks: [], involved: [], items: [] }) }, reader);
  };

  it('is that of the cases in which he may act, for as long', async () => {
    const stage = await active();
    expect([sees(stage, admin, stage.action), sees(stage, 'emre.yilmaz', stage.action)]).toEqual([true, false]);
    const departure = await stage.world.open(people.iso, 'departure', { kind: 'LEAVES', person: 'julia.neumann', lastDay: today(stage.world, 60) });
    expect(sees(stage, admin, departure)).toBe(false);
    await later(stage, 8);
    expect(sees(stage, admin, stage.action)).toBe(false);
  });

  it('is that of the one case that is named', async () => {
    const before = await asked();
    await before.world.does(before.id, 'WITHDRAW', admin, { reason: 'One case is enough' });
    const id = await before.world.open(admin, 'breakGlass', { ...breakGlass, commands: ['action:ASSIGN'], case: before.action });
    const stage = { ...before, id };
    await approve(stage, people.topManagement);
    const other = await stage.world.open('joerg.wagner', 'action', { ...sales, due: today(stage.world, 30) });
    expect([sees(stage, admin, stage.action), sees(stage, admin, other)]).toEqual([true, false]);
  });
});
