import type { ScenarioFailure, ScenarioResult } from '../contracts/scenario.ts';

/** The result for people: one line where all went as expected, else step, expected and found for each difference. */
export function scenarioReport({ scenario, passed, steps, failures }: ScenarioResult): string {
  if (passed) return `passed  ${scenario} (${steps} steps)`;
  return [`FAILED  ${scenario}`, ...failures.map(failureText)].join('\n');
}

function failureText({ label, what, expected, found }: ScenarioFailure): string {
  return [
    `  ${label}`,
    `    ${what}`,
    `      expected: ${shown(expected)}`,
    `      found:    ${shown(found)}`,
  ].join('\n');
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
