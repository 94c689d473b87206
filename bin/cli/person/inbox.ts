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
  return [
    table(['DUE', 'CASE', 'TASK', 'WHY', 'STATE', 'UNIT', 'TITLE'], page.items.map(taskRow)),
    ...remark(page),
  ].join('\n');
}

function taskRow({ task, why, due, overdue, case: { ref, state, unit, title, escalation } }: TaskView): string[] {
  return [dueCell({ due, overdue, escalation }), ref, task, why ? `${why.kind} of ${why.for}` : '', state, unit, title];
}
