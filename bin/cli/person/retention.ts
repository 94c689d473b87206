import type { RetentionListView } from '../../../contracts/api-records.ts';
import type { RecordClass } from '../../../contracts/retention.ts';
import { type Answer, answer } from '../answer.ts';
import { table } from '../display/table.ts';
import { type PersonOptions, connect } from './connection.ts';

/** `isms retention due` */
export async function retentionDue({ limit, class: of, ...options }: PersonOptions & { limit: number; class?: RecordClass }): Promise<Answer> {
  const api = await connect(options);
  return answer(await api.list<Kept>('/retention/due', { class: of }, limit), retentionText);
}

type Kept = RetentionListView['items'][number];

function retentionText({ items }: { items: readonly Kept[] }): string {
  if (items.length === 0) return 'Everything still has to be kept.';
  const rows = items.map(({ recordClass, ref, process, settled, settledAt, retainUntil, title, evidence }) => [
    ...[recordClass, ref, process, settled, settledAt.slice(0, 10), retainUntil],
    evidence === null ? title : `${evidence.title} (${evidence.sha256.slice(0, 12)}…)`,
  ]);
  return table(['KEPT AS', 'CASE', 'PROCESS', 'ENDED AS', 'ON', 'KEPT UNTIL', 'TITLE, OR EVIDENCE'], rows);
}
