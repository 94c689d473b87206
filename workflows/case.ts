import {
  allHandlersFinished,
  ApplicationFailure,
  condition,
  continueAsNew,
  defineSignal,
  defineUpdate,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { CaseStanding, Decided, OwedEffect } from '../contracts/durable.ts';
import { journal } from './journal.ts';

type Decision = Pick<Decided, 'outcome' | 'version'>;

/** Decides a stored command. The Update's id is the command's id; nothing but the id passes through Temporal. */
export const decide = defineUpdate<Decision, [commandId: string]>('decide');

/** Something about the case may have changed: look at all of it again. */
export const nudge = defineSignal('nudge');

const SHORTEST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 5 * 60_000;

/** The durable case: it lives as long as the case is open and acts only on what the journal answered. */
export async function runCase(caseId: string): Promise<void> {
  const theCase = new DurableCase(caseId);
  setHandler(decide, (commandId) => theCase.decide(commandId), { validator: refuseOnceHistoryIsLong });
  setHandler(nudge, () => theCase.takeNudge());
  const end = await Promise.race([theCase.followTime(), theCase.performEffects()]);
  if (end === 'HISTORY_IS_LONG') await continueAsNew<typeof runCase>(caseId);
}

/** Under steady load a run is never idle: it takes nothing new, its handlers finish, and the next run goes on. */
function refuseOnceHistoryIsLong(_commandId: string): void {
  if (!workflowInfo().continueAsNewSuggested) return;
  throw ApplicationFailure.retryable('Goes on in a new run; send the Update again', 'CONTINUES_AS_NEW');
}

class DurableCase {
  private readonly caseId: string;
  private readonly performed = new Set<string>();
  private standing: CaseStanding = {
    version: 0,
    wakeAt: null,
    effects: [],
    pendingCommands: [],
    settled: false,
  };
  private lastTurn: Promise<unknown> = Promise.resolve();
  private nudged = false;
  private pauseMs = 0;

  constructor(caseId: string) {
    this.caseId = caseId;
  }

  decide(commandId: string): Promise<Decision> {
    const decided = this.inTurn(() => journal.decideCommand(this.caseId, commandId));
    return decided.then(({ outcome, version }) => ({ outcome, version }));
  }

  takeNudge(): void {
    this.nudged = true;
  }

  /** Boots from the journal, then wakes the case at every instant the journal names. */
  async followTime(): Promise<'CASE_IS_OVER' | 'HISTORY_IS_LONG'> {
    await this.load();
    for (;;) {
      if (this.nudged) await this.lookAgain();
      else if (this.isOver()) return 'CASE_IS_OVER';
      else if (this.canContinueAsNew()) return 'HISTORY_IS_LONG';
      else if (await this.timeHasCome()) await this.wake();
    }
  }

  /** Performs what the journal owes, oldest first, while commands go on being decided. */
  async performEffects(): Promise<never> {
    for (;;) {
      await condition(() => this.owedEffects().length > 0);
      for (const effect of this.owedEffects()) {
        while ((await journal.performEffect(this.caseId, effect)) === 'MORE');
        this.performed.add(nameOf(effect));
      }
    }
  }

  private async lookAgain(): Promise<void> {
    this.nudged = false;
    await this.load();
    await this.wake();
  }

  /** Also decides the commands that were stored but never brought here. */
  private async load(): Promise<void> {
    await this.inTurn(() => journal.load(this.caseId));
    for (const commandId of this.standing.pendingCommands)
      await this.decide(commandId).catch(leaveToTheSweeper);
  }

  /** The journal has its own clock; as long as it holds that the instant has not come, it is asked less and less often. */
  private async wake(): Promise<void> {
    await this.inTurn(() => journal.wake(this.caseId)).catch(leaveToTheSweeper);
    const longerPauseMs = Math.min(Math.max(2 * this.pauseMs, SHORTEST_PAUSE_MS), LONGEST_PAUSE_MS);
    this.pauseMs = this.msUntilWake() > 0 ? 0 : longerPauseMs;
  }

  /** One question at a time, in the order they came; every answer is the new standing. */
  private inTurn<Answer extends CaseStanding>(ask: () => Promise<Answer>): Promise<Answer> {
    const turn = this.lastTurn.then(ask);
    this.lastTurn = turn.then((answer) => (this.standing = answer), leaveToTheSweeper);
    return turn;
  }

  /**
   * One timer, armed anew only for an earlier instant: one that has become too early rings for nothing, which costs less than arming
   * another at every decision. False when something else came first.
   */
  private async timeHasCome(): Promise<boolean> {
    const { wakeAt: armedFor } = this.standing;
    const somethingElse = () =>
      this.nudged || isEarlier(this.standing.wakeAt, armedFor) || this.isOver() || this.canContinueAsNew();
    if (armedFor === null) await condition(somethingElse);
    else await condition(somethingElse, Math.max(this.msUntilWake(), this.pauseMs, 1));
    return !somethingElse() && this.msUntilWake() <= 0;
  }

  private msUntilWake(): number {
    return this.standing.wakeAt === null ? Infinity : Date.parse(this.standing.wakeAt) - Date.now();
  }

  private isOver(): boolean {
    return this.standing.settled && this.owedEffects().length === 0 && allHandlersFinished();
  }

  private canContinueAsNew(): boolean {
    return workflowInfo().continueAsNewSuggested && allHandlersFinished();
  }

  /** The journal lists an effect until it has learnt that it is done; the workflow knows that sooner. */
  private owedEffects(): OwedEffect[] {
    return this.standing.effects.filter((effect) => !this.performed.has(nameOf(effect)));
  }
}

function isEarlier(one: string | null, other: string | null): boolean {
  return one !== null && (other === null || one < other);
}

function nameOf({ version, n }: OwedEffect): string {
  return `${version}.${n}`;
}

/** What stays undone is still in the journal; the sweeper finds it there and nudges the case. */
function leaveToTheSweeper(): void {}
