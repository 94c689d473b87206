import { setTimeout as sleep } from 'node:timers/promises';

/** Something that runs until it ends by itself or is stopped. */
export type Running = { ended: Promise<unknown>; stop(): Promise<void> };

export type Service = {
  name: string;
  start(): Promise<Running>;
  /** What has to follow when it came back. */
  restarted?(): Promise<void>;
};

export type Say = (line: string) => void;

/** Thrown by a start that was overtaken by the order to stop. */
export class Stopped extends Error {}

const backoff = { firstMs: 200, longestMs: 10_000, healthyAfterMs: 5_000 };

/** Keeps one service running: started again whenever it ends, until it is stopped. */
class Supervision {
  readonly #service: Service;
  readonly #say: Say;
  readonly #stopping = new AbortController();
  #running: Running | undefined;
  #startedAt = 0;
  #delayMs = backoff.firstMs;
  #keeping: Promise<void> = Promise.resolve();

  constructor(service: Service, say: Say) {
    this.#service = service;
    this.#say = say;
  }

  async start(): Promise<void> {
    const first = this.#startOnce();
    this.#keeping = first.then(() => this.#keepRunning()).catch(() => undefined);
    await first;
    if (this.#stopping.signal.aborted) throw new Stopped();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running?.stop();
    await this.#keeping;
  }

  async #startOnce(): Promise<void> {
    this.#running = await this.#service.start();
    this.#startedAt = Date.now();
    if (this.#stopping.signal.aborted) await this.#running.stop();
  }

  async #keepRunning(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      await this.#running?.ended;
      if (!this.#stopping.signal.aborted) await this.#startAgain();
    }
  }

  /** Tries until it succeeds, ever more slowly. */
  async #startAgain(): Promise<void> {
    this.#say(`${this.#service.name} has ended; starting it again.`);
    if (Date.now() - this.#startedAt > backoff.healthyAfterMs) this.#delayMs = backoff.firstMs;
    while (await this.#pause()) {
      if (!(await this.#succeeds(() => this.#startOnce()))) continue;
      await this.#succeeds(async () => this.#service.restarted?.());
      return;
    }
  }

  async #succeeds(step: () => Promise<void>): Promise<boolean> {
    try {
      await step();
      return true;
    } catch (error) {
      this.#say(`${this.#service.name}: ${error instanceof Error ? error.message : String(error)}`);
      return false;
    }
  }

  async #pause(): Promise<boolean> {
    const delayMs = this.#delayMs;
    this.#delayMs = Math.min(delayMs * 2, backoff.longestMs);
    await sleep(delayMs, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
    return !this.#stopping.signal.aborted;
  }
}

/** Everything that one `npm start` runs, in stages: what stands on something else starts after it and stops before it. */
export class Supervisor {
  readonly #say: Say;
  readonly #stages: Supervision[][] = [];
  #stopping = false;

  constructor(say: Say) {
    this.#say = say;
  }

  /** Starts services side by side; returns when all run. The first start of each has to succeed. */
  async run(...services: Service[]): Promise<void> {
    if (this.#stopping) throw new Stopped();
    const stage = services.map((service) => new Supervision(service, this.#say));
    this.#stages.unshift(stage);
    await Promise.all(stage.map((supervision) => supervision.start()));
  }

  /** Stops what runs and what is about to. */
  async stop(): Promise<void> {
    this.#stopping = true;
    for (const stage of this.#stages) await Promise.all(stage.map((supervision) => supervision.stop()));
  }
}
