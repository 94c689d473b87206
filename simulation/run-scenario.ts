import type { ScenarioFailure, ScenarioResult } from '../contracts/scenario.ts';
import type { LoadedScenario } from './load-scenario.ts';
import { normalisedJournals } from './normalised-journal.ts';
import type { ScenarioDriver } from './scenario-driver.ts';
import { createNames } from './scenario-names.ts';
import { createStage, runStep } from './scenario-step.ts';

/** Tells the scenario to the driver and answers everything that was not as expected. It ends at the first step that cannot be carried out. */
export async function runScenario(loaded: LoadedScenario, driver: ScenarioDriver): Promise<ScenarioResult> {
  const { scenario, organisation, start } = loaded;
  const names = createNames();
  const stage = createStage({ driver, names, organisation }, loaded);
  await driver.begin({ organisation, at: start });
  const failures: ScenarioFailure[] = [];
  for (const step of scenario.steps) {
    const { ends, failures: found } = await runStep(stage, step);
    failures.push(...found);
    if (ends) break;
  }
  const journals = await normalisedJournals(driver, names.cases);
  return {
    scenario: scenario.scenario,
    passed: failures.length === 0,
    steps: scenario.steps.length,
    failures,
    journals,
  };
}
