import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadScenario } from '../../simulation/load-scenario.ts';
import { runScenario } from '../../simulation/run-scenario.ts';
import { scenarioReport } from '../../simulation/scenario-report.ts';
import { createVirtualDriver } from '../../simulation/virtual-driver.ts';

const folder = fileURLToPath(new URL('../../scenarios/', import.meta.url));
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .sort();

/** Numbers of rules §16.4 that belong to what runs so far. */
const numbers = [1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 13, 14, 15, 16, 17, 18, 22, 23, 24, 25, 28, 29, 30];

describe('scenario files in virtual time', () => {
  it.each(files)('%s goes as it says, and a second time in the same words', async (file) => {
    const loaded = await loadScenario(`${folder}${file}`);
    const driver = createVirtualDriver();
    const result = await runScenario(loaded, driver);
    expect(scenarioReport(result)).toMatch(/^passed/);
    expect((await runScenario(loaded, driver)).journals).toEqual(result.journals);
  });

  it('cover the acceptance scenarios of the processes that run', () => {
    const found = new Set(files.flatMap((file) => /^(\d+)-/.exec(file)?.[1] ?? []).map(Number));
    expect([...found].sort((a, b) => a - b)).toEqual(numbers);
  });

  it('name what they prove', async () => {
    for (const file of files)
      expect((await loadScenario(`${folder}${file}`)).scenario.proves ?? [], file).not.toEqual([]);
  });

  it('write journals in which cases are numbered, so that those of two drivers can be compared', async () => {
    const { journals } = await runScenario(
      await loadScenario(`${folder}nc-duplicate.yaml`),
      createVirtualDriver(),
    );
    const text = JSON.stringify(journals);
    expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
    expect(Object.keys(journals)).toEqual(['first', 'second', 'third']);
    expect(text).toContain('case-2');
  });
});
