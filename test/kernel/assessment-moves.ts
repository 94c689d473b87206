import type { AssessmentDocument } from '../../contracts/assessment.ts';
import type { CaseId, PersonId } from '../../contracts/identity.ts';
import type { Json } from '../../contracts/json.ts';
import { SYSTEM } from '../../domain/kernel/draft.ts';
import { assessmentBodies, assessmentOf, assessor, newRisk, riskAbout, risksIn, secondRater } from './assessment-bodies.ts';
import type { Step } from './routes.ts';
import { people } from './world.ts';
import type { World } from './world.ts';

/** How each step of an assessment is made to happen, with what the risks need for it. */
interface Moving {
  world: World;
  caseId: CaseId;
  passes: string[];
}
type Move = (moving: Moving) => Promise<void>;

const docOf = (world: World, caseId: CaseId) => world.file(caseId).document as unknown as AssessmentDocument;

const by =
  (person: PersonId, name: keyof typeof assessmentBodies, extra: object = {}): Move =>
  ({ world, caseId }) =>
    world.does(caseId, name, person, { ...assessmentBodies[name]({ world, caseId }), ...extra });

const contents = {
  SCOPE: { scope: { statement: 'All of IT', units: ['it'], interfaces: 'None' } },
  ISSUES: { issues: [{ origin: 'EXTERNAL', statement: 'Ransomware' }], climate: { relevant: false, rationale: 'No site in a flood plain' } },
  PARTIES: { parties: [{ name: 'Customers', requirements: 'Secrecy', addressed: 'Contracts' }] },
};

/** Scope, issues and parties, confirmed today: what every assessment stands on. */
export async function confirmContext(world: World, change: Partial<Record<keyof typeof contents, object>> = {}): Promise<void> {
  for (const [kind, content] of Object.entries({ ...contents, ...change })) {
    const record = await world.open(people.iso, 'contextRecord', { kind, title: kind, unit: 'it', ...content });
    await world.does(record, 'SUBMIT', people.iso);
    const { versions } = world.file(record).document as { versions: { contentHash: string }[] };
    await world.does(record, 'CONFIRM', people.topManagement, { contentHash: versions.at(-1)!.contentHash });
  }
}

async function withContext(world: World): Promise<void> {
  const known = world.cases().some((id) => world.file(id).process === 'contextRecord');
  if (!known) await confirmContext(world);
}

const start: Move = async (moving) => {
  await withContext(moving.world);
  await by(people.iso, 'START')(moving);
};

export interface Scores {
  impact?: number;
  likelihood?: number;
}

const rationale = { impact: 'As the last outage showed', likelihood: 'Seen twice in two years' };
export const scored = ({ impact = 3, likelihood = 2 }: Scores = {}) => ({ impact: { operational: impact }, likelihood, rationale });

/** A risk with an owner who has said yes. */
async function own(world: World, risk: CaseId): Promise<void> {
  const { owner, ownerAccepted } = riskAbout(world, risk);
  if (ownerAccepted === 'no') await world.does(risk, 'ACCEPT_OWNERSHIP', owner!);
}

export async function rate(world: World, risk: CaseId, scores: Scores = {}): Promise<void> {
  await own(world, risk);
  await world.does(risk, 'RATE', assessor, { ...scored(scores), controls: ['A.8.13'] });
  if (riskAbout(world, risk).needsSecond === 'yes') await world.does(risk, 'SECOND_RATE', secondRater, scored(scores));
}

/** Rated and evaluated as far as it is not. */
export async function makeReady(world: World, risk: CaseId, scores?: Scores): Promise<void> {
  if (riskAbout(world, risk).proposalLevel === null || scores) await rate(world, risk, scores);
  if (riskAbout(world, risk).proposalDecision === null) await world.does(risk, 'EVALUATE', assessor);
}

export const addRisk: Move = by(assessor, 'ADD_RISK');

async function withRisk({ world, caseId, passes }: Moving): Promise<void> {
  if (risksIn(world, caseId).length + docOf(world, caseId).none.length === 0) await addRisk({ world, caseId, passes });
}

const eachRisk = (what: (world: World, risk: CaseId) => Promise<void>) => async ({ world, caseId }: Moving) => {
  for (const risk of risksIn(world, caseId)) await what(world, risk);
};

/** Found outside the assessment, by the ISO. */
const carryOver: Move = async ({ world, caseId }) => {
  await world.open(people.iso, 'risk', { ...newRisk, title: 'Found before' });
  await world.does(caseId, 'CARRY_OVER', assessor);
};

const exclude: Move = async (moving) => {
  await addRisk(moving);
  await by(assessor, 'EXCLUDE_RISK')(moving);
};

const completeIdentification: Move = async (moving) => {
  await withRisk(moving);
  await eachRisk(own)(moving);
  await by(assessor, 'COMPLETE_IDENTIFICATION')(moving);
};

const completeAnalysis: Move = async (moving) => {
  await eachRisk((world, risk) => (riskAbout(world, risk).proposalLevel === null ? rate(world, risk) : Promise.resolve()))(moving);
  await by(assessor, 'COMPLETE_ANALYSIS')(moving);
};

const completeEvaluation: Move = async (moving) => {
  await eachRisk(makeReady)(moving);
  await by(assessor, 'COMPLETE_EVALUATION')(moving);
};

const confirm: Move = async (moving) => {
  await eachRisk(makeReady)(moving);
  await by(people.ncOwner, 'CONFIRM')(moving);
};

/** A grave one, rated and confirmed ahead of another. */
const release: Move = async (moving) => {
  const { world, caseId } = moving;
  if (world.file(caseId).state === 'ownerReview') await addRisk(moving);
  await makeReady(world, risksIn(world, caseId)[0]!, { impact: 5, likelihood: 4 });
  await by(people.ncOwner, 'CONFIRM')(moving);
  await by(assessor, 'RELEASE_FOR_TREATMENT')(moving);
};

/** Where one is disputed already, another risk is. */
const dispute: Move = async (moving) => {
  if (moving.world.file(moving.caseId).state === 'rework') await addRisk(moving);
  await by(people.ncOwner, 'DISPUTE')(moving);
};

const resubmit: Move = async (moving) => {
  if (!moving.passes.includes('answersTheLast')) await dispute(moving);
  await by(assessor, 'RESUBMIT')(moving);
};

/** The third time the owner does not agree. */
const rule: Move = async (moving) => {
  for (let n = 2; n <= 3; n += 1) {
    await by(assessor, 'RESUBMIT')(moving);
    await by(people.ncOwner, 'DISPUTE')(moving);
  }
  const ruling = moving.passes.includes('rulesTheLast') ? 'RATING_STANDS' : 'RATE_ANEW';
  await by(people.topManagement, 'RULE', { ruling })(moving);
};

const notNeeded = (person: PersonId, name: 'CONFIRM_NOT_NEEDED' | 'REFUSE_NOT_NEEDED'): Move => async (moving) => {
  await by(people.iso, 'NOT_NEEDED')(moving);
  await by(person, name)(moving);
};

/** What the engine tells it from another case. */
const told = (name: 'SCOPE_CHANGED' | 'CRITERIA_CHANGED'): Move => async ({ world, caseId }) => {
  const journal = world.driver.journalInMemory();
  const { refusal } = await journal.decide(caseId, { name, body: assessmentBodies[name]({ world, caseId }) as Json, actor: SYSTEM });
  if (refusal) throw new Error(`${name} was refused: ${JSON.stringify(refusal)}`);
  await journal.settle();
};

const afterChange = (name: 'CONTINUE_PINNED' | 'RESTART'): Move => async (moving) => {
  await told('SCOPE_CHANGED')(moving);
  await by(people.iso, name)(moving);
};

async function approver({ world, caseId }: Moving): Promise<PersonId> {
  const { asked } = await world.driver.view(caseId);
  return asked.find(({ task }) => task === 'approve')!.persons[0]!;
}

const approve: Move = async (moving) => {
  const { world, caseId } = moving;
  await world.does(caseId, 'APPROVE', await approver(moving), { contentHash: world.file(caseId).round!.contentHash });
};

const reject: Move = async (moving) => moving.world.does(moving.caseId, 'REJECT', await approver(moving), { reason: 'Look again' });

/** Rated anew while the result is being approved. */
const rateAgain: Move = async ({ world, caseId }) => rate(world, risksIn(world, caseId)[0]!, { likelihood: 1 });

export const assessmentMoves: Record<string, Move> = {
  ADD_TRIGGER: by(people.iso, 'ADD_TRIGGER'),
  TRIAGE: by(people.iso, 'TRIAGE'),
  NOT_NEEDED: by(people.iso, 'NOT_NEEDED'),
  CONFIRM_NOT_NEEDED: notNeeded(people.topManagement, 'CONFIRM_NOT_NEEDED'),
  REFUSE_NOT_NEEDED: notNeeded(people.topManagement, 'REFUSE_NOT_NEEDED'),
  START: start,
  ADD_RISK: addRisk,
  CARRY_OVER: carryOver,
  EXCLUDE_RISK: exclude,
  DECLARE_NONE: by(assessor, 'DECLARE_NONE'),
  COMPLETE_IDENTIFICATION: completeIdentification,
  COMPLETE_ANALYSIS: completeAnalysis,
  COMPLETE_EVALUATION: completeEvaluation,
  CONFIRM: confirm,
  ALL_CONFIRMED: confirm,
  CONFIRMATION_VOID: rateAgain,
  RELEASE_FOR_TREATMENT: release,
  DISPUTE: dispute,
  RESUBMIT: resubmit,
  RULE: rule,
  REOPEN: by(people.iso, 'REOPEN'),
  SCOPE_CHANGED: told('SCOPE_CHANGED'),
  CRITERIA_CHANGED: told('CRITERIA_CHANGED'),
  CONTINUE_PINNED: afterChange('CONTINUE_PINNED'),
  RESTART: afterChange('RESTART'),
  APPROVED: approve,
  REJECTED: reject,
  CANCELLED: async ({ world, caseId }) => {
    await world.does(caseId, 'REQUEST_CANCEL', people.iso, { reason: 'No longer needed' });
    await world.does(caseId, 'CONFIRM_CANCEL', people.topManagement);
  },
};

/** Grave unless one person alone is to set it aside. */
export function openAssessmentFor(world: World, path: readonly Step[]): Promise<CaseId> {
  const alone = path.some(({ passes }) => passes.includes('needsNoSecondPerson'));
  return world.open(people.iso, 'assessment', assessmentOf(alone ? {} : { trigger: { kind: 'MANAGEMENT_REVIEW', reason: 'Decided there' } }));
}
