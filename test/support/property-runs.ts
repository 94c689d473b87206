/**
 * How properties are tried: with the same seed every time, so that a failure is there again. Longer, or from elsewhere:
 * `RUNS=1000 SEED=7 npx vitest run <file>`; a long search ends at the first counterexample instead of making it shorter.
 */
export function propertyRuns(usually = 100): { seed: number; numRuns: number; endOnFailure: boolean } {
  const { SEED, RUNS } = process.env;
  return {
    seed: Number(SEED ?? 20261124),
    numRuns: Number(RUNS ?? usually),
    endOnFailure: RUNS !== undefined,
  };
}
