import type { AcceptanceKind } from '../../contracts/acceptance.ts';
import type { CaseId, PersonId } from '../../contracts/identity.ts';
import type { Json } from '../../contracts/json.ts';
import { SYSTEM } from '../../domain/kernel/draft.ts';
import { finishAction } from './finish-action.ts';
import type { Step } from './routes.ts';
import { acceptanceBodies, choosePlan, riskToTreat, scores, treatmentDay, treatmentPlanBodies } from './treatment-bodies.ts';
import { people } from './world.ts';
import type { World } from './world.ts';

/** How each step of a generated path through a treatment plan or an acceptance is made to happen. */
interface Moving {
  world: World;
  caseId: CaseId;
  passes: string[];
}
type Move = (moving: Moving) => Promise<void>;

const bodies: Record<string, (ground: Pick<Moving, 'world' | 'caseId'>) => object | Promise<object>> = { ...treatmentPlanBodies, ...acceptanceBodies };
const bodyFor = ({ world, caseId }: Moving, name: string) => {
  const own = world.file(caseId).process === 'treatmentPlan' ? treatmentPlanBodies : acceptanceBodies;
  return ((own as typeof bodies)[name] ?? bodies[name]!)({ world, caseId });
};

const by =
  (person: PersonId, name: string, extra: object = {}): Move =>
  async (moving) =>
    moving.world.does(moving.caseId, name, person, { ...(await bodyFor(moving, name)), ...extra });

const engine =
  (name: string): Move =>
  async (moving) => {
    const { world, caseId } = moving;
    const { refusal } = await world.driver.journalInMemory().decide(caseId, { name, body: (await bodyFor(moving, name)) as Json, actor: SYSTEM });
    if (refusal) throw new Error(`${name} was refused: ${JSON.stringify(refusal.reasons)}`);
    await world.driver.advanceTo(world.driver.now());
  };

async function asked(world: World, caseId: CaseId): Promise<PersonId> {
  const { asked: tasks } = await world.driver.view(caseId);
  return tasks.find(({ task }) => task === 'approve')!.persons[0]!;
}

const conditional = new WeakSet<World>();

/** Everybody who is asked in this round approves; the first of them under a condition where the path goes through a lapse. */
const approve: Move = async ({ world, caseId }) => {
  const { state } = world.file(caseId);
  while (world.file(caseId).state === state) {
    const under = conditional.has(world) && state === 'ownerApproval' && world.file(caseId).process === 'treatmentPlan';
    const conditions = under ? [{ text: 'Tell the customer', owner: people.uninvolved, due: treatmentDay(world, 2) }] : [];
    await world.does(caseId, 'APPROVE', await asked(world, caseId), { contentHash: world.file(caseId).round!.contentHash, conditions });
  }
};

const reject: Move = async ({ world, caseId }) => world.does(caseId, 'REJECT', await asked(world, caseId), { reason: 'Not so' });

const windowElapses: Move = ({ world, caseId }) => world.driver.advanceTo(world.file(caseId).window!.ends);

const actionsOf = ({ world, caseId }: Moving) => world.file(caseId).links.filter(({ type, to }) => type === 'treatmentAction' && world.file(to).settled === null);

const finishAll: Move = async (moving) => {
  for (const { to } of actionsOf(moving)) await finishAction(moving.world, to);
};

const startOne: Move = async (moving) => {
  const { to } = actionsOf(moving)[0]!;
  await moving.world.does(to, 'ACKNOWLEDGE', people.actionOwner);
  await moving.world.does(to, 'START', people.actionOwner);
  await moving.world.driver.advanceTo(moving.world.driver.now());
};

const decideBasis: Move = async (moving) => {
  const decision = { supersedes: 'SUPERSEDE', changes: 'CHANGE', keeps: 'KEEP' }[moving.passes[0]!];
  await engine('BASIS_CHANGED')(moving);
  await by(people.iso, 'DECIDE_BASIS', { decision })(moving);
};

/** Acceptances of what is left, decided as that says. */
const residuals =
  (decide: Move): Move =>
  async ({ world, caseId, passes }) => {
    for (const { to } of world.file(caseId).links.filter(({ type }) => type === 'residual')) {
      if (world.file(to).state !== 'requested' || world.file(caseId).state !== 'residualAcceptance') continue;
      await by(people.iso, 'COMMENT_ON')({ world, caseId: to, passes });
      await decide({ world, caseId: to, passes });
    }
  };

/** What the owner decides whose risk nothing tolerates any more. */
function afterLapse(name: string): Move {
  return async (moving) => {
    await engine('ACCEPTANCE_ENDED')(moving);
    await by(people.ncOwner, name)(moving);
  };
}

const lapses: Move = ({ world, caseId }) => world.driver.advanceTo(world.file(caseId).conditions.find(({ outcome }) => outcome === null)!.lapsesAt);

export const treatmentPlanMoves: Record<string, Move> = {
  SUBMIT: by('emre.yilmaz', 'SUBMIT'),
  RESUBMIT: by('emre.yilmaz', 'RESUBMIT'),
  ENDORSE: by(people.iso, 'ENDORSE'),
  RETURN: by(people.iso, 'RETURN'),
  WITHDRAWN: ({ world, caseId }) => world.does(caseId, 'WITHDRAW', 'emre.yilmaz', { reason: 'Not needed', evidence: [] }),
  APPROVED: approve,
  REJECTED: reject,
  LAPSED: lapses,
  SPLIT: by(people.iso, 'SPLIT'),
  KEEP_VERSION: by(people.iso, 'KEEP_VERSION'),
  MATERIAL_CHANGE: by(people.iso, 'MATERIAL_CHANGE'),
  // What is only retained ends with its approval.
  RETAINED: async () => undefined,
  WORK_STARTED: startOne,
  LINKS_SETTLED: finishAll,
  WAIVE_ACTION: by(people.ncOwner, 'WAIVE_ACTION'),
  PROLONG_INTERIM: afterLapse('PROLONG_INTERIM'),
  STOP_ACTIVITY: afterLapse('STOP_ACTIVITY'),
  ACTION_LATE: engine('ACTION_LATE'),
  DECIDE_BASIS: decideBasis,
  RELEASE_RISK: by(people.iso, 'RELEASE_RISK'),
  SUBMIT_RESIDUAL: by(people.iso, 'SUBMIT_RESIDUAL'),
  RESIDUALS_ACCEPTED: residuals(approve),
  RESIDUAL_REFUSED: residuals(reject),
  OWNER_CHANGED: engine('OWNER_CHANGED'),
  BASIS_CHANGED: engine('BASIS_CHANGED'),
  ACCEPTANCE_ENDED: engine('ACCEPTANCE_ENDED'),
  CANCELLED: async ({ world, caseId }) => {
    await world.does(caseId, 'REQUEST_CANCEL', people.iso, { reason: 'Not needed' });
    await world.does(caseId, 'CONFIRM_CANCEL', people.ncOwner, { note: 'Seen' });
  },
};

/** Which rounds approve on this path, beside the owners; further guards that a step lets pass are not asked. */
function approvalsOf(path: readonly Step[]): { budget: boolean; top: boolean; approved: number } {
  const rounds = path.flatMap(({ event, passes }, n) => (event === 'APPROVED' ? [{ passes, n }] : []));
  const budget = rounds[0]?.passes.includes('needsBudget') ?? false;
  const last = budget ? rounds[1] : rounds[0];
  const top = last?.passes.includes('needsTopManagement') ?? false;
  return { budget, top, approved: rounds[(budget ? 1 : 0) + (top ? 1 : 0)]?.n ?? Infinity };
}

/** Two risks of two owners: grave where TOP_MGMT has to approve, dear where the budget has to. */
export async function openPlanFor(world: World, path: readonly Step[]): Promise<CaseId> {
  const { budget, top } = approvalsOf(path);
  const events = path.map(({ event }) => event);
  if (events.includes('LAPSED')) conditional.add(world);
  choosePlan(world, { cost: budget ? 9000 : 3000, option: events.includes('RETAINED') ? 'RETAIN' : 'MODIFY' });
  const grave = top ? { impact: 5 } : {};
  const risks = [await riskToTreat(world, grave), await riskToTreat(world, { owner: 'stefan.krause', title: 'Code is lost' })];
  return world.open(people.iso, 'treatmentPlan', { risks, unit: 'it', author: 'emre.yilmaz' });
}

/** A version is kept as far as there is one whose approval has not lapsed, and withdrawn as far as there is none; owners of several risks part where one of them has rejected. */
export function isFeasibleForPlan(path: readonly Step[]): boolean {
  const { approved } = approvalsOf(path);
  return path.every(({ event }, n) => {
    const before = path[n - 1]?.event;
    if (event === 'KEEP_VERSION' && (n < approved || path.slice(0, n).findLast((step) => ['LAPSED', 'APPROVED'].includes(step.event))?.event === 'LAPSED')) return false;
    if (event === 'SPLIT' && (n > approved || before !== 'REJECTED' || path[n - 2]?.event !== 'ENDORSE')) return false;
    const others = ['WORK_STARTED', 'WAIVE_ACTION', 'LAPSED', 'LINKS_SETTLED', 'DECIDE_BASIS', 'MATERIAL_CHANGE', 'PROLONG_INTERIM', 'RELEASE_RISK'];
    return event !== 'RETAINED' || !path.some((step) => others.includes(step.event));
  });
}

const signature = { person: people.ncOwner, role: 'RISK_OWNER', at: '2026-11-02T08:00:00.000Z', source: 'RTP-1' };

/** What the acceptance of a path has to be, so that the path can be walked. */
function kindFor(path: readonly Step[]): AcceptanceKind {
  const passes = path.flatMap((step) => step.passes);
  if (path[0]?.event !== 'SIGNED') return 'RENEWAL';
  if (passes.includes('isInterim')) return 'INTERIM';
  return passes.includes('isToBeConfirmed') ? 'MIGRATED' : 'RETAINED';
}

let opened = 0;
async function openAcceptance(world: World, body: object): Promise<CaseId> {
  const id = `55555555-5555-4555-8555-${String((opened += 1)).padStart(12, '0')}`;
  const answer = await world.driver.journalInMemory().open({ id, process: 'acceptance', body, actor: SYSTEM, parent: null });
  if (!answer.opened) throw new Error(`the acceptance was not opened: ${JSON.stringify(answer)}`);
  await world.driver.advanceTo(world.driver.now());
  return id;
}

/** A renewal follows another one, through whose last days the path goes first. */
export async function openAcceptanceFor(world: World, path: readonly Step[]): Promise<CaseId> {
  const risk = await riskToTreat(world);
  const kind = kindFor(path);
  const often = path.some(({ passes }) => passes.includes('isRenewedOften'));
  const common = { risk, riskRef: 'R-1', title: 'Restores', unit: 'it', owner: people.ncOwner, level: 'medium', criteria: 'default', ratedOn: '2026-11-02', contentHash: 'a'.repeat(64), reason: 'So' };
  const first = kind === 'RENEWAL' ? 'RETAINED' : kind;
  const renewals = often ? (kind === 'RENEWAL' ? 1 : 2) : 0;
  const acceptance = await openAcceptance(world, { ...common, kind: first, signedBy: [signature], until: treatmentDay(world, 200), renewals });
  if (kind !== 'RENEWAL') return acceptance;
  await windowElapses({ world, caseId: acceptance, passes: [] });
  return renewed({ world, caseId: acceptance, passes: [] });
}

/** Asked for on a fresh rating. */
async function renewed(moving: Moving): Promise<CaseId> {
  const { world, caseId } = moving;
  const risk = String(world.file(caseId).document['risk']);
  // The planned review has come meanwhile: nothing came of it.
  if (world.file(risk).state === 'reassessmentDue')
    await world.driver.journalInMemory().decide(risk, { name: 'DISMISS_REASSESSMENT', body: { assessment: risk }, actor: SYSTEM });
  await world.does(risk, 'RATE', people.iso, scores(3));
  await by(people.ncOwner, 'RENEW')(moving);
  return world.file(caseId).links.findLast(({ type, direction }) => type === 'renewal' && direction === 'child')!.to;
}

const ends: Move = async (moving) => {
  if (moving.passes.includes('hasSuccessor') && moving.world.file(moving.caseId).state === 'expiring') {
    const caseId = await renewed(moving);
    await by(people.iso, 'COMMENT_ON')({ ...moving, caseId });
    await approve({ ...moving, caseId });
  }
  await windowElapses(moving);
};

const before = ({ world, caseId }: Moving) => String(world.file(caseId).document['predecessor']);

export const acceptanceMoves: Record<string, Move> = {
  // Comes with the opening.
  SIGNED: async () => undefined,
  STARTS: async (moving) => {
    if (moving.world.file(moving.caseId).state === 'granted') await windowElapses({ ...moving, caseId: before(moving) });
  },
  PREDECESSOR_ENDED: (moving) => by(people.ncOwner, 'REVOKE')({ ...moving, caseId: before(moving) }),
  COMMENT_ON: by(people.iso, 'COMMENT_ON'),
  SET_UNTIL: by(people.ncOwner, 'SET_UNTIL'),
  APPROVED: approve,
  REJECTED: reject,
  WINDOW_ELAPSED: ends,
  RENEW: async (moving) => void (await renewed(moving)),
  REVOKE: by(people.ncOwner, 'REVOKE'),
  DECIDE_AGAINST: by(people.topManagement, 'DECIDE_AGAINST'),
  CONFIRM_TAKEN_OVER: by(people.ncOwner, 'CONFIRM_TAKEN_OVER'),
  CANCELLED: async ({ world, caseId }) => {
    await world.does(caseId, 'REQUEST_CANCEL', people.iso, { reason: 'Not needed' });
    await world.does(caseId, 'CONFIRM_CANCEL', people.topManagement, { note: 'Seen' });
  },
  ...Object.fromEntries(['REVOKE_BY_TRIGGER', 'CRITERIA_CHANGED', 'SUPERSEDE', 'LAPSE', 'OWNER_CHANGED'].map((name) => [name, engine(name)])),
};

/** An acceptance is one thing: interim, taken over, retained or a renewal. */
export function isFeasibleForAcceptance(path: readonly Step[]): boolean {
  const passes = path.flatMap((step) => step.passes);
  const kind = kindFor(path);
  if (path[0]?.event === 'SIGNED' && !['STARTS', undefined].includes(path[1]?.event)) return false;
  if (passes.includes('isInterim') && (kind !== 'INTERIM' || passes.includes('isNotInterim'))) return false;
  if (passes.includes('isToBeConfirmed') && kind !== 'MIGRATED') return false;
  return kind === 'RETAINED' || kind === 'RENEWAL' || !passes.some((each) => ['mayBeRenewed', 'isRenewedOften', 'hasSuccessor'].includes(each));
}

