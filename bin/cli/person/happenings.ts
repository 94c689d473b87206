import type { EntryView } from '../../../contracts/api.ts';
import type { Happening } from '../../../contracts/entry.ts';

type Lines = { [K in Happening['kind']]: ((happening: Extract<Happening, { kind: K }>) => string) | null };

/** A line for what people ask about later; null for what the columns beside it say already. */
const lines: Lines = {
  deadlineSet: ({ deadline, due }) => `${deadline} due ${due.slice(0, 10)}`,
  deadlineMet: ({ deadline, late }) => `${deadline} met${late ? ' late' : ''}`,
  deadlineDropped: ({ deadline }) => `${deadline} no longer due`,
  stepFired: ({ deadline, step, told }) => `${step} of ${deadline}: told ${people(told)}`,
  timesChanged: ({ deadline, due, steps }) =>
    due.from === due.to
      ? `${deadline}: ${steps.map(({ step, to }) => `${step} ${to?.slice(0, 10) ?? 'no more'}`).join(', ')}`
      : `${deadline} due ${due.to.slice(0, 10)} instead of ${due.from.slice(0, 10)}`,
  extensionAsked: ({ deadline, newDate, late, asked }) =>
    `${newDate} asked for ${deadline}${late ? ' (late)' : ''}: ${people(asked)} to decide`,
  extensionEnded: ({ deadline, verdict }) => `later date for ${deadline}: ${verdict}`,
  deadlineExtended: ({ deadline, from, to, days, count }) =>
    `${deadline} due ${to.slice(0, 10)} instead of ${from.slice(0, 10)} (extension ${count}, ${days} days in all)`,
  cancelAsked: ({ asked }) => `to be called off: ${people(asked)} to decide`,
  cancelEnded: ({ verdict }) => `calling it off: ${verdict}`,
  linkWithdrawn: ({ type, told }) => `${type}: the linked case was withdrawn, told ${people(told)}`,
  corrected: ({ entry, field, from, to }) =>
    field === null ? `entry ${entry} was wrong` : `entry ${entry} was wrong: ${field} is ${JSON.stringify(to)}, not ${JSON.stringify(from)}`,
  recordedLater: ({ occurredOn }) => `recorded later, it was ${occurredOn}`,
  keptUntil: ({ recordClass, until }) => `kept until ${until} (${recordClass})`,
  legalHold: ({ on }) => (on ? 'kept under legal hold' : 'legal hold released'),
  evidenceExpired: ({ evidence, until, told }) => `evidence ${evidence.slice(0, 12)} valid until ${until}: told ${people(told)}`,
  held: ({ reviewOn, paused }) => `on hold until ${reviewOn}: ${paused.join(', ') || 'nothing'} rests`,
  resumed: ({ since, resumed }) => `goes on, on hold since ${since.slice(0, 10)}: ${resumed.join(', ') || 'nothing'} runs again`,
  deadlineShifted: ({ deadline, from, to, workingDays }) =>
    `${deadline} due ${to.slice(0, 10)} instead of ${from.slice(0, 10)} (rested ${workingDays} wd)`,
  unanswered: ({ deadline, step, told }) => `${step} of ${deadline} not acknowledged: told ${people(told)}`,
  acknowledged: ({ deadline, step, decision }) =>
    `${step} of ${deadline} acknowledged${decision === null ? '' : `: ${decision}`}`,
  windowOpened: ({ window, ends }) => `${window} until ${ends.slice(0, 10)}`,
  windowElapsed: ({ window }) => `${window} has passed`,
  windowClosedEarly: ({ window }) => `${window} ended early`,
  roundOpened: ({ round, number, seats }) => `${round} ${number} asks ${seats.join(', ')}`,
  decided: ({ round, number, seat, verdict, conditions, final }) =>
    `${round} ${number}: ${verdict} as ${seat}${conditions ? `, ${conditions} conditions` : ''}${final ? ', for good' : ''}`,
  roundVoided: ({ round, number }) => `${round} ${number} void, the content has changed`,
  roundEnded: ({ round, number, result, final }) => `${round} ${number}: ${result}${final ? ' for good' : ''}`,
  recused: ({ round, seat, person }) => `${person} takes no part in ${round} as ${seat}`,
  seatPassed: ({ round, seat, to, by }) =>
    `${round}: ${seat} ${by === 'PASS_SEAT' ? 'passed to' : 'has a substitute:'} ${to}`,
  modeChanged: ({ round, from, to, seats }) => `${round}: ${to} instead of ${from}, of ${seats.join(', ')}`,
  informationAsked: ({ round, question, to }) => `${round}: ${to} is asked (${question})`,
  informationAnswered: ({ round, question, told }) => `${round}: ${question} answered, told ${people(told)}`,
  conditionSet: ({ condition, owner, due }) => `condition ${condition} for ${owner} until ${due}`,
  conditionMet: ({ condition }) => `condition ${condition} met`,
  conditionsCalledOff: ({ conditions }) => `condition ${conditions.join(', ')} called off with the case`,
  approvalLapsed: ({ round, conditions, told }) =>
    `${round}: condition ${conditions.join(', ')} not met in time, told ${people(told)}`,
  noEligibleApprover: ({ round, seat }) => `nobody may decide ${round} as ${seat}`,
  machineEvent: null,
  linked: ({ type, direction }) => `linked as ${type} (${direction})`,
  partyChanged: ({ role, from, to }) => `${role}: ${[from, to].filter((each) => each !== null).join(' → ')}`,
  fellVacant: ({ role, left, interim }) => `${role} of ${left} needs an owner; meanwhile ${interim ?? 'nobody'}`,
  vacancyEnded: ({ role, holder }) => `${role} is ${holder} for good`,
  takeoverAsked: ({ role, person }) => `${person} is asked to confirm as ${role}`,
  takeoverConfirmed: ({ role, person }) => `${person} has confirmed as ${role}`,
  unitChanged: ({ from, to }) => `unit ${from} → ${to}`,
  flagged: ({ flag }) => `flagged ${flag}`,
  unflagged: ({ flag }) => `no longer ${flag}`,
  broadcastEnded: ({ command, targets, accepted, refused }) =>
    `${command} told to ${targets}: ${accepted} done, ${refused} refused`,
  brokeGlass: ({ ref }) => `with powers of break-glass ${ref}`,
  informed: ({ subject, told }) => `${subject}: told ${people(told)}`,
};

/** A newer engine may tell of something that is not known here: then its name has to do. */
export function happeningLines(happenings: EntryView['happenings']): string[] {
  return happenings.flatMap((each) => {
    if (!Object.hasOwn(lines, each.kind)) return [each.kind];
    const line = lines[each.kind as Happening['kind']] as ((happening: unknown) => string) | null;
    return line === null ? [] : [line(each)];
  });
}

function people(told: readonly string[]): string {
  return told.join(', ') || 'nobody';
}
