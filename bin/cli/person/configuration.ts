import colors from 'picocolors';
import type { ConfigurationView, PreviewView } from '../../../contracts/api-configuration.ts';
import type { LadderRule } from '../../../contracts/ladder.ts';
import { type Answer, answer } from '../answer.ts';
import { section, table } from '../display/table.ts';
import { counted } from '../display/words.ts';
import { caseIdOf } from './case-reference.ts';
import { type PersonOptions, connect } from './connection.ts';

/** `isms configuration show` */
export async function showConfiguration({ asOf, ...options }: PersonOptions & { asOf?: string }): Promise<Answer> {
  const api = await connect(options);
  return answer(await api.get<ConfigurationView>('/configuration', { asOf: asOf && instantOf(asOf) }), configurationText);
}

/** A date means its beginning in UTC; anything else is passed on. */
function instantOf(text: string): string {
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? text : time.toISOString();
}

function configurationText({ values, calendars, upcoming }: ConfigurationView): string {
  const rows = values.map(({ key, value, source, change, awaits }) => [key, valueText(value), change ? `${source} since ${change.effectiveAt.slice(0, 10)}` : source, awaits === null ? '' : `for ${awaits}`]);
  return [
    table(['NAME', 'VALUE', 'FROM', ''], rows),
    ...section('Calendars', table([], calendars.map(calendarRow))),
    ...section('To come', table([], upcoming.map(({ ref, effectiveAt, keys }) => [ref, effectiveAt.slice(0, 10), keys.join(', ')]))),
  ].join('\n\n');
}

function calendarRow({ id, zone, sites, source, lastDay, endsSoon, change }: ConfigurationView['calendars'][number]): string[] {
  const end = lastDay === null ? 'names no day off' : `until ${lastDay}`;
  return [id, zone, sites.join(', '), endsSoon ? colors.yellow(`${end}: make it anew`) : end, change?.ref ?? source ?? 'as loaded'];
}

function valueText(value: unknown): string {
  if (Array.isArray(value)) return (value as LadderRule[]).map(stepText).join(', ');
  if (value === null) return 'as for all processes';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function stepText({ step, when }: LadderRule): string {
  if (when === 'due') return step;
  if ('workingDays' in when) return `${step} ${signed(when.workingDays)}wd`;
  if ('calendarDays' in when) return `${step} ${signed(when.calendarDays)}cd`;
  return 'hoursBefore' in when ? `${step} -${when.hoursBefore}h` : `${step} -${when.percentBefore}%`;
}

const signed = (n: number) => (n > 0 ? `+${n}` : String(n));

/** `isms configuration preview` */
export async function previewChange(named: string, { limit, ...options }: PersonOptions & { limit: number }): Promise<Answer> {
  const api = await connect(options);
  const path = `/cases/${await caseIdOf(api, named)}/preview`;
  const first = await api.get<PreviewView>(path, { limit: 1 });
  const { items, next } = await api.list<PreviewView['items'][number]>(path, {}, limit);
  return answer({ items, next, counts: first.counts }, previewText);
}

function previewText({ items, next, counts }: PreviewView): string {
  const moved = (counts ?? []).map(({ process, cases, deadlines }) => `${process}: ${counted(deadlines, 'deadline')} in ${counted(cases, 'case')}`);
  const rows = items.flatMap(({ case: { ref, title }, deadlines }) => deadlines.map((each) => [ref, each.deadline, movedText(each), title]));
  if (moved.length === 0) return 'No running deadline would move.';
  return [`Would move ${moved.join(', ')}.`, table(['CASE', 'DEADLINE', 'WOULD MOVE', 'TITLE'], rows), ...(next === null ? [] : ['There are more: --limit shows them.'])].join('\n\n');
}

function movedText({ due, steps }: PreviewView['items'][number]['deadlines'][number]): string {
  const day = (at: string | null) => at?.slice(0, 10) ?? 'none';
  const lines = steps.filter(({ step }) => step !== 'E0').map(({ step, from, to }) => `${step} ${day(from)} → ${day(to)}`);
  return [...(due.from === due.to ? [] : [`due ${day(due.from)} → ${day(due.to)}`]), ...lines].join('\n');
}
