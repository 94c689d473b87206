import type { CaseSummary } from '../contracts/case-file.ts';
import type { Deed, Tenure } from '../contracts/independence.ts';
import type { Authored, FactQuery, FactSource, FetchedFacts } from '../domain/kernel/facts.ts';
import { byOpening, summaryOf } from '../domain/kernel/summary.ts';
import { searchKeysOf } from '../domain/kernel/search-keys.ts';
import { vacancyKeys } from '../domain/kernel/vacancies.ts';
import { heldClaims } from './memory-store.ts';
import type { MemoryStore, StoredCase } from './memory-store.ts';

/** Facts from memory; the counterpart of prisma/journal/facts.ts, held to it by one contract test (design.md "Same journal"). */
export function createMemoryFacts(store: MemoryStore): FactSource {
  return { fetch: async (queries) => factsFor(store, queries) };
}

function factsFor(store: MemoryStore, queries: readonly FactQuery[]): FetchedFacts {
  const of = <F extends FactQuery['fact']>(fact: F) =>
    queries.filter((each): each is Extract<FactQuery, { fact: F }> => each.fact === fact);
  const where = (holds: (stored: StoredCase) => boolean) => summaries(store, holds);
  return {
    involvements: unique(of('involvements').flatMap(({ objects }) => objects)).flatMap(
      (object) => store.involvements.get(object) ?? [],
    ),
    cases: known(
      store,
      of('cases').flatMap(({ ids }) => ids),
    ),
    children: known(
      store,
      of('children').flatMap((each) => childrenOf(store, each.of)),
    ),
    similar:
      of('byKey').length === 0 ? [] : where((stored) => of('byKey').some((query) => carries(stored, query))),
    spawned: of('spawned').flatMap((query) => where((stored) => wasSpawned(stored, query))),
    vacancies: of('vacancies').reduce((sum, each) => sum + stillVacant(store, each.of), 0),
    evidence: unique(of('evidence').flatMap(({ hashes }) => hashes)).flatMap((sha256) => {
      const stored = store.evidence.get(sha256);
      return stored ? [{ sha256, link: stored.link }] : [];
    }),
    authors: of('author').flatMap((query) => authorOf(store, query)),
    tenures: of('tenures').length === 0 ? [] : tenuresSince(store, of('tenures')),
    deeds: of('deeds').length === 0 ? [] : deedsSince(store, of('deeds')),
    claims: heldClaims(
      store,
      of('claims').flatMap(({ keys }) => keys),
    ),
  };
}

interface Past {
  persons: readonly string[];
  since: string;
}

/** From when on somebody is asked about: the earliest instant of all questions that name him. */
function sinceOf(asked: readonly Past[], person: string): string | undefined {
  return asked.filter(({ persons }) => persons.includes(person)).map(({ since }) => since).sort()[0];
}

function tenuresSince(store: MemoryStore, asked: readonly Past[]): Tenure[] {
  const held = store.tenures.filter(({ person, until }) => {
    const since = sinceOf(asked, person);
    return since !== undefined && (until === null || until >= since);
  });
  const found = held.map(({ caseId, party, person, from, until }) => ({ ...pastCase(store, caseId), party, person, from, until }));
  const key = ({ from, party, case: { openedAt, id } }: Tenure) => [from, openedAt, id, party].join(' ');
  return found.sort((one, other) => (key(one) < key(other) ? -1 : 1));
}

function deedsSince(store: MemoryStore, asked: readonly Past[]): Deed[] {
  const done = store.deeds.filter(({ person, at, object, caseId }) => {
    const since = sinceOf(asked, person);
    return object === caseId && since !== undefined && at >= since;
  });
  return done.map(({ caseId, relation, person, at }) => ({ ...pastCase(store, caseId), relation, person, at }));
}

/** The case, and the cases that it is part of. */
function pastCase(store: MemoryStore, caseId: string): Pick<Tenure, 'case' | 'parents'> {
  const { definition, file } = store.cases.get(caseId)!;
  const parents = file.links.filter(({ direction }) => direction === 'parent').map(({ to }) => to);
  return { case: summaryOf(definition, file), parents: known(store, parents) };
}

function unique<T>(items: readonly T[]): T[] {
  return [...new Set(items)];
}

function known(store: MemoryStore, ids: readonly string[]): CaseSummary[] {
  return inOrder(unique(ids).flatMap((id) => store.cases.get(id) ?? []));
}

function summaries(store: MemoryStore, holds: (stored: StoredCase) => boolean): CaseSummary[] {
  return inOrder([...store.cases.values()].filter(holds));
}

/** By opening, as every store gives its cases. */
export function inOrder(found: readonly StoredCase[]): CaseSummary[] {
  return found.map(({ definition, file }) => summaryOf(definition, file)).sort(byOpening);
}

function childrenOf(store: MemoryStore, of: string): string[] {
  return (
    store.cases
      .get(of)
      ?.file.links.filter(({ direction }) => direction === 'child')
      .map(({ to }) => to) ?? []
  );
}

function carries(
  { definition, file }: StoredCase,
  { process, key, value }: Extract<FactQuery, { fact: 'byKey' }>,
): boolean {
  if (file.process !== process) return false;
  return searchKeysOf(definition, file).some((each) => each.key === key && each.value === value);
}

function authorOf(store: MemoryStore, { of, version }: Extract<FactQuery, { fact: 'author' }>): Authored[] {
  const entry = store.cases.get(of)?.journal[version - 1];
  if (!entry) return [];
  const { person, onBehalfOf = null } = entry.actor;
  return [{ of, version, person, onBehalfOf }];
}

function stillVacant(store: MemoryStore, departure: string): number {
  const waits = ({ file }: StoredCase) =>
    file.settled === null && vacancyKeys(file).some(({ value }) => value === departure);
  return [...store.cases.values()].filter(waits).length;
}

function wasSpawned(
  { file }: StoredCase,
  { root, process, type, object, since }: Extract<FactQuery, { fact: 'spawned' }>,
): boolean {
  const { origin } = file;
  const sameOrigin = origin?.chain[0] === root && origin.type === type && origin.object === object;
  return sameOrigin && file.process === process && file.openedAt >= since;
}
