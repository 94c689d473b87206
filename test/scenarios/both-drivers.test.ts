import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTemporalDriver } from '../../bin/temporal-driver.ts';
import type { TemporalDriver } from '../../bin/temporal-driver.ts';
import { canonicalJson } from '../../domain/kernel/canonical.ts';
import { loadScenario } from '../../simulation/load-scenario.ts';
import { runScenario } from '../../simulation/run-scenario.ts';
import { createVirtualDriver } from '../../simulation/virtual-driver.ts';

/** Those that differ most in what they ask of the real servers; `npm run scenarios:all` runs all. */
const selection = [
  '06-implementer-cannot-judge-effectiveness',
  '09-ladder-after-an-outage',
  '09-ten-days-without-a-worker-over-christmas',
  '14-effectiveness-window',
  '15-ineffective-twice',
  '16-repeat-nonconformity',
  '23-leaver-with-several-roles',
  '29-calendar-edit-moves-only-future-timers',
  'break-glass-used-expired-reviewed',
  'delegator-is-conflicted',
  'departure-managers-are-missing-too',
  'departure-role-ends',
  'escalation-stays-unanswered',
  'nc-duplicate',
  'nc-late-decision-is-a-note',
  'nc-not-confirmed-and-replanned',
  'register-taken-over-from-tables',
  'substitute-is-absent-too',
];

describe('PostgreSQL, Temporal and the workflows write the journal that virtual time writes', () => {
  let driver: TemporalDriver;
  beforeAll(async () => void (driver = await createTemporalDriver()));
  afterAll(() => driver.close());

  it.each(selection)('%s', async (name) => {
    const scenario = await loadScenario(`scenarios/${name}.yaml`);
    const virtual = await runScenario(scenario, createVirtualDriver());
    const real = await runScenario(scenario, driver);
    expect(real.failures).toEqual([]);
    expect(JSON.parse(canonicalJson(real.journals))).toEqual(JSON.parse(canonicalJson(virtual.journals)));
  }, 60_000);
});
