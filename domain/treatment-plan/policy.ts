import type { CaseFile } from '../../contracts/case-file.ts';
import { line } from '../../contracts/fields.ts';
import type { Instant, PersonId, PrincipalKey } from '../../contracts/identity.ts';
import type { TreatmentPlanDocument } from '../../contracts/treatment-plan.ts';
import { atLocalTime, dueInstant } from '../calendar/due.ts';
import { contentHash } from '../kernel/canonical.ts';
import { itemOfControl } from '../framework/audited-items.ts';
import type { Policy, View } from '../kernel/definition.ts';
import { calendarOf, inForce } from '../kernel/draft.ts';
import { awaitsOthers } from '../kernel/links.ts';
import { openConditionsOf } from '../kernel/rounds/conditions.ts';
import { approversOf } from '../kernel/rounds/seats.ts';
import { treatmentPlanCommands } from './commands.ts';
import { statementNeeds } from './endorsing.ts';
import { treatmentPlanRounds } from './rounds.ts';
import { inForceFrom, lapsedApproval } from './records.ts';
import * as rules from './rules.ts';
import type { Sees } from './rules.ts';

/** Who, by when: rules §6 "State machine – treatment plan" and "Timers", §18 "Treatment plan". */

type Doc = TreatmentPlanDocument;
type Span = 'lapsedDecision' | 'isoReview' | 'ownerApproval' | 'budgetApproval' | 'topApproval' | 'firstAction' | 'residualAssessment' | 'residualAcceptance';

const key = (person: PersonId | undefined): PrincipalKey[] => (person === undefined ? [] : [`person:${person}`]);
const span = (name: Span) => (view: View<Doc>) => inForce(view).span(`treatment.${name}`);

/** The ISO, unless he is the author: then his deputy. */
function endorser(view: View<Doc>): PrincipalKey[] {
  const wrote = rules.authors(view);
  const free = view.facts.directory.holders('ISO', view.now).some((person) => !wrote.includes(person));
  if (free) return ['role:ISO', 'isoDeputy'];
  return view.facts.directory.isoDeputies(view.now).some((person) => !wrote.includes(person)) ? ['isoDeputy'] : ['role:TOP_MGMT'];
}

function riskOwner(view: View<Doc>): PrincipalKey[] {
  return rules.ownersOf(view).flatMap(key);
}

/** Two call an approved plan off, the owner of a risk and the ISO: whoever of them did not ask confirms (rules §18). */
function counterpart(view: View<Doc>): PrincipalKey[] {
  const asked = view.file.cancelRequest?.by;
  const iso: PrincipalKey[] = ['role:ISO', 'isoDeputy'];
  return asked === undefined ? [...iso, ...riskOwner(view)] : rules.ownersOf(view).includes(asked) ? iso : riskOwner(view);
}

function approvers({ file: { round }, facts, now }: View<Doc>): PrincipalKey[] {
  return approversOf({ facts, now }, round).map((person): PrincipalKey => `person:${person}`);
}

/** Whoever has carried out a part of it does not rate what is left (SOD-11). */
function assessor(view: View<Doc>): PrincipalKey[] {
  const named = view.file.parties['assessor'];
  return [...key(named), 'role:ISO', 'isoDeputy'];
}

/** For each risk so long after it was found that it needs treatment, as its level asks for; the first of them counts (rules §6 "Timers"). */
function submissionDue(view: View<Doc>): Instant {
  const { doc, file } = view;
  const calendar = calendarOf(view);
  const dues = doc.risks.map((risk) => {
    const since = doc.trigger?.kind === 'SPLIT' ? null : rules.caseOf(view, risk)?.about['treatSince'];
    const anchor = typeof since === 'string' ? atLocalTime(since, '00:00', file.zone) : file.openedAt;
    return dueInstant({ anchor, duration: inForce(view).span(`treatment.submission.${rules.levelOf(view, risk) ?? 'medium'}`), calendar });
  });
  return dues.sort()[0] ?? file.openedAt;
}

const hasLapsed = ({ doc }: View<Doc>) => doc.lapsed.length > 0;
const isInForce = ({ file }: View<Doc>) => rules.versionInForce(file) !== null;

/** From when the first of them lapsed. */
function lapsedDecision(view: View<Doc>): Instant {
  const since = view.doc.lapsed.map((each) => each.since).sort()[0] ?? view.now;
  return dueInstant({ anchor: since, duration: span('lapsedDecision')(view), calendar: calendarOf(view) });
}

export const treatmentPlanPolicy: Policy<Doc> = {
  parties: {
    // Whoever is named; before that the ISO, who names somebody or writes it himself.
    author: ({ file }) => (file.parties['author'] ? key(file.parties['author']) : ['role:ISO', 'isoDeputy']),
    riskOwner,
    endorser,
    assessor,
    approvers,
    counterpart,
    lapsedOwner: (view) => [...new Set(view.doc.lapsed.flatMap(({ risk }) => key(rules.ownerOf(view, risk))))],
    ownerOrIso: (view) => [...riskOwner(view), 'role:ISO'],
    lineManager: ({ file }) => (file.parties['author'] ? [`manager:${file.parties['author']}`] : []),
    iso: () => ['role:ISO'],
    isoDeputy: () => ['isoDeputy'],
    topManagement: () => ['role:TOP_MGMT'],
  },
  reassign: {
    author: { by: ['author', 'iso', 'isoDeputy', 'riskOwner', 'lineManager', 'topManagement'] },
    assessor: { by: ['iso', 'isoDeputy', 'topManagement'], fit: (view, to) => rules.assessorReasons(view as Sees, to) },
  },
  commands: treatmentPlanCommands as unknown as Policy<Doc>['commands'],
  tasks: {
    submit: { for: 'author' },
    rework: { for: 'author' },
    endorse: { for: 'endorser' },
    seeToStart: { for: 'author', deadline: 'firstAction' },
    seeToActions: { for: 'author', when: ({ file, facts }) => !awaitsOthers(file, facts.cases) },
    decideLapsed: { for: 'lapsedOwner', when: hasLapsed, deadline: 'lapsedDecision' },
    decideBasis: { for: 'ownerOrIso', when: ({ doc }) => doc.basisChanged !== null },
    assessResidual: { for: 'assessor', deadline: 'residualAssessment' },
    seeToResidual: { for: 'ownerOrIso' },
  },
  deadlines: {
    submission: { after: 'opened', at: submissionDue, ladder: 'standard', owner: 'author' },
    isoReview: { after: 'entered', duration: span('isoReview'), ladder: 'standard', owner: 'endorser' },
    ownerApproval: { after: 'entered', duration: span('ownerApproval'), ladder: 'standard', owner: 'approvers' },
    budgetApproval: { after: 'entered', duration: span('budgetApproval'), ladder: 'standard', owner: 'approvers' },
    topApproval: { after: 'entered', duration: span('topApproval'), ladder: 'standard', owner: 'approvers' },
    // Approved, and nobody begins: E2 hears of it when the time is over, not a week later (rules §6 "Edge cases").
    firstAction: { after: 'entered', duration: span('firstAction'), ladder: 'reassignment', owner: 'author' },
    // Of the version that holds, also while another one is on its way: a change under way is no later date.
    implementation: { after: 'entered', onDate: ({ doc }) => rules.contentInForce(doc)?.targetDate ?? null, when: isInForce, anewIn: ['approved'], ladder: 'standard', owner: 'author' },
    lapsedDecision: { after: 'opened', at: lapsedDecision, when: hasLapsed, ladder: 'critical', owner: 'lapsedOwner' },
    residualAssessment: { after: 'entered', duration: span('residualAssessment'), ladder: 'standard', owner: 'assessor' },
    residualAcceptance: { after: 'entered', duration: span('residualAcceptance'), ladder: 'standard', owner: 'ownerOrIso' },
  },
  windows: {},
  rounds: treatmentPlanRounds,
  levels: {
    WORK_STARTED: rules.hasBegun,
    RETAINED: rules.isRetained,
    RESIDUALS_ACCEPTED: rules.residualsAccepted,
    RESIDUAL_REFUSED: rules.residualRefused,
  },
  cancel: { by: ['riskOwner', 'iso', 'isoDeputy'], confirmedBy: ['counterpart', 'topManagement'], oneOf: 'riskOwner' },
  withdraw: { by: ['author', 'iso', 'isoDeputy'] },
  freezes: { approved: inForceFrom, reapproval: lapsedApproval },
  correctable: { title: { value: line('Title'), by: ['author', 'iso', 'isoDeputy'] } },
  standingNeeds: ({ document }) => [{ fact: 'cases', ids: document.risks }],
  needs: ({ state }, command, body) => statementNeeds(state, command, body),
  claims: ({ document, settled }) => (settled === null ? document.risks.map((risk) => `plan:${risk}`) : []),
  keys: (file) => [{ key: 'planInForce', value: rules.versionInForce(file) ? 'yes' : 'no' }, ...file.document.risks.map((value) => ({ key: 'risk', value }))],
  auditedAs: (file) => ['clause:6.1.3', 'clause:8.3', ...necessaryControls(file).map(itemOfControl)],
  reviewInput: 'f',
  list: ({ document, parties }) => ({ title: document.title, owner: parties['author'] ?? null, grade: rules.highest(Object.values(document.levels)) }),
  about,
};

/** Of the version in force; of a draft what it would need: the statement warns of it. */
function treatmentsOf(file: CaseFile<Doc>) {
  const { risks, content } = file.document;
  return rules.treatmentsOf({ risks, content: rules.versionInForce(file)?.content ?? content });
}

const necessaryControls = (file: CaseFile<Doc>) => [...new Set(treatmentsOf(file).flatMap((each) => each.controls))].sort();

function about(file: CaseFile<Doc>) {
  const { title, risks, owners, levels, content, version, basisChanged } = file.document;
  const held = rules.versionInForce(file);
  const treatments = treatmentsOf(file);
  const controls = necessaryControls(file);
  const reasons = Object.fromEntries(controls.map((control) => [control, treatments.filter((each) => each.controls.includes(control)).map(({ risk }) => risk)]));
  return {
    ...{ title, owner: owners[risks[0] ?? ''] ?? null, author: file.parties['author'] ?? null, owners: [...new Set(Object.values(owners))].sort(), risks },
    ...{ controls, reasons: JSON.stringify(reasons), inForce: held ? 'yes' : 'no', level: rules.highest(Object.values(levels)) },
    ...{ cost: content ? String(content.cost) : null, targetDate: content?.targetDate ?? null, version: String(version) },
    ...{ basisChanged: basisChanged ? 'yes' : 'no', contentHash: contentHash(rules.subjectOf(file)), conditionsOpen: openConditionsOf(file).map((each) => each.key) },
  };
}
