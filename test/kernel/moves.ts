import type { CaseId, PersonId } from '../../contracts/identity.ts';
import type { Json } from '../../contracts/json.ts';
import { SYSTEM } from '../../domain/kernel/draft.ts';
import { auditMoves } from './audit-moves.ts';
import { assessmentMoves } from './assessment-moves.ts';
import { bodyOf, configurationChange, report, today } from './bodies.ts';
import { findingMoves } from './finding-moves.ts';
import { asked, finishAction } from './finish-action.ts';
import { riskCriteriaMoves, riskMoves } from './risk-moves.ts';
import type { Step } from './routes.ts';
import { acceptanceMoves, treatmentPlanMoves } from './treatment-moves.ts';
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

/** Worlds whose path goes through a lapse: there the plan is approved under a condition. */
export const conditional = new WeakSet<World>();

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

/** What only the engine itself tells a case. */
const bySystem =
  (name: string): Move =>
  async ({ world, caseId }) => {
    const body = (await bodyOf(world, caseId, name)) as Json;
    await world.driver.journalInMemory().decide(caseId, { name, body, actor: SYSTEM });
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
const used: Move = async (moving) => {
  const { world, caseId } = moving;
  if (world.file(caseId).state !== 'active') return bySystem('USED')(moving);
  const action = await world.open(people.uninvolved, 'action', {
    title: 'On its own',
    unit: 'it',
    due: today(world, 30),
  });
  await world.does(action, 'ASSIGN', people.actionOwner, { owner: 'felix.bauer' });
};

const leaves = (person: PersonId): Move => async ({ world }) => {
  const departure = await world.open(people.iso, 'departure', { kind: 'LEAVES', person, lastDay: today(world, -1) });
  if (world.file(departure).state === 'announced') throw new Error('nobody has left yet');
};

const holderLeaves = leaves(people.actionOwner);

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
  finding: findingMoves,
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
    FOUND_AGAIN: bySystem('FOUND_AGAIN'),
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
  audit: auditMoves,
  assessmentSchedule: {
    CHANGE: by(people.iso, 'CHANGE'),
    CYCLE_COMPLETED: bySystem('CYCLE_COMPLETED'),
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
  auditorAccess: {
    CHANGE_END: by(people.iso, 'CHANGE_END'),
    CHANGE_SCOPE: by(people.iso, 'CHANGE_SCOPE'),
    REVOKE: by(people.iso, 'REVOKE'),
    WINDOW_ELAPSED: windowElapses,
    HOLDER_LEFT: leaves(people.auditor),
    AUDIT_ENDED: bySystem('AUDIT_ENDED'),
  },
  auditorRecord: {
    ADD_COMPETENCE: by(people.topManagement, 'ADD_COMPETENCE'),
    END_COMPETENCE: async (moving) => {
      await by(people.topManagement, 'ADD_COMPETENCE')(moving);
      await by(people.topManagement, 'END_COMPETENCE')(moving);
    },
    RETIRE: by(people.topManagement, 'RETIRE'),
    RESTORE: by(people.topManagement, 'RESTORE'),
    HOLDER_LEFT: leaves(people.auditor),
    DECLARED: bySystem('DECLARED'),
    AUDITED: bySystem('AUDITED'),
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
