import type { TaskView } from '../../../contracts/api.ts';
import { type Answer, answer } from '../answer.ts';
import { table } from '../display/table.ts';
import type { Page } from './api.ts';
import { dueCell, remark } from './case-table.ts';
import { type PersonOptions, connect } from './connection.ts';

/** `isms inbox` */
export async function inbox({ limit, ...options }: PersonOptions & { limit: number }): Promise<Answer> {
  const api = await connect(options);
  return answer(await api.list<TaskView>('/tasks', {}, limit), inboxText);
}

function inboxText(page: Page<TaskView>): string {
  if (page.items.length === 0) return 'Nothing waits for you.';
  // Who stands in for nobody needs no column for it.
  const why = page.items.some((task) => task.why !== null);
  return [
    table(['DUE', 'CASE', 'TASK', ...(why ? ['WHY'] : []), 'STATE', 'UNIT', 'TITLE'], page.items.map((task) => taskRow(task, why))),
    ...remark(page),
  ].join('\n');
}

function taskRow({ task, why, due, overdue, case: { ref, state, unit, title, escalation } }: TaskView, withWhy: boolean): string[] {
  const reason = withWhy ? [why ? `${why.kind} of ${why.for}` : ''] : [];
  return [dueCell({ due, overdue, escalation }), ref, task, ...reason, state, unit, title];
}
