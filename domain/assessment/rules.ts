import type { AssessmentBody, AssessmentDocument, OpenAssessment } from '../../contracts/assessment.ts';
import type { CaseSummary } from '../../contracts/case-file.ts';
import type { Actor } from '../../contracts/entry.ts';
import type { Instant, PersonId, PrincipalKey } from '../../contracts/identity.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import { familyOf, segregationReasons } from '../access/segregation.ts';
import type { View } from '../kernel/definition.ts';
import { askedPerson } from '../kernel/draft.ts';
import type { FactQuery, Facts } from '../kernel/facts.ts';
import { risksOf } from './included.ts';
import { covers, overlaps, scopeOf } from '../scope/assessment-scope.ts';
import type { Scope } from '../scope/assessment-scope.ts';

/** Who may do what beyond roles, and which assessment a trigger belongs to (rules §5, §18). */

type Sees = View<AssessmentDocument, never>;

interface Opening {
  body: OpenAssessment;
  actor: Actor;
  facts: Facts;
  now: Instant;
}

const TRIGGERS: PrincipalKey[] = ['role:ISO', 'isoDeputy', 'role:TOP_MGMT'];

/** The ISO, the deputy and TOP_MGMT trigger; owners do it from their risk, processes from their cases. */
export function openingReasons({ body, actor, facts, now }: Opening): Reason[] {
  const keys = actor.person === null ? TRIGGERS : facts.directory.keysOf(actor.person, now);
  if (!TRIGGERS.some((key) => keys.includes(key))) return [reason('NOT_ENTITLED', { entitled: ['iso', 'isoDeputy', 'topManagement'] })];
  const wrong = facts.cases.filter(({ id, process }) => body.scope.risks.includes(id) && process !== 'risk');
  return wrong.map(({ ref }) => reason('RISK_UNFIT', { risk: ref, because: 'noRisk' }));
}

export function openingNeeds({ scope }: OpenAssessment): FactQuery[] {
  return [
    { fact: 'byKey', process: 'assessment', key: 'open', value: 'yes' },
    { fact: 'cases', ids: scope.risks },
  ];
}

/** The assessment that this is another trigger of: one that covers it, or one not triaged yet with which it overlaps. */
export function attachesTo({ body, facts, now }: Opening): CaseSummary | undefined {
  const ground = { directory: facts.directory, now, risks: facts.cases.filter(({ process }) => process === 'risk') };
  const wanted = scopeOf(body.scope);
  const open = facts.similar.filter(({ process, settled }) => process === 'assessment' && settled === null);
  return open.find((each) => covers(scopeIn(each), wanted, ground)) ?? open.find((each) => each.state === 'triggered' && overlaps(scopeIn(each), wanted, ground));
}

function scopeIn({ about }: CaseSummary): Scope {
  return JSON.parse(about['scopeText'] as string) as Scope;
}

/** A word in the name of the owner is the owner's; nobody else's is (SOD-04). */
export function isOwnersWord(view: Sees, risks: readonly string[]): Reason[] {
  const owners = new Map(risksOf(view).map(({ id, about }) => [id, about.owner]));
  const person = askedPerson(view.actor);
  const foreign = risks.filter((id) => owners.has(id) && owners.get(id) !== person);
  return foreign.length > 0 ? [reason('NOT_ENTITLED', { entitled: ['riskOwner'] })] : [];
}

/** Whoever proposed that nothing is needed does not decide it (FOUR-EYES). */
export function decidesOwnProposal({ doc, actor }: Sees): Reason[] {
  const { person } = actor;
  return person !== null && doc.notNeeded?.never.includes(person) ? [reason('SOD_BLOCKED', { rule: 'FOUR-EYES', person, because: 'proposedNotNeeded', waivable: false })] : [];
}

/** Nobody rules on the dispute in which he is a party (SOD-06). */
export function rulesOnOwnDispute(view: Sees): Reason[] {
  const body = view.body as AssessmentBody<'RULE'> | undefined;
  const { person } = view.actor;
  return body && person !== null && partiesToDispute(view, body.risk).includes(person) ? [reason('SOD_BLOCKED', { rule: 'SOD-06', person, because: 'party', waivable: false })] : [];
}

/** Owner, who disputed, and who rated. */
export function partiesToDispute(view: Sees, id: string): PersonId[] {
  const risk = risksOf(view).find((each) => each.id === id);
  const { assessor } = view.file.parties;
  const disputed = view.doc.disputes.filter((each) => each.risk === id).map(({ by }) => by);
  return [risk?.about.owner, risk?.about.proposalBy, assessor, ...disputed].filter((each): each is PersonId => each != null);
}

/** Who rates is another than who rates a second time, and has not approved the result. */
export function raterReasons({ file, facts }: Sees, to: PersonId, role: 'assessor' | 'secondRater'): Reason[] {
  if (file.parties['assessor'] === undefined) return [reason('NOT_REASSIGNABLE', { role, reassignable: [] })];
  const other = file.parties[role === 'assessor' ? 'secondRater' : 'assessor'];
  if (other === to) return [reason('SAME_PERSON', { role, person: to })];
  return segregationReasons(to, 'assessedRisks', familyOf(file), facts.involvements);
}
