import type { Pool } from 'pg';
import { z } from 'zod';
import { instant } from '../../contracts/api-fields.ts';
import type { TaskView } from '../../contracts/api.ts';
import type { Instant } from '../../contracts/identity.ts';
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
}

/**
 * What a person is asked to do, the most urgent first, in one question: each key the person answers to is one walk along its own index, cut at
 * the page size; somebody asked under several keys sees the task once.
 */
export async function inboxOf(
  pool: Pool,
  { reader, now, limit, after }: InboxQuestion,
): Promise<Page<TaskView>> {
  const values = [reader.keys, reader.person, limit + 1, ...(after ?? [])];
  const { rows } = await pool.query<Row>({
    name: `inbox-${kindOf(after)}`,
    text: statements[kindOf(after)],
    values,
  });
  return pageOf(rows, { limit, item: (row) => taskOf(row, now), key: keyOf });
}

type Kind = 'first' | 'dated' | 'undated';

function kindOf(after: InboxKey | null): Kind {
  return after === null ? 'first' : after[0] === null ? 'undated' : 'dated';
}

const statements: Record<Kind, string> = {
  first: question('true'),
  dated: question(
    `(i.due_at > $4 OR i.due_at IS NULL OR (i.due_at = $4 AND (i.case_id, i.task, coalesce(i.deadline, '')) > ($5::uuid, $6, $7)))`,
  ),
  undated: question(
    `$4::timestamptz IS NULL AND i.due_at IS NULL AND (i.case_id, i.task, coalesce(i.deadline, '')) > ($5::uuid, $6, $7)`,
  ),
};

function question(after: string): string {
  const line = `due_at, case_id, task, coalesce(deadline, '')`;
  return `
SELECT t.*, h.ref, h.process, h.state, h.settled, h.title, h.unit, h.owner, h.grade, h.escalation FROM (
  SELECT DISTINCT ON (${line}) found.* FROM unnest($1::text[]) AS p(key) CROSS JOIN LATERAL (
    SELECT DISTINCT ON (${line}) i.case_id, i.task, i.deadline, i.due_at, i.since FROM inbox i
    WHERE i.principal = p.key AND NOT ($2 = ANY(i."except")) AND ${after}
    ORDER BY ${line} LIMIT $3
  ) found ORDER BY ${line} LIMIT $3
) t JOIN case_head h ON h.id = t.case_id ORDER BY t.due_at, t.case_id, t.task, coalesce(t.deadline, '')`;
}

interface Row extends Omit<TaskView['case'], 'id'> {
  case_id: string;
  task: string;
  deadline: string | null;
  due_at: Date | null;
  since: Date;
}

function taskOf({ case_id: id, task, deadline, due_at, since, ...head }: Row, now: Instant): TaskView {
  const due = due_at?.toISOString() ?? null;
  const overdue = due !== null && due <= now;
  return { task, case: { id, ...head }, deadline, due, overdue, since: since.toISOString() };
}

function keyOf({ due_at, case_id, task, deadline }: Row): InboxKey {
  return [due_at?.toISOString() ?? null, case_id, task, deadline ?? ''];
}
