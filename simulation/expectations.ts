import type { CaseFile } from '../contracts/case-file.ts';
import type { Happening } from '../contracts/entry.ts';
import type { Expectation } from '../contracts/scenario.ts';
import { localIso } from '../domain/calendar/due.ts';
import { escalationOf } from '../domain/kernel/flags.ts';
import { fold } from '../domain/kernel/patch.ts';
import type { DeliveredNotice, JournalEntry } from './memory-store.ts';
import { likeness, matches, missingInOrder } from './matching.ts';
import type { CaseView } from './scenario-driver.ts';
import { caseOf, meant } from './scenario-names.ts';
import type { NameGround } from './scenario-names.ts';
import { isLocalTime, readTime } from './scenario-time.ts';

/** What an expectation is held against: the case now, all its entries, and what this step added. */
export interface Evidence extends NameGround {
  view: CaseView;
  journal: readonly JournalEntry[];
  added: readonly JournalEntry[];
  heard: readonly DeliveredNotice[];
}

export interface Difference {
  what: string;
  expected: unknown;
  found: unknown;
}

type Checked = Exclude<keyof Expectation, 'of' | 'refused'>;
type Check<K extends Checked> = (
  expected: NonNullable<Expectation[K]> | null,
  evidence: Evidence,
) => Difference[] | Promise<Difference[]>;

const differs = (what: string, expected: unknown, found: unknown): Difference[] => [
  { what, expected, found },
];
const same = (what: string, expected: unknown, found: unknown): Difference[] =>
  matches(expected, found) ? [] : differs(what, expected, found);

const checks: { [K in Checked]: Check<K> } = {
  state: (expected, { view }) => same('state', expected, view.file.state),
  settled: (expected, { view }) => same('settled', expected, view.file.settled),
  attempt: (expected, { view }) => same('attempt', expected, view.file.attempt),
  flags: (expected, { view }) =>
    expected!.every((flag) => view.flags.includes(flag)) ? [] : differs('flags', expected, view.flags),
  noFlags: (expected, { view }) =>
    expected!.some((flag) => view.flags.includes(flag)) ? differs('noFlags', expected, view.flags) : [],
  escalation: (expected, { view }) => same('escalation', expected, escalationOf(view.file) ?? 'none'),
  told: (expected, { heard }) =>
    Object.entries(expected!).flatMap(([person, kinds]) => toldDifferences(person, kinds, heard)),
  notTold: (expected, { heard }) => {
    const told = heard
      .filter(({ to }) => expected!.includes(to))
      .map((notice) => `${notice.to}: ${labelOf(notice)}`);
    return told.length === 0 ? [] : differs('notTold', expected, told);
  },
  asked: (expected, { view }) =>
    Object.entries(expected!).flatMap(([task, persons]) => askedDifferences(task, persons, view)),
  notAsked: (expected, { view }) => {
    const asked = view.asked.map(({ task }) => task);
    return expected!.some((task) => asked.includes(task)) ? differs('notAsked', expected, asked) : [];
  },
  journal: (expected, { journal }) =>
    same(
      'journal',
      expected,
      journal.map(({ type }) => type),
    ),
  entries: (expected, { added }) =>
    same(
      'entries',
      expected,
      added.map(({ type }) => type),
    ),
  acted: (expected, { added }) =>
    same('acted', expected, { onBehalfOf: null, ...added.findLast(({ actor }) => actor.person !== null)?.actor }),
  happened: (expected, evidence) => happenedDifferences(expected!, evidence),
  notHappened: (expected, { added }) => {
    const kinds = added.flatMap(({ happenings }) => happenings.map(({ kind }) => kind as string));
    return expected!.some((kind) => kinds.includes(kind)) ? differs('notHappened', expected, kinds) : [];
  },
  fired: (expected, evidence) =>
    Object.entries(expected!).flatMap(([deadline, steps]) => firedDifferences(deadline, steps, evidence)),
  deadlines: (expected, evidence) =>
    Object.entries(expected!).flatMap(([name, each]) => deadlineDifferences(name, each, evidence)),
  window: (expected, evidence) => {
    const { window } = evidence.view.file;
    const ends = expected && readTime(expected.ends, evidence);
    return same(
      'window',
      expected && local(ends!, evidence.view.file),
      window && local(window.ends, evidence.view.file),
    );
  },
  parties: (expected, { view }) => same('parties', expected, likeness(expected, view.file.parties)),
  document: async (expected, evidence) => {
    const wanted = await meant(expected, evidence);
    return same('document', wanted, likeness(wanted, evidence.view.file.document));
  },
  linked: async (expected, evidence) =>
    (
      await Promise.all(
        Object.entries(expected!).map(([type, names]) => linkDifferences(type, names, evidence)),
      )
    ).flat(),
  replays: (_, { view, journal }) =>
    same('replays', JSON.parse(JSON.stringify(view.file)), fold(journal.map(({ patch }) => patch))),
};

/** Everything in which the case is not as expected. */
export async function differences(expectation: Expectation, evidence: Evidence): Promise<Difference[]> {
  const found = Object.entries(checks).map(([name, check]) => {
    const expected = expectation[name as Checked];
    return expected === undefined ? [] : (check as Check<Checked>)(expected as never, evidence);
  });
  return (await Promise.all(found)).flat();
}

/** `escalation E1`, `taskAsked triage`, `information accepted`: the kind of a notice and what it is about. */
export function labelOf({ kind, data }: Pick<DeliveredNotice, 'kind' | 'data'>): string {
  const about = data['step'] ?? data['task'] ?? data['subject'] ?? data['role'] ?? data['round'];
  return typeof about === 'string' ? `${kind} ${about}` : kind;
}

function toldDifferences(
  person: string,
  kinds: readonly string[],
  heard: readonly DeliveredNotice[],
): Difference[] {
  const labels = heard.filter(({ to }) => to === person).map(labelOf);
  const missing = kinds.filter(
    (kind) => !labels.some((label) => label === kind || label.startsWith(`${kind} `)),
  );
  return missing.length === 0 ? [] : differs(`told ${person}`, kinds, labels);
}

function askedDifferences(task: string, persons: readonly string[], { asked }: CaseView): Difference[] {
  const found = asked.filter((each) => each.task === task).flatMap((each) => each.persons);
  const alike = [...persons].sort().join() === [...new Set(found)].sort().join();
  return alike ? [] : differs(`asked ${task}`, persons, found.length > 0 ? found : asked);
}

function happenedDifferences(expected: readonly Record<string, unknown>[], evidence: Evidence): Difference[] {
  const found = evidence.added.flatMap(({ happenings }) => happenings);
  const missing = missingInOrder(expected, found, (wanted, happening) =>
    matches(inUtc(wanted, evidence), happening),
  );
  const alike = found.filter(({ kind }) => kind === missing?.['kind']);
  return missing === null
    ? []
    : differs('happened', missing, alike.length > 0 ? alike : found.map(({ kind }) => kind));
}

/** Local times as the instants that they mean, wherever they stand. */
function inUtc(expected: unknown, ground: NameGround): unknown {
  if (typeof expected === 'string') return isLocalTime(expected) ? readTime(expected, ground) : expected;
  if (Array.isArray(expected)) return expected.map((each) => inUtc(each, ground));
  if (typeof expected !== 'object' || expected === null) return expected;
  return Object.fromEntries(Object.entries(expected).map(([key, each]) => [key, inUtc(each, ground)]));
}

function firedDifferences(
  deadline: string,
  expected: string[] | Record<string, string>,
  evidence: Evidence,
): Difference[] {
  const { file } = evidence.view;
  const fired = evidence.journal.flatMap(({ at, happenings }) =>
    happenings
      .filter(isFired)
      .filter((each) => each.deadline === deadline)
      .map(({ step }) => ({ step, at })),
  );
  const shown = fired.map(({ step, at }) => `${step} ${local(at, file)}`);
  if (Array.isArray(expected))
    return same(
      `fired ${deadline}`,
      expected,
      fired.map(({ step }) => step),
    );
  const wanted = Object.entries(expected).map(
    ([step, at]) => `${step} ${local(readTime(at, evidence), file)}`,
  );
  return same(`fired ${deadline}`, wanted, shown);
}

function isFired(happening: Happening): happening is Extract<Happening, { kind: 'stepFired' }> {
  return happening.kind === 'stepFired';
}

type DeadlineExpectation = NonNullable<Expectation['deadlines']>[string];

function deadlineDifferences(name: string, expected: DeadlineExpectation, evidence: Evidence): Difference[] {
  const { file } = evidence.view;
  const deadline = file.deadlines[name];
  if (!deadline) return differs(`deadline ${name}`, expected, Object.keys(file.deadlines));
  const { due, originalDue, metAt } = deadline;
  const found = {
    due: local(due, file),
    originalDue: local(originalDue, file),
    open: metAt === null,
    late: (metAt ?? evidence.now) > due,
  };
  const at = (time: string | undefined) => time && local(readTime(time, evidence), file);
  const wanted = {
    ...expected,
    ...(expected.due && { due: at(expected.due) }),
    ...(expected.originalDue && { originalDue: at(expected.originalDue) }),
  };
  return same(`deadline ${name}`, wanted, likeness(wanted, found));
}

async function linkDifferences(
  type: string,
  names: readonly string[],
  evidence: Evidence,
): Promise<Difference[]> {
  const wanted = await Promise.all(names.map((name) => caseOf(evidence, name)));
  const found = evidence.view.file.links
    .filter((link) => link.type === type && !link.void)
    .map(({ to }) => to);
  return wanted.every((each) => found.includes(each)) ? [] : differs(`linked ${type}`, names, found);
}

/** To the minute, as the clocks at the site of the case show it. */
function local(instant: string, { zone }: CaseFile): string {
  return localIso(instant, zone).slice(0, 16);
}
