import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { isms } from './isms.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'isms-scenario-'));

function scenario(name: string, expectedState: string): string {
  const file = path.join(folder, `${name}.yaml`);
  writeFileSync(
    file,
    `scenario: ${name}
start: 2031-03-03T09:00
steps:
  - as: nina.schuster
    open: nonconformity
    call: nc
    with: { title: Backups not tested, statement: No restore test, source: MONITORING, unit: it, detectedOn: '2031-03-01' }
  - as: anna.berger
    do: ACCEPT
    on: nc
    with: { grade: minor, owner: thomas.reiter, unit: it, requirement: A.8.13 }
    expect: { state: ${expectedState} }
`,
  );
  return file;
}

const passing = scenario('passing', 'containment');
const failing = scenario('failing', 'closed');

describe('isms scenario run', () => {
  it('ends with 0 where all goes as expected, on any date', async () => {
    const { code, stdout } = await isms(['scenario', 'run', passing]);
    expect([code, stdout]).toEqual([0, 'passed  passing (2 steps)\n']);
  });

  it('ends with 1 and prints step, expected and found where it does not, and plays the others too', async () => {
    const { code, stdout } = await isms(['scenario', 'run', failing, passing]);
    expect(stdout).toMatch(
      /FAILED {2}failing\n {2}step 2, 2031-03-03T09:00: anna\.berger ACCEPT on nc\n.*\n +expected: closed\n +found: +containment/,
    );
    expect(stdout).toContain('passed  passing');
    expect(stdout).toContain('1 of 2 passed');
    expect(code).toBe(1);
  });

  it('tells programs the same', async () => {
    const { code, json } = await isms(['scenario', 'run', failing, passing, '--json']);
    expect(json()).toMatchObject({
      ...{ driver: 'virtual', passed: false },
      results: [
        { file: failing, passed: false, failures: [{ step: 2, expected: 'closed', found: 'containment' }] },
        { file: passing, passed: true, failures: [] },
      ],
    });
    expect(code).toBe(1);
  });

  it('ends with 2 where a file cannot be played, and says what to correct', async () => {
    const file = path.join(folder, 'unfit.yaml');
    writeFileSync(file, 'scenario: unfit\nstart: yesterday\nsteps: []\n');
    const [unfit, absent] = await Promise.all([
      isms(['scenario', 'run', file]),
      isms(['scenario', 'run', path.join(folder, 'absent.yaml')]),
    ]);
    expect([unfit.code, unfit.stdout]).toEqual([
      2,
      expect.stringContaining('start: must be a time such as 2026-12-29T17:00'),
    ]);
    expect([absent.code, absent.stdout]).toEqual([2, expect.stringContaining('absent.yaml cannot be read')]);
  });
});
