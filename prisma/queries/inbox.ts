import type { Pool } from 'pg';
import { z } from 'zod';
import { instant } from '../../contracts/api-fields.ts';
import type { TaskView } from '../../contracts/api.ts';
import type { Instant, PersonId } from '../../contracts/identity.ts';
import { pageOf } from './cursor.ts';
import type { Page } from './cursor.ts';
import type { Reader } from './reader.ts';

/** Last row of the page before: due, case, task, deadline. */
export const inboxKey = z.tuple([instant.nullable(), z.uuid(), z.string(), z.string()]);
export type InboxKey = z.infer<typeof inboxKey>;

export interface InboxQuestion {
  reader: Reader;
  now: Instant;
  limit: number;
  after: InboxKey | null;
  /** Only these tasks; all where it is not said. */
  tasks?: readonly string[];
}

/**
 * What a person is asked to do, the most urgent first, in one question: each key the person answers to is one walk along its own index, cut at
 * the page size; somebody asked under several keys sees the task once.
 */
export async function inboxOf(
  pool: Pool,
  { reader, now, limit, after, tasks }: InboxQuestion,
): Promise<Page<TaskView>> {
  const values = [...deskColumns(reader), reader.person, limit + 1, tasks ?? null, ...(after ?? [])];
  const { rows } = await pool.query<Row>({
    name: `inbox-${kindOf(after)}`,
    text: statements[kindOf(after)],
    values,
  });
  return pageOf(rows, { limit, item: (row) => taskOf(row, now), key: keyOf });
}

/** Own keys and lent ones side by side, as columns. */
function deskColumns({ keys, lent }: Reader): unknown[] {
  const own = keys.map((key) => ({ key, kind: null, for: null, process: null, task: null }));
  const desks = [...own, ...lent];
  return (['key', 'for', 'kind', 'process', 'task'] as const).map((column) => desks.map((desk) => desk[column]));
}

type Kind = 'first' | 'dated' | 'undated';

function kindOf(after: InboxKey | null): Kind {
  return after === null ? 'first' : after[0] === null ? 'undated' : 'dated';
}

const statements: Record<Kind, string> = {
  first: question('true'),
  dated: question(
    `(i.due_at > $9 OR i.due_at IS NULL OR (i.due_at = $9 AND (i.case_id, i.task, coalesce(i.deadline, '')) > ($10::uuid, $11, $12)))`,
  ),
  undated: question(
    `$9::timestamptz IS NULL AND i.due_at IS NULL AND (i.case_id, i.task, coalesce(i.deadline, '')) > ($10::uuid, $11, $12)`,
  ),
};

/** A task asked of oneself is shown as that, whomever else it is asked of; what is barred to the principal is barred to who stands in. */
function question(after: string): string {
  const line = `due_at, case_id, task, coalesce(deadline, '')`;
  return `
SELECT t.*, h.ref, h.process, h.state, h.settled, h.title, h.unit, h.owner, h.grade, h.escalation FROM (
  SELECT DISTINCT ON (${line}) found.*, p.principal, p.kind
  FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) AS p(key, principal, kind, process, task) CROSS JOIN LATERAL (
    SELECT DISTINCT ON (${line}) i.case_id, i.task, i.deadline, i.due_at, i.since FROM inbox i
    WHERE i.principal = p.key AND NOT ($6 = ANY(i."except")) AND NOT (coalesce(p.principal, '') = ANY(i."except"))
      AND (p.task IS NULL OR p.task = i.task) AND (p.process IS NULL OR EXISTS (SELECT FROM case_head c WHERE c.id = i.case_id AND c.process = p.process))
      AND ($8::text[] IS NULL OR i.task = ANY($8)) AND ${after}
    ORDER BY ${line} LIMIT $7
  ) found ORDER BY ${line}, p.principal NULLS FIRST LIMIT $7
) t JOIN case_head h ON h.id = t.case_id ORDER BY t.due_at, t.case_id, t.task, coalesce(t.deadline, '')`;
}

interface Row extends Omit<TaskView['case'], 'id'> {
  case_id: string;
  task: string;
  deadline: string | null;
  due_at: Date | null;
  since: Date;
  principal: PersonId | null;
  kind: 'delegate' | 'substitute' | null;
}

function taskOf({ case_id: id, task, deadline, due_at, since, principal, kind, ...head }: Row, now: Instant): TaskView {
  const due = due_at?.toISOString() ?? null;
  const overdue = due !== null && due <= now;
  const why = kind && principal ? { kind, for: principal } : null;
  return { task, why, case: { id, ...head }, deadline, due, overdue, since: since.toISOString() };
}

function keyOf({ due_at, case_id, task, deadline }: Row): InboxKey {
  return [due_at?.toISOString() ?? null, case_id, task, deadline ?? ''];
}
