import { Temporal } from 'temporal-polyfill';
import type { AcceptanceCommand } from '../../contracts/acceptance.ts';
import type { CaseId, PersonId } from '../../contracts/identity.ts';
import type { TreatmentPlanCommand, TreatmentPlanDocument } from '../../contracts/treatment-plan.ts';
import { localDate } from '../../domain/calendar/due.ts';
import { processes } from '../../domain/processes.ts';
import { people } from './world.ts';
import type { World } from './world.ts';

/** A body for every command of a treatment plan or an acceptance that fits it as it is. */
interface Ground {
  world: World;
  caseId: CaseId;
}
type Maker = (ground: Ground) => object | Promise<object>;

const reason = 'Because it is so';
const OTHER = '44444444-4444-4444-8444-444444444444';

export const treatmentDay = (world: World, days: number): string =>
  Temporal.PlainDate.from(localDate(world.driver.now(), 'Europe/Berlin')).add({ days }).toString();

let records = 0;
export const operatingRecord = (world: World): Promise<string> => world.evidence(`operating record ${(records += 1)}`);

/** How the plan of a world differs from the usual one. */
export interface PlanChoice {
  option?: 'MODIFY' | 'RETAIN' | 'AVOID' | 'SHARE';
  cost?: number;
}

const choices = new WeakMap<World, PlanChoice>();
export const choosePlan = (world: World, choice: PlanChoice) => choices.set(world, choice);

export function planContent(world: World, risks: readonly CaseId[], choice: PlanChoice = choices.get(world) ?? {}) {
  const { option = 'MODIFY', cost = 3000 } = choice;
  const levelOf = (risk: CaseId) => String(processes.risk.policy.about(world.file(risk) as never)['level']);
  const treatments = risks.map((risk) => ({
    ...{ risk, option, reason, controls: option === 'MODIFY' ? ['A.8.13'] : [], expected: option === 'RETAIN' ? levelOf(risk) : 'low' },
    ...(option === 'RETAIN' && { compensatingControls: ['Two people look at it'] }),
  }));
  const action = { key: 'a1', title: 'Test restores', risks, owner: people.actionOwner, due: treatmentDay(world, 60), resources: 'Two days', expectedEvidence: 'Record' };
  return {
    ...{ title: 'Restores are tested', treatments, annexA: { compared: true, remark: 'Nothing else' }, actions: option === 'RETAIN' ? [] : [action] },
    ...{ targetDate: treatmentDay(world, 70), cost },
  };
}

export const planDocument = ({ world, caseId }: Ground) => world.file(caseId).document as unknown as TreatmentPlanDocument;

export const scores = (likelihood: number, impact = 3) => ({ impact: { operational: impact }, likelihood, rationale: { impact: 'Two days', likelihood: 'Once a year' } });

/** The newest interim acceptance of its first risk. */
const interimOf = (ground: Ground) => ground.world.file(ground.caseId).links.findLast(({ type, key }) => type === 'interim' && key === planDocument(ground).risks[0])?.to;

const submission: Maker = ({ world, caseId }) => planContent(world, planDocument({ world, caseId }).risks);
const about = ({ world, caseId }: Ground) => processes[world.file(caseId).process as 'acceptance'].policy.about(world.file(caseId) as never);

export const treatmentPlanBodies: Record<TreatmentPlanCommand, Maker> = {
  SUBMIT: submission,
  RESUBMIT: submission,
  ENDORSE: async (ground) => {
    await ownedControl(ground.world);
    return { contentHash: about(ground)['contentHash'] };
  },
  RETURN: () => ({ reason }),
  SPLIT: () => ({ reason }),
  MATERIAL_CHANGE: () => ({ reason }),
  KEEP_VERSION: () => ({ reason }),
  WAIVE_ACTION: () => ({ action: 'a1', reason }),
  SUBMIT_RESIDUAL: async (ground) => {
    const evidence = [await operatingRecord(ground.world)];
    return { ratings: planDocument(ground).risks.map((risk) => ({ risk, ...scores(1), controls: ['A.8.13'], evidence })) };
  },
  RELEASE_RISK: (ground) => ({ risk: planDocument(ground).risks.at(-1), reason }),
  DECIDE_BASIS: () => ({ decision: 'KEEP', reason }),
  PROLONG_INTERIM: (ground) => ({ risk: planDocument(ground).risks[0], until: treatmentDay(ground.world, 80), reason }),
  STOP_ACTIVITY: async (ground) => ({ risk: planDocument(ground).risks[0], reason, evidence: [await operatingRecord(ground.world)] }),
  ACTION_LATE: (ground) => ({ action: ground.world.file(ground.caseId).links.find(({ type }) => type === 'treatmentAction')?.to ?? OTHER, actionRef: 'A-1' }),
  BASIS_CHANGED: () => ({ assessment: OTHER, assessmentRef: 'RA-1' }),
  ACCEPTANCE_ENDED: (ground) => ({ acceptance: interimOf(ground) ?? OTHER, risk: planDocument(ground).risks[0], kind: 'INTERIM', how: 'LAPSED', withinCriteria: false }),
  OWNER_CHANGED: (ground) => ({ risk: planDocument(ground).risks[0], owner: people.ncOwner }),
};

export const acceptanceBodies: Record<AcceptanceCommand, Maker> = {
  COMMENT_ON: () => ({ comment: 'The control operates' }),
  SET_UNTIL: ({ world, caseId }) => ({ until: String(world.file(caseId).document['until']), reason }),
  RENEW: () => ({ reason }),
  REVOKE: () => ({ reason }),
  DECIDE_AGAINST: () => ({ decision: 'TREAT', reason }),
  CONFIRM_TAKEN_OVER: (ground) => ({ contentHash: about(ground)['contentHash'] }),
  REVOKE_BY_TRIGGER: () => ({ because: 'INCIDENT', ref: 'INC-1' }),
  CRITERIA_CHANGED: () => ({ criteria: OTHER, criteriaRef: 'RC-1' }),
  SUPERSEDE: ({ caseId }) => ({ by: caseId, byRef: 'ACC-9' }),
  LAPSE: () => ({ because: 'PLAN_LATE' }),
  OWNER_CHANGED: () => ({ owner: people.ncOwner }),
};

const owned = new WeakSet<World>();

/** Somebody owns the control that plans of these tests need, or nobody could endorse them. */
async function ownedControl(world: World): Promise<void> {
  if (owned.has(world)) return;
  owned.add(world);
  await world.open(people.iso, 'control', { control: 'A.8.13', owner: people.uninvolved });
}

/** A risk of that level that needs treatment, with this owner. */
export async function riskToTreat(world: World, { owner = people.ncOwner as PersonId, likelihood = 3, impact = 3, title = 'Backups cannot be restored' } = {}): Promise<CaseId> {
  const risk = await world.open(people.iso, 'risk', {
    ...{ title, scenario: { kind: 'EVENT', source: 'Operations', event: 'A restore fails', consequence: 'Data are lost' }, affects: ['AVAILABILITY'], unit: 'it', owner },
    migrated: { source: 'Register.xlsx', ratedOn: localDate(world.driver.now(), 'Europe/Berlin'), rating: scores(likelihood, impact) },
  });
  await world.does(risk, 'CONFIRM_MIGRATED', owner, { contentHash: processes.risk.policy.about(world.file(risk) as never)['proposalHash'] });
  return risk;
}
