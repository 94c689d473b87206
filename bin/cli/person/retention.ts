import type { RetentionListView } from '../../../contracts/api-records.ts';
import { type Answer, answer } from '../answer.ts';
import { table } from '../display/table.ts';
import { type PersonOptions, connect } from './connection.ts';

/** `isms retention due` */
export async function retentionDue({ limit, ...options }: PersonOptions & { limit: number }): Promise<Answer> {
  const api = await connect(options);
  return answer(await api.list<Kept>('/retention/due', {}, limit), retentionText);
}

type Kept = RetentionListView['items'][number];

function retentionText({ items }: { items: readonly Kept[] }): string {
  if (items.length === 0) return 'Everything still has to be kept.';
  const rows = items.map(({ ref, process, settled, settledAt, retainUntil, title }) => [ref, process, settled, settledAt.slice(0, 10), retainUntil, title]);
  return table(['CASE', 'PROCESS', 'ENDED AS', 'ON', 'KEPT UNTIL', 'TITLE'], rows);
}
