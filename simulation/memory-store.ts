import type { CaseFile, Involvement } from '../contracts/case-file.ts';
import type { Effect, EntryDraft, Notice } from '../contracts/entry.ts';
import type { EvidenceLink } from '../contracts/evidence.ts';
import type { CaseId, Instant, PersonId } from '../contracts/identity.ts';
import type { Reason } from '../contracts/reasons.ts';
import { claimsOf, newClaims } from '../domain/kernel/claims.ts';
import type { ClaimingStep } from '../domain/kernel/claims.ts';
import type { ProcessDefinition } from '../domain/kernel/definition.ts';
import type { HeldClaim } from '../domain/kernel/facts.ts';
import { tenureChanges } from '../domain/kernel/tenures.ts';
import type { PartyTenure } from '../domain/kernel/tenures.ts';
import { patchOf } from '../domain/kernel/patch.ts';
import type { Patch } from '../domain/kernel/patch.ts';

/** An accepted step as it lies in the journal: what changed instead of the whole case. */
export type JournalEntry = Omit<EntryDraft, 'file'> & { patch: Patch };

export interface StoredCase {
  definition: ProcessDefinition<never>;
  file: CaseFile;
  journal: JournalEntry[];
}

export interface DeliveredNotice extends Notice {
  caseId: CaseId;
  at: Instant;
}

/** A refusal for authority or segregation of duties. */
export interface Attempt {
  caseId: CaseId;
  person: PersonId;
  command: string;
  reasons: Reason[];
  at: Instant;
}

export interface OwedEffect {
  caseId: CaseId;
  version: number;
  n: number;
  effect: Effect;
}

/** Everything that the PostgreSQL journal keeps in tables; written by `commit` alone. */
export interface MemoryStore {
  cases: Map<CaseId, StoredCase>;
  involvements: Map<CaseId, Involvement[]>;
  /** Involvements once more, in the order in which they were written, each with the case in which it was done. */
  deeds: (Involvement & { caseId: CaseId })[];
  tenures: (PartyTenure & { caseId: CaseId })[];
  notices: DeliveredNotice[];
  attempts: Attempt[];
  evidence: Map<string, { link: EvidenceLink | null }>;
  /** Which case holds which claim. */
  claims: Map<string, CaseId>;
  owed: OwedEffect[];
  told: Set<string>;
  /** Counts the decisions of cases that change the directory. */
  directoryChanges: number;
  broadcastResults: BroadcastResult[];
}

/** What became of a broadcast in one of the cases that were told. */
export interface BroadcastResult {
  caseId: CaseId;
  version: number;
  n: number;
  target: CaseId;
  outcome: 'ACCEPTED' | 'REFUSED';
  reasons: Reason[];
}

export function createMemoryStore(): MemoryStore {
  return {
    cases: new Map(),
    involvements: new Map(),
    deeds: [],
    tenures: [],
    notices: [],
    attempts: [],
    evidence: new Map(),
    claims: new Map(),
    owed: [],
    told: new Set(),
    directoryChanges: 0,
    broadcastResults: [],
  };
}

/** As it is now: what is committed from here on can be taken back. */
export function copyOf(store: MemoryStore): MemoryStore {
  const cases = [...store.cases].map(([id, stored]): [CaseId, StoredCase] => [id, { ...stored, journal: [...stored.journal] }]);
  const involvements = [...store.involvements].map(([id, found]): [CaseId, Involvement[]] => [id, [...found]]);
  return {
    ...store,
    ...{ cases: new Map(cases), involvements: new Map(involvements), claims: new Map(store.claims), told: new Set(store.told) },
    ...{ notices: [...store.notices], owed: [...store.owed] },
  };
}

/** One transaction: entries with their patches, the case, involvements, notices and what is owed outside. */
export function commit(
  store: MemoryStore,
  definition: ProcessDefinition<never>,
  entries: readonly EntryDraft[],
): void {
  if (definition.changesDirectory) store.directoryChanges += entries.length;
  for (const { file, ...entry } of entries) {
    const stored = store.cases.get(file.id);
    const before = stored?.file ?? null;
    const journal = stored?.journal ?? [];
    journal.push({ ...entry, patch: patchOf(before, file) });
    claim(store, { definition, before, after: file });
    followTenures(store, { before, entry: { ...entry, file } });
    store.cases.set(file.id, { definition, file, journal });
    for (const each of entry.involvements) {
      involvementsOf(store, each.object).push(each);
      store.deeds.push({ ...each, caseId: file.id });
    }
    for (const notice of entry.notices) deliver(store, { ...notice, caseId: file.id, at: entry.at });
    entry.effects.forEach((effect, n) =>
      store.owed.push({ caseId: file.id, version: entry.version, n, effect }),
    );
  }
}

function claim({ claims }: MemoryStore, { definition, before, after }: ClaimingStep): void {
  for (const key of claimsOf(definition, before)) claims.delete(key);
  for (const key of claimsOf(definition, after)) claims.set(key, after.id);
}

function followTenures({ tenures }: MemoryStore, { before, entry }: { before: CaseFile | null; entry: EntryDraft }): void {
  const caseId = entry.file.id;
  const { ended, began } = tenureChanges(before, [entry]);
  for (const { party, at } of ended) {
    const held = tenures.find((each) => each.caseId === caseId && each.party === party && each.until === null);
    if (held) held.until = at;
  }
  tenures.push(...began.map((each) => ({ ...each, caseId })));
}

/** Who else holds what the case would claim by this step. */
export function takenClaims(store: MemoryStore, step: ClaimingStep | null): HeldClaim[] {
  if (!step) return [];
  return heldClaims(store, newClaims(step)).filter(({ caseId }) => caseId !== step.after.id);
}

export function heldClaims({ claims, cases }: MemoryStore, keys: readonly string[]): HeldClaim[] {
  const held = [...new Set(keys)].sort().flatMap((key) => {
    const caseId = claims.get(key);
    return caseId === undefined ? [] : [{ key, caseId, ref: cases.get(caseId)!.file.ref }];
  });
  return held;
}

export function involvementsOf(store: MemoryStore, object: CaseId): Involvement[] {
  const known = store.involvements.get(object) ?? [];
  store.involvements.set(object, known);
  return known;
}

/** Each recipient once for each cause. */
function deliver(store: MemoryStore, notice: DeliveredNotice): void {
  const key = `${notice.to} ${notice.cause}`;
  if (store.told.has(key)) return;
  store.told.add(key);
  store.notices.push(notice);
}
