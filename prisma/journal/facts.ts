import type { Pool, PoolClient } from 'pg';
import type { CaseSummary, Involvement } from '../../contracts/case-file.ts';
import type { OwedEffect } from '../../contracts/durable.ts';
import type { FactQuery, FactSource, Facts, FetchedFacts } from '../../domain/kernel/facts.ts';
import type { DirectoryCache } from './directory-cache.ts';

/** What a decision stands on, in one question after the locks are held: everything it sees is still so when it commits. */
export interface Ground {
  facts: Facts;
  owed: OwedEffect[];
  pending: string[];
}

const SUMMARY = `jsonb_build_object('id', h.id, 'ref', h.ref, 'process', h.process, 'state', h.state, 'settled', h.settled,
  'openedAt', h.file->>'openedAt', 'settledAt', h.file->>'settledAt', 'about', h.about)`;

const QUESTION = `SELECT
  (SELECT coalesce(max(revision), 0)::int FROM organisation_revision) AS revision,
  (SELECT jsonb_agg(jsonb_build_object('person', i.person, 'relation', i.relation, 'object', i.object,
      'at', to_char(i.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) ORDER BY i.seq)
    FROM involvement i WHERE i.object = ANY($1::uuid[])) AS involvements,
  (SELECT jsonb_agg(${SUMMARY} ORDER BY h.opened_at, h.id) FROM case_head h WHERE h.id = ANY($2::uuid[])) AS cases,
  (SELECT jsonb_agg(${SUMMARY} ORDER BY h.opened_at, h.id) FROM case_link l JOIN case_head h ON h.id = l.to_case
    WHERE l.from_case = ANY($3::uuid[]) AND l.direction = 'child') AS children,
  (SELECT jsonb_agg(s ORDER BY s->>'openedAt', s->>'id') FROM (SELECT DISTINCT ${SUMMARY} AS s FROM case_key k JOIN case_head h ON h.id = k.case_id
    WHERE (h.process, k.key, k.value) IN (SELECT * FROM unnest($4::text[], $5::text[], $6::text[]))) found) AS similar,
  (SELECT jsonb_agg(${SUMMARY} ORDER BY h.opened_at, h.id) FROM case_head h
    WHERE h.origin_root = $7 AND h.process = $8 AND h.origin_type = $9 AND h.object = $10 AND h.opened_at >= $11) AS spawned,
  (SELECT jsonb_agg(e.sha256) FROM evidence_content e WHERE e.sha256 = ANY($12::text[])) AS evidence,
  (SELECT jsonb_agg(jsonb_build_object('version', o.version, 'n', o.n) ORDER BY o.version, o.n) FROM outbox o
    WHERE o.case_id = $13 AND o.done_at IS NULL AND o.version > 0) AS owed,
  (SELECT jsonb_agg(c.id ORDER BY c.stored_at, c.id) FROM command c WHERE c.case_id = $13 AND c.decided_at IS NULL) AS pending`;

interface Answer {
  revision: number;
  involvements: Involvement[] | null;
  cases: CaseSummary[] | null;
  children: CaseSummary[] | null;
  similar: CaseSummary[] | null;
  spawned: CaseSummary[] | null;
  evidence: string[] | null;
  owed: OwedEffect[] | null;
  pending: string[] | null;
}

export interface Question {
  queries: readonly FactQuery[];
  caseId: string;
}

export async function fetchGround(client: PoolClient, directories: DirectoryCache, { queries, caseId }: Question): Promise<Ground> {
  const { rows } = await client.query<Answer>({ name: 'facts', text: QUESTION, values: parameters(queries, caseId) });
  const answer = rows[0]!;
  const directory = await directories.at(client, answer.revision);
  return { facts: { directory, ...fetchedOf(answer) }, owed: answer.owed ?? [], pending: answer.pending ?? [] };
}

/** The same questions outside a decision, for whoever shows what a decision would stand on. */
export function createFactSource(client: PoolClient | Pool): FactSource {
  return {
    fetch: async (queries) => fetchedOf((await client.query<Answer>({ text: QUESTION, values: parameters(queries, null) })).rows[0]!),
  };
}

function fetchedOf({ involvements, cases, children, similar, spawned, evidence }: Answer): FetchedFacts {
  return {
    ...{ involvements: involvements ?? [], cases: cases ?? [], children: children ?? [] },
    ...{ similar: similar ?? [], spawned: spawned ?? [], evidence: evidence ?? [] },
  };
}

type Of<F extends FactQuery['fact']> = Extract<FactQuery, { fact: F }>;

function parameters(queries: readonly FactQuery[], caseId: string | null): unknown[] {
  const of = <F extends FactQuery['fact']>(fact: F) => queries.filter((each): each is Of<F> => each.fact === fact);
  const byKey = of('byKey');
  const spawned = of('spawned')[0];
  return [
    of('involvements').flatMap(({ objects }) => objects),
    of('cases').flatMap(({ ids }) => ids),
    of('children').map((each) => each.of),
    ...[byKey.map(({ process }) => process), byKey.map(({ key }) => key), byKey.map(({ value }) => value)],
    ...[spawned?.root ?? null, spawned?.process ?? null, spawned?.type ?? null, spawned?.object ?? null, spawned?.since ?? null],
    of('evidence').flatMap(({ hashes }) => hashes),
    caseId,
  ];
}
