import type { EntryView } from '../../../contracts/api.ts';
import { type Answer, answer } from '../answer.ts';
import { clipped, table } from '../display/table.ts';
import { localTime } from '../display/times.ts';
import type { Page } from './api.ts';
import { caseIdOf } from './case-reference.ts';
import { type PersonOptions, connect } from './connection.ts';
import { happeningLines } from './happenings.ts';

/** `isms history` */
export async function history(named: string, options: PersonOptions): Promise<Answer> {
  const api = await connect(options);
  const path = `/cases/${await caseIdOf(api, named)}/history`;
  return answer(await api.list<EntryView>(path, {}, Infinity), historyText);
}

function historyText({ items }: Page<EntryView>): string {
  return table(['NO', 'WHEN', 'WHO', 'WHAT', 'STATE', 'BECAUSE, AND WHAT FOLLOWED'], items.map((entry) => entryRow(entry, correctionsOf(items, entry))));
}

/** Later entries that correct this one: nobody should read what is wrong without seeing so. */
function correctionsOf(items: readonly EntryView[], { version }: EntryView): string[] {
  return items
    .filter(({ happenings }) => happenings.some((each) => each.kind === 'corrected' && each['entry'] === version))
    .map((each) => `corrected by entry ${each.version}`);
}

function entryRow(entry: EntryView, corrections: readonly string[]): string[] {
  const state = entry.from === entry.to ? entry.to : `${entry.from ?? ''} → ${entry.to}`.trim();
  const said = entry.redacted
    ? ['(removed; the entry and its hash remain)']
    : entry.reason === null
      ? []
      : [clipped(entry.reason)];
  return [
    String(entry.version),
    localTime(entry.localAt),
    actorOf(entry),
    entry.type,
    state,
    [...said, ...happeningLines(entry.happenings), ...corrections].join('\n'),
  ];
}

function actorOf({ actor, onBehalfOf, role }: EntryView): string {
  if (actor === null) return 'the engine';
  return `${actor} (${role})${onBehalfOf === null ? '' : ` on behalf of ${onBehalfOf}`}`;
}
