import colors from 'picocolors';
import type { NextView } from '../../../contracts/api.ts';
import { type Answer, answer } from '../answer.ts';
import { section, table } from '../display/table.ts';
import { localTime } from '../display/times.ts';
import { caseIdOf } from './case-reference.ts';
import { type PersonOptions, connect } from './connection.ts';

/** `isms next` */
export async function next(named: string, options: PersonOptions): Promise<Answer> {
  const api = await connect(options);
  return answer(await api.get<NextView>(`/cases/${await caseIdOf(api, named)}/next`), nextText);
}

function nextText(coming: NextView): string {
  const blocks = [
    ...section('Now', tasks(coming)),
    ...coming.deadlines.flatMap((deadline) => section(lateTitle(deadline), steps(deadline))),
    ...section('By itself', byItself(coming)),
  ];
  return blocks.length === 0 ? 'Nothing comes next: the case has ended.' : blocks.join('\n\n');
}

function tasks({ tasks: all }: NextView): string {
  if (all.length === 0) return '';
  const rows = all.map(({ task, who, standIns, dueLocal, overdue, commands }) => [
    task,
    [...who, ...standIns.map((each) => `${each.person} (${each.kind} of ${each.for})`)].join(', ') || 'nobody',
    localTime(dueLocal) + (overdue ? colors.red(' overdue') : ''),
    commands.join(', '),
  ]);
  return table(['TASK', 'WHO', 'BY', 'WITH'], rows);
}

type Late = NextView['deadlines'][number];

function lateTitle({ deadline, dueLocal, owners, overdue }: Late): string {
  return `If ${deadline} is ${overdue ? 'not done' : 'late'} (${owners.join(', ') || 'nobody'}, ${localTime(dueLocal)})`;
}

function steps({ ifLate }: Late): string {
  if (ifLate.length === 0) return '';
  return table(
    [],
    ifLate.map(({ what, atLocal, tells, acknowledgeBy }) => [
      what,
      localTime(atLocal),
      `tells ${tells.join(', ') || 'nobody'}${acknowledgeBy === null ? '' : `, who must acknowledge by ${acknowledgeBy.slice(0, 10)}`}`,
    ]),
  );
}

function byItself({ window, waitsFor, whenSettled }: NextView): string {
  return [
    ...(window === null
      ? []
      : [
          `${localTime(window.endsLocal)}: ${window.window} ends${window.leadsTo === null ? '' : ` and leads to ${window.leadsTo}`}`,
        ]),
    ...(waitsFor.length === 0
      ? []
      : [
          `waits for ${waitsFor.map(({ ref, to, state }) => `${ref ?? to} (${state ?? 'not visible'})`).join(', ')}`,
        ]),
    ...(whenSettled === null ? [] : [`when all that is done: ${whenSettled}`]),
  ].join('\n');
}
