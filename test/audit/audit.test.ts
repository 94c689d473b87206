import { describe, expect, it } from 'vitest';
import type { AuditAbout, AuditReport } from '../../contracts/audit.ts';
import type { CaseId, PersonId } from '../../contracts/identity.ts';
import type { Json } from '../../contracts/json.ts';
import type { Reason } from '../../contracts/reasons.ts';
import { contentHash, derivedCaseId } from '../../domain/kernel/canonical.ts';
import { SYSTEM } from '../../domain/kernel/draft.ts';
import { processes } from '../../domain/processes.ts';
import { ITEMS, auditBodies, auditDay, auditOf, docOf, lead, planOf, secondAuditor, teamOf } from '../kernel/audit-bodies.ts';
import { auditMoves, openAuditFor, withRecords } from '../kernel/audit-moves.ts';
import { confirmContext } from '../kernel/assessment-moves.ts';
import { anAudit } from '../support/findings.ts';
import { createWorld, people } from '../kernel/world.ts';
import type { World } from '../kernel/world.ts';

const codes = (reasons: readonly Reason[]) => reasons.map(({ code }) => code);
/** Nothing is found in these. */
const nothingFound = [{ event: 'NOTHING_OPEN', passes: [] }];

interface Place {
  world: World;
  caseId: CaseId;
}

async function at(...events: string[]): Promise<Place> {
  const world = await createWorld();
  const caseId = await openAuditFor(world, nothingFound);
  for (const event of events) await auditMoves[event]!({ world, caseId, passes: event === 'ACKNOWLEDGE' ? ['acknowledgesLast'] : [] });
  return { world, caseId };
}

const toFieldwork = ['TEAM_DECLARED', 'SUBMIT_PLAN', 'AGREE', 'OPENING_MEETING'];
const toReporting = [...toFieldwork, 'CLOSING_MEETING', 'FINALISE'];
const toIssued = [...toReporting, 'ISSUE'];

const send = async ({ world, caseId }: Place, name: string, as: PersonId, extra: object = {}) =>
  world.send(caseId, name, as, { ...(await (auditBodies as Record<string, (ground: object) => Promise<object> | object>)[name]!({ world, caseId })), ...extra });

describe('an audit is opened', () => {
  const opening = async (extra: object, as: PersonId = people.iso, before?: (world: World) => Promise<void>) => {
    const world = await createWorld();
    await before?.(world);
    return world.driver.openCase({ as, process: 'audit', body: auditOf(world, extra) });
  };

  it.each([
    ['a control that the standard does not have', { items: ['control:A.9.99'] }, 'UNKNOWN_ITEM'],
    ['a clause that is assessed by its parts', { items: ['clause:9.2'] }, 'UNKNOWN_ITEM'],
    ['a supplier that is in no register', { items: ['supplier:11111111-1111-4111-8111-111111111111'] }, 'UNKNOWN_ITEM'],
    ['an own control that there is not', { items: ['own:OC-9'] }, 'UNKNOWN_ITEM'],
    ['a unit that does not exist', { items: ['unit:moon'] }, 'UNKNOWN_ITEM'],
    ['a site that does not exist', { sites: ['moon'] }, 'UNKNOWN_ITEM'],
    ['a key that is none', { items: ['A.8.13'] }, 'INVALID_PAYLOAD'],
    ['no item', { items: [] }, 'INVALID_PAYLOAD'],
    ['days in the past', { window: { from: '2026-10-01', until: '2026-10-30' } }, 'DATE_IN_PAST'],
    ['an end before the beginning', { window: { from: '2027-02-02', until: '2027-02-01' } }, 'PERIOD_REVERSED'],
    ['no reason', { reason: ' ' }, 'INVALID_PAYLOAD'],
  ])('not over %s', async (_, extra, code) => {
    const answer = await opening(extra);
    expect('reasons' in answer && codes(answer.reasons)).toContain(code);
  });

  it('not outside the confirmed scope, whether the unit is audited or an item', async () => {
    const outside = [expect.objectContaining({ code: 'OUTSIDE_SCOPE', items: ['sales'] })];
    expect(await opening({ units: ['it', 'sales'] }, people.iso, confirmContext)).toMatchObject({ reasons: outside });
    expect(await opening({ items: ['unit:sales'] }, people.iso, confirmContext)).toMatchObject({ reasons: outside });
    expect(await opening({ items: ['unit:it'] }, people.iso, confirmContext)).toHaveProperty('caseId');
  });

  it('not by somebody who runs no audits, and by nobody as one of the programme', async () => {
    expect(await opening({}, people.reporter)).toMatchObject({ reasons: [{ code: 'NOT_ENTITLED' }] });
    expect(await opening({ kind: 'PROGRAMME' })).toMatchObject({ reasons: [{ code: 'INVALID_PAYLOAD' }] });
    expect(await opening({}, people.topManagement)).toHaveProperty('caseId');
  });
});

describe('a team', () => {
  const assign = async (team: object[], before: string[] = []) => {
    const place = await at(...before);
    return place.world.send(place.caseId, 'ASSIGN_TEAM', people.iso, { team });
  };
  const member = (person: PersonId, role: string, items: string[] = []) => ({ person, role, items });

  it.each([
    ['has a lead', [member(lead, 'AUDITOR', ITEMS)], 'LEAD_MISSING'],
    ['has one lead', [member(lead, 'LEAD_AUDITOR', ITEMS), member(secondAuditor, 'LEAD_AUDITOR')], 'LEAD_MISSING'],
    ['names nobody twice', [member(lead, 'LEAD_AUDITOR', ITEMS), member(lead, 'TECH_EXPERT')], 'TWICE_IN_TEAM'],
    ['leaves no item to nobody', [member(lead, 'LEAD_AUDITOR', [ITEMS[0]!])], 'ITEMS_UNASSIGNED'],
    ['leaves no item to an expert alone', [member(lead, 'LEAD_AUDITOR', [ITEMS[0]!]), member(secondAuditor, 'TECH_EXPERT', [ITEMS[1]!])], 'ITEMS_UNASSIGNED'],
    ['audits nothing beside the audit', [member(lead, 'LEAD_AUDITOR', [...ITEMS, 'control:A.5.1'])], 'ITEM_NOT_PLANNED'],
    ['is competent, by evidence in force', [member('julia.neumann', 'LEAD_AUDITOR', ITEMS)], 'NOT_COMPETENT'],
    ['is not led by the ISO', [member(people.iso, 'LEAD_AUDITOR', ITEMS)], 'SOD_BLOCKED'],
    ['is not of the ISO where it is about a clause', [member(lead, 'LEAD_AUDITOR', [ITEMS[1]!]), member(people.iso, 'AUDITOR', [ITEMS[0]!])], 'NOT_INDEPENDENT'],
    ['is nobody who heads what is audited', [member(people.ncOwner, 'LEAD_AUDITOR', ['unit:it'])], 'ITEM_NOT_PLANNED'],
  ])('%s', async (_, team, code) => {
    expect(codes(await assign(team))).toContain(code);
  });

  it('does not begin before all who judge have declared, and an observer judges nothing', async () => {
    const place = await at();
    const { world, caseId } = place;
    await world.does(caseId, 'ASSIGN_TEAM', people.iso, { team: [...teamOf(), member(secondAuditor, 'AUDITOR', [ITEMS[1]!]), member('julia.neumann', 'OBSERVER')] });
    await world.does(caseId, 'DECLARE', lead, { independent: true });
    expect(world.file(caseId).state).toBe('scheduled');
    expect(codes(await world.send(caseId, 'DECLARE', 'julia.neumann', { independent: true }))).toEqual(['NOT_ENTITLED']);
    await world.does(caseId, 'DECLARE', secondAuditor, { independent: true });
    expect(world.file(caseId).state).toBe('preparation');
  });

  it('declares again with more to audit, and not with less', async () => {
    const { world, caseId } = await at('TEAM_DECLARED');
    await world.does(caseId, 'ASSIGN_TEAM', people.iso, { team: [member(lead, 'LEAD_AUDITOR', [ITEMS[0]!]), member(secondAuditor, 'AUDITOR', [ITEMS[1]!])] });
    expect(world.file(caseId).state).toBe('scheduled');
    await world.does(caseId, 'DECLARE', secondAuditor, { independent: true });
    expect(world.file(caseId).state).toBe('preparation');
    await world.does(caseId, 'ASSIGN_TEAM', people.iso, { team: teamOf() });
    expect(world.file(caseId).state).toBe('scheduled');
  });
});

describe('a plan', () => {
  const submit = async (extra: object) => {
    const place = await at('TEAM_DECLARED');
    return place.world.send(place.caseId, 'SUBMIT_PLAN', lead, { ...planOf(place), ...extra });
  };

  it.each([
    ['lies in its window', (world: World) => ({ dates: { from: auditDay(world, 30), until: auditDay(world, 32) } }), 'OUTSIDE_WINDOW'],
    ['ends after it begins', (world: World) => ({ dates: { from: auditDay(world, 50), until: auditDay(world, 49) } }), 'PERIOD_REVERSED'],
    ['says how it is done at a distance', () => ({ method: 'REMOTE' }), 'INVALID_PAYLOAD'],
    ['looks at nothing beside the audit', (world: World) => ({ agenda: [{ on: auditDay(world, 43), what: 'A tour', with: 'Everybody', items: ['control:A.7.1'] }] }), 'ITEM_NOT_PLANNED'],
    ['considers what was found before', () => ({ previousFindings: '' }), 'INVALID_PAYLOAD'],
  ])('%s', async (_, extra, code) => {
    const world = await createWorld();
    expect(codes(await submit(extra(world)))).toContain(code);
  });

  it('is the lead auditor\'s alone', async () => {
    const place = await at('TEAM_DECLARED');
    for (const each of [people.iso, people.topManagement, people.ncOwner]) expect(codes(await send(place, 'SUBMIT_PLAN', each))).toEqual(['NOT_ENTITLED']);
  });

  it('may be changed by the auditee in its dates, and in neither scope nor team', async () => {
    const place = await at('TEAM_DECLARED', 'SUBMIT_PLAN');
    const { world, caseId } = place;
    const ask = (body: object) => world.send(caseId, 'REQUEST_CHANGE', people.ncOwner, { reason: 'Better so', ...body });
    expect(codes(await ask({ scope: 'Less' }))).toContain('INVALID_PAYLOAD');
    expect(codes(await ask({ team: [] }))).toContain('INVALID_PAYLOAD');
    expect(codes(await ask({ conflict: { person: 'julia.neumann', statement: 'She knows us' } }))).toEqual(['NOT_IN_TEAM']);
    expect(await ask({ dates: { from: auditDay(world, 50), until: auditDay(world, 52) } })).toEqual([]);
    expect(world.file(caseId)).toMatchObject({ state: 'preparation', document: { items: ITEMS.map((key) => ({ key })) } });
  });

  it('waits for the decision on an objection, and somebody objected to rightly is in no team of the audit', async () => {
    const place = await at('TEAM_DECLARED', 'SUBMIT_PLAN');
    const { world, caseId } = place;
    await world.does(caseId, 'REQUEST_CHANGE', people.ncOwner, { conflict: { person: lead, statement: 'She approves our invoices' }, reason: 'Not independent' });
    expect(codes(await send(place, 'SUBMIT_PLAN', lead))).toEqual(['OBJECTION_UNDECIDED']);
    expect(codes(await send(place, 'DECIDE_OBJECTION', people.iso))).toEqual(['NOT_ENTITLED']);
    expect(await send(place, 'DECIDE_OBJECTION', people.topManagement, { verdict: 'UPHELD' })).toEqual([]);
    expect(codes(await send(place, 'SUBMIT_PLAN', lead))).toEqual(['OBJECTION_UPHELD']);
    expect(codes(await send(place, 'ASSIGN_TEAM', people.iso))).toEqual(['OBJECTION_UPHELD']);
    expect(await world.send(caseId, 'ASSIGN_TEAM', people.iso, { team: teamOf(secondAuditor) })).toEqual([]);
  });
});

describe('fieldwork', () => {
  it('records nothing about what is not planned, by nobody who is not in the team, and nothing without evidence', async () => {
    const place = await at(...toFieldwork);
    expect(codes(await send(place, 'RECORD_RESULT', lead, { item: 'control:A.5.1' }))).toEqual(['ITEM_NOT_PLANNED']);
    expect(codes(await send(place, 'DRAFT_FINDING', lead, { item: 'control:A.5.1' }))).toEqual(['ITEM_NOT_PLANNED']);
    for (const each of [people.iso, people.topManagement, people.ncOwner, secondAuditor]) expect(codes(await send(place, 'RECORD_RESULT', each))).toEqual(['NOT_ENTITLED']);
    for (const lacks of [{ evidence: [] }, { sample: undefined }, { population: undefined }, { method: [] }, { result: 'NOT_SAMPLED' }])
      expect(codes(await send(place, 'RECORD_RESULT', lead, lacks)), JSON.stringify(lacks)).toContain('INVALID_PAYLOAD');
  });

  it('ends when every item has a result, and a result "finding" has its finding', async () => {
    const place = await at(...toFieldwork);
    expect(await send(place, 'RECORD_RESULT', lead)).toEqual([]);
    expect(await send(place, 'CLOSING_MEETING', lead)).toEqual([{ code: 'ITEMS_WITHOUT_RESULT', items: [ITEMS[1]] }]);
    expect(await send(place, 'RECORD_RESULT', lead, { result: 'FINDING' })).toEqual([]);
    expect(await send(place, 'CLOSING_MEETING', lead)).toEqual([{ code: 'FINDING_MISSING', items: [ITEMS[1]] }]);
    expect(await send(place, 'RECORD_RESULT', lead, { item: ITEMS[1], result: 'NOT_SAMPLED', reason: 'The archive is closed' })).toEqual([]);
    expect(await send(place, 'CLOSING_MEETING', lead)).toEqual([]);
  });

  it('keeps what was asked for and answered, by who was asked or the auditee', async () => {
    const place = await at(...toFieldwork);
    const { world, caseId } = place;
    await send(place, 'REQUEST_SAMPLE', lead);
    await send(place, 'REQUEST_SAMPLE', lead, { askedOf: 'felix.bauer' });
    expect((await world.driver.view(caseId)).asked.find(({ task }) => task === 'answerSample')?.persons).toEqual([people.actionOwner, 'felix.bauer']);
    expect(codes(await send(place, 'ANSWER_SAMPLE', 'felix.bauer', { request: 's1' }))).toEqual(['NOT_YOUR_TURN']);
    expect(await send(place, 'ANSWER_SAMPLE', people.ncOwner, { request: 's1' })).toEqual([]);
    expect(codes(await send(place, 'ANSWER_SAMPLE', people.actionOwner, { request: 's1' }))).not.toEqual([]);
    expect(world.file(caseId).deadlines['sample']).toMatchObject({ metAt: null });
    expect(await send(place, 'ANSWER_SAMPLE', 'felix.bauer', { request: 's2' })).toEqual([]);
    expect(world.file(caseId).deadlines['sample']!.metAt).not.toBeNull();
    expect(docOf(place).sampleRequests).toMatchObject([{ key: 's1', askedOf: people.actionOwner, answer: { by: people.ncOwner } }, { key: 's2', answer: { by: 'felix.bauer' } }]);
  });
});

describe('a report', () => {
  it('is edited, issued and amended by its lead alone: whoever else tries is refused, the ISO by SOD-02 and on record', async () => {
    const place = await at(...toReporting);
    const { world } = place;
    for (const command of ['EDIT_REPORT', 'FINALISE', 'ISSUE']) {
      expect(await send(place, command, people.iso)).toEqual([{ code: 'SOD_BLOCKED', rule: 'SOD-02', person: people.iso, because: 'iso', waivable: false }]);
      for (const each of [people.topManagement, people.ncOwner, secondAuditor]) expect(codes(await send(place, command, each))).toEqual(['NOT_ENTITLED']);
    }
    const blocked = world.driver.journalInMemory().store.attempts.filter(({ reasons }) => reasons.some((each) => 'rule' in each && each.rule === 'SOD-02'));
    expect(blocked.map(({ command }) => command)).toEqual(['EDIT_REPORT', 'FINALISE', 'ISSUE']);
    expect(await send(place, 'ISSUE', lead)).toEqual([]);
    expect(codes(await send(place, 'AMEND', people.iso))).toEqual(['SOD_BLOCKED']);
  });

  it('is neither approved nor rejected nor called off by anybody', async () => {
    const place = await at(...toReporting);
    const { world, caseId } = place;
    for (const each of [people.iso, people.topManagement]) {
      expect(codes(await world.send(caseId, 'APPROVE', each, { contentHash: '0'.repeat(64) }))).toEqual(['ROUND_CLOSED']);
      expect(codes(await world.send(caseId, 'REJECT', each, { reason: 'I do not like it' }))).toEqual(['ROUND_CLOSED']);
      expect(codes(await world.send(caseId, 'REQUEST_CANCEL', each, { reason: 'I do not like it' }))).toEqual(['WRONG_STATE']);
    }
    expect(codes(await world.send(caseId, 'REASSIGN', people.iso, { role: 'leadAuditor', to: secondAuditor, reason: 'Somebody kinder' }))).toEqual(['NOT_ENTITLED']);
  });

  it('is frozen with the hash of what it says', async () => {
    const place = await at(...toIssued);
    const [report] = docOf(place).reports;
    expect(report).toMatchObject({ version: 1, hash: contentHash(report!.content as unknown as Json), because: null });
    const said: Partial<AuditReport> = report!.content;
    for (const part of ['objectives', 'scope', 'criteria', 'team', 'dates', 'method', 'items', 'findings', 'conclusions', 'obstacles', 'notCovered', 'comments', 'distribution'] as const) expect(said[part], part).toBeDefined();
    expect(said.team).toMatchObject([{ person: lead, role: 'LEAD_AUDITOR', declared: { remark: null } }]);
    await send(place, 'AMEND', lead, { reason: 'A date was wrong' });
    expect(docOf(place).reports).toMatchObject([{ hash: report!.hash, content: report!.content }, { version: 2, because: 'A date was wrong' }]);
  });

  it('is issued once nothing is left without a result, and tells what was covered only then', async () => {
    const place = await at(...toFieldwork);
    const { world, caseId } = place;
    const results = () => (processes.audit.policy.about(world.file(caseId) as never) as AuditAbout).results;
    await send(place, 'RECORD_RESULT', lead);
    await send(place, 'RECORD_RESULT', lead, { item: ITEMS[1], result: 'NOT_SAMPLED', reason: 'The archive is closed' });
    await send(place, 'CLOSING_MEETING', lead);
    await auditMoves['FINALISE']!({ ...place, passes: [] });
    expect(results()).toEqual([]);
    await send(place, 'ISSUE', lead);
    expect(results()).toEqual([`${ITEMS[0]}=CONFORMING`, `${ITEMS[1]}=NOT_SAMPLED`]);
    expect(docOf(place).reports[0]!.content.notCovered).toEqual([{ item: ITEMS[1], cause: 'NOT_SAMPLED', reason: 'The archive is closed' }]);
  });

  it('waits for answers to comments, and for the auditee as long as the fact check runs', async () => {
    const place = await at(...toFieldwork, 'CLOSING_MEETING');
    expect(codes(await send(place, 'FINALISE', lead))).toEqual(['FACT_CHECK_RUNNING']);
    expect(await send(place, 'COMMENT_FACTS', people.ncOwner)).toEqual([]);
    expect(await send(place, 'FINALISE', lead)).toEqual([{ code: 'COMMENTS_UNANSWERED', comments: ['c1'] }]);
    expect(await send(place, 'ANSWER_COMMENT', lead)).toEqual([]);
    expect(await send(place, 'FINALISE', lead)).toEqual([]);
  });
});

describe('who leads', () => {
  it('leaves, and nobody takes over who may not: the items wait for somebody who is named', async () => {
    const place = await at(...toFieldwork);
    const { world, caseId } = place;
    await world.open(people.iso, 'departure', { kind: 'LEAVES', person: lead, lastDay: auditDay(world, -1) });
    expect(world.file(caseId).vacancies).toMatchObject([{ role: 'leadAuditor', left: lead, interim: null }]);
    expect(codes(await send(place, 'RECORD_RESULT', secondAuditor))).toEqual(['NOT_ENTITLED']);
    await world.does(caseId, 'REASSIGN', people.topManagement, { role: 'leadAuditor', to: secondAuditor, reason: 'She is competent' });
    expect(codes(await send(place, 'RECORD_RESULT', secondAuditor))).toEqual(['NOT_DECLARED']);
    await world.does(caseId, 'DECLARE', secondAuditor, { independent: true });
    expect(await send(place, 'RECORD_RESULT', secondAuditor)).toEqual([]);
  });

  it('answers for every item, also for those that somebody else audits', async () => {
    const world = await createWorld();
    await withRecords(world, [lead, secondAuditor]);
    await world.open(people.iso, 'control', { control: 'A.8.13', owner: lead, mandates: [{ code: 'CONTRACT', text: 'Customer AG', ref: '§ 4' }] });
    const caseId = await world.open(people.iso, 'audit', auditOf(world));
    const team = [{ person: lead, role: 'LEAD_AUDITOR', items: [ITEMS[0]] }, { person: secondAuditor, role: 'AUDITOR', items: [ITEMS[1]] }];
    expect(await world.send(caseId, 'ASSIGN_TEAM', people.iso, { team })).toMatchObject([{ code: 'NOT_INDEPENDENT', person: lead, item: ITEMS[1], waivable: false }]);
  });
});

describe('an audit of the programme', () => {
  /** Opened as the programme does, by a case that stands for it. */
  async function ofProgramme(world: World): Promise<CaseId> {
    const programme = await anAudit(world);
    const { ref } = world.file(programme);
    const body = { ...auditOf(world), kind: 'PROGRAMME', programme: { case: programme, ref, key: 'y1-a1' } };
    const id = derivedCaseId(programme, 1, 0);
    const answer = await world.driver.journalInMemory().open({ id, process: 'audit', body: body as Json, actor: SYSTEM, parent: { id: programme, ref, link: 'audit', object: `${programme}:y1-a1`, origin: null } });
    expect(answer).toMatchObject({ opened: true });
    await world.driver.sleepUntil(world.driver.now());
    return id;
  }

  it('is not called off before each of its items goes on elsewhere in the cycle', async () => {
    const world = await createWorld();
    const place = { world, caseId: await ofProgramme(world) };
    const reason = 'Nobody is there';
    const until = auditDay(world, 120);
    const replan = (items: object[]) => world.send(place.caseId, 'REPLAN', people.iso, { items, reason });
    expect(codes(await world.send(place.caseId, 'REQUEST_CANCEL', people.iso, { reason }))).toEqual(['ITEMS_NOT_REPLANNED']);
    expect(codes(await replan([{ item: 'control:A.8.14', window: { from: until, until } }]))).toEqual(['ITEM_NOT_PLANNED']);
    expect(codes(await replan([{ item: ITEMS[0], into: 'y2-a1' }]))).toEqual(['NO_SUCH_PLANNED_AUDIT']);
    expect(codes(await replan([{ item: ITEMS[0] }]))).toEqual(['INVALID_PAYLOAD']);
    expect(await replan([{ item: ITEMS[0], window: { from: until, until } }])).toEqual([]);
    expect(await world.send(place.caseId, 'REQUEST_CANCEL', people.iso, { reason })).toEqual([{ code: 'ITEMS_NOT_REPLANNED', items: [ITEMS[1]] }]);
    expect(await replan([{ item: ITEMS[1], window: { from: until, until } }])).toEqual([]);
    await world.does(place.caseId, 'REQUEST_CANCEL', people.iso, { reason });
    expect(world.file(place.caseId).settled).toBeNull();
    await world.does(place.caseId, 'CONFIRM_CANCEL', people.topManagement, {});
    expect(world.file(place.caseId)).toMatchObject({ state: 'cancelled', settled: 'cancelled' });
  });
});

it('what the engine tells an audit that has ended is kept as a note, and nothing moves', async () => {
  const { world, caseId } = await at(...toIssued, 'ACKNOWLEDGE');
  expect(world.file(caseId)).toMatchObject({ state: 'closed', settled: 'done' });
  const { refusal } = await world.driver.journalInMemory().decide(caseId, { name: 'AMEND', body: { conclusions: 'x', distribution: [], reason: 'y', evidence: [] }, actor: SYSTEM });
  expect(refusal?.reasons).toMatchObject([{ code: 'WRONG_STATE' }]);
});
