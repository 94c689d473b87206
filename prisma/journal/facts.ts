import type { Pool, PoolClient } from 'pg';
import type { CaseSummary, Involvement } from '../../contracts/case-file.ts';
import type { OwedEffect } from '../../contracts/durable.ts';
import type { Deed, Tenure } from '../../contracts/independence.ts';
import { standingOf } from '../../domain/configuration/in-directory.ts';
import type { Authored, FactQuery, FactSource, Facts, FetchedFacts, HeldClaim, StoredEvidence } from '../../domain/kernel/facts.ts';
import { VACANCY_OF } from '../../domain/kernel/vacancies.ts';
import type { DirectoryCache } from './directory-cache.ts';
import { INSTANT, SUMMARY, summaryWith } from './summary.ts';

/** What a decision stands on, in one question after the locks are held: everything it sees is still so when it commits. */
export interface Ground {
  facts: Facts;
  owed: OwedEffect[];
  pending: string[];
}

type Of<F extends FactQuery['fact']> = Extract<FactQuery, { fact: F }>;

interface Part {
  /** Its parameters; null where nobody asks. */
  about: (question: Question) => unknown[] | null;
  sql: (...parameters: string[]) => string;
}

/** Nothing is asked of nobody: no case is named, no evidence, … */
function asked<F extends FactQuery['fact']>(fact: F, about: (some: Of<F>[]) => unknown[]): Part['about'] {
  return ({ queries }) => {
    const some = queries.filter((each): each is Of<F> => each.fact === fact);
    const values = some.length === 0 ? [] : about(some);
    return values.every((value) => Array.isArray(value) && value.length === 0) ? null : values;
  };
}

/** The case `h` of a tenure or deed, and the cases that it is part of. */
const PAST = `jsonb_build_object('case', ${SUMMARY}, 'parents', coalesce((SELECT jsonb_agg(parent.summary ORDER BY parent.opened_at, parent.id)
  FROM case_link l JOIN (SELECT h.id, h.opened_at, ${SUMMARY} AS summary FROM case_head h) parent ON parent.id = l.to_case
  WHERE l.from_case = h.id AND l.direction = 'parent'), '[]'::jsonb))`;

const PERSONS = (persons = '', since = '') => `(SELECT p.person, min(p.since) AS since FROM unnest(${persons}::text[], ${since}::timestamptz[]) AS p(person, since) GROUP BY p.person) asked`;

/** Of what a case tells of itself the fields that are asked for, or all: where one question wants all of a case and another some, all. */
const FIELDS = `CASE WHEN found.fields IS NULL THEN h.about::json ELSE (SELECT json_object_agg(f, h.about->f) FROM unnest(string_to_array(found.fields, ',')) f) END`;

/** One row per thing to know; a question consists of those that are asked. */
const parts: Record<keyof Answer, Part> = {
  revision: { about: () => [], sql: () => `(SELECT coalesce(max(revision), 0)::int FROM directory_change)` },
  involvements: {
    about: asked('involvements', (some) => [some.flatMap(({ objects }) => objects)]),
    sql: (objects) => `(SELECT jsonb_agg(jsonb_build_object('person', i.person, 'relation', i.relation, 'object', i.object,
      'at', ${INSTANT('i.at')}) || CASE WHEN i.on_behalf THEN '{"onBehalf":true}'::jsonb ELSE '{}'::jsonb END ORDER BY i.seq)
      FROM involvement i WHERE i.object = ANY(${objects}::uuid[]))`,
  },
  cases: {
    about: asked('cases', (some) => [some.flatMap(({ ids }) => ids)]),
    sql: (ids) => `(SELECT json_agg(${SUMMARY} ORDER BY h.opened_at, h.id) FROM case_head h WHERE h.id = ANY(${ids}::uuid[]))`,
  },
  children: {
    about: asked('children', (some) => [some.map((each) => each.of)]),
    sql: (of) => `(SELECT json_agg(${SUMMARY} ORDER BY h.opened_at, h.id) FROM case_link l JOIN case_head h ON h.id = l.to_case
      WHERE l.from_case = ANY(${of}::uuid[]) AND l.direction = 'child')`,
  },
  similar: {
    about: asked('byKey', (some) => [some.map(({ process }) => process), some.map(({ key }) => key), some.map(({ value }) => value), some.map(({ fields }) => fields?.join() ?? null)]),
    sql: (process, key, value, fields) => `(SELECT json_agg(${summaryWith(FIELDS)} ORDER BY h.opened_at, h.id)
      FROM (SELECT f.id, CASE WHEN bool_and(q.fields IS NOT NULL) THEN string_agg(q.fields, ',') END AS fields
        FROM unnest(${process}::text[], ${key}::text[], ${value}::text[], ${fields}::text[]) AS q(process, key, value, fields)
        JOIN case_key k ON k.key = q.key AND k.value = q.value JOIN case_head f ON f.id = k.case_id AND f.process = q.process GROUP BY f.id) found
      JOIN case_head h ON h.id = found.id)`,
  },
  spawned: {
    about: asked('spawned', ([one]) => [one!.root, one!.process, one!.type, one!.object, one!.since]),
    sql: (root, process, type, object, since) => `(SELECT json_agg(${SUMMARY} ORDER BY h.opened_at, h.id) FROM case_head h
      WHERE h.origin_root = ${root} AND h.process = ${process} AND h.origin_type = ${type} AND h.object = ${object} AND h.opened_at >= ${since})`,
  },
  vacancies: {
    about: asked('vacancies', ([one]) => [one!.of]),
    sql: (of) => `(SELECT count(*)::int FROM case_key k JOIN case_head h ON h.id = k.case_id
      WHERE k.key = '${VACANCY_OF}' AND k.value = ${of}::text AND h.settled IS NULL)`,
  },
  evidence: {
    about: asked('evidence', (some) => [some.flatMap(({ hashes }) => hashes)]),
    sql: (hashes) => `(SELECT jsonb_agg(jsonb_build_object('sha256', e.sha256, 'link', e.link)) FROM evidence_content e WHERE e.sha256 = ANY(${hashes}::text[]))`,
  },
  claims: {
    about: asked('claims', (some) => [some.flatMap(({ keys }) => keys)]),
    sql: (keys) => `(SELECT jsonb_agg(jsonb_build_object('key', c.key, 'caseId', c.case_id, 'ref', h.ref) ORDER BY c.key)
      FROM case_claim c JOIN case_head h ON h.id = c.case_id WHERE c.key = ANY(${keys}::text[]))`,
  },
  authors: {
    about: asked('author', ([one]) => [one!.of, one!.version]),
    sql: (of, version) => `(SELECT jsonb_agg(jsonb_build_object('of', e.stream, 'version', e.version, 'person', e.actor, 'onBehalfOf', e.on_behalf_of))
      FROM entry e WHERE e.stream = ${of}::uuid AND e.version = ${version}::int)`,
  },
  tenures: {
    about: asked('tenures', pastOf),
    sql: (persons, since) => `(SELECT jsonb_agg(${PAST} || jsonb_build_object('party', t.party, 'person', t.person, 'from', ${INSTANT('t.began_at')}, 'until', ${INSTANT('t.ended_at')})
      ORDER BY t.began_at, h.opened_at, h.id, t.party COLLATE "C") FROM tenure t JOIN case_head h ON h.id = t.case_id JOIN ${PERSONS(persons, since)} ON asked.person = t.person
      WHERE t.ended_at IS NULL OR t.ended_at >= asked.since)`,
  },
  deeds: {
    about: asked('deeds', pastOf),
    sql: (persons, since) => `(SELECT jsonb_agg(${PAST} || jsonb_build_object('relation', i.relation, 'person', i.person, 'at', ${INSTANT('i.at')}) ORDER BY i.seq)
      FROM involvement i JOIN case_head h ON h.id = i.case_id JOIN ${PERSONS(persons, since)} ON asked.person = i.person
      WHERE i.object = i.case_id AND i.at >= asked.since)`,
  },
  owed: {
    about: ({ caseId }) => (caseId === null ? null : [caseId]),
    sql: (caseId) => `(SELECT jsonb_agg(jsonb_build_object('version', o.version, 'n', o.n) ORDER BY o.version, o.n) FROM outbox o
      WHERE o.case_id = ${caseId} AND o.done_at IS NULL AND o.version > 0)`,
  },
  pending: {
    about: ({ caseId }) => (caseId === null ? null : [caseId]),
    sql: (caseId) => `(SELECT jsonb_agg(c.id ORDER BY c.stored_at, c.id) FROM command c WHERE c.case_id = ${caseId} AND c.decided_at IS NULL)`,
  },
};

/** Each person once, with the earliest instant from which he or she is asked about. */
function pastOf(some: { persons: string[]; since: string }[]): unknown[] {
  return [some.flatMap(({ persons }) => persons), some.flatMap(({ persons, since }) => persons.map(() => since))];
}

interface Answer {
  revision: number;
  involvements?: Involvement[] | null;
  cases?: CaseSummary[] | null;
  children?: CaseSummary[] | null;
  similar?: CaseSummary[] | null;
  spawned?: CaseSummary[] | null;
  vacancies?: number | null;
  evidence?: StoredEvidence[] | null;
  claims?: HeldClaim[] | null;
  authors?: Authored[] | null;
  tenures?: Tenure[] | null;
  deeds?: Deed[] | null;
  owed?: OwedEffect[] | null;
  pending?: string[] | null;
}

export interface Question {
  queries: readonly FactQuery[];
  /** Whose owed effects and undecided commands are asked for, too. */
  caseId: string | null;
}

/** Whether the answer is known beforehand. */
export function asksNothing(queries: readonly FactQuery[]): boolean {
  return Object.entries(parts).every(([name, { about }]) => name === 'revision' || about({ queries, caseId: null }) === null);
}

export async function fetchGround(client: PoolClient, directories: DirectoryCache, { queries, caseId }: Question): Promise<Ground> {
  const { rows } = await client.query<Answer>(statementOf({ queries, caseId }));
  const answer = rows[0]!;
  const directory = await directories.at(client, answer.revision);
  return { facts: { ...standingOf(directory), ...fetchedOf(answer) }, owed: answer.owed ?? [], pending: answer.pending ?? [] };
}

/** The same questions outside a decision, for whoever shows what a decision would stand on. */
export function createFactSource(client: PoolClient | Pool): FactSource {
  return {
    fetch: async (queries) => fetchedOf((await client.query<Answer>({ ...statementOf({ queries, caseId: null }), name: undefined })).rows[0]!),
  };
}

function fetchedOf({ involvements, cases, children, similar, spawned, evidence, vacancies, claims, authors, tenures, deeds }: Answer): FetchedFacts {
  return {
    ...{ involvements: involvements ?? [], cases: cases ?? [], children: children ?? [] },
    ...{ similar: similar ?? [], spawned: spawned ?? [], evidence: evidence ?? [], vacancies: vacancies ?? 0, claims: claims ?? [] },
    ...{ authors: authors ?? [], tenures: tenures ?? [], deeds: deeds ?? [] },
  };
}

/** Prepared under a name that says which parts it has; there are few combinations. */
function statementOf(question: Question) {
  const wanted = Object.entries(parts).flatMap(([name, { about, sql }], number) => {
    const values = about(question);
    return values === null ? [] : [{ name, number, sql, values }];
  });
  let count = 0;
  const columns = wanted.map(({ name, sql, values }) => `${sql(...values.map(() => `$${++count}`))} AS ${name}`);
  return {
    name: `facts:${wanted.map(({ number }) => number).join('.')}`,
    text: `SELECT ${columns.join(',\n')}`,
    values: wanted.flatMap(({ values }) => values),
  };
}
