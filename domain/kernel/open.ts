import type { z } from 'zod';
import type { CaseFile, CaseSummary, Link, Origin } from '../../contracts/case-file.ts';
import { CYCLE_PROTECTION_CEILING_DAYS } from '../../contracts/configuration.ts';
import type { Actor, EntryDraft } from '../../contracts/entry.ts';
import type { CaseId, Instant } from '../../contracts/identity.ts';
import type { Json } from '../../contracts/json.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import { localDate } from '../calendar/due.ts';
import type { ProcessDefinition } from './definition.ts';
import { followDeadlines } from './deadlines.ts';
import { attachEvidence, begin, finish, inForce } from './draft.ts';
import type { Draft } from './draft.ts';
import { followWindow } from './enter.ts';
import type { Facts } from './facts.ts';
import { raiseFlag } from './flagging.ts';
import { followBehaviours } from './follow.ts';
import { addLink } from './links.ts';
import { followRound } from './rounds/opening.ts';
import { tellAsked } from './tasks.ts';
import { parseBody } from './payload.ts';
import { referenceReasons, referencesIn } from './references.ts';
import { wake } from './wake.ts';

/** The case that opens this one, where a case does. */
export interface Parent {
  id: CaseId;
  ref: string;
  link: string;
  object: string;
  origin: Origin | null;
}

export interface Opening {
  definition: ProcessDefinition<never>;
  id: CaseId;
  ref: string;
  body: unknown;
  actor: Actor;
  parent: Parent | null;
  facts: Facts;
  now: Instant;
}

export type Opened =
  /** The first entry, and what was true or due at once. */
  | { opened: true; entries: EntryDraft[] }
  | { opened: false; reasons: Reason[] }
  /**
   * It is another trigger of a case that runs (rules §14): of the same origin, or what the process says; then with the command that
   * tells it there.
   */
  | { opened: false; attachTo: CaseSummary; as: { command: string; body: Json } | null };

const DAY_MS = 86_400_000;

/** From when on what the same origin opened before is asked for: as long as an organisation may set at most. */
export function cycleProtectionSince(now: Instant): Instant {
  return new Date(Date.parse(now) - CYCLE_PROTECTION_CEILING_DAYS * DAY_MS).toISOString();
}

/** What the same origin opened lately for the same object is the same trigger (rules §14). */
function sameTrigger({ facts, now }: Pick<Opening, 'facts' | 'now'>): CaseSummary | undefined {
  const days = Number.parseInt(inForce({ facts, now }).value('cycleProtection'), 10);
  const since = new Date(Date.parse(now) - days * DAY_MS).toISOString();
  return facts.spawned.find(({ openedAt }) => openedAt >= since);
}

/** Origin of a case opened by that parent: its chain, so that a circle is seen however long it is. */
export function originOf(parent: Parent): Origin {
  return { chain: [...(parent.origin?.chain ?? []), parent.id], type: parent.link, object: parent.object };
}

/** What a body looks like that opens such a case. */
export function openingSchema({ open: { body, bodyFromParent } }: ProcessDefinition<never>, parent: Parent | null): z.ZodType {
  return (parent && bodyFromParent) || body;
}

/** First entry of a case, or why there will be none. */
export function open(opening: Opening): Opened {
  const { definition, actor, facts, now, parent } = opening;
  const attachTo = sameTrigger(opening);
  if (parent && attachTo) return { opened: false, attachTo, as: null };
  const schema = openingSchema(definition, parent);
  const parsed = parseBody(schema, opening.body);
  if (!parsed.ok) return { opened: false, reasons: parsed.reasons };
  const reasons = openingReasons(opening, parsed.body, parent ? [] : referencesIn(schema, parsed.body));
  if (reasons.length > 0) return { opened: false, reasons };
  const running = definition.open.attach?.to({ body: parsed.body as never, actor, facts, now });
  if (running) return { opened: false, attachTo: running, as: { command: definition.open.attach!.as, body: parsed.body } };
  const draft = { ...begin({ definition, file: blank(opening, parsed.body), actor, body: parsed.body, now, facts }), from: null };
  const entry = firstEntry(draft, parent);
  return { opened: true, entries: [entry, ...wake({ definition, file: entry.file, facts, now })] };
}

/** A parent's effect names people and dates that were checked when it was decided; an inactive owner leaves the action unassigned. */
function openingReasons({ definition, actor, facts, now }: Opening, body: Json, references: ReturnType<typeof referencesIn>): Reason[] {
  if (actor.person !== null && !facts.directory.isActive(actor.person, now)) return [reason('PERSON_NOT_ACTIVE', { person: actor.person })];
  // An auditor from outside takes part in audits that others have opened, and begins nothing here (rules §3.1 EXTERNAL_AUDITOR).
  if (actor.person !== null && facts.directory.isAuditorAccount(actor.person, now)) return [reason('READ_ONLY_ACCOUNT', { person: actor.person })];
  const zone = facts.directory.organisation.zone;
  return [...referenceReasons(references, { facts, now, zone }), ...(definition.open.rules?.({ body: body as never, actor, facts, now }) ?? [])];
}

function blank({ definition, id, ref, actor, now, facts, parent }: Opening, body: Json): CaseFile {
  const unit = definition.open.unit(body as never, { actor, facts });
  const zone = facts.directory.siteOfUnit(unit, now).zone;
  const state = String(definition.machine.root.initial.target[0]!.key);
  const document = definition.open.document(body as never, now, { facts });
  const parties = definition.open.parties(body as never, actor);
  return {
    ...{ id, ref, process: definition.name, definition: definition.version, zone, unit, state, settled: null, revision: 1, version: 0 },
    ...{ openedBy: actor.person ?? 'SYSTEM', openedAt: now, enteredAt: now, settledAt: null, attempt: 1, document, parties },
    ...{ anchors: { opened: now, entered: now }, deadlines: {}, window: null, round: null, closedRound: null, reworks: {}, approvedAt: null, conditions: [], links: [], evidence: [], flags: [] },
    ...{ origin: parent ? originOf(parent) : null, refusedEffects: [], vacancies: [], takeovers: [], broadcasts: [] },
    ...{ extensions: [], hold: null, cancelRequest: null, corrections: [], occurredOn: null, recordClass: definition.policy.recordClass ?? 'record', retainUntil: null, legalHold: null },
  };
}

function firstEntry(draft: Draft, parent: Parent | null): EntryDraft {
  if (parent) addLink(draft, parentLink(parent));
  attachEvidence(draft, draft.definition.open.evidence?.(draft.body as never) ?? [], 'OPENED');
  recordLater(draft);
  followWindow(draft);
  followRound(draft);
  followDeadlines(draft);
  followBehaviours(draft, 'entering', draft.file.state);
  tellAsked(draft);
  return finish(draft, 'OPENED');
}

/** Recorded later than it happened: both days are kept, and the ladder begins with the record (rules §16.1 "backdated entry"). */
function recordLater(draft: Draft): void {
  const occurredOn = draft.definition.open.occurredOn?.(draft.body as never) ?? null;
  if (occurredOn === null || occurredOn >= localDate(draft.now, draft.file.zone)) return;
  draft.file.occurredOn = occurredOn;
  raiseFlag(draft, 'retrospective');
  draft.happenings.push({ kind: 'recordedLater', occurredOn });
}

function parentLink({ id, ref, link }: Parent): Link {
  return { type: link, to: id, toRef: ref, direction: 'parent', awaited: false, attempt: 1 };
}
