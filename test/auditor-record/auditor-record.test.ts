import { beforeEach, describe, expect, it } from 'vitest';
import type { AuditorRecordDocument } from '../../contracts/auditor-record.ts';
import type { CaseId } from '../../contracts/identity.ts';
import { processes } from '../../domain/processes.ts';
import { system } from '../support/findings.ts';
import { createWorld, people } from '../kernel/world.ts';
import type { World } from '../kernel/world.ts';

const APM = people.iso;
const reason = 'Because it is so';

let world: World;
let record: CaseId;
beforeEach(async () => {
  world = await createWorld();
  record = await world.open(APM, 'auditorRecord', { person: people.auditor });
});

const doc = () => world.file(record).document as unknown as AuditorRecordDocument;
const about = () => processes.auditorRecord.policy.about(world.file(record) as never);
const codes = async (name: string, as: string, body: object) => (await world.send(record, name, as, body)).map((each) => ('rule' in each ? each.rule : each.code));
let proofs = 0;
const competence = async (as: string, validUntil?: string) => ({ as, what: 'Course', evidence: [await world.evidence(`proof ${(proofs += 1)}`)], since: '2025-03-01', ...(validUntil && { validUntil }) });
const add = async (as: string, validUntil?: string) => world.does(record, 'ADD_COMPETENCE', APM, await competence(as, validUntil));
const due = () => world.file(record).deadlines['competence'];

describe('competence', () => {
  it('of each kind holds until the end of what lasts longest, and nothing holds of what was ended', async () => {
    expect(about()).toEqual({ person: people.auditor, LEAD_AUDITOR: null, AUDITOR: null, TECH_EXPERT: null });
    await add('AUDITOR', '2027-01-31');
    await add('AUDITOR', '2027-12-31');
    await add('TECH_EXPERT');
    expect(about()).toMatchObject({ LEAD_AUDITOR: null, AUDITOR: '2027-12-31', TECH_EXPERT: 'noEnd' });
    await world.does(record, 'END_COMPETENCE', APM, { competence: 'c2', reason });
    expect(about()).toMatchObject({ AUDITOR: '2027-01-31' });
    await world.does(record, 'END_COMPETENCE', APM, { competence: 'c1', reason });
    expect(about()).toMatchObject({ AUDITOR: null });
    expect(doc().competences.map(({ key, ended }) => [key, ended?.by ?? null])).toEqual([['c1', APM], ['c2', APM], ['c3', null]]);
  });

  it('is proved by the programme manager or top management, with evidence, and by nobody about himself', async () => {
    for (const as of [people.deputy, people.auditor, people.uninvolved]) expect(await codes('ADD_COMPETENCE', as, await competence('AUDITOR'))).toEqual(['NOT_ENTITLED']);
    expect(await codes('ADD_COMPETENCE', APM, { ...(await competence('AUDITOR')), evidence: [] })).toEqual(['INVALID_PAYLOAD']);
    expect(await codes('ADD_COMPETENCE', APM, { ...(await competence('AUDITOR')), since: '2027-01-01' })).toEqual(['DATE_IN_FUTURE']);
    record = await world.open(APM, 'auditorRecord', { person: APM });
    expect(await codes('ADD_COMPETENCE', APM, await competence('LEAD_AUDITOR'))).toEqual(['SOD-06']);
    await world.does(record, 'ADD_COMPETENCE', people.topManagement, await competence('LEAD_AUDITOR'));
    expect(await codes('END_COMPETENCE', APM, { competence: 'c1', reason })).toEqual(['SOD-06']);
    await world.does(record, 'RETIRE', APM, { reason });
    expect(await codes('RESTORE', APM, { reason })).toEqual(['SOD-06']);
  });

  it('is not proved by whom the auditor stands in for either', async () => {
    const delegation = await world.open(APM, 'delegation', { delegate: people.auditor, scope: 'EVERYTHING', from: '2026-11-02', until: '2026-12-01', reason });
    await world.does(delegation, 'ACCEPT', people.auditor, {});
    expect(await codes('ADD_COMPETENCE', people.auditor, await competence('AUDITOR'))).toEqual(['SOD-06']);
  });

  it('is asked for anew before the first kind ends, then before the next', async () => {
    expect(due()).toBeUndefined();
    await add('TECH_EXPERT', '2027-06-30');
    await add('AUDITOR', '2027-03-31');
    expect(due()!.due).toBe('2027-03-31T15:00:00.000Z');
    await add('AUDITOR');
    expect(due()!.due).toBe('2027-06-30T15:00:00.000Z');
    await world.driver.advanceTo('2027-08-01T09:00:00.000Z');
    expect((await world.driver.view(record)).asked).toMatchObject([{ task: 'renewCompetence', persons: [APM] }]);
    await world.does(record, 'END_COMPETENCE', APM, { competence: 'c1', reason });
    expect((await world.driver.view(record)).asked).toEqual([]);
  });
});

describe('what an audit tells', () => {
  const told = { audit: '00000000-0000-4000-8000-000000000001', auditRef: 'AUD-1', role: 'AUDITOR', items: ['control:A.8.13'], on: '2026-11-02' };

  it('is kept once for each audit, also of somebody who has stopped since', async () => {
    expect(await system(world, record, 'DECLARED', told)).toEqual([]);
    await system(world, record, 'DECLARED', { ...told, role: 'LEAD_AUDITOR' });
    await world.does(record, 'RETIRE', APM, { reason });
    expect(await system(world, record, 'AUDITED', told)).toEqual([]);
    expect(doc()).toMatchObject({ declared: [{ auditRef: 'AUD-1', role: 'LEAD_AUDITOR' }], audited: [{ role: 'AUDITOR', items: ['control:A.8.13'] }] });
    expect(doc().declared).toHaveLength(1);
  });

  it('is told by nobody else', async () => {
    for (const as of [APM, people.topManagement, people.auditor]) expect(await codes('AUDITED', as, told)).toEqual(['NOT_ENTITLED']);
  });
});

it('there is one record for each person, and it is given up when the person leaves', async () => {
  expect(await world.driver.openCase({ as: APM, process: 'auditorRecord', body: { person: people.auditor } })).toMatchObject({ reasons: [{ code: 'CLAIMED' }] });
  await world.open(APM, 'departure', { kind: 'LEAVES', person: people.auditor, lastDay: '2026-11-01' });
  expect(world.file(record)).toMatchObject({ state: 'retired', settled: 'retired', vacancies: [] });
  expect(about()['person']).toBe(people.auditor);
});
