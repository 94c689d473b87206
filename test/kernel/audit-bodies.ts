import { Temporal } from 'temporal-polyfill';
import type { AuditCommand, AuditDocument } from '../../contracts/audit.ts';
import type { CaseId, LocalDate, PersonId } from '../../contracts/identity.ts';
import { localDate } from '../../domain/calendar/due.ts';
import { people } from './world.ts';
import type { World } from './world.ts';

/** Bodies of an audit that fit it as it is: two items of the IT department, audited by somebody from finance. */
interface Ground {
  world: World;
  caseId: CaseId;
  choice?: { verifier?: PersonId; to?: PersonId };
}
type Maker = (ground: Ground) => object | Promise<object>;
const reason = 'Because it is so';

export const ITEMS = ['clause:10.2', 'control:A.8.13'];
export const lead = people.auditor;
export const secondAuditor = 'ingrid.pohl';

export const docOf = ({ world, caseId }: Pick<Ground, 'world' | 'caseId'>) => world.file(caseId).document as unknown as AuditDocument;

export function auditDay(world: World, days = 0): LocalDate {
  return Temporal.PlainDate.from(localDate(world.driver.now(), 'Europe/Berlin')).add({ days }).toString();
}

let proofs = 0;
export const auditEvidence = async (world: World): Promise<string[]> => [await world.evidence(`sample ${(proofs += 1)}`)];

/** An audit beside the programme, to begin in six weeks. */
export const auditOf = (world: World, extra: object = {}) => ({
  ...{ title: 'Operation of backups', reason: 'Asked for by top management', criteria: ['ISO/IEC 27001:2022'], method: 'ON_SITE', items: ITEMS, unit: 'it' },
  window: { from: auditDay(world, 42), until: auditDay(world, 70) },
  ...extra,
});

export const teamOf = (who: PersonId = lead, items: readonly string[] = ITEMS) => [{ person: who, role: 'LEAD_AUDITOR', items: [...items] }];

/** Three days, as soon as the window allows. */
export function auditDates({ world, caseId }: Pick<Ground, 'world' | 'caseId'>) {
  const { window } = docOf({ world, caseId });
  const first = auditDay(world, 21);
  const from = first > window.from ? first : window.from;
  return { from, until: Temporal.PlainDate.from(from).add({ days: 2 }).toString() };
}

export const planOf = (ground: Pick<Ground, 'world' | 'caseId'>) => ({
  ...{ objectives: 'Whether restores work', scope: 'Backups of all systems', criteria: ['ISO/IEC 27001:2022'], method: 'ON_SITE', dates: auditDates(ground) },
  ...{ sampling: 'Five restores of the last year', previousFindings: 'None', openNonconformities: 'None in this unit' },
});

const meeting = ({ world, caseId }: Ground) => ({ heldOn: auditDay(world), participants: [people.ncOwner, world.file(caseId).parties['leadAuditor'] ?? lead] });

function openItem({ world, caseId }: Ground): string {
  const { items, results } = docOf({ world, caseId });
  return items.map(({ key }) => key).find((key) => !results.some((each) => each.item === key && each.void === null)) ?? items[0]!.key;
}

const report = { conclusions: 'Effective, but for what was found', distribution: [people.topManagement] };

export const auditBodies: Record<AuditCommand, Maker> = {
  ASSIGN_TEAM: ({ choice = {} }) => ({ team: teamOf(choice.verifier) }),
  DECLARE: () => ({ independent: true }),
  DECLINE: () => ({ reason }),
  WAIVE: () => ({ person: 'felix.bauer', item: 'control:A.8.13', reason, safeguard: 'A second auditor looks at the same samples', secondAuditor: lead }),
  SUBMIT_PLAN: planOf,
  CHANGE_PLAN: () => ({ reason }),
  AGREE: () => ({ shortNotice: true }),
  REQUEST_CHANGE: ({ world, caseId }) => ({ dates: auditDates({ world, caseId }), reason }),
  DECIDE_OBJECTION: ({ world, caseId }) => ({ objection: docOf({ world, caseId }).objections.find(({ decision }) => decision === null)?.key ?? 'o1', verdict: 'DISMISSED', reason }),
  LET_PLAN_STAND: () => ({ reason }),
  DECLARE_URGENT: () => ({ reason }),
  OPENING_MEETING: meeting,
  RECORD_RESULT: async (ground) => ({
    ...{ item: openItem(ground), result: 'CONFORMING', method: ['RECORD_REVIEW'], population: 'All restores since January', sample: 'Five of them' },
    evidence: await auditEvidence(ground.world),
  }),
  REQUEST_SAMPLE: ({ world }) => ({ item: 'control:A.8.13', what: 'The log of the last restore', askedOf: people.actionOwner, due: auditDay(world, 3) }),
  ANSWER_SAMPLE: ({ world, caseId }) => ({ request: docOf({ world, caseId }).sampleRequests.find(({ answer }) => answer === null)?.key ?? 's1', answer: 'Here it is' }),
  DRAFT_FINDING: async ({ world }) => ({
    ...{ item: 'control:A.8.13', title: 'No restore test', requirement: 'A.8.13', units: ['it'], proposed: 'MINOR_NC' },
    statement: { requirement: 'Restores are tested', evidence: 'No record since spring', gap: 'Nobody tests them' },
    evidence: await auditEvidence(world),
  }),
  REASSIGN_ITEM: ({ choice = {} }) => ({ item: 'control:A.8.13', to: choice.to ?? secondAuditor, reason }),
  REPERFORM: ({ choice = {} }) => ({ items: ['control:A.8.13'], to: choice.to ?? secondAuditor, reason }),
  LEAVE_UNCOVERED: () => ({ items: ['control:A.8.13'], reason }),
  OBSTACLE: () => ({ text: 'The operator was ill', items: ['control:A.8.13'] }),
  SUSPEND: () => ({ reason }),
  RESUME_FIELDWORK: () => ({}),
  TERMINATE: () => ({ reason }),
  CLOSING_MEETING: meeting,
  COMMENT_FACTS: () => ({ text: 'It was in March, not in spring' }),
  NO_COMMENT: () => ({}),
  ANSWER_COMMENT: ({ world, caseId }) => ({ comment: docOf({ world, caseId }).comments.find(({ answer }) => answer === null)?.key ?? 'c1', answer: 'Corrected' }),
  FINALISE: () => report,
  EDIT_REPORT: () => report,
  ISSUE: () => ({}),
  AMEND: () => ({ ...report, reason }),
  ACKNOWLEDGE: () => ({}),
  POSTPONE: ({ world, caseId }) => {
    const { from, until } = docOf({ world, caseId }).window;
    const later = (date: LocalDate) => Temporal.PlainDate.from(date).add({ days: 14 }).toString();
    const [first, today] = [later(from), auditDay(world, 30)];
    return { window: { from: first, until: later(until) > today ? later(until) : today }, reason };
  },
  REPLAN: ({ world, caseId }) => ({ items: ITEMS.map((item) => ({ item, window: { from: auditDay(world, 100), until: docOf({ world, caseId }).window.until > auditDay(world, 110) ? docOf({ world, caseId }).window.until : auditDay(world, 110) } })), reason }),
};
