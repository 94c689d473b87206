import { z } from 'zod';
import { caseRecordShape } from './api-case-record.ts';
import { conditionBody, quorumSchema, roundModes } from './approval.ts';
import {
  flag,
  instant,
  jsonObject,
  local,
  pageOf,
  pageQuery,
  personId,
  reasonView,
  sha256,
  uuid,
} from './api-fields.ts';

/**
 * What goes over `/api/v1`, both ways. The same schemas validate requests, describe the API (`openapi.json`) and check the answers in
 * the tests. Instants are UTC, `…Local` the same instant on the clocks of the case's site; ids of people, units and cases as in the directory.
 */

/** RFC 9457, `application/problem+json`. */
export const problemView = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string().meta({ description: 'One of a closed list (contracts/errors.ts)' }),
  requestId: z.string(),
  instance: z.string().meta({ description: 'This occurrence: the request id, as in the log, as a URN' }),
  reasons: z.array(reasonView).optional(),
  version: z.int().optional().meta({ description: 'Present version of the case, for If-Match' }),
  rule: z.string().optional().meta({ description: 'Rule of segregation of duties that stood in the way' }),
  notReady: z.array(z.string()).optional(),
});
export type ProblemView = z.infer<typeof problemView>;

export const caseHeadShape = {
  id: uuid,
  ref: z.string().meta({ examples: ['NC-2026-0042'] }),
  process: z.string(),
  state: z.string(),
  settled: z.string().nullable().meta({ description: 'Kind of end, null while the case is open' }),
  title: z.string(),
  unit: z.string(),
  owner: personId.nullable(),
  grade: z.string().nullable(),
};

const caseRow = z.strictObject({
  ...caseHeadShape,
  version: z.int(),
  entries: z.int(),
  openedBy: z.string(),
  openedAt: instant,
  settledAt: instant.nullable(),
  updatedAt: instant,
  due: instant.nullable().meta({ description: 'Earliest open deadline' }),
  overdue: z.boolean(),
  escalation: z.int().nullable().meta({ description: 'Highest escalation step of an open deadline, 0 to 4' }),
});
export type CaseRow = z.infer<typeof caseRow>;
export const caseListView = pageOf(caseRow);

export const caseListQuery = pageQuery.extend({
  process: z.string().max(60).optional(),
  state: z.string().max(60).optional(),
  owner: personId.optional(),
  unit: z.string().max(64).optional(),
  overdue: flag.optional(),
  escalation: z
    .enum(['0', '1', '2', '3', '4'])
    .transform(Number)
    .optional()
    .meta({ description: 'At least this step' }),
  settled: flag.optional().meta({ description: 'true: only ended cases, false: only open ones' }),
  q: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .optional()
    .meta({ description: 'Part of the title, or the beginning of the reference' }),
  sort: z.enum(['updated', 'opened']).default('updated').meta({ description: 'Newest first' }),
});

/** `payload` is checked against the process's own schema. */
export const openCaseBody = z.strictObject({
  process: z.string().max(60),
  payload: z.record(z.string(), z.unknown()),
});

const deadlineStep = z.strictObject({
  step: z.string(),
  at: instant,
  atLocal: local,
  firedAt: instant.nullable(),
  collapsed: z.boolean(),
  acknowledgeBy: instant.nullable(),
  acknowledgedAt: instant.nullable(),
  acknowledgedBy: personId.nullable(),
  unansweredAt: instant.nullable(),
  recipients: z.array(personId),
});

export const deadlineView = z.strictObject({
  name: z.string(),
  issue: z.int(),
  owner: z.string().meta({ description: 'Party that must act' }),
  anchor: z.strictObject({ name: z.string(), at: instant }),
  due: instant,
  dueLocal: local,
  originalDue: instant,
  ladder: z.enum(['standard', 'critical', 'legal', 'expiry', 'reassignment']),
  metAt: instant.nullable(),
  overdue: z.boolean(),
  steps: z.array(deadlineStep),
});

const roundView = z.strictObject({
  name: z.string(),
  mode: z.enum(roundModes),
  quorum: quorumSchema.nullable(),
  level: z.int().nullable().meta({ description: 'HIERARCHY: level of authority that is enough' }),
  number: z.int(),
  openedAt: instant,
  contentHash: sha256
    .nullable()
    .meta({ description: 'To be sent back with APPROVE; only for whom the round asks' }),
  seats: z.array(
    z.strictObject({
      name: z.string(),
      mandatory: z.boolean(),
      level: z.int().nullable(),
      asked: z.array(personId).meta({ description: 'Who may take it as things are; empty where it is decided, or nobody may' }),
      decision: z
        .strictObject({
          by: personId,
          onBehalfOf: personId.nullable(),
          at: instant,
          verdict: z.enum(['APPROVE', 'REJECT']),
          note: z.string().nullable(),
          conditions: z.array(conditionBody),
          final: z.boolean(),
        })
        .nullable(),
    }),
  ),
  recusals: z.array(z.strictObject({ by: personId, seat: z.string(), at: instant, reason: z.string() })),
  questions: z.array(
    z.strictObject({
      ...{ key: z.string(), by: personId, to: personId, question: z.string(), askedAt: instant },
      answer: z.strictObject({ by: personId, at: instant, text: z.string() }).nullable(),
    }),
  ),
});

const linkView = z.strictObject({
  type: z.string(),
  direction: z.enum(['child', 'parent', 'peer']),
  to: uuid,
  ref: z.string().nullable(),
  awaited: z.boolean(),
  attempt: z.int(),
  key: z.string().nullable().meta({ description: 'Part of the plan that it carries out' }),
  void: z.boolean().meta({ description: 'The case was never opened' }),
});
export type LinkView = z.infer<typeof linkView>;

const linkedCase = linkView.extend({
  visible: z.boolean(),
  process: z.string().nullable(),
  title: z.string().nullable(),
  state: z.string().nullable(),
  settled: z.string().nullable(),
});

const stateShape = {
  ...caseHeadShape,
  version: z.int().meta({ description: 'Revision of the case; what If-Match compares' }),
  entries: z.int().meta({ description: 'Number of entries in the journal' }),
  definition: z.int(),
  zone: z.string(),
  attempt: z.int(),
  openedBy: z.string(),
  openedAt: instant,
  enteredAt: instant,
  settledAt: instant.nullable(),
  document: jsonObject,
  parties: z.record(z.string(), personId),
  deadlines: z.array(deadlineView),
  window: z.strictObject({ name: z.string(), opens: instant, ends: instant, endsLocal: local }).nullable(),
  round: roundView.nullable(),
  conditions: z
    .array(
      conditionBody.extend({
        ...{ key: z.string(), round: z.string(), by: personId, action: uuid, lapsesAt: instant },
        outcome: z.enum(['MET', 'LAPSED', 'VOID']).nullable().meta({ description: 'Null while it is open' }),
        ...{ endedAt: instant.nullable(), overdueAt: instant.nullable() },
      }),
    )
    .meta({ description: 'Conditions of approvals; each is carried out by an action' }),
  ...caseRecordShape,
  flags: z.array(z.string()).meta({ description: 'Of the process, and needsOwner, overdue, escalated' }),
  vacancies: z
    .array(
      z.strictObject({
        ...{ role: z.string(), left: personId, because: z.string(), interim: personId.nullable(), since: instant },
        departure: uuid.nullable(),
      }),
    )
    .meta({ description: 'Parties whose holder has gone and that nobody holds for good yet' }),
};

/** The state of a case as it is, or was. */
export const caseStateView = z.strictObject({ ...stateShape, links: z.array(linkView) });
export type CaseStateView = z.infer<typeof caseStateView>;

const standIn = z.strictObject({
  person: personId,
  kind: z.enum(['delegate', 'substitute']),
  for: personId,
});

const taskOfCase = z.strictObject({
  task: z.string(),
  who: z.array(personId),
  standIns: z.array(standIn).meta({ description: 'Who may do it in the name of one of them' }),
  deadline: z.string().nullable(),
  due: instant.nullable(),
  overdue: z.boolean(),
});

const availableCommand = z.strictObject({
  command: z.string(),
  schema: jsonObject.meta({ description: 'JSON schema of the body' }),
  blockedBy: z.array(reasonView).meta({ description: 'Empty: it may be sent' }),
  onBehalfOf: personId.nullable().meta({ description: 'In whose name it would be sent; null: in the own' }),
});

/** The whole case page in one answer. */
export const caseView = z.strictObject({
  ...stateShape,
  links: z.array(linkedCase),
  tasks: z.array(taskOfCase),
  availableCommands: z.array(availableCommand),
});
export type CaseView = z.infer<typeof caseView>;

export const caseAsOfView = z.strictObject({ ...stateShape, links: z.array(linkView), asOf: instant });
export const caseQuery = z.strictObject({
  asOf: z
    .union(
      [z.iso.date(), z.iso.datetime({ offset: true })],
      'must be an instant such as 2026-11-30T09:00:00Z or a date such as 2026-11-30',
    )
    .optional()
    .meta({ description: 'Past instant, or date (its end at the site)' }),
});
export const caseParams = z.strictObject({ id: uuid });

export const commandParams = z.strictObject({ id: uuid, command: z.string().max(60) });
export const commandIdParams = z.strictObject({ id: z.string().regex(/^[\x21-\x7e]{1,200}$/) });

export const commandView = z.strictObject({
  id: z.string(),
  case: uuid,
  command: z.string(),
  storedAt: instant,
  decidedAt: instant.nullable(),
  outcome: z.enum(['PENDING', 'ACCEPTED', 'REFUSED']),
  reasons: z.array(reasonView),
});
export type CommandView = z.infer<typeof commandView>;

/** After an accepted command: what was decided, and the case as it is now. */
export const decidedView = z.strictObject({ command: commandView, case: caseStateView });

const taskView = z.strictObject({
  task: z.string(),
  why: z
    .strictObject({ kind: z.enum(['delegate', 'substitute']), for: personId })
    .nullable()
    .meta({ description: 'Whom I stand in for; null: I am asked myself' }),
  case: z.strictObject({ ...caseHeadShape, escalation: z.int().nullable() }),
  deadline: z.string().nullable(),
  due: instant.nullable(),
  overdue: z.boolean(),
  since: instant,
});
export type TaskView = z.infer<typeof taskView>;
export const taskListView = pageOf(taskView);

const entryView = z.strictObject({
  version: z.int(),
  type: z.string(),
  at: instant,
  localAt: local,
  actor: personId.nullable().meta({ description: 'Null: the engine itself' }),
  onBehalfOf: personId.nullable(),
  role: z.string(),
  from: z.string().nullable(),
  to: z.string(),
  reason: z.string().nullable(),
  body: z.unknown(),
  happenings: z.array(z.looseObject({ kind: z.string() })),
  redacted: z
    .boolean()
    .meta({ description: 'What was said has been removed; the entry and its hash remain' }),
  definition: z.string(),
  payloadHash: sha256,
  prevHash: sha256,
  hash: sha256,
});
export type EntryView = z.infer<typeof entryView>;
export const historyView = pageOf(entryView);
export const historyQuery = pageQuery.extend({ order: z.enum(['asc', 'desc']).default('asc') });

const comingStep = z.strictObject({
  what: z.string().meta({ description: 'Step of the ladder (R1 … E4), or UNANSWERED' }),
  at: instant,
  atLocal: local,
  tells: z.array(personId),
  acknowledgeBy: instant.nullable(),
});

/** What comes next if nobody does anything more than they are asked to; computed, never stored. */
export const nextView = z.strictObject({
  tasks: z.array(
    taskOfCase.extend({
      dueLocal: local.nullable(),
      commands: z.array(z.string()),
      ifLate: z.array(comingStep),
    }),
  ),
  deadlines: z.array(
    z.strictObject({
      deadline: z.string(),
      due: instant,
      dueLocal: local,
      overdue: z.boolean(),
      owners: z.array(personId),
      ifLate: z.array(comingStep),
    }),
  ),
  window: z
    .strictObject({ window: z.string(), ends: instant, endsLocal: local, leadsTo: z.string().nullable() })
    .nullable(),
  waitsFor: z.array(
    z.strictObject({ to: uuid, ref: z.string().nullable(), type: z.string(), state: z.string().nullable() }),
  ),
  approval: z
    .strictObject({
      ...{ round: z.string(), mode: z.enum(roundModes), approvals: z.int(), rejections: z.int() },
      needed: z.int().nullable().meta({ description: 'Approvals that end it; null where authority counts' }),
      asks: z.array(z.strictObject({ seat: z.string(), who: z.array(personId), mandatory: z.boolean() })),
      needsSubstitute: z.array(z.string()).meta({ description: 'Seats that nobody can take and that it cannot do without' }),
      unanswered: z.array(z.strictObject({ question: z.string(), of: personId })),
    })
    .nullable(),
  conditions: z.array(
    z.strictObject({
      ...{ condition: z.string(), text: z.string(), owner: personId, lapsesAt: instant, lapsesAtLocal: local },
      ifUnmet: z.enum(['APPROVAL_LAPSES', 'ISO_IS_TOLD', 'HOLDS_THE_END']),
    }),
  ),
  whenSettled: z
    .string()
    .nullable()
    .meta({ description: 'State that follows once all that is waited for is done' }),
});
export type NextView = z.infer<typeof nextView>;

export const evidenceQuery = z.strictObject({
  name: z.string().max(1000).optional().meta({ description: 'File name; parts of a path are dropped' }),
});
export const evidenceView = z.strictObject({
  sha256,
  size: z.int(),
  name: z.string(),
  mediaType: z.string(),
});
export const evidenceParams = z.strictObject({ sha256 });
export const caseEvidenceParams = z.strictObject({ id: uuid, sha256 });
