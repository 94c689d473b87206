import type { Condition, Round } from '../../../contracts/case-file.ts';
import type { ConditionBody } from '../../../contracts/approval.ts';
import type { CaseFile, CaseSummary } from '../../../contracts/case-file.ts';
import { reason } from '../../../contracts/reasons.ts';
import type { Reason } from '../../../contracts/reasons.ts';
import { dueOnDate } from '../../calendar/due.ts';
import { derivedCaseId } from '../canonical.ts';
import { calendarOf, personsOf, viewOf } from '../draft.ts';
import type { Draft } from '../draft.ts';
import { openChild, owe } from '../follow.ts';
import { metaOf, move } from '../machine.ts';
import { tell } from '../notices.ts';
import { consequenceReasons, withMine } from './consequence.ts';
import { roundPolicy } from './deciders.ts';
import { modes } from './modes.ts';

/**
 * Conditions of an approval (rules §4.3): each becomes an action, work may start, the case does not end while one is open, and one
 * that is not met in time lets the approval lapse. Met is what somebody has verified: an action called off meets nothing.
 */

export function isOpenCondition({ outcome }: Condition): boolean {
  return outcome === null;
}

export function openConditionsOf({ conditions }: Pick<CaseFile<unknown>, 'conditions'>): Condition[] {
  return conditions.filter(isOpenCondition);
}

/** Why the case may not come to this state by its own commands: such an end has no open conditions (rules §4.3). */
export function endReasons({ definition, file }: Pick<Draft, 'definition' | 'file'>, to: string): Reason[] {
  return metaOf(definition, to).settled === undefined ? [] : openReasons(file);
}

export function openReasons(file: Pick<CaseFile<unknown>, 'conditions'>): Reason[] {
  const conditions = openConditionsOf(file).map(({ key }) => key);
  return conditions.length > 0 ? [reason('CONDITIONS_OPEN', { conditions })] : [];
}

/** Whether these conditions may be set: by a round that knows conditions, for owners who are fit, and not where the approval ends the case. */
export function conditionReasons(draft: Draft, conditions: readonly ConditionBody[]): Reason[] {
  const round = draft.file.round!;
  const policy = roundPolicy(draft, round.name).conditions;
  if (conditions.length > 0 && !policy) return [reason('NO_CONDITIONS_HERE', { round: round.name })];
  const unfit = conditions.flatMap(({ owner }) => policy?.fit?.(viewOf(draft), owner) ?? []);
  return unfit.length > 0 || !wouldApprove(draft) ? unfit : approvalReasons(draft, round, conditions);
}

/** What stands against the approval that the round as it is would give: a guard, or an end while conditions are open. */
export function approvalReasons(draft: Draft, round: Round, conditions: readonly ConditionBody[] = []): Reason[] {
  const blocked = consequenceReasons(draft, 'APPROVED');
  return blocked.length > 0 ? blocked : endedReasons(draft, round, conditions);
}

function endedReasons(draft: Draft, round: Round, conditions: readonly ConditionBody[]): Reason[] {
  const named = [...openConditionsOf(draft.file).map(({ key }) => key), ...round.seats.flatMap(({ decision }) => decision?.conditions ?? []).map(({ text }) => text), ...conditions.map(({ text }) => text)];
  if (named.length === 0) return [];
  const result = move(draft.definition, draft.file.state, 'APPROVED', viewOf(draft));
  return result.moved && metaOf(draft.definition, result.to).settled !== undefined ? [reason('CONDITIONS_OPEN', { conditions: named })] : [];
}

function wouldApprove(draft: Draft): boolean {
  const round = withMine(draft, { verdict: 'APPROVE' });
  return modes[round.mode].result(round) === 'APPROVED';
}

/** The round has approved: what its members have asked for becomes actions; what an earlier approval asked for is called off. */
export function openConditions(draft: Draft, round: Round): void {
  callOffEarlier(draft);
  const asked = round.seats.flatMap(({ decision }) => (decision?.conditions ?? []).map((condition) => ({ ...condition, by: decision!.by })));
  asked.forEach((each, n) => openCondition(draft, round, { ...each, key: `${round.number}.${n + 1}` }));
}

function openCondition(draft: Draft, { name: round }: Round, condition: ConditionBody & { by: string; key: string }): void {
  const { text, owner, due, by, key } = condition;
  const parentOwner = draft.definition.policy.list(draft.file).owner;
  const payload = { title: text, kind: 'CONDITION', unit: draft.file.unit, owner, due, ...(by !== owner && { verifier: by }), ...(parentOwner && { parentOwner }) };
  const action = derivedCaseId(draft.file.id, draft.file.version + 1, draft.effects.length);
  openChild(draft, { follow: 'open', process: 'action', payload, link: 'condition', awaited: false, object: `${draft.file.id}:condition:${key}` });
  const lapsesAt = dueOnDate(due, calendarOf(draft));
  draft.file.conditions.push({ key, round, text, owner, due, by, action, lapsesAt, outcome: null, endedAt: null, overdueAt: null });
  draft.happenings.push({ kind: 'conditionSet', round, condition: key, owner, due, action });
}

/** The round is opened again: what it had asked for before is no longer what the approval stands on. */
export function voidConditions(draft: Draft, round: string): void {
  for (const condition of openConditionsOf(draft.file)) if (condition.round === round) end(draft, condition, 'VOID');
}

/** Work on them was not stopped; it is once the new approval says what it stands on. */
function callOffEarlier(draft: Draft): void {
  const running = draft.file.conditions.filter(({ outcome, action }) => outcome !== null && actionOf(draft, action)?.settled === null);
  for (const { action } of running) owe(draft, { kind: 'command', to: action, command: 'CALL_OFF', body: { reason: 'Replaced by a newer approval' } });
}

/**
 * The case has come to an end that nobody wanted (called off, rejected for good): what its approval asked for is called off with it. Ends
 * that are reached by work are refused while a condition is open (`endReasons`).
 */
export function callOffConditions(draft: Draft): void {
  const open = openConditionsOf(draft.file);
  if (open.length === 0) return;
  draft.happenings.push({ kind: 'conditionsCalledOff', conditions: open.map(({ key }) => key) });
  for (const condition of open) {
    end(draft, condition, 'VOID');
    const isOver = actionOf(draft, condition.action)?.settled;
    if (!isOver) owe(draft, { kind: 'command', to: condition.action, command: 'CALL_OFF', body: { reason: 'The case behind it was called off' } });
  }
}

function actionOf({ facts }: Pick<Draft, 'facts'>, id: string): CaseSummary | undefined {
  return facts.cases.find((each) => each.id === id);
}

function end({ now }: Draft, condition: Condition, outcome: Condition['outcome']): void {
  Object.assign(condition, { outcome, endedAt: now });
}

/** Those whose action was verified: in time, or late where the approval could not lapse. */
function met(draft: Draft): Condition[] {
  return openConditionsOf(draft.file).filter(({ action, lapsesAt, overdueAt }) => {
    const done = actionOf(draft, action);
    return done?.settled === 'done' && (overdueAt !== null || (done.settledAt ?? '') <= lapsesAt);
  });
}

export function hasMetConditions(draft: Draft): boolean {
  return met(draft).length > 0;
}

export function noteMetConditions(draft: Draft): void {
  for (const condition of met(draft)) {
    end(draft, condition, 'MET');
    draft.happenings.push({ kind: 'conditionMet', round: condition.round, condition: condition.key });
  }
}

/**
 * Conditions that were not met in time (rules §16.1 "conditional approval unmet"): E2 is told, and where the machine knows LAPSED approval
 * is asked for again. Elsewhere they stay open and hold the end until they are met.
 */
export function lapse(draft: Draft, machineLapses: boolean): void {
  const late = openConditionsOf(draft.file).filter(({ lapsesAt, overdueAt }) => overdueAt === null && lapsesAt <= draft.now);
  const owner = draft.definition.policy.list(draft.file).owner;
  const told = [...new Set([...personsOf(draft, ['role:ISO', 'isoDeputy']), ...late.map(({ by }) => by), ...(owner ? [owner] : [])])];
  for (const condition of late) {
    condition.overdueAt = draft.now;
    if (machineLapses) end(draft, condition, 'LAPSED');
  }
  const [{ round }] = late as [Condition];
  draft.happenings.push({ kind: 'approvalLapsed', round, conditions: late.map(({ key }) => key), told });
  tell(draft, told, { kind: 'approvalLapsed', cause: `lapsed:${round}`, data: { round } });
}
