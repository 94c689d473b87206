import type { CaseFile } from '../contracts/case-file.ts';
import type { Actor } from '../contracts/entry.ts';
import type { CaseId, Instant } from '../contracts/identity.ts';
import type { Json } from '../contracts/json.ts';
import { kindOf, reason } from '../contracts/reasons.ts';
import type { Reason } from '../contracts/reasons.ts';
import { localDate } from '../domain/calendar/due.ts';
import { standingOf } from '../domain/configuration/in-directory.ts';
import type { Directory } from '../domain/directory/directory.ts';
import type { Command } from '../domain/kernel/accept.ts';
import { openedWithoutClaims, openingStep, withoutClaims } from '../domain/kernel/claims.ts';
import { decide } from '../domain/kernel/decide.ts';
import type { Decision } from '../domain/kernel/decide.ts';
import { SYSTEM } from '../domain/kernel/draft.ts';
import type { FactQuery, Facts } from '../domain/kernel/facts.ts';
import { needsOf, needsOfOpening } from '../domain/kernel/needs.ts';
import { cycleProtectionSince, open } from '../domain/kernel/open.ts';
import type { Opened, Parent } from '../domain/kernel/open.ts';
import { isProcess, processes } from '../domain/processes.ts';
import { createMemoryDirectory } from './memory-directory.ts';
import type { LoadedOrganisation } from './memory-directory.ts';
import { tellMany } from './memory-broadcast.ts';
import type { Telling } from './memory-broadcast.ts';
import { createMemoryFacts } from './memory-facts.ts';
import { commit, createMemoryStore, takenClaims } from './memory-store.ts';
import type { MemoryStore, OwedEffect, StoredCase } from './memory-store.ts';

/** What the journal stands on: who is there, and what time it is. Both may change between decisions. */
export interface MemoryGround {
  organisation: () => LoadedOrganisation;
  clock: () => Instant;
}

export interface CaseOpening {
  id: CaseId;
  process: string;
  body: unknown;
  actor: Actor;
  parent: Parent | null;
}

/**
 * The journal in memory, with the meaning of the one on PostgreSQL: needs → facts → kernel → entries, and afterwards the effects, in
 * order, each once.
 */
export interface MemoryJournal {
  store: MemoryStore;
  directory(): Directory;
  open(opening: CaseOpening): Promise<Opened>;
  decide(caseId: CaseId, command: Command | null): Promise<Decision>;
  /** Carries out what is owed until nothing is. */
  settle(): Promise<void>;
  facts(queries: readonly FactQuery[]): Promise<Facts>;
  stored(caseId: CaseId): StoredCase;
}

export function createMemoryJournal(ground: MemoryGround): MemoryJournal {
  const store = createMemoryStore();
  const source = createMemoryFacts(store);
  const directory = createMemoryDirectory(store, ground.organisation);
  const journal: MemoryJournal = {
    store,
    directory,
    facts: async (queries) => ({ ...standingOf(directory()), ...(await source.fetch(queries)) }),
    stored: (caseId) => storedCase(store, caseId),
    open: (opening) => openCase(journal, ground, opening),
    decide: (caseId, command) => decideCase(journal, ground, { caseId, command }),
    settle: () => settle(journal, ground),
  };
  return journal;
}

function storedCase(store: MemoryStore, caseId: CaseId): StoredCase {
  const found = store.cases.get(caseId);
  if (!found) throw new Error(`there is no case ${caseId}`);
  return found;
}

async function openCase(
  journal: MemoryJournal,
  { clock }: MemoryGround,
  { id, process, body, actor, parent }: CaseOpening,
): Promise<Opened> {
  if (!isProcess(process))
    return {
      opened: false,
      reasons: [reason('UNKNOWN_PROCESS', { process, known: Object.keys(processes) })],
    };
  const definition = processes[process];
  const now = clock();
  const facts = await journal.facts(
    needsOfOpening(definition, { body, parent, since: cycleProtectionSince(now) }),
  );
  const ref = nextRef(
    journal.store,
    definition.prefix,
    localDate(now, facts.directory.organisation.zone).slice(0, 4),
  );
  const tried = open({ definition, id, ref, body, actor, parent, facts, now });
  const opened = openedWithoutClaims(tried, takenClaims(journal.store, openingStep(definition, tried)));
  if (opened.opened) commit(journal.store, definition, opened.entries);
  return opened;
}

function nextRef({ cases }: MemoryStore, prefix: string, year: string): string {
  const before = [...cases.values()].filter(({ file }) => file.ref.startsWith(`${prefix}-${year}-`)).length;
  return `${prefix}-${year}-${String(before + 1).padStart(4, '0')}`;
}

interface Deciding {
  caseId: CaseId;
  command: Command | null;
}

async function decideCase(
  journal: MemoryJournal,
  { clock }: MemoryGround,
  { caseId, command }: Deciding,
): Promise<Decision> {
  const { definition, file } = journal.stored(caseId);
  const facts = await journal.facts(needsOf(definition, file, command ?? undefined));
  const now = notBefore(file, clock());
  const deciding = { definition, file, facts, now, command };
  const decided = decide(deciding);
  const taken = takenClaims(journal.store, { definition, before: file, after: decided.file });
  const decision = withoutClaims(deciding, decided, taken);
  commit(journal.store, definition, decision.entries);
  if (command && decision.refusal)
    recordAttempt(journal.store, { file, command, reasons: decision.refusal.reasons, now });
  return decision;
}

/** Time never runs backwards within a case. */
function notBefore({ enteredAt }: CaseFile, now: Instant): Instant {
  return now < enteredAt ? enteredAt : now;
}

interface Refused {
  file: CaseFile;
  command: Command;
  reasons: Reason[];
  now: Instant;
}

/** Refusals for authority and segregation of duties are evidence, too (rules §3.2). */
function recordAttempt({ attempts }: MemoryStore, { file, command, reasons, now }: Refused): void {
  const { person } = command.actor;
  if (person === null || !['authority', 'segregation'].includes(kindOf(reasons))) return;
  attempts.push({ caseId: file.id, person, command: command.name, reasons, at: now });
}

async function settle(journal: MemoryJournal, ground: MemoryGround): Promise<void> {
  for (let owed = journal.store.owed.shift(); owed; owed = journal.store.owed.shift())
    await perform(journal, ground, owed);
}

async function perform(
  journal: MemoryJournal,
  ground: MemoryGround,
  { effect, ...source }: OwedEffect,
): Promise<void> {
  if (effect.kind === 'openCase') return openChild(journal, { effect, source });
  if (effect.kind === 'broadcast') return broadcast(journal, ground, { effect, source });
  if (!journal.store.cases.has(effect.to))
    return answer(journal, source, { outcome: 'REFUSED', reasons: [unknownCase(effect.to)] });
  const command = effect.kind === 'nudge' ? null : { name: effect.command, body: effect.body, actor: SYSTEM };
  const { refusal } = await journal.decide(effect.to, command);
  if (refusal)
    await answer(journal, source, { outcome: 'REFUSED', reasons: refusal.reasons as unknown as Json });
}

async function broadcast(journal: MemoryJournal, ground: MemoryGround, telling: Telling): Promise<void> {
  const { caseId, version, n } = telling.source;
  const counts = await tellMany(journal, ground, telling);
  await journal.decide(caseId, { name: 'BROADCAST_ENDED', body: { version, n, ...counts }, actor: SYSTEM });
}

type Source = Omit<OwedEffect, 'effect'>;

function unknownCase(caseId: CaseId): Json {
  return { ...reason('UNKNOWN_CASE', { path: 'to', case: caseId }) };
}

async function openChild(
  journal: MemoryJournal,
  { effect, source }: { effect: Extract<OwedEffect['effect'], { kind: 'openCase' }>; source: Source },
): Promise<void> {
  const { id, process, payload: body, link, object } = effect;
  if (journal.store.cases.has(id)) return;
  const { ref, origin } = journal.stored(source.caseId).file;
  const opened = await journal.open({
    id,
    process,
    body,
    actor: SYSTEM,
    parent: { id: source.caseId, ref, link, object, origin },
  });
  if (opened.opened) return;
  if ('reasons' in opened)
    return answer(journal, source, { outcome: 'REFUSED', reasons: opened.reasons as unknown as Json });
  const {
    attachTo: { id: to },
    as,
  } = opened;
  const trigger = as ?? {
    command: 'ATTACH_TRIGGER',
    body: { from: source.caseId, fromRef: ref, type: link },
  };
  await journal.decide(to, { name: trigger.command, body: trigger.body, actor: SYSTEM });
  await answer(journal, source, { outcome: 'ATTACHED', to });
}

/** Tells the case that owed an effect what became of it. */
async function answer(
  journal: MemoryJournal,
  { caseId, version, n }: Source,
  outcome: Record<string, Json>,
): Promise<void> {
  await journal.decide(caseId, { name: 'EFFECT_ANSWERED', body: { version, n, ...outcome }, actor: SYSTEM });
}
