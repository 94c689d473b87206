import { readdirSync } from 'node:fs';
import path from 'node:path';
import { createTemporalDriver } from '../bin/temporal-driver.ts';
import { canonicalJson } from '../domain/kernel/canonical.ts';
import { loadScenario } from '../simulation/load-scenario.ts';
import { runScenario } from '../simulation/run-scenario.ts';
import { createVirtualDriver } from '../simulation/virtual-driver.ts';

/** `npm run scenarios:all`: every scenario in virtual time and on the real servers; both must pass and leave the same journal. */
const folder = path.join(import.meta.dirname, '..', 'scenarios');
const real = await createTemporalDriver();
let failed = 0;
for (const file of readdirSync(folder).filter((name) => name.endsWith('.yaml')).sort()) {
  const scenario = await loadScenario(path.join(folder, file));
  const virtual = await runScenario(scenario, createVirtualDriver());
  const durable = await runScenario(scenario, real);
  const same = canonicalJson(virtual.journals) === canonicalJson(durable.journals);
  const good = virtual.passed && durable.passed && same;
  failed += good ? 0 : 1;
  console.log(`${good ? 'passed' : 'FAILED'}  ${file}  virtual: ${virtual.passed}, Temporal: ${durable.passed}, same journal: ${same}`);
  for (const failure of [...virtual.failures, ...durable.failures]) console.log(`        ${failure.label}: ${failure.what}, expected ${JSON.stringify(failure.expected)}, found ${JSON.stringify(failure.found)}`);
}
await real.close();
process.exit(failed === 0 ? 0 : 1);
