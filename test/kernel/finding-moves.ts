import type { FindingCommand, FindingDocument } from '../../contracts/finding.ts';
import type { CaseId, PersonId } from '../../contracts/identity.ts';
import { audits, draftFinding, findingPeople as people, nonconformitiesOf, system } from '../support/findings.ts';
import type { Step } from './routes.ts';
import type { World } from './world.ts';

/** How each step of a generated path through a finding is made to happen. */

interface Moving {
  world: World;
  caseId: CaseId;
  passes: string[];
}
type Move = (moving: Moving) => Promise<void>;
type Ground = Pick<Moving, 'world' | 'caseId'>;

const reason = 'Because it is so';
const documentOf = ({ world, caseId }: Ground) => world.file(caseId).document as unknown as FindingDocument;

let proofs = 0;
const evidence = async (world: World) => [await world.evidence(`finding ${(proofs += 1)}`)];

export const findingCommandBodies: Record<FindingCommand, (ground: Ground) => object | Promise<object>> = {
  AMEND: () => ({ title: 'Restores are not tested' }),
  GRADE: ({ world }) => ({ grade: planned.get(world)?.grade ?? 'MINOR_NC', reason }),
  NOT_THE_SAME: (ground) => ({ nonconformity: documentOf(ground).earlier[0]?.id ?? ground.caseId, reason }),
  MARK_URGENT: () => ({ exposure: 'Anybody can read the backups', incident: true }),
  TAKE_NOTE: () => ({ note: 'The share is closed' }),
  DISPUTE: () => ({ reason }),
  ANSWER_DISPUTE: ({ world }) => ({ answer: 'It stands', grade: planned.get(world)?.grade ?? 'MINOR_NC' }),
  APPEAL: () => ({ reason }),
  DECIDE_APPEAL: () => ({ verdict: 'UPHELD', reason }),
  REGRADE: async ({ world }) => ({ grade: 'MAJOR_NC', reason, evidence: await evidence(world) }),
  DECIDE_OFI: () => ({ decision: 'ACCEPTED', reason }),
  PRESENT: (ground) => ({ audit: documentOf(ground).audit.id }),
  CONFIRM: (ground) => ({ audit: documentOf(ground).audit.id }),
  ISSUE: (ground) => ({ audit: documentOf(ground).audit.id, report: 1 }),
  LEAD_CHANGED: () => ({ lead: people.lead }),
};

/** What the steps ahead ask for: the grade with which it is issued, and whether the second level is asked before that. */
const planned = new WeakMap<World, { grade: string; appeals: boolean }>();

const gradeOf: Record<string, string> = { becomesNonconformity: 'MINOR_NC', becomesImprovement: 'OFI', becomesPositive: 'GOOD_PRACTICE' };
const gradeFor = (passes: readonly string[]) => passes.map((guard) => gradeOf[guard]).find((grade) => grade !== undefined);

export async function openFindingFor(world: World, path: readonly Step[]): Promise<CaseId> {
  const issue = path.find(({ event }) => event === 'ISSUE');
  const appeals = issue?.passes.includes('becomesPositive') === true && waitsForRuling(path);
  planned.set(world, { grade: gradeFor(issue?.passes ?? []) ?? 'MINOR_NC', appeals });
  if (path.some(({ event }) => event === 'NOT_THE_SAME')) await foundBefore(world);
  return draftFinding(world);
}

/** Found by an audit that is over, and open still. */
async function foundBefore(world: World): Promise<void> {
  const body = { title: 'No restore test', statement: 'None', source: 'INTERNAL_AUDIT', requirement: 'A.8.13', unit: 'it', detectedOn: '2026-10-01', grade: 'minor', leadAuditor: people.lead };
  await world.open(people.lead, 'nonconformity', body);
}

/** Good news ends at once, unless the second level has been asked before. */
function waitsForRuling(path: readonly Step[]): boolean {
  const next = path[path.findIndex(({ event }) => event === 'ISSUE') + 1];
  return next !== undefined && next.event !== 'NOTHING_OPEN';
}

/** The second level is asked about an answered dispute, and decides once; good news waits for it only where it was asked before the report. */
export function isFeasibleForFinding(path: readonly Step[]): boolean {
  return isAskedInOrder(path) && staysOpen(path);
}

const at = (path: readonly Step[], name: string) => path.findIndex(({ event }) => event === name);

function isAskedInOrder(path: readonly Step[]): boolean {
  const [answered, asked, ruled] = [at(path, 'ANSWER_DISPUTE'), at(path, 'APPEAL'), at(path, 'DECIDE_APPEAL')];
  if (path.filter(({ event }) => event === 'DECIDE_APPEAL').length > 1) return false;
  return !(Math.max(asked, ruled) >= 0 && answered < 0) && !(ruled >= 0 && asked > ruled);
}

function staysOpen(path: readonly Step[]): boolean {
  const positive = path.findIndex(({ passes }) => passes.includes('becomesPositive'));
  const after = path[positive + 1]?.event;
  if (positive < 0 || after === undefined || after === 'NOTHING_OPEN') return true;
  const ruled = at(path, 'DECIDE_APPEAL');
  return path[positive]!.event === 'ISSUE' && at(path, 'ANSWER_DISPUTE') >= 0 && (ruled < 0 || ruled > positive);
}

const by =
  (person: PersonId, name: FindingCommand, extra: object = {}): Move =>
  async (moving) =>
    moving.world.does(moving.caseId, name, person, { ...(await findingCommandBodies[name](moving)), ...extra });

const engine =
  (name: 'PRESENT' | 'CONFIRM' | 'ISSUE'): Move =>
  async ({ world, caseId }) => {
    const reasons = await audits(world, caseId, name);
    if (reasons.length > 0) throw new Error(`${name} was refused: ${JSON.stringify(reasons)}`);
  };

const graded: Move = async (moving) => {
  const wanted = planned.get(moving.world)!.grade;
  if (documentOf(moving).grade !== wanted) await by(people.lead, 'GRADE')(moving);
};

const appealed: Move = async (moving) => {
  if (documentOf(moving).appeal === null) await by(people.recipient, 'APPEAL')(moving);
};

const ruled: Move = async (moving) => {
  await appealed(moving);
  const grade = gradeFor(moving.passes);
  const verdict = moving.passes.includes('isRuledOut') ? { verdict: 'WITHDRAWN' } : grade ? { verdict: 'REGRADED', grade } : {};
  await by(people.secondLevel, 'DECIDE_APPEAL', verdict)(moving);
};

export const findingMoves: Record<string, Move> = {
  AMEND: by(people.author, 'AMEND'),
  GRADE: by(people.lead, 'GRADE'),
  NOT_THE_SAME: by(people.lead, 'NOT_THE_SAME'),
  MARK_URGENT: by(people.lead, 'MARK_URGENT'),
  TAKE_NOTE: async (moving) => {
    await by(people.lead, 'MARK_URGENT')(moving);
    await by('anna.berger', 'TAKE_NOTE')(moving);
  },
  LEAD_CHANGED: async ({ world, caseId }) => void (await system(world, caseId, 'LEAD_CHANGED', { lead: people.lead })),
  PRESENT: engine('PRESENT'),
  CONFIRM: async (moving) => {
    await graded(moving);
    await engine('CONFIRM')(moving);
  },
  ISSUE: async (moving) => {
    if (planned.get(moving.world)!.appeals) await appealed(moving);
    await engine('ISSUE')(moving);
  },
  DISPUTE: by(people.recipient, 'DISPUTE'),
  ANSWER_DISPUTE: by(people.lead, 'ANSWER_DISPUTE'),
  APPEAL: by(people.recipient, 'APPEAL'),
  DECIDE_APPEAL: ruled,
  REGRADE: async (moving) => {
    const other = documentOf(moving).grade === 'MAJOR_NC' ? 'MINOR_NC' : 'MAJOR_NC';
    await by(people.lead, 'REGRADE', { grade: gradeFor(moving.passes) ?? other })(moving);
  },
  DECIDE_OFI: by(people.recipient, 'DECIDE_OFI'),
  // Their lead auditor takes them back.
  LINKS_SETTLED: async ({ world, caseId }) => {
    for (const nc of nonconformitiesOf(world, caseId)) if (world.file(nc).settled === null) await world.does(nc, 'WITHDRAW', people.lead, { reason });
  },
  // Comes by itself.
  NOTHING_OPEN: async () => undefined,
  WITHDRAWN: ({ world, caseId }) => world.does(caseId, 'WITHDRAW', people.lead, { reason }),
};
