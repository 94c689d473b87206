/** Closed-loop load: so many callers, each sending the next call when the last one was answered. */
export interface Load {
  concurrency: number;
  calls: number;
  call: (n: number, caller: number) => Promise<unknown>;
}

export interface LoadResult {
  perSecond: number;
  p50Ms: number;
  p95Ms: number;
}

export async function run({ concurrency, calls, call }: Load): Promise<LoadResult> {
  const durations: number[] = [];
  let next = 0;
  const started = performance.now();
  const caller = async (_: unknown, number: number) => {
    for (let n = next++; n < calls; n = next++) {
      const sent = performance.now();
      await call(n, number);
      durations.push(performance.now() - sent);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, caller));
  const seconds = (performance.now() - started) / 1000;
  durations.sort((a, b) => a - b);
  const at = (share: number) => round(durations[Math.min(durations.length - 1, Math.floor(durations.length * share))] ?? 0);
  return { perSecond: round(calls / seconds), p50Ms: at(0.5), p95Ms: at(0.95) };
}

export function round(figure: number): number {
  return Math.round(figure * 100) / 100;
}
