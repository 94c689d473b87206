import type { WorkingCalendar } from '../../../contracts/calendar.ts';
import type { LadderClass } from '../../../contracts/case-file.ts';
import type { RollRule } from '../../../domain/calendar/due.ts';
import {
  type DueExplanation,
  type LocalLadderStep,
  explainDue,
} from '../../../domain/calendar/working-out.ts';
import { type Answer, answer } from '../answer.ts';
import { facts, section, table } from '../display/table.ts';
import { localTime } from '../display/times.ts';
import { counted } from '../display/words.ts';
import { Failure } from '../failure.ts';
import { findCalendar } from './find-calendar.ts';

interface DueOptions {
  anchor: string;
  duration: string;
  calendar?: string;
  roll?: Lowercase<RollRule>;
  ladder: LadderClass;
}

/** `isms calendar due` */
export async function calendarDue({ calendar: named, roll, ...question }: DueOptions): Promise<Answer> {
  const calendar = await findCalendar(named);
  const result = explainDue({ ...question, calendar, roll: roll?.toUpperCase() as RollRule | undefined });
  if (!result.ok) throw new Failure('usage', result.problem);
  return answer({ ...result, ok: undefined, calendar: { id: calendar.id, zone: calendar.zone } }, dueText);
}

type Explained = DueExplanation & { calendar: Pick<WorkingCalendar, 'id' | 'zone'> };

function dueText({
  calendar,
  anchorLocal,
  duration,
  roll,
  dueLocal,
  ladder,
  steps,
  yearsWithoutHolidays,
}: Explained): string {
  const rows: [string, string][] = [
    ['from', localTime(anchorLocal)],
    ['plus', durationText(duration)],
    ['day off', rolls[roll]],
    ['due', localTime(dueLocal)],
    ['calendar', `${calendar.id} (${calendar.zone})`],
  ];
  const gap = `The calendar names no day off in ${yearsWithoutHolidays.join(', ')}: there only weekends were left out.`;
  return [
    facts(rows),
    ...section(`Ladder (${ladder})`, table([], steps.map(stepRow))),
    ...(yearsWithoutHolidays.length === 0 ? [] : [gap]),
  ].join('\n\n');
}

const rolls: Record<RollRule, string> = {
  FOLLOWING: 'moves on to the next working day',
  PRECEDING: 'moves back to the working day before',
  NONE: 'stays as it is',
};

function durationText(duration: DueExplanation['duration']): string {
  if (duration.kind === 'CLOCK') return `${counted(duration.hours, 'hour')}, day and night`;
  if (duration.kind === 'WORKING') return counted(duration.days, 'working day');
  return duration.months ? counted(duration.months, 'month') : counted(duration.days ?? 0, 'calendar day');
}

function stepRow({ step, local, recipients }: LocalLadderStep): string[] {
  return [step, localTime(local), recipients.join(', ')];
}
