import type { CaseId, PersonId } from '../../contracts/identity.ts';
import { ITEMS, auditBodies, auditEvidence, auditOf, docOf, lead, secondAuditor, teamOf } from './audit-bodies.ts';
import type { Step } from './routes.ts';
import { people } from './world.ts';
import type { World } from './world.ts';

/** How each step of an audit is made to happen, with what has to come first. */
interface Moving {
  world: World;
  caseId: CaseId;
  passes: string[];
}
type Move = (moving: Moving) => Promise<void>;

const by =
  (person: PersonId, name: keyof typeof auditBodies, extra: object = {}): Move =>
  async ({ world, caseId }) =>
    world.does(caseId, name, person, { ...(await auditBodies[name]({ world, caseId })), ...extra });

const leadIn = ({ world, caseId }: Pick<Moving, 'world' | 'caseId'>): PersonId => world.file(caseId).parties['leadAuditor'] ?? lead;

const byLead =
  (name: keyof typeof auditBodies, extra: object = {}): Move =>
  (moving) =>
    by(leadIn(moving), name, extra)(moving);

/** Evidence in force that they may lead an audit. */
export async function withRecords(world: World, auditors: readonly PersonId[]): Promise<void> {
  for (const person of auditors) {
    const record = await world.open(people.iso, 'auditorRecord', { person });
    await world.does(record, 'ADD_COMPETENCE', people.iso, { as: 'LEAD_AUDITOR', what: 'Course and three audits', evidence: await auditEvidence(world), since: '2025-03-01' });
  }
}

/** Worlds in which something is found. */
const finding = new WeakSet<World>();

const assign: Move = by(people.iso, 'ASSIGN_TEAM');

/** In the beginning the lead; later on somebody who takes over the lead. */
const declare: Move = async (moving) => {
  const { world, caseId } = moving;
  if (world.file(caseId).state === 'scheduled') {
    await by(people.iso, 'ASSIGN_TEAM', { team: [...teamOf(), { person: secondAuditor, role: 'AUDITOR', items: ['control:A.8.13'] }] })(moving);
    await byLead('DECLARE')(moving);
    return;
  }
  await world.does(caseId, 'REASSIGN', people.topManagement, { role: 'leadAuditor', to: secondAuditor, reason: 'The lead is needed elsewhere' });
  await by(secondAuditor, 'DECLARE')(moving);
};

const teamDeclared: Move = async (moving) => {
  await assign(moving);
  await byLead('DECLARE')(moving);
};

/** Somebody who took over declares first, as the plan or the meeting asks for it. */
async function withDeclarations(moving: Moving): Promise<void> {
  const { declarations } = docOf(moving);
  const who = leadIn(moving);
  if (!declarations.some(({ person }) => person === who)) await by(who, 'DECLARE')(moving);
}

const submitPlan: Move = async (moving) => {
  await withDeclarations(moving);
  await byLead('SUBMIT_PLAN')(moving);
};

/** What only runs a while becomes what everybody has agreed to. */
const agree: Move = by(people.ncOwner, 'AGREE');

const letStand: Move = async (moving) => {
  const { world, caseId } = moving;
  const e1 = world.file(caseId).deadlines['agreement']!.steps.find(({ step }) => step === 'E1')!;
  await world.driver.advanceTo(e1.at);
  await by(people.topManagement, 'LET_PLAN_STAND')(moving);
};

const objected: Move = async (moving) => {
  const { world, caseId } = moving;
  await submitPlan(moving);
  await world.does(caseId, 'REQUEST_CHANGE', people.ncOwner, { conflict: { person: lead, statement: 'She has approved our budget' }, reason: 'Not independent' });
};

const decideObjection: Move = async (moving) => {
  await objected(moving);
  await by(people.topManagement, 'DECIDE_OBJECTION')(moving);
};

/** Owns the control from now on, and with it is in conflict over it. */
async function ownsControl(world: World, owner: PersonId): Promise<void> {
  await world.open(people.iso, 'control', { control: 'a.8.13', owner, mandates: [{ code: 'CONTRACT', text: 'Customer AG', ref: '§ 4' }] });
}

const waive: Move = async (moving) => {
  await ownsControl(moving.world, 'felix.bauer');
  await by(people.topManagement, 'WAIVE')(moving);
};

async function recordAll(moving: Moving): Promise<void> {
  await withDeclarations(moving);
  for (let n = 0; n < ITEMS.length; n += 1) await byLead('RECORD_RESULT')(moving);
}

/** Somebody of the team has a say in the control, and owns it only then. */
const inConflict: (then: Move) => Move = (then) => async (moving) => {
  const { world, caseId } = moving;
  const { state } = world.file(caseId);
  if (state === 'fieldwork' || state === 'suspended') await world.does(caseId, 'REASSIGN_ITEM', people.iso, { item: 'control:A.8.13', to: 'joerg.wagner', reason: 'Shared' });
  await ownsControl(world, state === 'fieldwork' || state === 'suspended' ? 'joerg.wagner' : lead);
  await then(moving);
};

const drafts: Move = async (moving) => {
  await withDeclarations(moving);
  await byLead('DRAFT_FINDING')(moving);
};

/** What was found is graded by the lead: an opportunity, which waits for a decision of the auditee. */
async function gradeFindings(moving: Moving): Promise<void> {
  const { world, caseId } = moving;
  for (const { to } of world.file(caseId).links.filter(({ type }) => type === 'finding')) {
    if (world.file(to).document['grade'] === null) await world.does(to, 'GRADE', leadIn(moving), { grade: 'OFI', reason: 'Nothing asks for more' });
  }
}

const closes: Move = async (moving) => {
  await recordAll(moving);
  if (finding.has(moving.world)) await drafts(moving);
  await byLead('CLOSING_MEETING')(moving);
};

const terminates: Move = byLead('TERMINATE');

const finalise: Move = async (moving) => {
  const { world, caseId } = moving;
  await gradeFindings(moving);
  if (world.file(caseId).state === 'factCheck' && !docOf(moving).spoken.includes(people.ncOwner)) await by(people.ncOwner, 'NO_COMMENT')(moving);
  await byLead('FINALISE')(moving);
};

const issue: Move = async (moving) => {
  const { conclusions } = docOf(moving);
  if (conclusions === null) await finalise(moving);
  await byLead('ISSUE')(moving);
};

const acknowledge: Move = async (moving) => {
  await by(people.iso, 'ACKNOWLEDGE')(moving);
  if (moving.passes.includes('acknowledgesLast')) await by(people.ncOwner, 'ACKNOWLEDGE')(moving);
};

const silence: Move = async ({ world, caseId }) => {
  const e3 = world.file(caseId).deadlines['reportAcknowledgement']!.steps.find(({ step }) => step === 'E3')!;
  await world.driver.advanceTo(e3.at);
};

const suspend: Move = async (moving) => {
  if (finding.has(moving.world)) await drafts(moving);
  await byLead('SUSPEND')(moving);
};

export const auditMoves: Record<string, Move> = {
  ASSIGN_TEAM: assign,
  DECLARE: declare,
  DECLINE: async (moving) => {
    if (moving.world.file(moving.caseId).state === 'scheduled') await assign(moving);
    await byLead('DECLINE')(moving);
  },
  TEAM_DECLARED: teamDeclared,
  WAIVE: waive,
  DECLARE_URGENT: by(people.iso, 'DECLARE_URGENT'),
  POSTPONE: by(people.iso, 'POSTPONE'),
  REPLAN: by(people.iso, 'REPLAN'),
  SUBMIT_PLAN: submitPlan,
  DECIDE_OBJECTION: decideObjection,
  AGREE: agree,
  REQUEST_CHANGE: by(people.ncOwner, 'REQUEST_CHANGE'),
  LET_PLAN_STAND: letStand,
  CHANGE_PLAN: byLead('CHANGE_PLAN'),
  OPENING_MEETING: async (moving) => {
    await withDeclarations(moving);
    await byLead('OPENING_MEETING')(moving);
  },
  RECORD_RESULT: byLead('RECORD_RESULT'),
  REQUEST_SAMPLE: byLead('REQUEST_SAMPLE'),
  ANSWER_SAMPLE: async (moving) => {
    const { world, caseId } = moving;
    if (world.file(caseId).state === 'suspended') {
      await byLead('RESUME_FIELDWORK')(moving);
      await byLead('REQUEST_SAMPLE')(moving);
      await byLead('SUSPEND')(moving);
    } else await byLead('REQUEST_SAMPLE')(moving);
    await by(people.actionOwner, 'ANSWER_SAMPLE')(moving);
  },
  DRAFT_FINDING: drafts,
  REASSIGN_ITEM: by(people.iso, 'REASSIGN_ITEM'),
  REPERFORM: inConflict(by(people.iso, 'REPERFORM')),
  LEAVE_UNCOVERED: inConflict(by(people.topManagement, 'LEAVE_UNCOVERED')),
  OBSTACLE: byLead('OBSTACLE'),
  SUSPEND: suspend,
  RESUME_FIELDWORK: byLead('RESUME_FIELDWORK'),
  TERMINATE: terminates,
  CLOSING_MEETING: closes,
  COMMENT_FACTS: by(people.ncOwner, 'COMMENT_FACTS'),
  NO_COMMENT: by(people.ncOwner, 'NO_COMMENT'),
  ANSWER_COMMENT: async (moving) => {
    await by(people.ncOwner, 'COMMENT_FACTS')(moving);
    await byLead('ANSWER_COMMENT')(moving);
  },
  FINALISE: finalise,
  EDIT_REPORT: byLead('EDIT_REPORT'),
  ISSUE: issue,
  AMEND: byLead('AMEND'),
  ACKNOWLEDGE: acknowledge,
  ACKNOWLEDGEMENT_MISSING: silence,
  LINKS_SETTLED: async ({ world, caseId }) => {
    const open = world.file(caseId).links.filter(({ awaited, to }) => awaited && world.file(to).settled === null);
    for (const { to } of open) await world.does(to, 'DECIDE_OFI', people.ncOwner, { decision: 'DECLINED', reason: 'Once a quarter is enough' });
  },
  // Comes by itself where nothing was found.
  NOTHING_OPEN: async () => undefined,
  CANCELLED: async ({ world, caseId }) => {
    await world.does(caseId, 'REQUEST_CANCEL', people.iso, { reason: 'No longer needed' });
    await world.does(caseId, 'CONFIRM_CANCEL', people.topManagement);
  },
};

/** Something is found unless the follow-up is to end at once; two units where one auditee is to agree before the other. */
export async function openAuditFor(world: World, path: readonly Step[]): Promise<CaseId> {
  const events = path.map(({ event }) => event);
  if (!events.includes('NOTHING_OPEN')) finding.add(world);
  const shared = path.some(({ event, passes }) => event === 'AGREE' && passes.includes('agreesToIt'));
  await withRecords(world, [lead, secondAuditor, 'joerg.wagner', 'stefan.krause']);
  return world.open(people.iso, 'audit', auditOf(world, shared ? { units: ['it', 'sales'] } : {}));
}

/** Who has said the last word on a report says no other. */
export function isFeasibleForAudit(path: readonly Step[]): boolean {
  const last = path.findIndex(({ event, passes }) => event === 'ACKNOWLEDGE' && passes.includes('acknowledgesLast'));
  return last === -1 || !path.slice(last + 1).some(({ event }) => event === 'ACKNOWLEDGE');
}

