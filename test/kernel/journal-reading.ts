import { expect } from 'vitest';
import type { CaseFile } from '../../contracts/case-file.ts';
import type { PersonId } from '../../contracts/identity.ts';
import type { JournalEntry, StoredCase } from '../../simulation/memory-store.ts';

/** What an auditor would work out from the journals alone, without the involvements that the engine itself keeps. */

/** Closings of a nonconformity that stand on nothing. */
export function closings({ file, journal }: StoredCase): string[] {
  if (file.process !== 'nonconformity') return [];
  const closing = journal.filter(({ from, to }) => to === 'closed' && from !== 'closed');
  return closing
    .filter((entry) => !isProven(entry) && !isReasoned(entry, journal))
    .map(({ version, type }) => `${version} ${type}`);
}

function isProven({ type, actor, body }: JournalEntry): boolean {
  const { evidence } = (body ?? {}) as { evidence?: string[] };
  return type === 'EFFECTIVE' && actor.person !== null && (evidence?.length ?? 0) > 0;
}

/** A correction alone was decided by somebody, with a reason, after the last plan. */
function isReasoned({ type, version }: JournalEntry, journal: readonly JournalEntry[]): boolean {
  const before = journal.filter((each) => each.version < version);
  const decided = before.findLast((each) => ['NO_CA_NEEDED', 'CA_NEEDED', 'SUBMIT_PLAN'].includes(each.type));
  return type === 'CONFIRM_IMPLEMENTATION' && decided?.type === 'NO_CA_NEEDED' && decided.reason !== null;
}

interface Duty {
  rule: string;
  one: PersonId[];
  other: PersonId[];
}

/** Who did it, and in whose name: a decision counts as one of both (SOD-12). */
export const both = ({ actor: { person, onBehalfOf } }: Pick<JournalEntry, 'actor'>): PersonId[] => [
  ...(person === null ? [] : [person]),
  ...(onBehalfOf === undefined ? [] : [onBehalfOf]),
];

const by = (journal: readonly JournalEntry[], ...types: string[]): PersonId[] =>
  journal.filter(({ type }) => types.includes(type)).flatMap(both);

/** Pairs of groups that have nobody in common. */
export function duties({ file, journal }: StoredCase, all: readonly StoredCase[]): Duty[] {
  if (file.process === 'action')
    return [
      { rule: 'verifier ≠ implementer', one: by(journal, 'VERIFY'), other: by(journal, 'SUBMIT') },
      ...atTheTime(journal, 'VERIFY', 'owner'),
    ];
  const parts = file.links
    .filter(({ type, direction }) => type === 'correctiveAction' && direction === 'child')
    .map(({ to }) => to);
  const implementers = all
    .filter((each) => parts.includes(each.file.id))
    .flatMap((each) => by(each.journal, 'SUBMIT'));
  const judges = by(journal, 'EFFECTIVE', 'INEFFECTIVE', 'INCONCLUSIVE');
  const triaged = by(journal, 'ACCEPT', 'REJECT_NOT_NC', 'MARK_DUPLICATE', 'UPHOLD_APPEAL');
  return [
    { rule: 'judge ≠ implementer', one: judges, other: implementers },
    { rule: 'judge ≠ author of the cause', one: judges, other: by(journal, 'SUBMIT_CAUSE') },
    {
      rule: 'confirmer ≠ implementer',
      one: by(journal, 'CONFIRM_IMPLEMENTATION', 'NOT_CONFIRMED'),
      other: implementers,
    },
    {
      rule: 'confirmer ≠ corrector',
      one: by(journal, 'CONFIRM_IMPLEMENTATION', 'NOT_CONFIRMED'),
      other: by(journal, 'RECORD_CORRECTION', 'CORRECTION_NOT_POSSIBLE'),
    },
    {
      rule: 'approver ≠ author of the plan',
      one: by(journal, 'APPROVE'),
      other: by(journal, 'SUBMIT_PLAN', 'REVISE_PLAN'),
    },
    { rule: 'triage ≠ owner', one: triaged, other: ownersEver(journal) },
    ...[
      'APPROVE',
      'EFFECTIVE',
      'INEFFECTIVE',
      'INCONCLUSIVE',
      'CONFIRM_IMPLEMENTATION',
      'NO_CA_NEEDED',
      'REGRADE',
      'WITHDRAW',
    ].flatMap((type) => atTheTime(journal, type, 'ncOwner')),
  ];
}

function ownersEver(journal: readonly JournalEntry[]): PersonId[] {
  return journal.flatMap(({ happenings }) =>
    happenings.flatMap((each) =>
      each.kind === 'partyChanged' && each.role === 'ncOwner' ? (each.to ?? []) : [],
    ),
  );
}

/** Who sent that command, and who held that role just then. */
function atTheTime(journal: readonly JournalEntry[], type: string, role: string): Duty[] {
  const opened = journal[0]?.patch[0] as { value: CaseFile } | undefined;
  const first = opened?.value.parties[role];
  let holder = first ? [first] : [];
  const found: Duty[] = [];
  for (const entry of journal) {
    if (entry.type === type && entry.actor.person !== null)
      found.push({ rule: `${type} ≠ ${role}`, one: both(entry), other: holder });
    for (const each of entry.happenings)
      if (each.kind === 'partyChanged' && each.role === role) holder = each.to ? [each.to] : [];
  }
  return found;
}

export function expectDisjoint(pairs: readonly Duty[]): void {
  for (const { rule, one, other } of pairs)
    expect(
      one.filter((person) => other.includes(person)),
      rule,
    ).toEqual([]);
}
