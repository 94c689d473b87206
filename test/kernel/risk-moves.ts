import type { CaseId, PersonId } from '../../contracts/identity.ts';
import type { Json } from '../../contracts/json.ts';
import type { RiskCommand, RiskDecision } from '../../contracts/risk.ts';
import { SYSTEM } from '../../domain/kernel/draft.ts';
import { criteriaOf } from '../../domain/criteria/in-directory.ts';
import { standingOf } from '../../domain/configuration/in-directory.ts';
import { decisionBy } from '../../domain/risk/rating.ts';
import { documentOf, migrated, riskBody, riskCommandBodies, riskCriteriaBody, scoresFor } from './risk-bodies.ts';
import type { Step } from './routes.ts';
import { people } from './world.ts';
import type { World } from './world.ts';

/** How each step of a generated path through a risk is made to happen; what its plan or assessment would send comes from the engine. */
interface Moving {
  world: World;
  caseId: CaseId;
  passes: string[];
}
type Move = (moving: Moving) => Promise<void>;

async function bySystem({ world, caseId }: Moving, name: RiskCommand, body: object = {}): Promise<void> {
  const whole = { ...riskCommandBodies[name]({ world, caseId }), ...body } as Json;
  const { refusal } = await world.driver.journalInMemory().decide(caseId, { name, body: whole, actor: SYSTEM });
  if (refusal) throw new Error(`${name} was refused: ${JSON.stringify(refusal.reasons)}`);
  await world.driver.advanceTo(world.driver.now());
}

async function byPerson({ world, caseId }: Moving, name: RiskCommand, person: PersonId, body: object = {}): Promise<void> {
  await world.does(caseId, name, person, { ...riskCommandBodies[name]({ world, caseId }), ...body });
}

const iso =
  (name: RiskCommand): Move =>
  (moving) =>
    byPerson(moving, name, people.iso);
const engine =
  (name: RiskCommand): Move =>
  (moving) =>
    bySystem(moving, name);

const owner = ({ world, caseId }: Moving) => world.file(caseId).parties['owner']!;
const doc = (moving: Moving) => documentOf(moving);
const other = (decision: RiskDecision | null): RiskDecision => (decision === 'TREAT' ? 'ACCEPTABLE' : 'TREAT');

function proposed(moving: Moving): RiskDecision | null {
  const { proposal, category } = doc(moving);
  const criteria = criteriaOf(standingOf(moving.world.driver.directory())).at(moving.world.driver.now());
  return proposal && (proposal.decision ?? decisionBy(criteria, proposal.rating, category));
}

const rate: Move = async (moving) => {
  const { passes } = moving;
  const decided = passes.includes('changesDecision') ? other(doc(moving).decision) : passes.includes('changesProposedDecision') ? other(proposed(moving)) : null;
  if (decided && doc(moving).included) await bySystem(moving, 'EXCLUDE');
  const same = doc(moving).proposal ? proposed(moving) : doc(moving).decision;
  await byPerson(moving, 'RATE', people.iso, scoresFor(decided ?? same ?? 'ACCEPTABLE'));
};

/** Somebody works on it, and has come to that decision. */
async function propose(moving: Moving, decision: RiskDecision, within = true): Promise<void> {
  if (within) await bySystem(moving, 'INCLUDE');
  const { state } = moving.world.file(moving.caseId);
  if (proposed(moving) !== decision) await byPerson(moving, 'RATE', people.iso, scoresFor(decision));
  if (state !== 'analysed' && doc(moving).proposal!.decision === null) await evaluate(moving);
}

const secondRate: Move = async (moving) => {
  if (!doc(moving).proposal) await propose(moving, doc(moving).decision ?? 'ACCEPTABLE');
  await byPerson(moving, 'SECOND_RATE', people.deputy);
};

const evaluate: Move = async (moving) => {
  if (!doc(moving).proposal) {
    await bySystem(moving, 'INCLUDE');
    await byPerson(moving, 'RATE', people.iso);
  }
  const { needsSecond, secondRating } = doc(moving).proposal!;
  if (needsSecond && !secondRating) await secondRate(moving);
  await byPerson(moving, 'EVALUATE', people.iso);
};

const adopt: Move = async (moving) => {
  const [guard = ''] = moving.passes;
  const decision = guard === 'adoptsAcceptable' ? 'ACCEPTABLE' : guard === 'isConfirmed' ? doc(moving).decision! : 'TREAT';
  if (guard === 'adoptsTreatmentUnderWay' && !doc(moving).plan) await bySystem(moving, 'PLAN_OPENED');
  if (guard === 'adoptsTreatment' && doc(moving).plan && ['analysed', 'evaluated', 'acceptable'].includes(moving.world.file(moving.caseId).state))
    await bySystem(moving, 'PLAN_ENDED');
  await propose(moving, decision);
  await bySystem(moving, 'ADOPT');
};

const confirmMigrated: Move = async (moving) => {
  const [guard = ''] = moving.passes;
  await propose(moving, guard === 'confirmsAcceptable' ? 'ACCEPTABLE' : 'TREAT', false);
  if (guard === 'confirmsAccepted') await bySystem(moving, 'ACCEPTED', { kind: 'MIGRATED' });
  await byPerson(moving, 'CONFIRM_MIGRATED', owner(moving));
};

const accepted: Move = async (moving) => {
  const { state } = moving.world.file(moving.caseId);
  const interim = moving.passes.length === 0 && state !== 'monitored';
  const kind = interim ? 'INTERIM' : doc(moving).decision === 'TREAT' ? 'RETAINED' : 'WITHIN_CRITERIA';
  await bySystem(moving, 'ACCEPTED', { kind });
};

const acceptanceEnded: Move = async (moving) => {
  const own = moving.passes.length > 0;
  if (own && !doc(moving).acceptance) await bySystem(moving, 'ACCEPTED', { kind: 'RETAINED' });
  const { plan } = doc(moving);
  if (!plan && moving.passes.includes('endsOwnAcceptanceUnderWay')) await bySystem(moving, 'PLAN_OPENED');
  if (plan && moving.passes.includes('endsOwnAcceptance')) await bySystem(moving, 'PLAN_ENDED');
  const acceptance = own ? {} : { acceptance: moving.caseId };
  await bySystem(moving, 'ACCEPTANCE_ENDED', { ...acceptance, withinCriteria: moving.passes.includes('endsWithinCriteria') });
};

const dismiss: Move = async (moving) => {
  const [guard] = moving.passes;
  if (moving.world.file(moving.caseId).state === 'reassessmentDue') {
    await bearOrTreat(moving, guard);
    if (guard === undefined && doc(moving).decision === 'TREAT') await comeToBeDue(moving, 'ACCEPTABLE');
    if (guard === 'isToBeTreated' && doc(moving).decision !== 'TREAT') await comeToBeDue(moving, 'TREAT');
  }
  await bySystem(moving, 'DISMISS_REASSESSMENT');
};

/** Accepted or treated where the guard asks for it, and not where it asks for the other. */
async function bearOrTreat(moving: Moving, guard: string | undefined): Promise<void> {
  const { acceptance, plan } = doc(moving);
  const [isAccepted, hasPlan] = [acceptance !== null, plan !== null];
  if (isAccepted && guard !== 'isAccepted') await bySystem(moving, 'ACCEPTANCE_ENDED', { withinCriteria: true });
  if (!isAccepted && guard === 'isAccepted') await bySystem(moving, 'ACCEPTED');
  if (hasPlan !== (guard === 'hasPlan')) await bySystem(moving, hasPlan ? 'PLAN_ENDED' : 'PLAN_OPENED');
}

/** From one assessment that has come to that decision to the next. */
async function comeToBeDue(moving: Moving, decision: RiskDecision): Promise<void> {
  await rate({ ...moving, passes: [] });
  await adopt({ ...moving, passes: [decision === 'TREAT' ? 'adoptsTreatment' : 'adoptsAcceptable'] });
  if (decision === 'TREAT') await rate({ ...moving, passes: ['changesDecision'] });
  else await bySystem(moving, 'CONTROL_NOT_EFFECTIVE');
}

/** Once round: decided, rated otherwise, and back to where it was. */
async function goRound(moving: Moving): Promise<void> {
  const { state } = moving.world.file(moving.caseId);
  await adopt({ ...moving, passes: ['adoptsTreatment'] });
  await rate({ ...moving, passes: ['changesDecision'] });
  await rate({ ...moving, passes: [] });
  if (state === 'evaluated') await evaluate(moving);
}

/** To be treated, and nobody bears it. */
const isOpen = (moving: Moving) => doc(moving).decision === 'TREAT' && !doc(moving).acceptance && !doc(moving).plan;

async function leaveOpen(moving: Moving): Promise<void> {
  if (doc(moving).acceptance) await bySystem(moving, 'ACCEPTANCE_ENDED', { withinCriteria: true });
  if (!isOpen(moving)) await goRound(moving);
}

const exclude: Move = async (moving) => {
  if (moving.passes.length === 0) return bySystem(moving, 'EXCLUDE', { assessment: moving.caseId });
  const [guard] = moving.passes;
  if (guard !== 'fallsBackToStart' && !doc(moving).ratings.current) await goRound(moving);
  if (guard === 'fallsBackToTreatment') await leaveOpen(moving);
  else if (guard === 'fallsBackToDue' && isOpen(moving)) await bySystem(moving, 'ACCEPTED', { kind: 'RETAINED' });
  await bySystem(moving, 'INCLUDE');
  await bySystem(moving, 'EXCLUDE');
};

/** The cases that stand in for plan and acceptance do not exist: what they would have been told is settled by hand. */
async function settle({ world, caseId }: Moving): Promise<void> {
  for (const { version, n } of [...world.file(caseId).refusedEffects]) await world.does(caseId, 'SETTLE_EFFECT', people.iso, { version, n, note: 'Seen' });
}

const close: Move = async (moving) => {
  await byPerson(moving, 'ASK_TO_CLOSE', people.iso);
  await byPerson(moving, 'CLOSE', owner(moving));
  await settle(moving);
};

const keepOpen: Move = async (moving) => {
  await byPerson(moving, 'ASK_TO_CLOSE', people.iso);
  await byPerson(moving, 'KEEP_OPEN', owner(moving));
};

const merge: Move = async (moving) => {
  const { world } = moving;
  const into = await world.open(people.reporter, 'risk', riskBody({ title: 'The same' }));
  if (doc(moving).plan) await bySystem(moving, 'PLAN_ENDED');
  await byPerson(moving, 'MERGE', people.iso, { into });
  await settle(moving);
};

const reviewDue: Move = async (moving) => {
  const { world, caseId } = moving;
  if (doc(moving).included) await bySystem(moving, 'EXCLUDE');
  await world.driver.advanceTo(world.file(caseId).deadlines['review']!.due);
};

/** Somebody else owns it first, where the owner has said yes already. */
const asNewOwner =
  (name: RiskCommand): Move =>
  async (moving) => {
    if (doc(moving).acceptedOwnership) await byPerson(moving, 'NAME_OWNER', people.iso);
    await byPerson(moving, name, owner(moving));
  };

export const riskMoves: Record<string, Move> = {
  // Comes with the opening.
  IMPORTED: async () => undefined,
  REVIEW_DUE: reviewDue,
  AMEND: iso('AMEND'),
  ACCEPT_OWNERSHIP: asNewOwner('ACCEPT_OWNERSHIP'),
  DECLINE_OWNERSHIP: asNewOwner('DECLINE_OWNERSHIP'),
  NAME_OWNER: iso('NAME_OWNER'),
  RATE: rate,
  SECOND_RATE: secondRate,
  EVALUATE: evaluate,
  SET_TARGET: iso('SET_TARGET'),
  EMERGENCY_RATE: iso('EMERGENCY_RATE'),
  CONFIRM_MIGRATED: confirmMigrated,
  MERGE: merge,
  SPLIT: iso('SPLIT'),
  ASK_TO_CLOSE: iso('ASK_TO_CLOSE'),
  CLOSE: close,
  KEEP_OPEN: keepOpen,
  REOPEN: iso('REOPEN'),
  TRIGGER: iso('TRIGGER'),
  EXCLUDE: exclude,
  ADOPT: adopt,
  DISMISS_REASSESSMENT: dismiss,
  ACCEPTED: accepted,
  ACCEPTANCE_ENDED: acceptanceEnded,
  PLAN_ENDED: (moving) => bySystem(moving, 'PLAN_ENDED', moving.passes.length > 0 ? {} : { plan: moving.caseId }),
  ...Object.fromEntries(
    (['INCLUDE', 'PLAN_OPENED', 'RESIDUAL_RATED', 'TREATMENT_LATE', 'TREATMENT_REPLANNED', 'ACCEPTANCE_REFUSED', 'CONTROL_NOT_EFFECTIVE', 'CRITERIA_CHANGED', 'ABSORB'] as const).map((name) => [name, engine(name)]),
  ),
};

/** A later version is approved and takes effect. */
const superseded: Move = async ({ world }) => {
  const later = await world.open(people.iso, 'riskCriteria', riskCriteriaBody);
  await world.does(later, 'SUBMIT', people.iso);
  await decideOn('APPROVE')({ world, caseId: later, passes: [] });
};

const decideOn =
  (name: 'APPROVE' | 'REJECT'): Move =>
  async ({ world, caseId }) =>
    world.does(caseId, name, people.topManagement, name === 'REJECT' ? { reason: 'Too coarse' } : { contentHash: world.file(caseId).round!.contentHash });

export const riskCriteriaMoves: Record<string, Move> = {
  EDIT: ({ world, caseId }) => world.does(caseId, 'EDIT', people.iso, riskCriteriaBody),
  SUBMIT: ({ world, caseId }) => world.does(caseId, 'SUBMIT', people.iso),
  APPROVED: decideOn('APPROVE'),
  REJECTED: decideOn('REJECT'),
  WITHDRAWN: ({ world, caseId }) => world.does(caseId, 'WITHDRAW', people.iso, { reason: 'Not needed' }),
  // Comes with the approval where nothing else is active.
  NONE_ACTIVE: async () => undefined,
  SUPERSEDE: superseded,
};

/** A path that begins with IMPORTED is that of a risk of an earlier register. */
export function openRisk(world: World, path: readonly Step[]): Promise<CaseId> {
  const extra = path[0]?.event === 'IMPORTED' ? migrated(world, 'ACCEPTABLE') : {};
  return world.open(people.iso, 'risk', riskBody(extra));
}

/** What was confirmed was imported; what falls back to being due was rated before, and the other way round. */
export function isFeasibleForRisk(path: readonly Step[]): boolean {
  let rated = false;
  const imported = path[0]?.event === 'IMPORTED';
  return path.every((step, n) => {
    const fits = isInPlace(step, { isFirst: n === 0, isLast: n === path.length - 1 }) && (step.event !== 'CONFIRM_MIGRATED' || (imported && !rated));
    if (!fits || (step.passes[0] === 'fallsBackToStart' && rated)) return false;
    rated ||= step.event === 'ADOPT' || step.event === 'CONFIRM_MIGRATED';
    return true;
  });
}

/** What comes with the opening is first; what leads on at once by the acceptance that follows is last. */
function isInPlace({ event, passes }: Step, { isFirst, isLast }: { isFirst: boolean; isLast: boolean }): boolean {
  const leadsOn = ['confirmsAcceptable'].includes(passes[0] ?? '');
  return (event !== 'IMPORTED' || isFirst) && (!leadsOn || isLast);
}
