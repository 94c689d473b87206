import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadScenario } from '../../simulation/load-scenario.ts';
import { runScenario } from '../../simulation/run-scenario.ts';
import { scenarioReport } from '../../simulation/scenario-report.ts';
import { createVirtualDriver } from '../../simulation/virtual-driver.ts';

const folder = fileURLToPath(new URL('../../scenarios/', import.meta.url));
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml')).sort();

describe('scenario files in virtual time', () => {
  it.each(files)('%s goes as it says', async (file) => {
    const result = await runScenario(await loadScenario(`${folder}${file}`), createVirtualDriver());
    expect(scenarioReport(result)).toMatch(/^passed/);
  });
});
