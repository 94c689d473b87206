import type { LadderClass } from '../../contracts/case-file.ts';
import type { LadderRule } from '../../contracts/ladder.ts';
import { partyName } from '../access/spoken-names.ts';
import { defaults } from '../configuration/defaults.ts';

/** A ladder in one line: when each step fires and whom it tells (rules §4.5). */
export function ladderLine(ladder: LadderClass): string {
  const steps = defaults[`ladder.${ladder}`].value as LadderRule[];
  return `${ladder}: ${steps.map(stepText).join(' · ')}`;
}

function stepText({ step, when, recipients }: LadderRule): string {
  return `${step} ${whenText(when)} to ${recipients.map(recipientName).join(', ')}`;
}

/** The owner of a ladder is who owes the deadline, whatever the process calls him. */
const own: Record<string, string> = { owner: 'who owes it', substitute: 'who stands in' };
const recipientName = (name: string) => own[name] ?? partyName(name, 'en');

function whenText(when: LadderRule['when']): string {
  if (when === 'due') return 'at T';
  if ('workingDays' in when) return signed(when.workingDays, 'wd');
  if ('calendarDays' in when) return signed(when.calendarDays, 'cd');
  return 'percentBefore' in when ? `${when.percentBefore} % before T` : `${when.hoursBefore} h before T`;
}

function signed(days: number, unit: string): string {
  return `T${days < 0 ? '−' : '+'}${Math.abs(days)} ${unit}`;
}
