import { z } from 'zod';
import { approvalPolicySchema } from './approval.ts';
import { BREAK_GLASS_CEILING_HOURS } from './break-glass.ts';
import { dayLadder, expiryLadder, legalLadder, reassignmentLadder } from './ladder.ts';
import { span } from './span.ts';

/**
 * What an organisation may set (rules §16.6): every number [D] of the rules under one name. The bounds here are HARD; the values
 * are in `domain/configuration/defaults.ts` until a change under four eyes says otherwise. What is HARD in the rules (pairs of
 * segregation, silence that is never consent, legal clocks) has no name here, so that it cannot be set at all.
 */

/** How far back anybody looks for the same trigger (rules §14). */
export const CYCLE_PROTECTION_CEILING_DAYS = 365;

/** How far back the independence of an auditor can be set to look at most (SOD-01), in months. */
export const AUDITOR_LOOKBACK_CEILING_MONTHS = 60;

const deadline = (title: string) => span(['wd', 'cd'], { min: 1, max: 400 }).meta({ title });
const interval = (title: string) => span(['mo'], { min: 1, max: 12 }).meta({ title });
const kept = (min: number, title: string) => span(['mo'], { min, max: 480 }).meta({ title });
const count = (title: string, min: number, max: number) => z.int().min(min).max(max).meta({ title });

export const configurationSchemas = {
  // Ladders, for all processes and by process (rules §4.5)
  'ladder.standard': dayLadder.meta({ title: 'Standard escalation ladder' }),
  'ladder.critical': dayLadder.meta({ title: 'Compressed escalation ladder' }),
  'ladder.legal': legalLadder.meta({ title: 'Ladder of legal deadlines' }),
  'ladder.expiry': expiryLadder.meta({ title: 'Reminders before something expires' }),
  'ladder.reassignment': reassignmentLadder.meta({ title: 'Ladder of what has lost its owner' }),
  'ladder.repeat': span(['cd'], { min: 1, max: 90 }).meta({ title: 'E4 comes again after' }),
  'action.ladder.standard': dayLadder.nullable().meta({ title: 'Standard ladder of actions, instead of the common one' }),
  'action.ladder.critical': dayLadder.nullable().meta({ title: 'Compressed ladder of actions, instead of the common one' }),
  'nonconformity.ladder.standard': dayLadder.nullable().meta({ title: 'Standard ladder of nonconformities, instead of the common one' }),
  'nonconformity.ladder.critical': dayLadder.nullable().meta({ title: 'Compressed ladder of nonconformities, instead of the common one' }),

  // Limits of all processes
  'rework.allowance': span(['wd'], { min: 0, max: 20 }).meta({ title: 'Extra time for what comes back for rework' }),
  'round.rejectionsBeforeRuling': count('Rejections after which the next authority rules', 1, 3),
  'round.unstaffedReminder': span(['cd'], { min: 1, max: 7 }).meta({ title: 'TOP_MGMT hears again that nobody may approve' }),
  'cycleProtection': span(['cd'], { min: 1, max: CYCLE_PROTECTION_CEILING_DAYS }).meta({ title: 'The same trigger within this time opens nothing new' }),

  // Later dates and cases on hold (rules §4.2, §4.6)
  'extension.decision': deadline('Decision on a later date'),
  'cancel.decision': deadline('Decision on calling a case off'),
  'hold.total': span(['cd'], { min: 30, max: 365 }).meta({ title: 'A case rests longer than this in all only by decision of TOP_MGMT' }),
  'hold.longest': span(['cd'], { min: 1, max: 30 }).meta({ title: 'A case on hold is looked at again within' }),

  // Leavers (rules §3.3)
  reassignment: deadline('What a leaver held is given to somebody'),
  takeover: deadline('Who takes over confirms'),
  'departure.listing': deadline('All that a leaver held is listed'),

  // Absence (rules §3.3)
  'absence.longest': span(['mo'], { min: 1, max: 24 }).meta({ title: 'Longest absence; after it work is given to somebody else' }),
  'absence.backdating': span(['cd'], { min: 0, max: 90 }).meta({ title: 'An absence may begin before it is recorded' }),

  // Nonconformity (rules §8)
  'nonconformity.triage': deadline('Triage'),
  'nonconformity.ruling': deadline('Ruling on an appeal'),
  'nonconformity.containment.major': deadline('Containment, major'),
  'nonconformity.containment.minor': deadline('Containment, minor'),
  'nonconformity.causeAndPlan.major': deadline('Cause and plan, major'),
  'nonconformity.causeAndPlan.minor': deadline('Cause and plan, minor'),
  'nonconformity.planApproval.major': deadline('Approval of the plan, major'),
  'nonconformity.planApproval.minor': deadline('Approval of the plan, minor'),
  'nonconformity.implementation.major': deadline('Implementation, major'),
  'nonconformity.implementation.minor': deadline('Implementation, minor'),
  'nonconformity.confirmation': deadline('Confirmation of the implementation'),
  'nonconformity.effectivenessReview.major': deadline('Effectiveness review after the window, major'),
  'nonconformity.effectivenessReview.minor': deadline('Effectiveness review after the window, minor'),
  'nonconformity.effectivenessWindow': span(['cd'], { min: 30, max: 365 }).meta({ title: 'Effectiveness window where the plan names none' }),
  'nonconformity.repeatWindow': span(['mo'], { min: 1, max: 120 }).meta({ title: 'A nonconformity repeats an earlier one within' }),
  'nonconformity.reopening': span(['mo'], { min: 1, max: 120 }).meta({ title: 'A closed nonconformity may be reopened within' }),
  'nonconformity.appeal': span(['wd'], { min: 5, max: 60 }).meta({ title: 'An appeal is possible within' }),
  'nonconformity.followUp': span(['wd'], { min: 1, max: 120 }).meta({ title: 'What follows in other processes is due within' }),

  // Approval policies per object and level (rules §16.6); without one the rules' own holds
  'approval.nonconformity.correctiveActionPlan.major': approvalPolicySchema.nullable().meta({ title: 'Who approves the plan of a major nonconformity' }),
  'approval.nonconformity.correctiveActionPlan.minor': approvalPolicySchema.nullable().meta({ title: 'Who approves the plan of a minor nonconformity' }),

  'approval.assessment.result.full': approvalPolicySchema.nullable().meta({ title: 'Who approves the result of a full assessment' }),
  'approval.assessment.result.partial': approvalPolicySchema.nullable().meta({ title: 'Who approves the result of any other assessment' }),

  // Action (rules §6)
  'action.acknowledgement': deadline('Acknowledgement of an action'),
  'action.verification': deadline('Verification of an action'),

  // Statement of Applicability (rules §6.1)
  'soa.completion': deadline('Completion of a draft statement'),
  'soa.review': deadline('Review of a statement by the ISO'),
  'soa.approval': deadline('Approval of a statement'),
  'soa.evidenceAge': span(['mo'], { min: 1, max: 24 }).meta({ title: 'Evidence of an implemented control proves it for' }),
  'soa.interval': span(['mo'], { min: 1, max: 15 }).meta({ title: 'Statement of Applicability is reviewed every' }),

  // Delegation (rules §3.3)
  'delegation.acceptance': deadline('Acceptance of a delegation'),
  'delegation.longest': span(['mo'], { min: 1, max: 24 }).meta({ title: 'Longest delegation' }),

  // Risk (rules §5)
  'risk.ownership': deadline('Ownership of a risk is accepted, or another owner named'),
  'risk.acceptance': deadline('Acceptance of a risk within the criteria is in force'),
  'risk.openPlan.critical': deadline('A treatment plan is begun, critical risk'),
  'risk.openPlan.high': deadline('A treatment plan is begun, high risk'),
  'risk.openPlan.medium': deadline('A treatment plan is begun, medium risk'),
  'risk.openPlan.low': deadline('A treatment plan is begun, low risk'),
  'risk.rerating': deadline('A risk is rated again, after a change that asks for it'),
  'risk.reassessment': deadline('A risk that has to be assessed again is'),
  'risk.emergencyRating': span(['wd'], { min: 1, max: 10 }).meta({ title: 'An emergency rating falls away after' }),
  'risk.migratedConfirmation': span(['cd'], { min: 1, max: 60 }).meta({ title: 'A risk of an earlier register is confirmed within' }),
  'risk.closing': deadline('Decision on closing a risk'),
  'risk.reviewAhead': span(['cd'], { min: 0, max: 60 }).meta({ title: 'A rating so long before the planned review counts as that review' }),
  'risk.reviewInterval.low': interval('Review of low risks at least every'),
  'risk.reviewInterval.medium': interval('Review of medium risks at least every'),
  'risk.reviewInterval.high': interval('Review of high risks at least every'),
  'risk.reviewInterval.critical': interval('Review of critical risks at least every'),
  'risk.secondRatingSample': count('Of a hundred risks below high so many get a second rating', 0, 100),

  // Acceptance of risks (rules §6 "Validity caps")
  'acceptance.validity.withinCriteria': interval('Acceptance within the criteria holds at most'),
  'acceptance.validity.low': interval('Acceptance of a low risk above the criteria holds at most'),
  'acceptance.validity.medium': interval('Acceptance of a medium risk above the criteria holds at most'),
  'acceptance.validity.high': span(['mo'], { min: 1, max: 6 }).meta({ title: 'Acceptance of a high risk holds at most' }),
  'acceptance.validity.critical': span(['mo'], { min: 1, max: 3 }).meta({ title: 'Acceptance of a critical risk holds at most' }),

  // Version of the risk criteria
  'riskCriteria.approval': deadline('Approval of the risk criteria'),
  'riskCriteria.activation': deadline('An approved version of the risk criteria takes effect'),
  // Finding of an audit (rules §7, §18)
  'finding.disputeAnswer': deadline('Answer of the lead auditor to a disputed finding'),
  'finding.appeal': span(['wd'], { min: 5, max: 60 }).meta({ title: 'The second level may be asked about a finding within' }),
  'finding.ruling': deadline('Decision of the second level on a finding'),
  'finding.urgent': deadline('The ISO takes note of an urgent finding'),
  'finding.ofiDecision': deadline('Decision on an opportunity for improvement'),
  'finding.improvement': span(['cd'], { min: 1, max: 365 }).meta({ title: 'An accepted improvement is carried out within' }),

  // Auditors from outside (rules §3.1 EXTERNAL_AUDITOR)
  'auditorAccess.longest': span(['mo'], { min: 1, max: 24 }).meta({ title: 'Longest access of an auditor' }),

  // Break-glass (rules §3.2 SOD-13)
  'breakGlass.longest': span(['h'], { min: 1, max: BREAK_GLASS_CEILING_HOURS }).meta({ title: 'Longest break-glass' }),
  'breakGlass.approval': deadline('Decision on a break-glass'),
  'breakGlass.review': deadline('Review of a break-glass'),

  // Change of configuration
  'configurationChange.approval': deadline('Approval of a change of the configuration'),

  // Context of the organisation (rules §12 P17): confirmed at least every twelve months
  'context.preparation': deadline('Preparation of a record of the context'),
  'context.confirmation': deadline('Confirmation of a record of the context'),
  'context.review': deadline('Yearly review of a record of the context'),
  'context.validity': span(['mo'], { min: 1, max: 12 }).meta({ title: 'A record of the context is confirmed again after' }),
  'acceptance.comment': deadline('Comment of the ISO on an acceptance'),
  'acceptance.decision': deadline('Decision on an acceptance'),
  'acceptance.migratedConfirmation': span(['cd'], { min: 1, max: 60 }).meta({ title: 'An acceptance that was taken over is confirmed within' }),
  'acceptance.expiring': span(['cd'], { min: 7, max: 180 }).meta({ title: 'The last days of an acceptance begin so long before its end' }),
  'acceptance.grace': span(['cd'], { min: 0, max: 90 }).meta({ title: 'An acceptance within the criteria outlasts the planned confirmation by' }),
  'acceptance.freshRating': span(['cd'], { min: 1, max: 30 }).meta({ title: 'A renewal stands on a rating not older than' }),
  'acceptance.renewals': count('Renewals above the criteria, then TOP_MGMT decides', 0, 2),
  'acceptance.ladder.expiry': expiryLadder.nullable().meta({ title: 'Reminders before an acceptance ends, instead of the common ones' }),

  // Treatment plan (rules §6 "Timers")
  'treatment.submission.critical': deadline('Treatment plan submitted, critical risk'),
  'treatment.submission.high': deadline('Treatment plan submitted, high risk'),
  'treatment.submission.medium': deadline('Treatment plan submitted, medium risk'),
  'treatment.submission.low': deadline('Treatment plan submitted, low risk'),
  'treatment.isoReview': deadline('Review of a treatment plan by the ISO'),
  'treatment.ownerApproval': deadline('Approval of a treatment plan by the risk owners'),
  'treatment.budgetApproval': deadline('Approval of the budget of a treatment plan'),
  'treatment.topApproval': deadline('Approval of a treatment plan by TOP_MGMT'),
  'treatment.firstAction': span(['cd'], { min: 1, max: 30 }).meta({ title: 'A first action has been started, after approval' }),
  'treatment.lapsedDecision': deadline('Decision of a risk owner whose interim acceptance has lapsed'),
  'treatment.residualAssessment': deadline('Assessment of what remains, after the last action'),
  'treatment.residualAcceptance': deadline('Acceptance of what remains'),
  'treatment.budgetLimit': z.int().min(0).max(1_000_000_000).meta({ title: 'What a risk owner without a limit of his own may spend on a plan' }),
  'treatmentPlan.ladder.reassignment': reassignmentLadder.nullable().meta({ title: 'Ladder of an approved plan on which nobody begins' }),

  // Risk assessment (rules §5)
  'assessment.triage': deadline('Triage of what may need an assessment'),
  'assessment.triage.severity1': deadline('Triage after an incident of severity 1'),
  'assessment.planning': deadline('Planning of an assessment'),
  'assessment.identification': deadline('Identification of risks'),
  'assessment.analysis': deadline('Analysis and evaluation of risks'),
  'assessment.ownerReview': deadline('Confirmation by the owners of the risks'),
  'assessment.rework': deadline('Answer to a dispute'),
  'assessment.resultApproval': deadline('Approval of the result of an assessment'),
  'assessment.cycle': deadline('A full assessment from start to end'),
  'assessment.basis': deadline('Decision on an assessment whose scope or criteria have changed'),
  'assessment.interval': span(['mo'], { min: 1, max: 12 }).meta({ title: 'Full assessment at least every' }),

  // Internal audit (rules §7 "Timers")
  'audit.team': span(['wd'], { min: 1, max: 120 }).meta({ title: 'The team of an audit is named so long before it begins' }),
  'audit.plan': span(['wd'], { min: 1, max: 60 }).meta({ title: 'The plan of an audit is sent so long before it begins' }),
  'audit.shortNotice': span(['wd'], { min: 1, max: 20 }).meta({ title: 'At short notice team and plan are there within' }),
  'audit.agreement': deadline('Answer of the auditee to the plan'),
  'audit.postponement': span(['cd'], { min: 1, max: 60 }).meta({ title: 'An audit is postponed further than that only by top management' }),
  'audit.suspension': deadline('A suspended audit goes on, or is ended'),
  'audit.factCheck': span(['wd'], { min: 1, max: 20 }).meta({ title: 'The auditee comments on facts within' }),
  'audit.report': deadline('Report of an audit, after the closing meeting'),
  'audit.acknowledgement': deadline('Acknowledgement of the report'),

  // Segregation of duties: only what the rules leave open (rules §3.2); HARD pairs have no name
  'duties.auditorLookback': span(['mo'], { min: 6, max: AUDITOR_LOOKBACK_CEILING_MONTHS }).meta({ title: 'An auditor was not part of what he audits for' }),
  'duties.planByRiskOwner': z
    .enum(['ANOTHER_AUTHOR', 'ELEVATE'])
    .meta({ title: 'Where the risk owner drafted the plan: another author, or his superior approves too' }),

  // Management review (rules §10)
  'review.quorum': z
    .strictObject({ percent: z.int().min(34).max(100), mandatory: z.array(z.enum(['TOP_MGMT', 'ISO'])).max(2) })
    .refine(({ mandatory }) => mandatory.includes('TOP_MGMT'), 'must name TOP_MGMT: without it no review decides')
    .meta({ title: 'Quorum of the management review' }),
  'review.interval': span(['mo'], { min: 1, max: 15 }).meta({ title: 'Management review at least every' }),

  // Retention by class of record (rules §4.7): three years of a certification cycle are the floor, save for what is about persons
  'retention.record': kept(36, 'Records are kept for'),
  'retention.evidence': kept(36, 'Evidence is kept for'),
  'retention.personnel': kept(6, 'Records about single persons are kept for'),
  'retention.incident': kept(36, 'Records of incidents are kept for'),
  'retention.contract': kept(36, 'Records of contracts are kept for'),
  // Whatever is set above, nothing is kept for less than law or contract demand
  'retention.record.minimum': kept(0, 'Law or contract: records at least'),
  'retention.evidence.minimum': kept(0, 'Law or contract: evidence at least'),
  'retention.personnel.minimum': kept(0, 'Law or contract: records about single persons at least'),
  'retention.incident.minimum': kept(0, 'Law or contract: records of incidents at least'),
  'retention.contract.minimum': kept(0, 'Law or contract: records of contracts at least'),
} as const satisfies Record<string, z.ZodType>;

export type ConfigurationKey = keyof typeof configurationSchemas;
export type ConfigurationValues = { [K in ConfigurationKey]: z.output<(typeof configurationSchemas)[K]> };

export const configurationKeys = Object.keys(configurationSchemas) as ConfigurationKey[];

/** Some values, each within its bounds; unknown names are refused. */
export const configurationPartSchema = z.strictObject(configurationSchemas).partial();
export type ConfigurationPart = z.output<typeof configurationPartSchema>;

/** Names of spans of time. */
type KeyOf<T> = { [K in ConfigurationKey]: ConfigurationValues[K] extends T ? K : never }[ConfigurationKey];
export type SpanKey = Exclude<KeyOf<string>, 'duties.planByRiskOwner'>;
export type ApprovalKey = Extract<ConfigurationKey, `approval.${string}`>;
