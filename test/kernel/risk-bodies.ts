import type { CaseId } from '../../contracts/identity.ts';
import type { RiskCommand, RiskDecision, RiskDocument } from '../../contracts/risk.ts';
import type { RiskCriteriaCommand } from '../../contracts/risk-criteria.ts';
import { createConfiguration } from '../../domain/configuration/configuration.ts';
import { createCriteria } from '../../domain/criteria/criteria.ts';
import { defaultCriteria } from '../../domain/criteria/defaults.ts';
import { confirmHash, ratingBy } from '../../domain/risk/rating.ts';
import { localDate } from '../../domain/calendar/due.ts';
import { people } from './world.ts';
import type { World } from './world.ts';

/** A body for every command of a risk that fits it as it is. */
interface Ground {
  world: World;
  caseId: CaseId;
}
type Maker = (ground: Ground) => object;

const reason = 'Because it is so';
const rationale = { impact: 'Many customers', likelihood: 'Seen elsewhere' };

/** Beside the case under test: what only the engine sends comes from here. */
export const ASSESSMENT = '11111111-1111-4111-8111-111111111111';
export const PLAN = '22222222-2222-4222-8222-222222222222';
export const ACCEPTANCE = '33333333-3333-4333-8333-333333333333';

/** Scores that come to this decision by the usual criteria: 2, or 20. */
export const scoresFor = (decision: RiskDecision) => ({
  impact: { operational: decision === 'TREAT' ? 5 : 2 },
  likelihood: decision === 'TREAT' ? 4 : 1,
  rationale,
});

export const riskBody = (extra: object = {}) => ({
  title: 'Lost laptop',
  scenario: { kind: 'EVENT', source: 'Staff', event: 'A laptop is lost', consequence: 'Data are read' },
  affects: ['CONFIDENTIALITY'],
  unit: 'it',
  owner: people.ncOwner,
  ...extra,
});

export const migrated = (world: World, decision: RiskDecision) => ({
  migrated: { source: 'Register.xlsx', rating: scoresFor(decision), ratedOn: localDate(world.driver.now(), 'Europe/Berlin') },
});

export function documentOf({ world, caseId }: Ground): RiskDocument {
  return world.file(caseId).document as unknown as RiskDocument;
}

function residual({ world }: Ground) {
  const criteria = createCriteria([], createConfiguration([])).at(world.driver.now());
  return ratingBy(criteria, { ...scoresFor('ACCEPTABLE'), rationale } as never, { by: people.deputy, on: localDate(world.driver.now(), 'Europe/Berlin') });
}

const included = { assessment: ASSESSMENT, assessmentRef: 'RA-1', assessor: people.uninvolved, secondRater: people.auditor };
/** As it is decided, or proposed, already. */
const usual = (ground: Ground): RiskDecision => documentOf(ground).proposal?.decision ?? documentOf(ground).decision ?? 'ACCEPTABLE';

/** The usual criteria, written down as a version of one's own. */
export const riskCriteriaBody = {
  ...{ title: 'Criteria 2027', reason, scales: defaultCriteria.scales, authority: defaultCriteria.authority },
  levelFunction: defaultCriteria.levelFunction,
};

export const riskCriteriaCommandBodies: Record<RiskCriteriaCommand, Maker> = {
  EDIT: () => riskCriteriaBody,
  SUBMIT: () => ({}),
  SUPERSEDE: ({ caseId }) => ({ from: caseId, fromRef: 'RC-1' }),
};

export const riskCommandBodies: Record<RiskCommand, Maker> = {
  AMEND: () => {
    const { title, scenario, affects } = riskBody({ title: 'Lost or stolen laptop' });
    return { title, scenario, affects };
  },
  ACCEPT_OWNERSHIP: () => ({}),
  DECLINE_OWNERSHIP: () => ({ reason }),
  NAME_OWNER: () => ({ owner: 'stefan.krause' }),
  RATE: (ground) => scoresFor(usual(ground)),
  SECOND_RATE: (ground) => scoresFor(usual(ground)),
  EVALUATE: () => ({ priority: 1, resolution: 'The first one' }),
  SET_TARGET: () => scoresFor('ACCEPTABLE'),
  EMERGENCY_RATE: () => ({ ...scoresFor('TREAT'), reason }),
  CONFIRM_MIGRATED: ({ world, caseId }) => ({ contentHash: confirmHash(world.file(caseId) as never) ?? '0'.repeat(64) }),
  MERGE: ({ world, caseId }) => ({ into: world.cases().find((id) => id !== caseId && world.file(id).process === 'risk') ?? caseId, reason }),
  SPLIT: () => {
    const { title, scenario, affects } = riskBody({ title: 'Stolen laptop' });
    return { into: [{ title, scenario, affects }], reason };
  },
  ASK_TO_CLOSE: () => ({ reason }),
  CLOSE: () => ({}),
  KEEP_OPEN: () => ({ reason }),
  REOPEN: () => ({ reason }),
  TRIGGER: () => ({ reason }),
  INCLUDE: () => included,
  EXCLUDE: () => ({ assessment: ASSESSMENT }),
  ADOPT: ({ world, caseId }) => ({ assessment: ASSESSMENT, contentHash: confirmHash(world.file(caseId) as never) ?? '' }),
  DISMISS_REASSESSMENT: () => ({ assessment: ASSESSMENT }),
  PLAN_OPENED: () => ({ plan: PLAN, planRef: 'RTP-1' }),
  PLAN_ENDED: () => ({ plan: PLAN, outcome: 'CANCELLED' }),
  RESIDUAL_RATED: (ground) => ({ plan: PLAN, rating: residual(ground) }),
  TREATMENT_LATE: () => ({ plan: PLAN }),
  TREATMENT_REPLANNED: () => ({ plan: PLAN }),
  ACCEPTED: () => ({ acceptance: ACCEPTANCE, acceptanceRef: 'ACC-1', kind: 'RETAINED', until: null }),
  ACCEPTANCE_REFUSED: () => ({ acceptance: ACCEPTANCE }),
  ACCEPTANCE_ENDED: () => ({ acceptance: ACCEPTANCE, kind: 'RETAINED', how: 'EXPIRED', withinCriteria: false }),
  CONTROL_NOT_EFFECTIVE: () => ({ control: 'A.8.13', because: 'The restore failed' }),
  CRITERIA_CHANGED: ({ caseId }) => ({ criteria: caseId, criteriaRef: 'RC-1' }),
  ABSORB: ({ caseId }) => ({ from: caseId, fromRef: 'R-2' }),
};
