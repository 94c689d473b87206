import type { NonconformityDocument } from '../../contracts/nonconformity.ts';
import type { PersonId } from '../../contracts/identity.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import { auditorsIn } from '../access/auditors.ts';
import { familyOf, segregationReasons } from '../access/segregation.ts';
import type { View } from '../kernel/definition.ts';
import { currentParts } from '../kernel/links.ts';
import { isFromAudit } from './guards.ts';

/**
 * SOD-05 (rules §3.2): the verifier of effectiveness implemented none of the actions and did not author the root cause (HARD),
 * and is not a direct report of an implementer (waivable by TOP_MGMT with a safeguard).
 */
type Sees = View<NonconformityDocument, never>;

export function verifierReasons(view: Sees, person: PersonId): Reason[] {
  const asks = [pastReasons, ownerReasons, ownActionReasons, reportingLineReasons, auditorReasons];
  return asks.flatMap((ask) => ask(view, person));
}

/** Who answers for the nonconformity does not judge its cure. */
function ownerReasons({ file }: Sees, person: PersonId): Reason[] {
  return file.parties['ncOwner'] === person ? [reason('SOD_BLOCKED', { rule: 'SOD-05', person, because: 'ncOwner', waivable: false })] : [];
}

function pastReasons({ file, facts }: Sees, person: PersonId): Reason[] {
  return segregationReasons(person, 'judgedEffectiveness', familyOf(file), facts.involvements);
}

function ownActionReasons(view: Sees, person: PersonId): Reason[] {
  if (!actionOwners(view).includes(person)) return [];
  return [reason('SOD_BLOCKED', { rule: 'SOD-05', person, because: 'actionOwner', waivable: false })];
}

/** A direct report would judge his own manager's work; TOP_MGMT may waive that, and that alone. */
export function reportingLineReasons(view: Sees, person: PersonId): Reason[] {
  const manager = implementers(view).find((each) => reportsToWithoutWaiver(view, person, each));
  return manager ? [reason('SOD_BLOCKED', { rule: 'SOD-05', person, because: `directReportOf:${manager}`, waivable: true })] : [];
}

export function reportsToWithoutWaiver({ doc, facts, now }: Sees, person: PersonId, manager: PersonId): boolean {
  const waived = doc.waivers.some((waiver) => waiver.person === person && waiver.reportsTo === manager);
  return !waived && facts.directory.isDirectReport(person, manager, now);
}

/** Who carries out the plan, or did. */
export function implementers(view: Sees): PersonId[] {
  const did = view.facts.involvements.filter(({ relation }) => relation === 'implementedAction').map(({ person }) => person);
  return [...new Set([...actionOwners(view), ...did])];
}

/** Owners as planned, and as they are since actions changed hands. */
function actionOwners({ file, doc, body, facts }: Sees): PersonId[] {
  const planned = (body as { actions?: { owner: string }[] } | undefined)?.actions ?? doc.plan?.actions ?? [];
  const parts = currentParts(file).map(({ to }) => to);
  const actual = facts.cases.filter(({ id, settled }) => parts.includes(id) && settled !== 'cancelled').map(({ about }) => about['owner']);
  return [...planned.map(({ owner }) => owner), ...actual.filter((each) => typeof each === 'string')];
}

/** Effectiveness of an audit finding is judged by an auditor (rules §8 RACI), as long as there is one who may. */
function auditorReasons(view: Sees, person: PersonId): Reason[] {
  if (!isFromAudit(view.doc) || auditors(view).includes(person)) return [];
  const others = auditors(view).filter((each) => each !== view.file.parties['verifier']);
  const free = others.some((each) => [pastReasons, ownerReasons, ownActionReasons].every((ask) => ask(view, each).length === 0));
  return free ? [reason('VERIFIER_NOT_AUDITOR', { person })] : [];
}

function auditors({ facts, now }: Sees): PersonId[] {
  return auditorsIn(facts.directory, now);
}
