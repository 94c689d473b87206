import colors from 'picocolors';
import { stringify } from 'yaml';
import type { CaseView } from '../../../contracts/api.ts';
import type { BroadcastView } from '../../../contracts/api-records.ts';
import type { Json } from '../../../contracts/json.ts';
import { clipped, facts, section, table } from '../display/table.ts';
import { localTime, timeIn } from '../display/times.ts';
import { fieldsOf } from './field-list.ts';
import { corrected, evidenceTable, laterDates, standsOut } from './record-text.ts';
import type { CaseAsOf } from './show.ts';

/** A case for people: where it stands first, then what may be done, then all it holds. */
export function caseText(shown: (CaseView | CaseAsOf) & { broadcasts?: BroadcastView[] }): string {
  return [
    `${colors.bold(`${shown.ref}  ${shown.title}`)}\n${standing(shown)}`,
    ...('asOf' in shown
      ? [`As it was at ${timeIn(shown.zone)(shown.asOf)} (${shown.zone}).`]
      : whatToDo(shown)),
    ...section('Note', standsOut(shown)),
    ...section('Deadlines', deadlines(shown)),
    ...section('Later dates', laterDates(shown)),
    ...section('Approval', round(shown)),
    ...section('Conditions', conditions(shown)),
    ...section('People', facts(people(shown))),
    ...section('Told others', told(shown.broadcasts ?? [])),
    ...section('Linked', links(shown)),
    ...section('Evidence', evidenceTable(shown)),
    ...section('Corrected', corrected(shown)),
    ...section('Content', content(shown.document as Json)),
  ].join('\n\n');
}

type Shown = CaseView | CaseAsOf;

function standing({
  process,
  state,
  version,
  unit,
  owner,
  grade,
  flags,
  attempt,
  zone,
  openedAt,
  openedBy,
  window,
  settledAt,
}: Shown): string {
  const time = timeIn(zone);
  const words = [
    process,
    colors.bold(state),
    grade,
    `unit ${unit}`,
    owner && `owner ${owner}`,
    attempt > 1 && `attempt ${attempt}`,
    ...flags,
  ];
  const since = [`opened ${time(openedAt)} by ${openedBy}`, settledAt && `ended ${time(settledAt)}`];
  const waits = window && `waits until ${localTime(window.endsLocal)} (${window.name})`;
  return [
    [...words, `version ${version}`].filter(Boolean).join(' · '),
    [...since, waits, `times in ${zone}`].filter(Boolean).join(' · '),
  ].join('\n');
}

function whatToDo({ tasks, availableCommands }: CaseView): string[] {
  const asked = tasks.map(({ task, who, standIns, overdue }) => [
    task + (overdue ? colors.red(' overdue') : ''),
    [...who, ...standIns.map((each) => `${each.person} (${each.kind} of ${each.for})`)].join(', ') || 'nobody',
  ]);
  const may = availableCommands.map(({ command, schema, blockedBy, onBehalfOf }) => [
    command + onBehalf(onBehalfOf),
    blockedBy.length === 0
      ? fieldsOf(schema)
      : colors.yellow(`not now: ${blockedBy.map(({ text }) => text).join(' ')}`),
  ]);
  return [
    ...(asked.length === 0 ? [] : section('Asked for', table([], asked))),
    ...(may.length === 0 ? [] : section('You may send', table([], may))),
  ];
}

function deadlines({ deadlines: all }: Shown): string {
  if (all.length === 0) return '';
  return table(
    [],
    all.map((deadline) => [deadline.name, localTime(deadline.dueLocal), deadlineState(deadline)]),
  );
}

function deadlineState({ metAt, overdue, steps, due }: Shown['deadlines'][number]): string {
  if (metAt !== null) return metAt > due ? 'met late' : 'met';
  const fired = steps
    .filter(({ firedAt }) => firedAt !== null)
    .map(({ step, acknowledgedBy }) => step + (acknowledgedBy ? ` (seen by ${acknowledgedBy})` : ''));
  return [overdue ? colors.red('overdue') : 'open', ...fired].join(' ');
}

function round({ round: open }: Shown): string {
  if (open === null) return '';
  const seats = open.seats.map((seat): [string, string] => [
    seat.name + (seat.mandatory ? ' (mandatory)' : ''),
    seatText(seat),
  ]);
  const recused = open.recusals.map(({ by, reason }): [string, string] => ['recused', `${by}: ${reason}`]);
  const asked = open.questions.map(({ key, to, question, answer }): [string, string] => [
    key,
    `asked of ${to}: ${question} ${answer ? `→ ${answer.by}: ${answer.text}` : '(not answered yet)'}`,
  ]);
  const hash: [string, string] = ['contentHash', open.contentHash ?? ''];
  const rule = `${open.mode}${quorumText(open)}`;
  return facts([['round', `${open.name}, number ${open.number}, ${rule}`], ...seats, ...recused, ...asked, hash]);
}

type ShownRound = NonNullable<Shown['round']>;

function seatText({ decision, asked }: ShownRound['seats'][number]): string {
  if (decision === null) return `open: ${asked.join(', ') || 'nobody may decide'}`;
  const conditions = decision.conditions.length;
  const under = conditions === 0 ? '' : ` under ${conditions} ${conditions === 1 ? 'condition' : 'conditions'}`;
  return `${decision.verdict} by ${decision.by}${onBehalf(decision.onBehalfOf)}${under}${decision.final ? ' for good' : ''}`;
}

function quorumText({ quorum, level }: ShownRound): string {
  if (quorum) return 'members' in quorum ? ` of ${quorum.members}` : ` of ${quorum.percent} %`;
  return level === null ? '' : ` up to level ${level}`;
}

function conditions({ conditions: all }: Shown): string {
  if (all.length === 0) return '';
  return table(
    [],
    all.map(({ key, text, owner, due, outcome, overdueAt }) => [
      key,
      text,
      owner,
      due,
      outcome ?? (overdueAt === null ? 'open' : colors.red('overdue')),
    ]),
  );
}

function people({ parties, vacancies }: Shown): [string, string][] {
  return Object.entries(parties).map(([role, person]) => {
    const vacancy = vacancies.find((each) => each.role === role);
    return [role, vacancy ? `${person}, meanwhile for ${vacancy.left}` : person];
  });
}

function told(broadcasts: readonly BroadcastView[]): string {
  if (broadcasts.length === 0) return '';
  return table(
    [],
    broadcasts.map(({ command, targets, accepted, refused, waiting }) => [
      command,
      `${targets} ${targets === 1 ? 'case' : 'cases'}`,
      `${accepted} done, ${refused} refused, ${waiting} waiting`,
    ]),
  );
}

function onBehalf(principal: string | null): string {
  return principal === null ? '' : ` on behalf of ${principal}`;
}

function links({ links: all }: Shown): string {
  if (all.length === 0) return '';
  return table(
    [],
    all.map((link) => [
      link.type,
      link.direction,
      link.ref ?? link.to,
      'state' in link ? (link.state ?? '') : '',
      'title' in link ? (link.title ?? '') : '',
    ]),
  );
}

/** What is filled in, as indented lines. */
function content(document: Json): string {
  const filled = withoutEmpty(document);
  return filled === undefined
    ? ''
    : stringify(filled, { lineWidth: Math.max(40, (process.stdout.columns || 122) - 2) }).trimEnd();
}

function withoutEmpty(value: Json): Json | undefined {
  if (value === null || value === '') return undefined;
  if (typeof value === 'string') return clipped(value, 2_000);
  if (typeof value !== 'object') return value;
  if (Array.isArray(value))
    return value.length === 0 ? undefined : value.map((each) => withoutEmpty(each) ?? null);
  const filled = Object.entries(value).flatMap(([name, each]) => {
    const kept = withoutEmpty(each);
    return kept === undefined ? [] : [[name, kept] as const];
  });
  return filled.length === 0 ? undefined : Object.fromEntries(filled);
}
