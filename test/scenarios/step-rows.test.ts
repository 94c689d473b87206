import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { loadScenario } from '../../simulation/load-scenario.ts';
import { runScenario } from '../../simulation/run-scenario.ts';
import { createVirtualDriver } from '../../simulation/virtual-driver.ts';
import { withRows } from '../../simulation/step-rows.ts';

const rowsOf = async (step: object, rows: unknown = []) => ((await withRows({ steps: [step] }, async () => rows)) as { steps: unknown[] }).steps;

describe('a step with rows', () => {
  it('is told once for each row, with what the row says in the place of its words', async () => {
    const step = { as: '$row.who', do: 'RATE', on: '$row.risk', with: { impact: '$row.impact', hash: '$$row.risk.proposalHash', note: 'Rated by $row.who' } };
    const rows = [{ who: 'anna', risk: 'r-1', impact: { legal: 3 } }, { who: 'ben', risk: 'r-2', impact: { legal: 1 } }];
    expect(await rowsOf({ ...step, rows })).toEqual([
      { as: 'anna', do: 'RATE', on: 'r-1', with: { impact: { legal: 3 }, hash: '$r-1.proposalHash', note: 'Rated by anna' } },
      { as: 'ben', do: 'RATE', on: 'r-2', with: { impact: { legal: 1 }, hash: '$r-2.proposalHash', note: 'Rated by ben' } },
    ]);
    expect(await rowsOf({ ...step, rows: 'ratings.yaml' }, rows)).toEqual(await rowsOf({ ...step, rows }));
  });

  it('leaves out what its row does not mention', async () => {
    expect(await rowsOf({ rows: [{}], with: { code: '$row.code', list: ['$row.one', 'b'] } })).toEqual([{ with: { list: ['b'] } }]);
  });

  it('lets time pass once before all of them, or as each row says', async () => {
    expect(await rowsOf({ rows: [{}, {}], at: '+1wd' })).toEqual([{ at: '+1wd' }, {}]);
    expect(await rowsOf({ rows: [{ at: '+1wd' }, { at: '+2wd' }], at: '$row.at' })).toEqual([{ at: '+1wd' }, { at: '+2wd' }]);
  });

  it('is refused where they are no rows', async () => {
    await expect(rowsOf({ rows: 'ratings.yaml' }, { risk: 'r-1' })).rejects.toThrow(/list of rows/);
    await expect(rowsOf({ rows: ['r-1'] })).rejects.toThrow(/list of rows/);
  });
});

describe('a scenario file', () => {
  let folder = '';
  beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'scenario-'))));
  afterAll(() => rmSync(folder, { recursive: true }));

  const run = async (...steps: object[]) => {
    writeFileSync(join(folder, 'story.yaml'), stringify({ scenario: 'A story', start: '2026-11-02T09:00', steps }));
    return runScenario(await loadScenario(join(folder, 'story.yaml')), createVirtualDriver());
  };
  const open = { as: 'stefan.krause', open: 'action', call: 'work', with: { title: 'Encrypt', unit: 'development', owner: 'felix.bauer', due: '$today+18cd' } };

  it('takes rows and tables from beside it', async () => {
    writeFileSync(join(folder, 'owners.yaml'), stringify([{ title: 'One' }, { title: 'Two' }]));
    writeFileSync(join(folder, 'assets.csv'), 'code,name,unit,owner\nAS.1,Portal,development,stefan.krause\n');
    const { failures, steps } = await run(
      { rows: 'owners.yaml', as: 'stefan.krause', open: 'action', with: { ...open.with, title: '$row.title' } },
      { as: 'anna.berger', import: 'asset', file: 'assets.csv' },
      { expect: { of: 'as-1', document: { code: 'AS.1' } } },
    );
    expect({ failures, steps }).toEqual({ failures: [], steps: 4 });
  });

  it('names the line of a table that cannot be taken over, and a table that is not there', async () => {
    writeFileSync(join(folder, 'assets.csv'), 'code,name,unit,owner\nAS.1,Portal,nowhere,stefan.krause\n');
    const { failures } = await run({ as: 'anna.berger', import: 'asset', file: 'assets.csv' });
    expect(failures).toMatchObject([{ step: 1, label: expect.stringContaining('imports assets.csv'), found: [{ code: 'INVALID_PAYLOAD', path: 'line 2' }] }]);
    await expect(run({ as: 'anna.berger', import: 'asset', file: 'none.csv' })).rejects.toThrow(/none.csv cannot be read/);
  });

  it('sends a command only where others read that of the case', async () => {
    const acknowledge = (title: string) => ({ as: 'felix.bauer', do: 'ACKNOWLEDGE', on: 'work', only: { title } });
    const { failures } = await run(open, { ...acknowledge('Another'), expect: { state: 'assigned', entries: [] } }, { ...acknowledge('Encrypt'), expect: { state: 'acknowledged' } });
    expect(failures).toEqual([]);
    await expect(run({ as: 'felix.bauer', upload: 'a.txt', call: 'a', only: { title: 'Encrypt' } })).rejects.toThrow(/about the case that "on" names/);
  });

  it('gives a name to what another case has opened', async () => {
    const { failures } = await run(open, { on: 'work', call: 'same' }, { as: 'felix.bauer', do: 'ACKNOWLEDGE', on: 'same' }, { expect: { of: 'work', state: 'acknowledged' } }, { on: 'work/nothing', call: 'lost' });
    expect(failures).toMatchObject([{ step: 5, found: expect.stringContaining('no case is called work/nothing') }]);
  });
});
