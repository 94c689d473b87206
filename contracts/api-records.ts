import { z } from 'zod';
import { flag, instant, jsonObject, pageOf, pageQuery, personId, reasonView, sha256, uuid } from './api-fields.ts';
import { languages } from './errors.ts';
import { mailChoices, noticeRules } from './notices.ts';
import type { NoticeKind } from './notices.ts';
import { roleNames } from './organisation.ts';
import { recordClasses } from './retention.ts';

/** What goes over `/api/v1` beside cases: people, notifications, processes, the journal as a whole. See `api.ts`. */

export const signInBody = z.strictObject({ email: z.email().max(254), password: z.string().min(1).max(200) });

const personView = z.strictObject({
  id: personId,
  name: z.string(),
  unit: z.string(),
  active: z.boolean(),
});

export const peopleQuery = pageQuery.extend({ q: z.string().trim().max(100).optional() });
export const peopleView = pageOf(personView);

/** Who decides in whose name, since when it is so and until it ends by itself. */
const mandateView = z.strictObject({
  kind: z.enum(['delegate', 'substitute']),
  person: personId,
  scope: z.array(z.string()).meta({ description: 'Processes, and decisions such as nonconformity:APPROVE; empty: everything' }),
  acceptance: z.boolean().meta({ description: 'Residual risk may be accepted in that name' }),
  until: instant,
  case: uuid,
  ref: z.string(),
});
export type MandateView = z.infer<typeof mandateView>;

export const meView = z.strictObject({
  person: personView.extend({ email: z.string(), manager: personId.nullable() }),
  roles: z.array(z.enum(roleNames)),
  organisation: z.strictObject({ name: z.string(), zone: z.string(), locale: z.string() }),
  signedInBy: z.enum(['session', 'apiKey']),
  mayReadAttempts: z.boolean(),
  mayVerify: z.boolean(),
  absent: z.boolean(),
  standsInFor: z.array(mandateView).meta({ description: 'In whose name I may act now' }),
  standIns: z.array(mandateView).meta({ description: 'Who may act in my name now' }),
});
export type MeView = z.infer<typeof meView>;

const apiKeyView = z.strictObject({
  id: z.string(),
  name: z.string(),
  start: z.string().meta({ description: 'First signs of the key' }),
  createdAt: instant,
  expiresAt: instant.nullable(),
  lastUsedAt: instant.nullable(),
});
export type ApiKeyView = z.infer<typeof apiKeyView>;
export const apiKeyListView = z.strictObject({ items: z.array(apiKeyView) });
export const apiKeyParams = z.strictObject({ id: z.string().regex(/^[\x21-\x7e]{1,64}$/) });

const notificationView = z.strictObject({
  id: z.string(),
  kind: z.string(),
  /** What it says, in the reader's language. */
  text: z.string(),
  at: instant,
  readAt: instant.nullable(),
  data: jsonObject,
  case: z.strictObject({ id: uuid, ref: z.string(), title: z.string(), process: z.string() }).nullable(),
});
export type NotificationView = z.infer<typeof notificationView>;
export const notificationListView = pageOf(notificationView);
export const notificationQuery = pageQuery.extend({ unread: flag.optional() });
export const markReadBody = z.strictObject({
  ids: z
    .array(z.string().regex(/^\d{1,18}$/))
    .min(1)
    .max(200),
});
export const markReadView = z.strictObject({ read: z.int() });

/** How notices reach me by mail. */
export const mailPreferencesView = z.strictObject({
  /** What I have chosen; null: as the people file says, else the organisation's. */
  language: z.enum(languages).nullable(),
  kinds: z.array(
    z.strictObject({
      kind: z.string(),
      name: z.string(),
      /** Part of my duties: not mine to choose. */
      duty: z.boolean(),
      /** What happens where nothing is chosen. */
      byRule: z.enum(['direct', 'daily', 'never']),
      choice: z.enum(mailChoices).nullable(),
      /** Why it cannot be chosen, where that is so. */
      why: z.string().nullable(),
    }),
  ),
});

/** Replaces what was chosen before; a kind left out goes as the rules say. */
export const mailPreferencesBody = z.strictObject({
  language: z.enum(languages).nullable(),
  choices: z.partialRecord(z.enum(Object.keys(noticeRules) as NoticeKind[]), z.enum(mailChoices)),
});

export const unsubscribeParams = z.strictObject({ token: z.string().max(2_000) });

const attemptView = z.strictObject({
  number: z.int(),
  case: uuid.nullable(),
  person: personId,
  command: z.string(),
  rule: z.string().nullable(),
  at: instant,
  reasons: z.array(reasonView),
});
export const attemptListView = pageOf(attemptView);
export const attemptQuery = pageQuery.extend({ case: uuid.optional() });

/** What is asked for; without a class everything. */
export const retentionQuery = pageQuery.extend({ class: z.enum(recordClasses).optional().meta({ description: 'Class of record' }) });

/** Cases, and evidence in them, whose time of keeping is over (rules §4.7). */
export const retentionListView = pageOf(
  z.strictObject({
    ...{ id: uuid, ref: z.string(), process: z.string(), title: z.string(), settled: z.string() },
    settledAt: instant,
    recordClass: z.enum(recordClasses).meta({ description: 'As what it is kept' }),
    evidence: z.strictObject({ sha256, title: z.string() }).nullable().meta({ description: 'Null: the case itself' }),
    retainUntil: z.iso.date().meta({ description: 'Last day on which it had to be kept' }),
  }),
);
export type RetentionListView = z.infer<typeof retentionListView>;

const nameAndSchema = z.strictObject({ command: z.string(), by: z.array(z.string()), schema: jsonObject });

export const processView = z.strictObject({
  name: z.string(),
  prefix: z.string(),
  version: z.int(),
  states: z.array(
    z.strictObject({
      state: z.string(),
      tasks: z.array(z.string()),
      deadlines: z.array(z.string()),
      window: z.string().nullable(),
      round: z.string().nullable(),
      settled: z.string().nullable(),
    }),
  ),
  opens: jsonObject.meta({ description: 'JSON schema of the payload that opens a case' }),
  commands: z.array(nameAndSchema),
  commonCommands: z.array(nameAndSchema),
  diagram: z.string().meta({ description: 'Mermaid stateDiagram-v2' }),
});
export const processListView = z.strictObject({ items: z.array(processView) });

export const verifyView = z.strictObject({
  ok: z.boolean(),
  entries: z.int(),
  attempts: z.int(),
  seals: z.int(),
  problems: z.array(z.strictObject({ stream: z.string(), version: z.int(), problem: z.string() })),
});

const broadcastView = z.strictObject({
  version: z.int().meta({ description: 'Entry that told it' }),
  n: z.int(),
  command: z.string(),
  targets: z.int(),
  waiting: z.int().meta({ description: 'Have not answered yet' }),
  accepted: z.int(),
  refused: z.int(),
  startedAt: instant,
  toldAt: instant.nullable().meta({ description: 'When all had been told' }),
  endedAt: instant.nullable().meta({ description: 'When all had answered' }),
});
export type BroadcastView = z.infer<typeof broadcastView>;

const broadcastAnswerView = z.strictObject({
  version: z.int(),
  n: z.int(),
  outcome: z.enum(['ACCEPTED', 'REFUSED']).nullable(),
  reasons: z.array(reasonView),
  decidedAt: instant.nullable(),
  case: z
    .strictObject({ id: uuid, ref: z.string(), process: z.string(), title: z.string(), state: z.string() })
    .nullable()
    .meta({ description: 'Null where I may not see it' }),
});
export const broadcastListView = pageOf(broadcastAnswerView).extend({ broadcasts: z.array(broadcastView) });
export type BroadcastListView = z.infer<typeof broadcastListView>;
