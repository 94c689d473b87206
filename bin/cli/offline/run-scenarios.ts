import type { ScenarioResult } from '../../../contracts/scenario.ts';
import { loadScenario } from '../../../simulation/load-scenario.ts';
import { runScenario } from '../../../simulation/run-scenario.ts';
import type { ScenarioDriver } from '../../../simulation/scenario-driver.ts';
import { scenarioReport } from '../../../simulation/scenario-report.ts';
import { ScenarioProblem } from '../../../simulation/scenario-time.ts';
import { createVirtualDriver } from '../../../simulation/virtual-driver.ts';
import { type Answer, answer } from '../answer.ts';
import type { Exit } from '../exit-codes.ts';

type DriverName = 'virtual' | 'temporal';

/** A scenario that was played, or what has to be corrected in the file before it can be. */
type Played = { file: string } & (ScenarioResult | { passed: false; problem: string });

interface Report {
  driver: DriverName;
  passed: boolean;
  results: Played[];
}

/** `isms scenario run`: plays all files, also after one has failed. */
export async function runScenarios(
  files: string[],
  { driver: name }: { driver: DriverName },
): Promise<Answer> {
  const { driver, close } = await startDriver[name]();
  try {
    const results: Played[] = [];
    for (const file of files) results.push(await play(file, driver));
    return answer(
      { driver: name, passed: results.every(({ passed }) => passed), results },
      reportText,
      exitOf(results),
    );
  } finally {
    await close();
  }
}

interface Started {
  driver: ScenarioDriver;
  close(): Promise<void>;
}

const startDriver: Record<DriverName, () => Promise<Started>> = {
  virtual: () => Promise.resolve({ driver: createVirtualDriver(), close: () => Promise.resolve() }),
  temporal: async () => {
    const { createTemporalDriver } = await import('../../temporal-driver.ts');
    const driver = await createTemporalDriver();
    return { driver, close: () => driver.close() };
  },
};

async function play(file: string, driver: ScenarioDriver): Promise<Played> {
  try {
    return { file, ...(await runScenario(await loadScenario(file), driver)) };
  } catch (error) {
    if (error instanceof ScenarioProblem) return { file, passed: false, problem: error.message };
    throw error;
  }
}

/** A file that cannot be played at all is wrong usage. */
function exitOf(results: readonly Played[]): Exit {
  if (results.some((each) => 'problem' in each)) return 'usage';
  return results.every(({ passed }) => passed) ? 'ok' : 'refused';
}

function reportText({ results }: Report): string {
  const lines = results.map((each) =>
    'problem' in each ? `UNFIT   ${each.file}\n  ${each.problem}` : scenarioReport(each),
  );
  const passed = results.filter((each) => each.passed).length;
  return [...lines, ...(results.length > 1 ? ['', `${passed} of ${results.length} passed`] : [])].join('\n');
}
