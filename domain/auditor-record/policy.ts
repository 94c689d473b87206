import { auditorRecordBodies as bodies } from '../../contracts/auditor-record.ts';
import type { AuditorRecordAbout, AuditorRecordBody, AuditorRecordCommand, AuditorRecordDocument, AuditorRecordItem } from '../../contracts/auditor-record.ts';
import type { CaseFile } from '../../contracts/case-file.ts';
import type { CommandPolicy, Policy, View } from '../kernel/definition.ts';
import { heldUntil, nextEnd } from './competences.ts';
import { renewers, saysItOfHimself } from './rules.ts';

/** Who proves the competence of an auditor, and until when it is proved: rules §7 "Auditor record", §3.2 SOD-06. */

type Doc = AuditorRecordDocument;
type Commands = { [C in AuditorRecordCommand]: CommandPolicy<Doc, AuditorRecordBody<C>> };

const keepers = ['auditProgrammeManager', 'topManagement'];
const kept = { by: keepers, involves: 'keptAuditorRecord', rules: (view: View<Doc, unknown>) => saysItOfHimself(view), sets: ['competence'] } as const;

const commands: Commands = {
  ADD_COMPETENCE: { ...kept, body: bodies.ADD_COMPETENCE, evidence: ({ evidence }) => evidence, record: added },
  END_COMPETENCE: { ...kept, body: bodies.END_COMPETENCE, record: ended },
  RETIRE: { by: keepers, body: bodies.RETIRE },
  RESTORE: { by: keepers, body: bodies.RESTORE, rules: (view) => saysItOfHimself(view) },
  DECLARED: { by: ['system'], body: bodies.DECLARED, record: ({ doc, body }) => ({ ...doc, declared: lastOfEach(doc.declared, body) }) },
  AUDITED: { by: ['system'], body: bodies.AUDITED, record: ({ doc, body }) => ({ ...doc, audited: lastOfEach(doc.audited, body) }) },
};

type Records<C extends AuditorRecordCommand> = View<Doc, AuditorRecordBody<C>> & { body: AuditorRecordBody<C> };

function added({ doc, body, actor, now }: Records<'ADD_COMPETENCE'>): Doc {
  const { as, what, evidence, since, validUntil = null } = body;
  const competence = { key: `c${doc.competences.length + 1}`, as, what, evidence, since, validUntil, by: actor.person!, at: now, ended: null };
  return { ...doc, competences: [...doc.competences, competence] };
}

function ended({ doc, body, actor, now }: Records<'END_COMPETENCE'>): Doc {
  const end = { by: actor.person!, at: now, reason: body.reason };
  return { ...doc, competences: doc.competences.map((each) => (each.key === body.competence ? { ...each, ended: end } : each)) };
}

function lastOfEach(before: readonly AuditorRecordItem[], now: AuditorRecordItem): AuditorRecordItem[] {
  return [...before.filter(({ audit }) => audit !== now.audit), now];
}

/** Renewal is asked for once the first reminder has been sent, and where it is too late already. */
function isReminded({ file, now }: View<Doc>): boolean {
  const { competence } = file.deadlines;
  return competence?.metAt === null && (competence.due <= now || competence.steps.some(({ firedAt }) => firedAt !== null));
}

export const auditorRecordPolicy: Policy<Doc> = {
  parties: {
    auditProgrammeManager: () => ['role:AUDIT_PROGRAMME_MANAGER'],
    iso: () => ['role:ISO'],
    isoDeputy: () => ['isoDeputy'],
    topManagement: () => ['role:TOP_MGMT'],
    competenceKeeper: renewers,
  },
  reassign: {},
  commands: commands as unknown as Policy<Doc>['commands'],
  tasks: { renewCompetence: { for: 'competenceKeeper', deadline: 'competence', when: isReminded } },
  // What has lapsed bars from the next team; nothing else follows from it.
  deadlines: { competence: { after: 'entered', onDate: ({ doc }) => nextEnd(doc), ladder: 'expiry', owner: 'competenceKeeper' } },
  windows: {},
  rounds: {},
  claims: ({ parties }) => [`auditorRecord:${parties['auditor']!}`],
  keys: ({ parties }) => [{ key: 'auditor', value: parties['auditor']! }],
  auditedAs: () => ['clause:7.2', 'clause:9.2.2'],
  reviewInput: 'd3',
  list: ({ parties }) => ({ title: parties['auditor']!, owner: parties['auditor']!, grade: null }),
  about,
};

function about({ document, parties }: CaseFile<Doc>): AuditorRecordAbout {
  const [LEAD_AUDITOR, AUDITOR, TECH_EXPERT] = (['LEAD_AUDITOR', 'AUDITOR', 'TECH_EXPERT'] as const).map((kind) => heldUntil(document, kind)) as [string | null, string | null, string | null];
  return { person: parties['auditor']!, LEAD_AUDITOR, AUDITOR, TECH_EXPERT };
}
