import type { CaseId, PersonId } from '../../contracts/identity.ts';
import type { ProcessDefinition } from '../../domain/kernel/definition.ts';
import { assessmentMoves, openAssessmentFor } from './assessment-moves.ts';
import { assessmentSchedule, bodyOf, breakGlass, configurationChange, contextRecord, report, today } from './bodies.ts';
import type { Json } from '../../contracts/json.ts';
import { SYSTEM } from '../../domain/kernel/draft.ts';
import { riskCriteriaBody } from './risk-bodies.ts';
import { isFeasibleForRisk, openRisk, riskCriteriaMoves, riskMoves } from './risk-moves.ts';
import {
  acceptanceMoves,
  isFeasibleForAcceptance,
  isFeasibleForPlan,
  openAcceptanceFor,
  openPlanFor,
  treatmentPlanMoves,
} from './treatment-moves.ts';
import { routesTo } from './routes.ts';
import type { Step } from './routes.ts';
import { people } from './world.ts';
import type { World } from './world.ts';

/** How each step of a generated path is made to happen, by whom it has to. */
interface Moving {
  world: World;
  caseId: CaseId;
  passes: string[];
}
type Move = (moving: Moving) => Promise<void>;

const by =
  (person: PersonId, name: string): Move =>
  async ({ world, caseId }) =>
    world.does(caseId, name, person, await bodyOf(world, caseId, name, { occurrences: 2 }));

const byOwner =
  (name: string): Move =>
  (moving) =>
    by(moving.world.file(moving.caseId).parties['owner']!, name)(moving);

async function asked(world: World, caseId: CaseId, task: string): Promise<PersonId> {
  const { asked: tasks } = await world.driver.view(caseId);
  return tasks.find((each) => each.task === task)!.persons[0]!;
}

/** Worlds whose path goes through a lapse: there the plan is approved under a condition. */
const conditional = new WeakSet<World>();

const approveAll: Move = async ({ world, caseId }) => {
  while (['planApproval', 'reapproval'].includes(world.file(caseId).state)) {
    const under = conditional.has(world) && world.file(caseId).state === 'planApproval';
    const conditions = [{ text: 'Tell the customer', owner: people.uninvolved, due: today(world, 2) }];
    const body = { ...(await bodyOf(world, caseId, 'APPROVE')), ...(under && { conditions }) };
    await world.does(caseId, 'APPROVE', await asked(world, caseId, 'approve'), body);
  }
};

const conditionLapses: Move = ({ world, caseId }) =>
  world.driver.advanceTo(world.file(caseId).conditions.find(({ outcome }) => outcome === null)!.lapsesAt);

const reject: Move = async ({ world, caseId, passes }) => {
  const backTo = passes.includes('rejectsCause') ? 'cause' : 'plan';
  await world.does(
    caseId,
    'REJECT',
    await asked(world, caseId, 'approve'),
    await bodyOf(world, caseId, 'REJECT', { backTo }),
  );
};

/** All corrective actions that still run are done. */
export const finishActions: Move = async ({ world, caseId }) => {
  for (const { to, type } of world.file(caseId).links) {
    if (type === 'correctiveAction' && world.file(to).settled === null) await finishAction(world, to);
  }
};

export async function finishAction(world: World, action: CaseId): Promise<void> {
  const owner = world.file(action).parties['owner']!;
  if (world.file(action).state === 'assigned') await world.does(action, 'ACKNOWLEDGE', owner, {});
  await world.does(action, 'SUBMIT', owner, await bodyOf(world, action, 'SUBMIT'));
  await world.does(action, 'VERIFY', await asked(world, action, 'verify'), { note: 'Seen' });
}

const recordOccurrence: Move = async ({ world, caseId, passes }) => {
  for (let n = passes.includes('completesOccurrences') ? 2 : 1; n > 0; n -= 1) {
    await world.does(
      caseId,
      'RECORD_OCCURRENCE',
      people.ncOwner,
      await bodyOf(world, caseId, 'RECORD_OCCURRENCE'),
    );
  }
};

/** Another report of the same is a duplicate of this one. */
const countOccurrence: Move = async ({ world, caseId }) => {
  const second = await world.open(people.uninvolved, 'nonconformity', report(world));
  await world.does(second, 'MARK_DUPLICATE', people.iso, { of: caseId });
};

const markDuplicate: Move = async ({ world, caseId }) => {
  const original = await world.open(people.uninvolved, 'nonconformity', report(world));
  await world.does(caseId, 'MARK_DUPLICATE', people.iso, { of: original });
};

/** Who reported what it repeats takes that back. */
const originalWithdrawn: Move = ({ world, caseId }) =>
  world.does(String(world.file(caseId).document['duplicateOf']), 'WITHDRAW', people.uninvolved, {
    reason: 'It was none',
  });

/** As the case behind it does where a newer plan needs it no more. */
const calledOffByItsPlan: Move = async ({ world, caseId }) => {
  const body = { reason: 'Replaced by a newer version of the plan' };
  await world.driver.journalInMemory().decide(caseId, { name: 'CALL_OFF', body, actor: SYSTEM });
};

const windowElapses: Move = ({ world, caseId }) => world.driver.advanceTo(world.file(caseId).window!.ends);

/** A later change of the same takes effect. */
const superseded: Move = async ({ world }) => {
  const later = await world.open(people.iso, 'configurationChange', {
    title: 'Triage',
    ...configurationChange(world),
  });
  await world.does(later, 'SUBMIT', people.iso, {});
  await world.does(later, 'APPROVE', people.topManagement, await bodyOf(world, later, 'APPROVE'));
  await world.driver.advanceTo(world.file(later).window!.ends);
};

/** Somebody who has the powers decides with them: the action that nobody owns gets an owner. Later on such news was on its way. */
const used: Move = async ({ world, caseId }) => {
  if (world.file(caseId).state !== 'active') {
    const body = (await bodyOf(world, caseId, 'USED')) as Json;
    await world.driver
      .journalInMemory()
      .decide(caseId, { name: 'USED', body, actor: { person: null, role: 'SYSTEM' } });
    return;
  }
  const action = await world.open(people.uninvolved, 'action', {
    title: 'On its own',
    unit: 'it',
    due: today(world, 30),
  });
  await world.does(action, 'ASSIGN', people.actionOwner, { owner: 'felix.bauer' });
};

const holderLeaves: Move = async ({ world }) => {
  const departure = await world.open(people.iso, 'departure', {
    kind: 'LEAVES',
    person: people.actionOwner,
    lastDay: today(world, -1),
  });
  if (world.file(departure).state === 'announced') throw new Error('nobody has left yet');
};
/** Entries of registers: the ISO keeps them; without an owner where the path names one. */
const registerMoves: Record<string, Move> = Object.fromEntries(
  ['AMEND', 'NAME_OWNER', 'RETIRE', 'RESTORE'].map((name) => [name, by(people.iso, name)]),
);
const registers = ['asset', 'businessProcess', 'supplier'];

/** Controls: as the ISO; one of the organisation's own where it is given up. */
const controlMoves = [
  'AMEND',
  'NAME_OWNER',
  'SET_STATUS',
  'VERIFY',
  'NOT_EFFECTIVE',
  'MANDATE',
  'LIFT_MANDATE',
  'PLAN_ACTION',
  'RETIRE',
  'RESTORE',
];

/** With nothing at risk, every control is excluded with its justification. */
const justified =
  (name: string): Move =>
  async (moving) => {
    await by(people.iso, 'JUSTIFY')(moving);
    await by(people.iso, name)(moving);
  };

const approveStatement: Move = async ({ world, caseId }) => {
  while (world.file(caseId).state === 'inApproval')
    await world.does(
      caseId,
      'APPROVE',
      await asked(world, caseId, 'approve'),
      await bodyOf(world, caseId, 'APPROVE'),
    );
};

/** The next version is approved: the one that the yearly review has opened, or another. */
const nextStatement: Move = async ({ world }) => {
  const open = world
    .cases()
    .find((id) => world.file(id).process === 'statementOfApplicability' && world.file(id).state === 'draft');
  const next =
    open ?? (await world.open(people.iso, 'statementOfApplicability', { cause: { kind: 'SCOPE' } }));
  await justified('SUBMIT')({ world, caseId: next, passes: [] });
  await world.does(next, 'PRESENT', people.iso, {});
  await approveStatement({ world, caseId: next, passes: [] });
};

const moves: Record<string, Record<string, Move>> = {
  acceptance: acceptanceMoves,
  risk: riskMoves,
  riskCriteria: riskCriteriaMoves,
  treatmentPlan: treatmentPlanMoves,
  nonconformity: {
    ACCEPT: by(people.iso, 'ACCEPT'),
    REJECT_NOT_NC: by(people.iso, 'REJECT_NOT_NC'),
    MARK_DUPLICATE: markDuplicate,
    APPEAL: by(people.reporter, 'APPEAL'),
    UPHOLD_APPEAL: by(people.topManagement, 'UPHOLD_APPEAL'),
    DISMISS_APPEAL: by(people.topManagement, 'DISMISS_APPEAL'),
    RECORD_CORRECTION: by(people.ncOwner, 'RECORD_CORRECTION'),
    CORRECTION_NOT_POSSIBLE: by(people.ncOwner, 'CORRECTION_NOT_POSSIBLE'),
    SUBMIT_CAUSE: by(people.ncOwner, 'SUBMIT_CAUSE'),
    NO_CA_NEEDED: by(people.iso, 'NO_CA_NEEDED'),
    CA_NEEDED: by(people.ncOwner, 'CA_NEEDED'),
    SUBMIT_PLAN: by(people.ncOwner, 'SUBMIT_PLAN'),
    REVISE_PLAN: by(people.ncOwner, 'REVISE_PLAN'),
    APPROVED: approveAll,
    REJECTED: reject,
    LAPSED: conditionLapses,
    LINKS_SETTLED: finishActions,
    REPLAN: by(people.ncOwner, 'REPLAN'),
    CONFIRM_IMPLEMENTATION: by(people.iso, 'CONFIRM_IMPLEMENTATION'),
    NOT_CONFIRMED: by(people.iso, 'NOT_CONFIRMED'),
    WINDOW_ELAPSED: windowElapses,
    RECURRENCE: by(people.reporter, 'RECURRENCE'),
    RECORD_OCCURRENCE: recordOccurrence,
    EFFECTIVE: by(people.auditor, 'EFFECTIVE'),
    INEFFECTIVE: by(people.auditor, 'INEFFECTIVE'),
    INCONCLUSIVE: by(people.auditor, 'INCONCLUSIVE'),
    REOPEN: by(people.iso, 'REOPEN'),
    REGRADE: by(people.iso, 'REGRADE'),
    WAIVE_REPORTING_LINE: by(people.topManagement, 'WAIVE_REPORTING_LINE'),
    COUNT_OCCURRENCE: countOccurrence,
    CLOSED_BY_CB: by(people.iso, 'CLOSED_BY_CB'),
    SEND_CB_EVIDENCE: by(people.iso, 'SEND_CB_EVIDENCE'),
    WITHDRAWN: by(people.reporter, 'WITHDRAW'),
    LINK_WITHDRAWN: originalWithdrawn,
    CANCELLED: async (moving) => {
      await by(people.iso, 'REQUEST_CANCEL')(moving);
      await by(people.topManagement, 'CONFIRM_CANCEL')(moving);
    },
  },
  action: {
    // Comes with the opening.
    OWNER_NAMED: async () => undefined,
    NOTHING_OPEN: async () => undefined,
    ASSIGN: by(people.iso, 'ASSIGN'),
    REASSIGNED: async ({ world, caseId }) => {
      const to =
        world.file(caseId).parties['owner'] === people.actionOwner ? 'felix.bauer' : people.actionOwner;
      await world.does(caseId, 'REASSIGN', people.iso, { role: 'owner', to, reason: 'Better so' });
    },
    ...Object.fromEntries(
      ['ACKNOWLEDGE', 'DECLINE', 'START', 'BLOCK', 'UNBLOCK', 'SUBMIT'].map((name) => [name, byOwner(name)]),
    ),
    VERIFY: by(people.uninvolved, 'VERIFY'),
    RETURN: by(people.uninvolved, 'RETURN'),
    CANCELLED: async (moving) => {
      await by(people.iso, 'REQUEST_CANCEL')(moving);
      await by(people.uninvolved, 'CONFIRM_CANCEL')(moving);
    },
    CALL_OFF: calledOffByItsPlan,
    WITHDRAWN: by(people.uninvolved, 'WITHDRAW'),
  },
  configurationChange: {
    EDIT: by(people.iso, 'EDIT'),
    SUBMIT: by(people.iso, 'SUBMIT'),
    APPROVED: by(people.topManagement, 'APPROVE'),
    REJECTED: by(people.topManagement, 'REJECT'),
    WITHDRAWN: by(people.iso, 'WITHDRAW'),
    REVOKE: by(people.topManagement, 'REVOKE'),
    WINDOW_ELAPSED: windowElapses,
    SUPERSEDE: superseded,
  },
  assessment: assessmentMoves,
  assessmentSchedule: {
    CHANGE: by(people.iso, 'CHANGE'),
    CYCLE_COMPLETED: async ({ world, caseId }) => {
      const body = (await bodyOf(world, caseId, 'CYCLE_COMPLETED')) as Json;
      await world.driver.journalInMemory().decide(caseId, { name: 'CYCLE_COMPLETED', body, actor: SYSTEM });
    },
    WINDOW_ELAPSED: windowElapses,
    // Comes by itself with the planned date.
    NOTHING_OPEN: async () => undefined,
    CANCELLED: async (moving) => {
      await by(people.iso, 'REQUEST_CANCEL')(moving);
      await by(people.topManagement, 'CONFIRM_CANCEL')(moving);
    },
  },
  contextRecord: {
    AMEND: by(people.iso, 'AMEND'),
    SUBMIT: by(people.iso, 'SUBMIT'),
    CONFIRM: by(people.deputy, 'CONFIRM'),
    RETURN: by(people.deputy, 'RETURN'),
    WINDOW_ELAPSED: windowElapses,
    CANCELLED: async (moving) => {
      await by(people.iso, 'REQUEST_CANCEL')(moving);
      await by(people.topManagement, 'CONFIRM_CANCEL')(moving);
    },
  },
  breakGlass: {
    APPROVED: by(people.topManagement, 'APPROVE'),
    REJECTED: by(people.topManagement, 'REJECT'),
    WITHDRAWN: by(people.actionOwner, 'WITHDRAW'),
    END: by(people.topManagement, 'END'),
    WINDOW_ELAPSED: windowElapses,
    USED: used,
    HOLDER_LEFT: holderLeaves,
    CONFIRM_REVIEW: by(people.iso, 'CONFIRM_REVIEW'),
  },
  delegation: {
    ACCEPT: by(people.actionOwner, 'ACCEPT'),
    DECLINE: by(people.actionOwner, 'DECLINE'),
    REVOKE: by(people.uninvolved, 'REVOKE'),
    WINDOW_ELAPSED: windowElapses,
    HOLDER_LEFT: holderLeaves,
  },
  departure: {
    CHANGE_LAST_DAY: by(people.iso, 'CHANGE_LAST_DAY'),
    WITHDRAWN: by(people.iso, 'WITHDRAW'),
    WINDOW_ELAPSED: windowElapses,
    // Come by themselves where the person holds nothing.
    BROADCAST_ENDED: async () => undefined,
    NOTHING_OPEN: async () => undefined,
  },
  ...Object.fromEntries(registers.map((name) => [name, registerMoves])),
  control: Object.fromEntries(controlMoves.map((name) => [name, by(people.iso, name)])),
  statementOfApplicability: {
    ...Object.fromEntries(
      ['REDERIVE', 'JUSTIFY', 'RETURN', 'PRESENT'].map((name) => [name, by(people.iso, name)]),
    ),
    SUBMIT: justified('SUBMIT'),
    CANCELLED: async (moving) => {
      await by(people.iso, 'REQUEST_CANCEL')(moving);
      await by(people.topManagement, 'CONFIRM_CANCEL')(moving);
    },
    WITHDRAWN: by(people.iso, 'WITHDRAW'),
    APPROVED: approveStatement,
    REJECTED: by(people.iso, 'REJECT'),
    WINDOW_ELAPSED: windowElapses,
    SUPERSEDE: nextStatement,
  },
  absence: {
    CHANGE_END: by(people.uninvolved, 'CHANGE_END'),
    NAME_SUBSTITUTE: by(people.uninvolved, 'NAME_SUBSTITUTE'),
    RETURN: by(people.uninvolved, 'RETURN'),
    CANCEL: by(people.uninvolved, 'CANCEL'),
    WINDOW_ELAPSED: windowElapses,
  },
};

export async function take(world: World, caseId: CaseId, { event, passes }: Step): Promise<void> {
  const move = moves[world.file(caseId).process]?.[event];
  if (!move) throw new Error(`nobody knows how to make ${event} happen`);
  await move({ world, caseId, passes });
}

/** Opens a case on which the path can be walked: with an outside body, and an action with an owner where the path starts so. */
export async function openFor(world: World, process: string, path: readonly Step[]): Promise<CaseId> {
  return (openers[process] ?? opensStanding(process))(world, path);
}

type Opener = (world: World, path: readonly Step[]) => Promise<CaseId>;

const openers: Record<string, Opener> = {
  assessment: openAssessmentFor,
  assessmentSchedule: (world) => world.open(people.iso, 'assessmentSchedule', assessmentSchedule(world)),
  absence: (world) => world.open(people.uninvolved, 'absence', standInBody(world, 'absence')),
  acceptance: openAcceptanceFor,
  action: (world, path) => {
    const owner = path[0]?.event === 'OWNER_NAMED' ? { owner: people.actionOwner } : {};
    return world.open(people.uninvolved, 'action', {
      title: 'Encrypt',
      unit: 'it',
      due: today(world, 30),
      ...owner,
    });
  },
  breakGlass: (world) => world.open(people.actionOwner, 'breakGlass', breakGlass),
  configurationChange: (world) =>
    world.open(people.iso, 'configurationChange', { title: 'Triage', ...configurationChange(world) }),
  contextRecord: (world) => world.open(people.iso, 'contextRecord', contextRecord),
  delegation: (world) => world.open(people.uninvolved, 'delegation', standInBody(world, 'delegation')),
  departure: (world) =>
    world.open(people.iso, 'departure', {
      kind: 'LEAVES',
      person: people.uninvolved,
      lastDay: today(world, 10),
    }),
  nonconformity: (world, path) => {
    if (path.some(({ event }) => event === 'LAPSED')) conditional.add(world);
    const external = { body: 'Customer AG', reference: 'C-1', reportedOn: today(world) };
    return world.open(
      people.reporter,
      'nonconformity',
      report(world, { source: 'CUSTOMER_AUDIT', external }),
    );
  },
  risk: openRisk,
  riskCriteria: (world) => world.open(people.iso, 'riskCriteria', riskCriteriaBody),
  treatmentPlan: openPlanFor,
};

function opensStanding(process: string): Opener {
  return (world, path) => world.open(people.iso, process, standingBody(process, path));
}

/** Without an owner where the path names one; a control of the organisation's own where it is given up. */
function standingBody(process: string, path: readonly Step[]): object {
  if (process === 'statementOfApplicability') return { cause: { kind: 'OTHER' } };
  const owner = path.some(({ event }) => event === 'NAME_OWNER') ? {} : { owner: people.uninvolved };
  if (process !== 'control') return { name: 'Customer records', code: 'X-1', unit: 'it', ...owner };
  const which = path.some(({ event }) => event === 'RETIRE')
    ? { control: 'OC-1', title: 'Four eyes at the safe' }
    : { control: 'a.8.13' };
  return { ...which, ...owner, mandates: [{ code: 'CONTRACT', text: 'Customer AG', ref: '§ 4' }] };
}

/** Routes that can be walked. */
export function feasibleRoutesTo(definition: ProcessDefinition<never>, state: string): Step[][] {
  return routesTo(definition, state).filter((path) => isFeasible(definition.name, path));
}

/** What a process says beyond what holds for all of them. */
const feasibleFor: Record<string, (path: readonly Step[]) => boolean> = {
  acceptance: isFeasibleForAcceptance,
  risk: isFeasibleForRisk,
  treatmentPlan: isFeasibleForPlan,
};

/** Whether the path can be walked at all: a case that ends by its correction alone has no plan that could lapse, and what was approved is not withdrawn. */
export function isFeasible(process: string, path: readonly Step[]): boolean {
  if (!(feasibleFor[process]?.(path) ?? true)) return false;
  let correctionOnly = false;
  let approved = false;
  return path.every(({ event, passes }) => {
    if (event === 'APPROVED') approved = true;
    if (event === 'LAPSED' && !approved) return false;
    if (event === 'WITHDRAWN' && approved) return false;
    if (event === 'NO_CA_NEEDED') correctionOnly = true;
    if (event === 'CA_NEEDED') correctionOnly = false;
    const decides = event === 'CONFIRM_IMPLEMENTATION' || event === 'NOT_CONFIRMED';
    return !decides || passes.includes('isCorrectionOnly') === correctionOnly;
  });
}

/** Begins in ten days, so that its beginning is a step of its own. */
function standInBody(world: World, process: 'delegation' | 'absence'): object {
  const days = { from: today(world, 10), until: today(world, 30) };
  if (process === 'absence') return { ...days, person: people.uninvolved, substitute: people.actionOwner };
  return { ...days, delegate: people.actionOwner, scope: 'EVERYTHING', reason: 'Parental leave' };
}
