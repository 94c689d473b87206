import { setTimeout as sleep } from 'node:timers/promises';
import type {
  CaseJournal,
  OpenCase,
  RecoveryJournal,
  SweeperJournal,
} from '../../activities/journal-port.ts';
import type { CaseStanding, Decided, OwedEffect, Performed, WaitingCase } from '../../contracts/durable.ts';

/** What deciding a command does to its case in this journal. */
export interface Consequence {
  wakeInMs?: number | null;
  effects?: number;
  settles?: boolean;
  refused?: boolean;
  /** How long the decision takes. */
  takesMs?: number;
}

interface Command extends Consequence {
  id: string;
  storedAt: number;
  decided?: Decided['outcome'];
}

interface CaseRecord {
  process: string;
  version: number;
  wakeAt: number | null;
  settled: boolean;
  effects: OwedEffect[];
  commands: Command[];
  started: boolean;
  openedAt: number;
}

/** A journal in memory: the counterpart of the workflows under test, not their subject. It records what it was asked. */
export class MemoryJournal implements CaseJournal, SweeperJournal, RecoveryJournal {
  readonly cases = new Map<string, CaseRecord>();
  /** What became an entry, in order: `decide c1`, `wake`, `effect 3.0`. */
  readonly entries: { caseId: string; what: string; at: number }[] = [];
  /** Every question, also those that changed nothing. */
  readonly asked: { caseId: string; what: string }[] = [];
  /** Throws for a question that must fail; replaced by tests. */
  failing: (what: string) => Error | undefined = () => undefined;
  /** How far the journal's clock is ahead of the machine's. */
  clockAheadMs = 0;
  /** Cases that every effect reaches. */
  reaches: WaitingCase[] = [];
  /** Pages that come behind the first of an effect. */
  furtherPages = 0;
  /** How many questions of one case were answered at the same time, at most. */
  mostAtOnce = 0;
  private atOnce = 0;

  now(): number {
    return Date.now() + this.clockAheadMs;
  }

  open(caseId: string, options: { process?: string; wakeInMs?: number | null } = {}): void {
    const { process = 'nonconformity', wakeInMs = null } = options;
    const wakeAt = wakeInMs === null ? null : this.now() + wakeInMs;
    const fresh = { effects: [], commands: [], settled: false, started: false, openedAt: this.now() };
    this.cases.set(caseId, { process, version: 1, wakeAt, ...fresh });
  }

  store(caseId: string, id: string, consequence: Consequence = {}): void {
    const { commands } = this.record(caseId);
    if (!commands.some((command) => command.id === id))
      commands.push({ id, storedAt: Date.now(), ...consequence });
  }

  outcomeOf(caseId: string, commandId: string): Decided['outcome'] | undefined {
    return this.record(caseId).commands.find((command) => command.id === commandId)?.decided;
  }

  entriesOf(caseId: string): string[] {
    return this.entries.filter((entry) => entry.caseId === caseId).map((entry) => entry.what);
  }

  async load(caseId: string): Promise<CaseStanding> {
    await this.ask(caseId, 'load');
    const record = this.record(caseId);
    record.started = true;
    return this.standing(record);
  }

  async decideCommand(caseId: string, commandId: string): Promise<Decided> {
    await this.ask(caseId, `decide ${commandId}`);
    const record = this.record(caseId);
    const command = record.commands.find(({ id }) => id === commandId);
    if (command === undefined) throw new Error(`No command ${commandId} is stored`);
    if (command.decided === undefined)
      await this.alone(command.takesMs ?? 1, () => this.enter(caseId, command));
    return { ...this.standing(record), outcome: command.decided ?? 'ACCEPTED' };
  }

  async wake(caseId: string): Promise<Decided> {
    await this.ask(caseId, 'wake');
    const record = this.record(caseId);
    if (record.wakeAt !== null && record.wakeAt <= this.now())
      await this.alone(1, () => this.letTimePass(caseId));
    return { ...this.standing(record), outcome: 'WOKEN' };
  }

  async performEffect(caseId: string, effect: OwedEffect): Promise<Performed> {
    await this.ask(caseId, `effect ${effect.version}.${effect.n}`);
    this.note(caseId, `effect ${effect.version}.${effect.n}`);
    return { reached: this.reaches, more: this.furtherPages-- > 0 };
  }

  async settleEffect(caseId: string, { version, n }: OwedEffect): Promise<void> {
    const record = this.record(caseId);
    record.effects = record.effects.filter((owed) => owed.version !== version || owed.n !== n);
  }

  async findWaitingCases(input: { olderThanSeconds: number; limit: number }): Promise<WaitingCase[]> {
    await this.ask('', 'sweep');
    const oldest = this.now() - input.olderThanSeconds * 1000;
    const waits = (record: CaseRecord) =>
      (!record.started && record.openedAt < oldest) ||
      record.commands.some(({ decided, storedAt }) => decided === undefined && storedAt < oldest) ||
      (record.wakeAt !== null && record.wakeAt < oldest);
    const waiting = [...this.cases].filter(([, record]) => waits(record)).slice(0, input.limit);
    return waiting.map(([caseId, { process }]) => ({ caseId, process }));
  }

  async openCases(input: { after: OpenCase | null; limit: number }): Promise<OpenCase[]> {
    const open = [...this.cases]
      .filter(([, record]) => !record.settled)
      .map(([caseId, { process, wakeAt }]) => ({ caseId, process, wakeAt: instant(wakeAt) }))
      .sort((one, other) => (key(one) < key(other) ? -1 : 1));
    const { after } = input;
    return open.filter((one) => after === null || key(one) > key(after)).slice(0, input.limit);
  }

  private enter(caseId: string, command: Command): void {
    const record = this.record(caseId);
    command.decided = command.refused ? 'REFUSED' : 'ACCEPTED';
    if (command.decided === 'REFUSED') return;
    record.version += 1;
    record.settled = command.settles ?? false;
    for (let n = 0; n < (command.effects ?? 0); n++) record.effects.push({ version: record.version, n });
    if (command.wakeInMs !== undefined) {
      record.wakeAt = command.wakeInMs === null ? null : this.now() + command.wakeInMs;
    }
    this.note(caseId, `decide ${command.id}`);
  }

  private letTimePass(caseId: string): void {
    const record = this.record(caseId);
    record.wakeAt = null;
    record.version += 1;
    this.note(caseId, 'wake');
  }

  /** Shows whether two decisions of the workflow ever overlap. */
  private async alone(takesMs: number, enter: () => void): Promise<void> {
    this.atOnce += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.atOnce);
    await sleep(takesMs);
    enter();
    this.atOnce -= 1;
  }

  private async ask(caseId: string, what: string): Promise<void> {
    this.asked.push({ caseId, what });
    const failure = this.failing(what);
    if (failure !== undefined) throw failure;
  }

  private note(caseId: string, what: string): void {
    this.entries.push({ caseId, what, at: this.now() });
  }

  private standing(record: CaseRecord): CaseStanding {
    const pendingCommands = record.commands
      .filter(({ decided }) => decided === undefined)
      .map(({ id }) => id);
    const { version, wakeAt, effects, settled } = record;
    return { version, wakeAt: instant(wakeAt), effects: [...effects], pendingCommands, settled };
  }

  private record(caseId: string): CaseRecord {
    const record = this.cases.get(caseId);
    if (record === undefined)
      throw Object.assign(new Error(`There is no case ${caseId}`), { name: 'CaseNotFound' });
    return record;
  }
}

function instant(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

function key({ wakeAt, caseId }: OpenCase): string {
  return `${wakeAt ?? '~'} ${caseId}`;
}
