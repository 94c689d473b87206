import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { MemoryJournal } from './memory-journal.ts';

interface Question {
  id: number;
  method: 'load' | 'decideCommand' | 'wake' | 'performEffect' | 'settleEffect' | 'findWaitingCases';
  args: unknown[];
}

export interface KillableWorker {
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
}

/**
 * A worker in a process of its own. `dies` sees every question after the journal has answered it and before the worker
 * learns the answer: when it says so, the worker is killed in between.
 */
export async function startKillableWorker(options: {
  address: string;
  journal: MemoryJournal;
  dies?: (question: Question) => boolean;
}): Promise<KillableWorker> {
  const script = path.join(import.meta.dirname, 'worker-process.ts');
  const child = fork(script, [options.address], { execArgv: ['--import', 'tsx'] });
  const exited = once(child, 'exit');
  const ready = new Promise<void>((resolve) => {
    child.on('message', (message: Question | 'ready') => {
      if (message === 'ready') resolve();
      else void answer(child, message, options);
    });
  });
  await Promise.race([
    ready,
    exited.then(() => Promise.reject(new Error('The worker ended before it was ready'))),
  ]);
  const kill = async () => {
    child.kill('SIGKILL');
    await exited;
  };
  return { kill };
}

async function answer(
  child: ChildProcess,
  question: Question,
  { journal, dies }: { journal: MemoryJournal; dies?: (question: Question) => boolean },
): Promise<void> {
  const { id, method, args } = question;
  const ask = journal[method] as (...args: unknown[]) => Promise<unknown>;
  const reply = await ask.apply(journal, args).then(
    (answered) => ({ id, answer: answered }),
    (error: Error) => ({ id, error: error.message }),
  );
  if (dies?.(question)) child.kill('SIGKILL');
  else if (child.connected) child.send(reply);
}
