import type { AssessmentCommand, AssessmentDocument } from '../../contracts/assessment.ts';
import type { CaseId } from '../../contracts/identity.ts';
import type { RiskAbout } from '../../contracts/risk.ts';
import { processes } from '../../domain/processes.ts';
import { people } from './world.ts';
import type { World } from './world.ts';

/** Bodies of an assessment that fit it as it is, and what its risks tell of themselves. */
type Maker = (ground: { world: World; caseId: CaseId }) => object;
const reason = 'Because it is so';

export const assessor = people.deputy;
export const secondRater = people.uninvolved;

/** Opening of an assessment over one unit; grave ones take a second person to be dismissed. */
export const assessmentOf = (extra: object = {}) => ({
  trigger: { kind: 'THREAT', reason },
  scope: { units: ['it'] },
  unit: 'it',
  ...extra,
});

export const newRisk = {
  title: 'Backups cannot be restored',
  unit: 'it',
  owner: people.ncOwner,
  scenario: { kind: 'EVENT', source: 'Wear', event: 'Tapes cannot be read', consequence: 'Data is lost' },
  affects: ['AVAILABILITY'],
};

export function riskAbout(world: World, risk: CaseId): RiskAbout {
  return processes.risk.policy.about(world.file(risk) as never) as RiskAbout;
}

/** Open risks that the assessment works on, the newest last. */
export function risksIn(world: World, caseId: CaseId): CaseId[] {
  return world.cases().filter((id) => world.file(id).process === 'risk' && world.file(id).settled === null && riskAbout(world, id).proposalIn === caseId);
}

function disputedIn(world: World, caseId: CaseId): CaseId {
  const { disputes } = world.file(caseId).document as unknown as AssessmentDocument;
  const open = disputes.find(({ answer, ruling }) => answer === null && ruling?.ruling !== 'RATING_STANDS');
  return open?.risk ?? risksIn(world, caseId)[0] ?? caseId;
}

/** One that can be disputed: not disputed already. */
function undisputedIn(world: World, caseId: CaseId): CaseId {
  const { disputes } = world.file(caseId).document as unknown as AssessmentDocument;
  const open = disputes.filter(({ answer, ruling }) => answer === null && ruling === null).map(({ risk }) => risk);
  return risksIn(world, caseId).find((id) => !open.includes(id)) ?? risksIn(world, caseId)[0] ?? caseId;
}

function signable(world: World, caseId: CaseId): { risk: CaseId; contentHash: string }[] {
  const rated = risksIn(world, caseId).filter((risk) => riskAbout(world, risk).proposalDecision !== null);
  const found = rated.map((risk) => ({ risk, contentHash: riskAbout(world, risk).proposalHash! }));
  return found.length > 0 ? found : [{ risk: caseId, contentHash: '0'.repeat(64) }];
}

const reviewed = { risks: 'Looked at', nonconformities: 'Looked at', incidents: 'None', exceptions: 'None' };

export const assessmentBodies: Record<AssessmentCommand, Maker> = {
  ADD_TRIGGER: () => assessmentOf(),
  TRIAGE: () => ({ kind: 'PARTIAL', reason }),
  NOT_NEEDED: () => ({ reason }),
  CONFIRM_NOT_NEEDED: () => ({}),
  REFUSE_NOT_NEEDED: () => ({ reason }),
  START: () => ({ method: 'EVENT', assessor, secondRater }),
  ADD_RISK: () => newRisk,
  CARRY_OVER: () => ({}),
  EXCLUDE_RISK: ({ world, caseId }) => ({ risk: risksIn(world, caseId).at(-1) ?? caseId, reason }),
  DECLARE_NONE: () => ({ item: 'it', reason }),
  COMPLETE_IDENTIFICATION: () => reviewed,
  COMPLETE_ANALYSIS: () => ({}),
  COMPLETE_EVALUATION: () => ({}),
  CONFIRM: ({ world, caseId }) => ({ risks: signable(world, caseId) }),
  DISPUTE: ({ world, caseId }) => ({ risk: undisputedIn(world, caseId), reason }),
  RESUBMIT: ({ world, caseId }) => ({ risk: disputedIn(world, caseId), answer: 'It was rated by the same scale as all others' }),
  RULE: ({ world, caseId }) => ({ risk: disputedIn(world, caseId), ruling: 'RATING_STANDS', reason }),
  RELEASE_FOR_TREATMENT: ({ world, caseId }) => ({ risk: risksIn(world, caseId)[0] ?? caseId, reason }),
  REOPEN: () => ({ reason }),
  SCOPE_CHANGED: ({ caseId }) => ({ record: caseId, recordRef: 'CTX-1' }),
  CRITERIA_CHANGED: ({ caseId }) => ({ criteria: caseId, criteriaRef: 'RC-1' }),
  CONTINUE_PINNED: () => ({ reason }),
  RESTART: () => ({ reason }),
};
