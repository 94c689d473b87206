import type { CaseId, PersonId } from '../../contracts/identity.ts';
import type { Json } from '../../contracts/json.ts';
import type { Reason } from '../../contracts/reasons.ts';
import { derivedCaseId } from '../../domain/kernel/canonical.ts';
import { SYSTEM } from '../../domain/kernel/draft.ts';
import type { World } from '../kernel/world.ts';

/** Findings without the audit around them: what the audit tells them is told here. */

export const findingPeople = { lead: 'sabine.wolf', author: 'clara.winter', recipient: 'thomas.reiter', secondLevel: 'katharina.vogt' } as const;

interface FindingChoice {
  /** Another audit than the one before. */
  audit?: CaseId;
  requirement?: string;
  item?: string;
  units?: string[];
  proposed?: string;
  leadAuditor?: PersonId;
  recipient?: 'UNITS' | 'TOP_MGMT';
  evidence?: string[];
}

const yearAfter = (now: string) => `${Number(now.slice(0, 4)) + 1}-12-01`;

/** A case that stands for the audit behind it. */
export function anAudit(world: World): Promise<CaseId> {
  return world.open('anna.berger', 'action', { title: 'Audit', unit: 'quality', due: yearAfter(world.driver.now()) });
}

let opened = 0;

/** As the audit drafts it; a refusal fails the test. */
export async function draftFinding(world: World, choice: FindingChoice = {}): Promise<CaseId> {
  const { audit = await anAudit(world), item = 'control:A.8.13', requirement = 'A.8.13', units = ['it'], leadAuditor = findingPeople.lead, ...rest } = choice;
  const { ref } = world.file(audit);
  const number = (opened = (opened % 999) + 1);
  const statement = { requirement: 'Backups are tested', evidence: 'No test since spring', gap: 'Nobody tests backups' };
  const body = { title: 'Backups are not tested', audit, auditRef: ref, number, item, requirement, statement, units, leadAuditor, author: findingPeople.author, ...rest };
  const id = derivedCaseId(audit, number, 0);
  const journal = world.driver.journalInMemory();
  const answer = await journal.open({ id, process: 'finding', body, actor: SYSTEM, parent: { id: audit, ref, link: 'finding', object: `${audit}:${number}`, origin: null } });
  if (!answer.opened) throw new Error(JSON.stringify(answer));
  await settled(world);
  return id;
}

export async function audits(world: World, caseId: CaseId, name: 'PRESENT' | 'CONFIRM' | 'ISSUE', extra: object = {}): Promise<Reason[]> {
  const { audit } = world.file(caseId).document as { audit: { id: CaseId } };
  return system(world, caseId, name, { audit: audit.id, ...(name === 'ISSUE' && { report: 1 }), ...extra });
}

/** What only the engine tells a case; answers the reasons of a refusal. */
export async function system(world: World, caseId: CaseId, name: string, body: object): Promise<Reason[]> {
  const { refusal } = await world.driver.journalInMemory().decide(caseId, { name, body: body as Json, actor: SYSTEM });
  await settled(world);
  return refusal?.reasons ?? [];
}

const settled = (world: World) => world.driver.sleepUntil(world.driver.now());

/** Drafted, presented, graded, confirmed and issued. */
export async function issueFinding(world: World, grade: string, choice: FindingChoice = {}): Promise<CaseId> {
  const finding = await draftFinding(world, choice);
  await audits(world, finding, 'PRESENT');
  await world.does(finding, 'GRADE', choice.leadAuditor ?? findingPeople.lead, { grade, reason: 'As it is' });
  await audits(world, finding, 'CONFIRM');
  await audits(world, finding, 'ISSUE');
  return finding;
}

/** Nonconformities that the finding has opened, or that have taken it up, in the order of its units. */
export function nonconformitiesOf(world: World, finding: CaseId): CaseId[] {
  return world.file(finding).links.filter(({ type, direction, void: gone }) => type === 'nonconformity' && direction === 'child' && !gone).map(({ to }) => to);
}
