import type { ConfigurationKey, ConfigurationValues } from '../../contracts/configuration.ts';
import type { LadderRule } from '../../contracts/ladder.ts';

/**
 * The values that hold until an organisation decides otherwise; they serve twenty people without any setting up. This is the one
 * place for every number [D] of the rules; `source` says where it comes from, and `ours` where the rules leave it open.
 */
export interface Default<K extends ConfigurationKey> {
  value: ConfigurationValues[K];
  source: string;
  /** A process that does not run yet will ask for it; nothing does now. */
  awaits?: string;
}

/** The six steps of the standard and the compressed ladder, in working days from the due date. */
function dayLadder([r1, r2, e1, e2, e3]: [number, number, number, number, number]): LadderRule[] {
  return [
    { step: 'R1', when: { workingDays: r1 }, recipients: ['owner'], digest: true },
    { step: 'R2', when: { workingDays: r2 }, recipients: ['owner'] },
    { step: 'E0', when: 'due', recipients: ['owner', 'substitute'] },
    { step: 'E1', when: { workingDays: e1 }, recipients: ['lineManager'], acknowledgeWithin: '2wd' },
    { step: 'E2', when: { workingDays: e2 }, recipients: ['iso'] },
    { step: 'E3', when: { workingDays: e3 }, recipients: ['topManagement'], digest: true },
  ];
}

const legal: LadderRule[] = [
  { step: 'R1', when: { percentBefore: 50 }, recipients: ['owner'] },
  { step: 'R2', when: { percentBefore: 25 }, recipients: ['owner'] },
  { step: 'R3', when: { hoursBefore: 2 }, recipients: ['owner'] },
  { step: 'E3', when: 'due', recipients: ['owner', 'iso', 'topManagement'] },
];

const expiry: LadderRule[] = [
  { step: 'R1', when: { calendarDays: -30 }, recipients: ['owner'], digest: true },
  { step: 'R2', when: { calendarDays: -7 }, recipients: ['owner'] },
];

const acceptanceExpiry: LadderRule[] = [
  { step: 'R1', when: { calendarDays: -90 }, recipients: ['owner'], digest: true },
  { step: 'R2', when: { calendarDays: -30 }, recipients: ['owner'] },
  { step: 'R3', when: { calendarDays: -7 }, recipients: ['owner'] },
];

const reassignment: LadderRule[] = [
  { step: 'R2', when: { workingDays: -1 }, recipients: ['owner'] },
  { step: 'E2', when: 'due', recipients: ['owner', 'iso'] },
  { step: 'E3', when: { workingDays: 5 }, recipients: ['topManagement'] },
];

export const defaults: { readonly [K in ConfigurationKey]: Default<K> } = {
  'ladder.standard': { value: dayLadder([-7, -1, 3, 7, 14]), source: 'rules §4.5' },
  'ladder.critical': { value: dayLadder([-3, -1, 1, 2, 5]), source: 'rules §4.5' },
  'ladder.legal': { value: legal, source: 'rules §4.5' },
  'ladder.expiry': { value: expiry, source: 'rules §16.1' },
  'ladder.reassignment': { value: reassignment, source: 'rules §3.3' },
  'ladder.repeat': { value: '30cd', source: 'rules §4.5' },
  'action.ladder.standard': { value: null, source: 'rules §4.5' },
  'action.ladder.critical': { value: null, source: 'rules §4.5' },
  'nonconformity.ladder.standard': { value: null, source: 'rules §4.5' },
  'nonconformity.ladder.critical': { value: null, source: 'rules §4.5' },
  'rework.allowance': { value: '5wd', source: 'rules §16.1' },
  'round.rejectionsBeforeRuling': { value: 3, source: 'rules §4.3' },
  'round.unstaffedReminder': { value: '7cd', source: 'rules §18' },
  cycleProtection: { value: '30cd', source: 'rules §14' },
  'extension.decision': { value: '3wd', source: 'ours' },
  'cancel.decision': { value: '3wd', source: 'ours' },
  'hold.total': { value: '90cd', source: 'ours' },
  'hold.longest': { value: '30cd', source: 'rules §4.2' },
  reassignment: { value: '5wd', source: 'rules §3.3' },
  'departure.listing': { value: '1wd', source: 'rules §3.3' },
  'absence.longest': { value: '12mo', source: 'ours' },
  'absence.backdating': { value: '31cd', source: 'ours' },
  takeover: { value: '30cd', source: 'rules §3.3' },
  'nonconformity.triage': { value: '3wd', source: 'rules §8' },
  'nonconformity.ruling': { value: '10wd', source: 'ours' },
  'nonconformity.containment.major': { value: '5wd', source: 'rules §8' },
  'nonconformity.containment.minor': { value: '15wd', source: 'rules §8' },
  'nonconformity.causeAndPlan.major': { value: '14cd', source: 'rules §8' },
  'nonconformity.causeAndPlan.minor': { value: '30cd', source: 'rules §8' },
  'nonconformity.planApproval.major': { value: '3wd', source: 'rules §8' },
  'nonconformity.planApproval.minor': { value: '5wd', source: 'rules §8' },
  'nonconformity.implementation.major': { value: '60cd', source: 'rules §8' },
  'nonconformity.implementation.minor': { value: '90cd', source: 'rules §8' },
  'nonconformity.confirmation': { value: '10wd', source: 'ours' },
  'nonconformity.effectivenessReview.major': { value: '10wd', source: 'rules §8' },
  'nonconformity.effectivenessReview.minor': { value: '15wd', source: 'rules §8' },
  'nonconformity.effectivenessWindow': { value: '90cd', source: 'rules §8' },
  'nonconformity.repeatWindow': { value: '24mo', source: 'rules §8' },
  'nonconformity.reopening': { value: '24mo', source: 'rules §8' },
  'nonconformity.appeal': { value: '10wd', source: 'rules §18' },
  'nonconformity.followUp': { value: '20wd', source: 'ours' },
  'approval.nonconformity.correctiveActionPlan.major': { value: null, source: 'rules §8' },
  'approval.nonconformity.correctiveActionPlan.minor': { value: null, source: 'rules §8' },
  'action.acknowledgement': { value: '3wd', source: 'ours' },
  'action.verification': { value: '5wd', source: 'ours' },
  'soa.completion': { value: '20wd', source: 'ours' },
  'soa.review': { value: '5wd', source: 'ours' },
  'soa.approval': { value: '10wd', source: 'ours' },
  'soa.evidenceAge': { value: '12mo', source: 'rules §6.1' },
  'soa.interval': { value: '12mo', source: 'rules §6.1' },
  'delegation.acceptance': { value: '3wd', source: 'ours' },
  'delegation.longest': { value: '12mo', source: 'ours' },
  'risk.ownership': { value: '10wd', source: 'rules §5' },
  'risk.acceptance': { value: '10wd', source: 'rules §6' },
  'risk.openPlan': { value: '5wd', source: 'ours' },
  'risk.rerating': { value: '20wd', source: 'ours' },
  'risk.reassessment': { value: '90cd', source: 'rules §5' },
  'risk.emergencyRating': { value: '10wd', source: 'rules §5' },
  'risk.migratedConfirmation': { value: '60cd', source: 'rules §5' },
  'risk.closing': { value: '10wd', source: 'ours' },
  'risk.reviewAhead': { value: '30cd', source: 'ours' },
  'risk.reviewInterval.low': { value: '12mo', source: 'rules §5' },
  'risk.reviewInterval.medium': { value: '12mo', source: 'rules §5' },
  'risk.reviewInterval.high': { value: '3mo', source: 'rules §5' },
  'risk.reviewInterval.critical': { value: '3mo', source: 'rules §5' },
  'risk.secondRatingSample': { value: 10, source: 'rules §5' },
  'acceptance.validity.withinCriteria': { value: '12mo', source: 'rules §6' },
  'acceptance.validity.low': { value: '12mo', source: 'ours' },
  'acceptance.validity.medium': { value: '12mo', source: 'ours' },
  'acceptance.validity.high': { value: '6mo', source: 'rules §6' },
  'acceptance.validity.critical': { value: '3mo', source: 'rules §6' },
  'riskCriteria.approval': { value: '10wd', source: 'ours' },
  'riskCriteria.activation': { value: '1wd', source: 'ours' },
  'breakGlass.longest': { value: '24h', source: 'ours' },
  'breakGlass.approval': { value: '1wd', source: 'ours' },
  'breakGlass.review': { value: '5wd', source: 'ours' },
  'configurationChange.approval': { value: '10wd', source: 'ours' },
  'context.preparation': { value: '20wd', source: 'ours' },
  'context.confirmation': { value: '10wd', source: 'ours' },
  'context.review': { value: '20wd', source: 'ours' },
  'context.validity': { value: '12mo', source: 'rules §12 P17' },
  'acceptance.comment': { value: '5wd', source: 'ours' },
  'acceptance.decision': { value: '10wd', source: 'rules §6' },
  'acceptance.migratedConfirmation': { value: '60cd', source: 'rules §18' },
  'acceptance.expiring': { value: '90cd', source: 'rules §18' },
  'acceptance.grace': { value: '90cd', source: 'rules §18' },
  'acceptance.freshRating': { value: '30cd', source: 'rules §6' },
  'acceptance.renewals': { value: 2, source: 'rules §6' },
  'acceptance.ladder.expiry': { value: acceptanceExpiry, source: 'rules §18' },
  'treatment.submission.critical': { value: '10wd', source: 'rules §6' },
  'treatment.submission.high': { value: '20wd', source: 'rules §6' },
  'treatment.submission.medium': { value: '40wd', source: 'rules §6' },
  'treatment.submission.low': { value: '40wd', source: 'ours' },
  'treatment.isoReview': { value: '5wd', source: 'rules §6' },
  'treatment.ownerApproval': { value: '10wd', source: 'rules §6' },
  'treatment.budgetApproval': { value: '10wd', source: 'ours' },
  'treatment.topApproval': { value: '10wd', source: 'rules §6' },
  'treatment.firstAction': { value: '30cd', source: 'rules §6' },
  'treatment.residualAssessment': { value: '20wd', source: 'rules §6' },
  'treatment.residualAcceptance': { value: '10wd', source: 'rules §6' },
  'treatment.budgetLimit': { value: 5000, source: 'ours' },
  'treatmentPlan.ladder.reassignment': { value: null, source: 'rules §6' },
  'duties.auditorLookback': { value: '12mo', source: 'rules §3.2 SOD-01', awaits: 'internal audit' },
  'duties.planByRiskOwner': { value: 'ANOTHER_AUTHOR', source: 'rules §3.2 SOD-03' },
  'review.quorum': { value: { percent: 50, mandatory: ['TOP_MGMT', 'ISO'] }, source: 'ours', awaits: 'management review' },
  'review.interval': { value: '12mo', source: 'rules §10', awaits: 'management review' },
  'retention.record': { value: '48mo', source: 'rules §4.7' },
  'retention.evidence': { value: '48mo', source: 'rules §4.7' },
  'retention.personnel': { value: '48mo', source: 'rules §4.7' },
  'retention.incident': { value: '48mo', source: 'rules §4.7' },
  'retention.contract': { value: '48mo', source: 'rules §4.7' },
  'retention.record.minimum': { value: '0mo', source: 'ours' },
  'retention.evidence.minimum': { value: '0mo', source: 'ours' },
  'retention.personnel.minimum': { value: '0mo', source: 'ours' },
  'retention.incident.minimum': { value: '0mo', source: 'ours' },
  'retention.contract.minimum': { value: '0mo', source: 'ours' },
};
