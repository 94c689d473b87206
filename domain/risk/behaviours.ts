import type { PrincipalKey } from '../../contracts/identity.ts';
import type { RiskBody, RiskDocument } from '../../contracts/risk.ts';
import type { Behaviours, Follow, View } from '../kernel/definition.ts';
import { ratingOf } from './about.ts';
import { acceptConfirmed } from './opening.ts';
import { closers, namers } from './owner.ts';
import { criteriaFor } from './rating.ts';
import type { Sees } from './rating.ts';
import { assess } from './reassessment.ts';

/** What follows by itself from a risk (rules §5, §14): assessments, plans, ends of acceptances, and who is told. */

type After<B> = View<RiskDocument, B>;

const inform = (subject: string, ...to: (PrincipalKey | undefined)[]): Follow => ({ follow: 'inform', subject, to: to.filter((each) => each !== undefined) });
const owner = ({ file }: Pick<Sees, 'file'>): PrincipalKey | undefined => (file.parties['owner'] === undefined ? undefined : `person:${file.parties['owner']}`);

/** Something asks for an assessment, and none works on it. */
function wanted(view: View<RiskDocument>): Follow[] {
  return view.doc.trigger && !view.doc.included && !isUnconfirmed(view) ? assess(view, view.doc.trigger) : [];
}

const isUnconfirmed = ({ doc }: Pick<Sees, 'doc'>) => doc.migrated !== null && doc.migrated.confirmedAt === null;

/** Where the state stays: entering `reassessmentDue` asks for one by itself. */
function assessBeside(view: View<RiskDocument>): Follow[] {
  const early = ['identified', 'analysed', 'evaluated', 'reassessmentDue'].includes(view.file.state);
  return early && view.doc.trigger?.kind !== 'RISK_OWNER' ? [] : view.file.state === 'reassessmentDue' ? [] : wanted(view);
}

/** A risk that has grown is no longer what was accepted (rules §6 "REVOKED … automatically on trigger"). */
function revokeIfAbove(view: View<RiskDocument>): Follow[] {
  const { doc, file } = view;
  const { current } = doc.ratings;
  if (!doc.acceptance || !current || !criteriaFor(view as Sees).isAbove(current.level, doc.acceptance.level)) return [];
  return [revoke(doc.acceptance.id, 'LEVEL_INCREASED', file.ref)];
}

const revoke = (to: string, because: string, ref: string): Follow => ({ kind: 'command', to, command: 'REVOKE_BY_TRIGGER', body: { because, ref } });

/** What belonged to a risk that is no more learns of it. */
function letGo(view: View<RiskDocument>, because: string): Follow[] {
  const { doc, file } = view;
  const accepted = [doc.acceptance, doc.interim].filter((each) => each !== null);
  const others = [doc.plan, doc.included].filter((each) => each !== null);
  return [...accepted.map(({ id }) => revoke(id, because, file.ref)), ...others.map(({ id }) => ({ kind: 'nudge' as const, to: id }))];
}

function split({ file, body }: After<RiskBody<'SPLIT'>>): Follow[] {
  return body!.into.map((part, n) => ({
    follow: 'open',
    process: 'risk',
    payload: { ...part, unit: file.unit, splitFrom: { risk: file.id, riskRef: file.ref } } as never,
    link: 'split',
    awaited: false,
    object: `${file.id}:${file.version}:${n}`,
  }));
}

/**
 * L10: what was accepted above the criteria and is so no longer is escalated at once. Where a plan is being written already nobody has to
 * open one, and where it is being rated anew nobody does before that has come to its end; who answers for it knows all the same.
 */
function afterAcceptance(view: After<RiskBody<'ACCEPTANCE_ENDED'>>): Follow[] {
  const { kind, withinCriteria } = view.body!;
  if (kind === 'INTERIM' || withinCriteria || view.doc.acceptance !== null) return [];
  if (view.file.state === 'treatmentRequired') return [inform('riskAcceptanceEnded', owner(view)), ...escalateNow];
  if (!['analysed', 'evaluated', 'inTreatment'].includes(view.file.state)) return [];
  return [inform('riskAcceptanceEnded', owner(view), 'role:ISO', 'role:TOP_MGMT'), { follow: 'flag', flag: 'managementReviewItem' }];
}

/** E2 asks the ISO for a decision on record, E3 tells TOP_MGMT and brings the review (rules §6 "E2/E3 at once"). */
const escalateNow: Follow[] = [
  { follow: 'escalate', deadline: 'openPlan', step: 'E2' },
  { follow: 'escalate', deadline: 'openPlan', step: 'E3' },
];

const onTime = (): Follow[] => [{ follow: 'lowerFlag', flag: 'treatmentLate' }];

/** The assessment that works on it looks again: what its owner has confirmed may have changed, or whose word is missing. */
const tellAssessment = ({ doc }: Pick<Sees, 'doc'>): Follow[] => (doc.included ? [{ kind: 'nudge', to: doc.included.id }] : []);

/** What changes the risk as its owner confirms it, or the owner. */
const changing = ['AMEND', 'ACCEPT_OWNERSHIP', 'SECOND_RATE', 'EVALUATE'];

export const riskBehaviours: Behaviours<RiskDocument> = {
  entering: {
    identified: wanted,
    reassessmentDue: wanted,
    closed: (view) => [...letGo(view, 'RISK_CLOSED'), inform('riskClosed', owner(view), 'role:ISO')],
    merged: (view) => letGo(view, 'RISK_MERGED'),
  },
  after: {
    ...Object.fromEntries(changing.map((name) => [name, tellAssessment])),
    REASSIGN: (view) => [...tellOwner(view as never), ...tellAssessment(view)],
    NAME_OWNER: (view) => [...tellOwner(view as never), inform('ownershipAsked', owner(view)), ...tellAssessment(view)],
    DECLINE_OWNERSHIP: (view) => [inform('ownershipDeclined', ...namers(view as never), 'role:ISO'), ...tellAssessment(view)],
    ASK_TO_CLOSE: (view) => [inform('closingAsked', ...closers(view as never))],
    HOLDER_LEFT: (view) => [...tellPlan(view as never), ...tellAssessment(view)],
    CONFIRM_INTERIM: (view) => [...tellOwner(view as never), ...tellAssessment(view)],
    // What is acceptable still gets an acceptance of its own, which takes the place of the one before.
    ADOPT: (view) => (view.doc.decision === 'TREAT' ? revokeIfAbove(view as never) : []),
    RATE: (view) => [...revokeIfAbove(view as never), ...tellAssessment(view)],
    EMERGENCY_RATE: (view) => [inform('emergencyRating', owner(view), 'role:TOP_MGMT')],
    TRIGGER: (view) => assessBeside(view as never),
    CONTROL_NOT_EFFECTIVE: (view) => [...assessBeside(view as never), inform('controlNotEffective', owner(view))],
    CONFIRM_MIGRATED: (view) => (view.file.state === 'acceptable' ? acceptConfirmed(view as never) : []),
    CRITERIA_CHANGED: (view) => (ratingOf(view.file) ? [inform('criteriaChanged', owner(view))] : []),
    ACCEPTANCE_ENDED: afterAcceptance,
    // The treatment was late; it is so no longer, or it is over.
    TREATMENT_REPLANNED: onTime,
    PLAN_ENDED: (view) => (view.doc.plan === null ? onTime() : []),
    ACCEPTED: (view) => (view.doc.plan === null ? onTime() : []),
    SPLIT: split,
    MERGE: (view) => mergeInto(view as never),
  },
};

/** The plan and acceptances ask the owner of the risk; they learn who that is now (rules §3.3, §6 "owner changes during OWNER_APPROVAL"). */
function tellOwner(view: View<RiskDocument>): Follow[] {
  const { file, doc } = view;
  const owner = file.parties['owner'];
  const accepted = [doc.acceptance, doc.interim].filter((each) => each !== null);
  if (owner === undefined) return [];
  return [...tellPlan(view), ...accepted.map(({ id: to }) => ({ kind: 'command' as const, to, command: 'OWNER_CHANGED', body: { owner } }))];
}

/** Who stands in for an owner that has left is asked by the plan at once; what was accepted waits for who takes it over. */
function tellPlan({ file, doc }: View<RiskDocument>): Follow[] {
  const owner = file.parties['owner'];
  return doc.plan && owner !== undefined ? [{ kind: 'command', to: doc.plan.id, command: 'OWNER_CHANGED', body: { risk: file.id, owner } }] : [];
}

function mergeInto({ file, doc }: View<RiskDocument>): Follow[] {
  const { id: to, ref: toRef } = doc.mergedInto!;
  return [
    { kind: 'command', to, command: 'ABSORB', body: { from: file.id, fromRef: file.ref } },
    { follow: 'link', to, toRef, type: 'mergedInto' },
  ];
}
