import { beforeEach, describe, expect, it } from 'vitest';
import type { FindingDocument } from '../../contracts/finding.ts';
import type { CaseId } from '../../contracts/identity.ts';
import type { NonconformityDocument } from '../../contracts/nonconformity.ts';
import { createWorld } from '../kernel/world.ts';
import type { World } from '../kernel/world.ts';
import { anAudit, audits, draftFinding, findingPeople as people, issueFinding, nonconformitiesOf, system } from '../support/findings.ts';

const ISO = 'anna.berger';
const TOP = 'katharina.vogt';
const reason = 'Because it is so';

let world: World;
beforeEach(async () => void (world = await createWorld()));

const finding = (id: CaseId) => world.file(id).document as unknown as FindingDocument;
const nc = (id: CaseId) => world.file(id).document as unknown as NonconformityDocument;
const codes = async (id: CaseId, name: string, as: string, body: object) => (await world.send(id, name, as, body)).map((each) => ('rule' in each ? each.rule : each.code));
const asked = async (id: CaseId, task: string) => (await world.driver.view(id)).asked.find((each) => each.task === task)?.persons ?? [];
const toldOf = async (subject: string) => (await world.driver.notices()).filter(({ data }) => data['subject'] === subject).map(({ to }) => to).sort();
let proofs = 0;
const proof = async () => [await world.evidence(`proof ${(proofs += 1)}`)];

/** The finding is disputed by its recipient, and the lead has answered. */
async function answered(id: CaseId, grade = 'MAJOR_NC') {
  await audits(world, id, 'PRESENT');
  await world.does(id, 'DISPUTE', people.recipient, { reason: 'We do test' });
  await world.does(id, 'ANSWER_DISPUTE', people.lead, { answer: 'No record says so', grade });
}

/** The nonconformity is accepted as it was graded. */
const accept = (id: CaseId, owner = 'thomas.reiter', unit = 'it') => world.does(id, 'ACCEPT', ISO, { grade: nc(id).grade, owner, unit, requirement: nc(id).requirement! });

async function closeByCorrection(id: CaseId) {
  await accept(id);
  await world.does(id, 'RECORD_CORRECTION', 'thomas.reiter', { correction: 'Done', consequences: 'None', effect: 'LOW' });
  const causes = [{ key: 'c1', statement: 'Nobody owns it', category: 'RESOURCES', chain: ['Nobody was named'] }];
  await world.does(id, 'SUBMIT_CAUSE', 'thomas.reiter', { method: 'FIVE_WHYS', causes, extent: { checked: 'All', found: 'None' } });
  await world.does(id, 'NO_CA_NEEDED', ISO, { reason });
  await world.does(id, 'CONFIRM_IMPLEMENTATION', ISO, { sampled: 'Records' });
}

describe('a finding that is issued as a nonconformity', () => {
  it('opens one in each of its units at once, with grade, requirement and finder, and none before', async () => {
    const id = await draftFinding(world, { units: ['it', 'hr'] });
    await audits(world, id, 'PRESENT');
    await world.does(id, 'GRADE', people.lead, { grade: 'MAJOR_NC', reason });
    await audits(world, id, 'CONFIRM');
    expect(nonconformitiesOf(world, id)).toEqual([]);
    await audits(world, id, 'ISSUE');
    const opened = nonconformitiesOf(world, id);
    expect(opened.map((each) => world.file(each))).toMatchObject([
      { process: 'nonconformity', state: 'reported', unit: 'it', parties: { finder: people.lead } },
      { process: 'nonconformity', state: 'reported', unit: 'hr', parties: { finder: people.lead } },
    ]);
    for (const each of opened) expect(nc(each)).toMatchObject({ source: 'INTERNAL_AUDIT', grade: 'major', requirement: 'A.8.13', finding: { id, ref: world.file(id).ref } });
    expect(await audits(world, id, 'ISSUE')).not.toEqual([]);
    expect(nonconformitiesOf(world, id)).toEqual(opened);
  });

  it('ends when every one of them has ended', async () => {
    const id = await issueFinding(world, 'MINOR_NC', { units: ['it', 'hr'] });
    const [one, other] = nonconformitiesOf(world, id) as [CaseId, CaseId];
    await closeByCorrection(one);
    expect(world.file(id).state).toBe('ncRaised');
    await world.does(other, 'WITHDRAW', people.lead, { reason });
    expect(world.file(id)).toMatchObject({ state: 'closed', settled: 'done' });
  });

  it('names each unit once, however often the auditor does', async () => {
    expect(nonconformitiesOf(world, await issueFinding(world, 'MINOR_NC', { units: ['it', 'it'] }))).toHaveLength(1);
  });

  it('is opened though its lead auditor has lost the role since: nothing delays it', async () => {
    const id = await draftFinding(world);
    await audits(world, id, 'PRESENT');
    await world.does(id, 'GRADE', people.lead, { grade: 'MINOR_NC', reason });
    await audits(world, id, 'CONFIRM');
    await world.change({ take: [{ role: 'AUDITOR', person: people.lead }, { role: 'LEAD_AUDITOR', person: people.lead }] });
    await audits(world, id, 'ISSUE');
    expect(nonconformitiesOf(world, id).map((each) => world.file(each).state)).toEqual(['reported']);
  });

  it('cannot be rejected, called off or taken for a duplicate at triage, nor graded otherwise', async () => {
    const other = await world.open('emre.yilmaz', 'nonconformity', { title: 'Other', statement: 'Other', source: 'MONITORING', unit: 'it', detectedOn: '2026-11-02' });
    const [one] = nonconformitiesOf(world, await issueFinding(world, 'MAJOR_NC')) as [CaseId];
    expect(await codes(one, 'REJECT_NOT_NC', ISO, { reason })).toEqual(['NOT_REJECTABLE']);
    expect(await codes(one, 'MARK_DUPLICATE', ISO, { of: other })).toEqual(['NOT_REJECTABLE']);
    expect(await codes(one, 'ACCEPT', ISO, { grade: 'minor', owner: 'thomas.reiter', unit: 'it', requirement: 'A.8.13' })).toEqual(['GRADE_FIXED']);
    expect(await codes(one, 'REGRADE', ISO, { grade: 'minor', reason })).toEqual(['SOD-07']);
    expect(await codes(one, 'REQUEST_CANCEL', ISO, { reason })).not.toEqual([]);
  });

  it('asks nobody who has not to do with it: a finding is opened by its audit alone', async () => {
    const audit = await anAudit(world);
    const body = { title: 'T', audit, auditRef: 'A', number: 1, item: 'control:A.8.13', requirement: 'A.8.13', units: ['it'], leadAuditor: people.lead, author: people.author };
    const statement = { requirement: 'r', evidence: 'e', gap: 'g' };
    for (const as of [people.lead, ISO, TOP]) expect(await world.driver.openCase({ as, process: 'finding', body: { ...body, statement } })).toMatchObject({ reasons: [{ code: 'ONLY_FROM_AUDIT' }] });
  });
});

describe('a grade', () => {
  const attempts: [string, object][] = [
    ['GRADE', { grade: 'OFI', reason }],
    ['NOT_THE_SAME', { nonconformity: '00000000-0000-4000-8000-000000000001', reason }],
    ['WITHDRAW', { reason }],
  ];

  it.each(attempts)('%s is the lead auditor\'s alone: others are refused, and that is on record', async (name, body) => {
    const id = await draftFinding(world);
    await audits(world, id, 'PRESENT');
    const before = world.driver.journalInMemory().store.attempts.length;
    for (const as of [ISO, TOP, people.author, 'martin.huber']) {
      const [code] = await codes(id, name, as, name === 'NOT_THE_SAME' ? { ...body, nonconformity: id } : body);
      expect(code, as).toBe('SOD-07');
    }
    expect(world.driver.journalInMemory().store.attempts.slice(before).map(({ person }) => person)).toEqual([ISO, TOP, people.author, 'martin.huber']);
    expect(finding(id).grade).toBeNull();
  });

  it('is not given by a delegate of the lead auditor', async () => {
    const id = await draftFinding(world);
    const delegation = await world.open(people.lead, 'delegation', { delegate: 'ingrid.pohl', scope: 'EVERYTHING', from: '2026-11-02', until: '2026-12-01', reason });
    await world.does(delegation, 'ACCEPT', 'ingrid.pohl', {});
    expect(await codes(id, 'GRADE', 'ingrid.pohl', { grade: 'OFI', reason })).toEqual(['NOT_ENTITLED']);
  });

  it('has to be there before the audit confirms it, and a dispute to be answered', async () => {
    const id = await draftFinding(world);
    await audits(world, id, 'PRESENT');
    expect((await audits(world, id, 'CONFIRM')).map(({ code }) => code)).toEqual(['NOT_GRADED']);
    await world.does(id, 'DISPUTE', people.recipient, { reason });
    expect((await audits(world, id, 'CONFIRM')).map(({ code }) => code)).toEqual(['WRONG_STATE']);
    expect(await codes(id, 'ANSWER_DISPUTE', people.lead, { answer: 'It stands' })).toEqual(['NOT_GRADED']);
    await world.does(id, 'ANSWER_DISPUTE', people.lead, { answer: 'It stands', grade: 'MINOR_NC' });
    expect(await audits(world, id, 'CONFIRM')).toEqual([]);
    expect(finding(id)).toMatchObject({ grade: 'MINOR_NC', grades: [{ how: 'DISPUTE', by: people.lead }] });
  });

  it('follows the audit to another lead auditor, and no further', async () => {
    await world.change({ give: [{ role: 'AUDITOR', person: 'ingrid.pohl' }] });
    const id = await draftFinding(world);
    await system(world, id, 'LEAD_CHANGED', { lead: 'ingrid.pohl' });
    expect(await codes(id, 'GRADE', people.lead, { grade: 'OFI', reason })).toEqual(['NOT_ENTITLED']);
    await world.does(id, 'GRADE', 'ingrid.pohl', { grade: 'OFI', reason });
    expect(await codes(id, 'REASSIGN', ISO, { role: 'leadAuditor', to: ISO, reason })).toEqual(['SOD-07']);
    expect(await codes(id, 'REASSIGN', TOP, { role: 'leadAuditor', to: people.recipient, reason })).toEqual(['SOD-06']);
    expect(await codes(id, 'REASSIGN', TOP, { role: 'leadAuditor', to: 'julia.neumann', reason })).toEqual(['NOT_AN_AUDITOR']);
  });
});

describe('a dispute', () => {
  it('goes to the second level once and soon after the answer; where the programme manager is the ISO, to top management', async () => {
    const id = await draftFinding(world);
    await audits(world, id, 'PRESENT');
    expect(await codes(id, 'APPEAL', people.recipient, { reason })).toEqual(['WRONG_STATE']);
    await world.does(id, 'DISPUTE', people.recipient, { reason });
    await world.does(id, 'ANSWER_DISPUTE', people.lead, { answer: 'It stands', grade: 'MAJOR_NC' });
    expect(await codes(id, 'APPEAL', people.lead, { reason })).toEqual(['NOT_ENTITLED']);
    await world.does(id, 'APPEAL', people.recipient, { reason });
    expect(await codes(id, 'APPEAL', people.recipient, { reason })).toEqual(['ALREADY_APPEALED']);
    expect(await asked(id, 'decideAppeal')).toEqual([TOP]);
    expect(await codes(id, 'DECIDE_APPEAL', ISO, { verdict: 'UPHELD', reason })).toEqual(['SOD-02']);
    expect(await codes(id, 'GRADE', people.lead, { grade: 'OFI', reason })).toEqual(['AT_SECOND_LEVEL']);
    await world.does(id, 'DECIDE_APPEAL', TOP, { verdict: 'REGRADED', grade: 'MINOR_NC', reason });
    expect(finding(id).grades.map(({ grade, by, how }) => [grade, by, how])).toEqual([['MAJOR_NC', people.lead, 'DISPUTE'], ['MINOR_NC', TOP, 'APPEAL']]);
    expect(await codes(id, 'GRADE', people.lead, { grade: 'MAJOR_NC', reason })).toEqual(['AT_SECOND_LEVEL']);
  });

  it('is decided by the programme manager who is not the ISO, and by nobody in his place before his time is over', async () => {
    await world.change({ take: [{ role: 'AUDIT_PROGRAMME_MANAGER', person: ISO }], give: [{ role: 'AUDIT_PROGRAMME_MANAGER', person: 'ingrid.pohl' }] });
    const id = await draftFinding(world);
    await answered(id);
    await world.does(id, 'APPEAL', people.recipient, { reason });
    expect(await asked(id, 'decideAppeal')).toEqual(['ingrid.pohl']);
    expect(await codes(id, 'DECIDE_APPEAL', TOP, { verdict: 'UPHELD', reason })).toEqual(['NOT_YOUR_TURN']);
    await world.driver.advanceTo(world.file(id).deadlines['ruling']!.due);
    await world.does(id, 'DECIDE_APPEAL', TOP, { verdict: 'UPHELD', reason });
    expect(finding(id).appeal?.decision).toMatchObject({ by: TOP, verdict: 'UPHELD' });
  });

  it('is too late after ten working days', async () => {
    const id = await draftFinding(world);
    await answered(id);
    await world.driver.advanceTo('2026-11-16T16:00:00.000Z');
    expect(await codes(id, 'APPEAL', people.recipient, { reason })).toEqual([]);
    const late = await draftFinding(world);
    await answered(late);
    await world.driver.advanceTo('2026-11-30T16:00:01.000Z');
    expect(await codes(late, 'APPEAL', people.recipient, { reason })).toEqual(['TOO_LATE']);
  });

  it('delays no report: what is decided afterwards changes the nonconformities at once', async () => {
    const id = await draftFinding(world);
    await answered(id, 'MAJOR_NC');
    await world.does(id, 'APPEAL', people.recipient, { reason });
    await audits(world, id, 'CONFIRM');
    await audits(world, id, 'ISSUE');
    const [one] = nonconformitiesOf(world, id) as [CaseId];
    await accept(one);
    const due = world.file(one).deadlines['containment']!.due;
    await world.does(id, 'DECIDE_APPEAL', TOP, { verdict: 'REGRADED', grade: 'MINOR_NC', reason });
    expect(nc(one).grade).toBe('minor');
    expect(world.file(one).deadlines['containment']!.due > due).toBe(true);
    expect(world.file(id).state).toBe('ncRaised');
  });

  it('is not decided unasked: the second level regrades nothing by itself', async () => {
    const id = await issueFinding(world, 'MAJOR_NC');
    for (const body of [{ verdict: 'REGRADED', grade: 'OFI' }, { verdict: 'REGRADED', grade: 'MINOR_NC' }, { verdict: 'WITHDRAWN' }])
      expect(await codes(id, 'DECIDE_APPEAL', TOP, { ...body, reason })).toEqual(['NOTHING_ASKED']);
    expect(finding(id).grade).toBe('MAJOR_NC');
  });

  it('ends finding and nonconformities where the second level finds that it does not stand', async () => {
    const id = await draftFinding(world, { units: ['it', 'hr'] });
    await answered(id, 'MINOR_NC');
    await audits(world, id, 'CONFIRM');
    await audits(world, id, 'ISSUE');
    await world.does(id, 'APPEAL', people.recipient, { reason });
    await world.does(id, 'DECIDE_APPEAL', TOP, { verdict: 'WITHDRAWN', reason });
    expect(world.file(id)).toMatchObject({ state: 'withdrawn' });
    expect(nonconformitiesOf(world, id).map((each) => world.file(each).state)).toEqual(['withdrawn', 'withdrawn']);
  });

  it('keeps the finding open until the second level has decided, though all else has ended', async () => {
    const id = await draftFinding(world);
    await answered(id, 'GOOD_PRACTICE');
    await world.does(id, 'APPEAL', people.recipient, { reason });
    await audits(world, id, 'CONFIRM');
    await audits(world, id, 'ISSUE');
    expect(world.file(id).state).toBe('positive');
    await world.does(id, 'DECIDE_APPEAL', TOP, { verdict: 'UPHELD', reason });
    expect(world.file(id).state).toBe('closed');
  });
});

describe('a finding against top management', () => {
  it('is addressed to the body and not to a person, and its dispute is decided by a witness', async () => {
    const id = await draftFinding(world, { units: ['management'], requirement: '9.3.1', item: 'clause:9.3.1', recipient: 'TOP_MGMT' });
    await world.change({ give: [{ role: 'TOP_MGMT', person: 'ingrid.pohl' }] });
    await audits(world, id, 'PRESENT');
    expect((await asked(id, 'considerFinding')).sort()).toEqual(['ingrid.pohl', TOP]);
    await world.does(id, 'DISPUTE', 'ingrid.pohl', { reason });
    await world.does(id, 'ANSWER_DISPUTE', people.lead, { answer: 'It stands', grade: 'MAJOR_NC' });
    await world.does(id, 'APPEAL', TOP, { reason });
    expect(await asked(id, 'decideAppeal')).toEqual(['georg.brandt']);
    expect(await codes(id, 'DECIDE_APPEAL', 'ingrid.pohl', { verdict: 'WITHDRAWN', reason })).toEqual(['SOD-06']);
    await world.does(id, 'DECIDE_APPEAL', 'georg.brandt', { verdict: 'UPHELD', reason });
    await audits(world, id, 'CONFIRM');
    await audits(world, id, 'ISSUE');
    const [one] = nonconformitiesOf(world, id) as [CaseId];
    const body = { grade: 'major', unit: 'management', requirement: '9.3.1' };
    expect(await codes(one, 'ACCEPT', ISO, { ...body, owner: 'martin.huber' })).toEqual(['NOT_TOP_MANAGEMENT']);
    await world.does(one, 'ACCEPT', ISO, { ...body, owner: TOP });
    expect(await codes(one, 'REASSIGN', ISO, { role: 'ncOwner', to: 'martin.huber', reason })).toEqual(['NOT_TOP_MANAGEMENT']);
  });

  it('is that also where the unit is headed by top management', async () => {
    const id = await draftFinding(world, { units: ['management'] });
    await world.change({ give: [{ role: 'TOP_MGMT', person: 'ingrid.pohl' }] });
    await audits(world, id, 'PRESENT');
    expect((await asked(id, 'considerFinding')).sort()).toEqual(['ingrid.pohl', TOP]);
  });
});

describe('what was found before', () => {
  it('and is open from an earlier audit takes the finding up: no duplicate, another occurrence, a major proposed', async () => {
    const first = await issueFinding(world, 'MINOR_NC');
    const [open] = nonconformitiesOf(world, first) as [CaseId];
    const id = await draftFinding(world, { proposed: 'MINOR_NC', units: ['it', 'hr'], evidence: await proof() });
    expect(finding(id)).toMatchObject({ proposed: 'MAJOR_NC', earlier: [{ unit: 'it', id: open, how: 'OPEN' }] });
    await audits(world, id, 'PRESENT');
    await world.does(id, 'GRADE', people.lead, { grade: 'MAJOR_NC', reason });
    await audits(world, id, 'CONFIRM');
    await audits(world, id, 'ISSUE');
    const [other, same] = nonconformitiesOf(world, id) as [CaseId, CaseId];
    expect([same, world.file(other).unit]).toEqual([open, 'hr']);
    expect(nc(open)).toMatchObject({ grade: 'major', occurrences: 2, finding: { id: first }, foundAgain: [{ id }] });
    expect(world.file(open).evidence).toHaveLength(1);
    await closeOther(other);
    expect(world.file(id).state).toBe('ncRaised');
  });

  const closeOther = (id: CaseId) => world.does(id, 'WITHDRAW', people.lead, { reason });

  it('is waited for: the later finding ends with the nonconformity that took it up', async () => {
    const first = await issueFinding(world, 'MINOR_NC');
    const id = await issueFinding(world, 'MINOR_NC');
    const [one] = nonconformitiesOf(world, id) as [CaseId];
    expect(nonconformitiesOf(world, first)).toEqual([one]);
    expect(nc(one)).toMatchObject({ grade: 'minor', gradeProposal: 'major' });
    await accept(one);
    await world.does(one, 'WITHDRAW', people.lead, { reason });
    expect([first, id].map((each) => world.file(each).state)).toEqual(['closed', 'closed']);
  });

  it('is never graded down or taken back by the later finding', async () => {
    const first = await issueFinding(world, 'MAJOR_NC');
    const [one] = nonconformitiesOf(world, first) as [CaseId];
    const id = await issueFinding(world, 'MINOR_NC');
    expect(nc(one).grade).toBe('major');
    await world.does(id, 'REGRADE', people.lead, { grade: 'OFI', reason, evidence: await proof() });
    expect(world.file(one).settled).toBeNull();
    expect(await codes(first, 'REGRADE', people.lead, { grade: 'OFI', reason, evidence: await proof() })).toEqual(['NONCONFORMITY_UNDER_WAY']);
  });

  it('is another one where the lead auditor says so, and nobody else', async () => {
    const [open] = nonconformitiesOf(world, await issueFinding(world, 'MINOR_NC')) as [CaseId];
    const id = await draftFinding(world);
    expect(await codes(id, 'NOT_THE_SAME', people.author, { nonconformity: open, reason })).toEqual(['SOD-07']);
    expect(await codes(id, 'NOT_THE_SAME', people.lead, { nonconformity: id, reason })).not.toEqual([]);
    await audits(world, id, 'PRESENT');
    await world.does(id, 'NOT_THE_SAME', people.lead, { nonconformity: open, reason: 'That was about tapes' });
    await world.does(id, 'GRADE', people.lead, { grade: 'MINOR_NC', reason });
    await audits(world, id, 'CONFIRM');
    await audits(world, id, 'ISSUE');
    expect(nonconformitiesOf(world, id)).not.toEqual([open]);
    expect(nc(open).occurrences).toBe(1);
  });

  it('is looked up once more when the report is issued: what has been closed meanwhile is repeated, not linked', async () => {
    const [open] = nonconformitiesOf(world, await issueFinding(world, 'MINOR_NC')) as [CaseId];
    const id = await draftFinding(world);
    await closeByCorrection(open);
    await audits(world, id, 'PRESENT');
    await world.does(id, 'GRADE', people.lead, { grade: 'MINOR_NC', reason });
    await audits(world, id, 'CONFIRM');
    await audits(world, id, 'ISSUE');
    const [one] = nonconformitiesOf(world, id) as [CaseId];
    expect(one).not.toBe(open);
    await accept(one);
    expect(nc(one)).toMatchObject({ predecessor: { id: open }, gradeProposal: 'major' });
    expect(world.file(one).flags).toContain('repeat');
  });

  it('in the same audit is another finding', async () => {
    const audit = await anAudit(world);
    const first = await issueFinding(world, 'MINOR_NC', { audit });
    const id = await issueFinding(world, 'MINOR_NC', { audit });
    expect(nonconformitiesOf(world, id)).not.toEqual(nonconformitiesOf(world, first));
  });

  it('is looked up anew where the auditor amends requirement or unit', async () => {
    await issueFinding(world, 'MINOR_NC', { requirement: 'A.8.14', item: 'control:A.8.14' });
    const id = await draftFinding(world, { proposed: 'MINOR_NC' });
    expect(finding(id)).toMatchObject({ earlier: [], proposed: 'MINOR_NC' });
    await world.does(id, 'AMEND', people.author, { requirement: 'A.8.14' });
    expect(finding(id)).toMatchObject({ earlier: [{ how: 'OPEN' }], proposed: 'MAJOR_NC' });
  });
});

describe('a repeat within 24 months (rules §16.4 no. 16)', () => {
  it('links its predecessor and proposes a major, in the finding and in the nonconformity; after 24 months neither', async () => {
    const [old] = nonconformitiesOf(world, await issueFinding(world, 'MINOR_NC')) as [CaseId];
    await closeByCorrection(old);
    await world.driver.advanceTo('2028-10-30T09:00:00.000Z');
    const id = await draftFinding(world, { proposed: 'MINOR_NC' });
    expect(finding(id)).toMatchObject({ proposed: 'MAJOR_NC', earlier: [{ id: old, how: 'REPEATED' }] });
    await audits(world, id, 'PRESENT');
    await world.does(id, 'GRADE', people.lead, { grade: 'MINOR_NC', reason: 'Another server' });
    await audits(world, id, 'CONFIRM');
    await audits(world, id, 'ISSUE');
    const [one] = nonconformitiesOf(world, id) as [CaseId];
    await accept(one);
    expect(nc(one)).toMatchObject({ predecessor: { id: old }, gradeProposal: 'major' });
    await world.does(one, 'WITHDRAW', people.lead, { reason });
    await world.driver.advanceTo('2028-11-06T09:00:00.000Z');
    expect(finding(await draftFinding(world, { proposed: 'MINOR_NC' }))).toMatchObject({ proposed: 'MINOR_NC', earlier: [] });
  });
});

describe('what cannot wait', () => {
  it('reaches the ISO at once and asks for a note by the critical ladder; an incident begins where the lead says so', async () => {
    const id = await draftFinding(world);
    await world.does(id, 'MARK_URGENT', people.lead, { exposure: 'Backups are public', incident: true });
    expect(await toldOf('findingUrgent')).toContain(ISO);
    expect(world.file(id)).toMatchObject({ flags: ['urgent'], deadlines: { urgent: { ladder: 'critical', metAt: null } } });
    const incident = world.file(id).links.find(({ type }) => type === 'urgentIncident')!.to;
    expect(world.file(incident)).toMatchObject({ document: { kind: 'INCIDENT' }, parties: { owner: ISO } });
    expect(await asked(id, 'takeNote')).toContain(ISO);
    expect(await codes(id, 'MARK_URGENT', people.author, { exposure: 'Again' })).toEqual(['ALREADY_DONE']);
    await audits(world, id, 'PRESENT');
    expect(await asked(id, 'takeNote')).toContain(ISO);
    await world.does(id, 'TAKE_NOTE', ISO, { note: 'Closed' });
    expect(world.file(id).deadlines['urgent']!.metAt).not.toBeNull();
    expect(await asked(id, 'takeNote')).toEqual([]);
  });

  it('may be marked in every open state, and asks until somebody has taken note of it', async () => {
    const id = await issueFinding(world, 'MINOR_NC');
    await world.does(id, 'MARK_URGENT', people.lead, { exposure: 'Still' });
    await world.driver.advanceTo(world.file(id).deadlines['urgent']!.due);
    expect(world.file(id).deadlines['urgent']!.steps.filter(({ firedAt }) => firedAt).map(({ step }) => step)).toContain('E0');
  });
});

describe('another grade after the report', () => {
  it('is the lead auditor\'s on new evidence, and the nonconformities follow', async () => {
    const id = await issueFinding(world, 'MINOR_NC', { units: ['it', 'hr'] });
    const body = { grade: 'MAJOR_NC', reason };
    expect(await codes(id, 'REGRADE', people.lead, body)).toEqual(['INVALID_PAYLOAD']);
    expect(await codes(id, 'REGRADE', ISO, { ...body, evidence: await proof() })).toEqual(['SOD-07']);
    await world.does(id, 'REGRADE', people.lead, { ...body, evidence: await proof() });
    expect(nonconformitiesOf(world, id).map((each) => nc(each).grade)).toEqual(['major', 'major']);
    expect(await codes(id, 'REGRADE', people.lead, { ...body, evidence: await proof() })).toEqual(['ALREADY_DONE']);
  });

  it('takes back nonconformities of which no plan was approved, and no others', async () => {
    const id = await issueFinding(world, 'MINOR_NC');
    const [one] = nonconformitiesOf(world, id) as [CaseId];
    await world.does(id, 'REGRADE', people.lead, { grade: 'OFI', reason, evidence: await proof() });
    expect([world.file(id).state, world.file(one).state]).toEqual(['ofiLogged', 'withdrawn']);
    await world.does(id, 'REGRADE', people.lead, { grade: 'MAJOR_NC', reason, evidence: await proof() });
    expect(nonconformitiesOf(world, id).map((each) => [world.file(each).state, nc(each).grade])).toEqual([['withdrawn', 'minor'], ['reported', 'major']]);
    const [, again] = nonconformitiesOf(world, id) as [CaseId, CaseId];
    await underWay(again);
    expect(await codes(id, 'REGRADE', people.lead, { grade: 'CONFORMITY', reason, evidence: await proof() })).toEqual(['NONCONFORMITY_UNDER_WAY']);
    await world.does(id, 'REGRADE', people.lead, { grade: 'MINOR_NC', reason, evidence: await proof() });
    expect(nc(again).grade).toBe('minor');
  });

  async function underWay(id: CaseId) {
    await accept(id);
    await world.does(id, 'RECORD_CORRECTION', 'thomas.reiter', { correction: 'Done', consequences: 'None', effect: 'LOW' });
    const causes = [{ key: 'c1', statement: 'Nobody owns it', category: 'RESOURCES', chain: ['Nobody was named'] }];
    await world.does(id, 'SUBMIT_CAUSE', 'thomas.reiter', { method: 'FIVE_WHYS', causes, extent: { checked: 'All', found: 'None' } });
    await world.does(id, 'CA_NEEDED', ISO, {});
    const actions = [{ key: 'a1', title: 'Name somebody', causes: ['c1'], owner: 'leon.fischer', due: '2026-11-20' }];
    const effectiveness = { criterion: 'Two tests', method: 'Records', windowDays: 90, verifier: people.lead };
    await world.does(id, 'SUBMIT_PLAN', 'thomas.reiter', { actions, effectiveness, riskImpact: 'Falls' });
    for (let [who] = await asked(id, 'approve'); who; [who] = await asked(id, 'approve')) await world.does(id, 'APPROVE', who, { contentHash: world.file(id).round!.contentHash });
    expect(world.file(id).state).toBe('implementing');
  }
});

describe('an opportunity for improvement', () => {
  it('is decided by its recipient with a reason; accepted it becomes an action of his', async () => {
    const id = await issueFinding(world, 'OFI');
    expect(nonconformitiesOf(world, id)).toEqual([]);
    expect((await asked(id, 'decideOfi')).sort()).toEqual([ISO, people.recipient]);
    expect(await codes(id, 'DECIDE_OFI', people.lead, { decision: 'DECLINED', reason })).toEqual(['NOT_ENTITLED']);
    await world.does(id, 'DECIDE_OFI', people.recipient, { decision: 'ACCEPTED', reason });
    const [action] = world.file(id).links.filter(({ type }) => type === 'improvement');
    expect(world.file(action!.to)).toMatchObject({ document: { kind: 'IMPROVEMENT' }, parties: { owner: people.recipient } });
    expect(world.file(id)).toMatchObject({ state: 'closed', document: { ofi: { decision: 'ACCEPTED', by: people.recipient } } });
  });

  it('may be declined, and then nothing follows but the record of it', async () => {
    const id = await issueFinding(world, 'OFI');
    await world.does(id, 'DECIDE_OFI', ISO, { decision: 'DECLINED', reason });
    expect(world.file(id).links.filter(({ type }) => type === 'improvement')).toEqual([]);
    expect(world.file(id).settled).toBe('done');
  });
});

it('what is taken back before the report opens nothing', async () => {
  const id = await draftFinding(world);
  await audits(world, id, 'PRESENT');
  await world.does(id, 'GRADE', people.lead, { grade: 'MAJOR_NC', reason });
  await audits(world, id, 'CONFIRM');
  await world.does(id, 'WITHDRAW', people.lead, { reason });
  expect((await audits(world, id, 'ISSUE')).length).toBeGreaterThan(0);
  expect(nonconformitiesOf(world, id)).toEqual([]);
});

it('the heads of all its units see it, those of others do not', async () => {
  const id = await draftFinding(world, { units: ['it', 'hr'] });
  for (const [as, sees] of [['carola.stein', true], [people.recipient, true], ['joerg.wagner', false]] as const)
    expect(await codes(id, 'COMMENT', as, { text: 'Hm' })).toEqual(sees ? [] : ['NOT_VISIBLE']);
});
