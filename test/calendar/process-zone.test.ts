import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const fixture = fileURLToPath(new URL('./print-ladder.ts', import.meta.url));

function printedUnder(zone: string): string {
  const options = { env: { ...process.env, TZ: zone }, encoding: 'utf8' } as const;
  return execFileSync(process.execPath, ['--import', 'tsx', fixture], options);
}

describe('the zone of the machine', () => {
  it('changes no deadline', () => {
    const [first, ...others] = ['UTC', 'America/Los_Angeles', 'Pacific/Apia'].map(printedUnder);
    const steps = (text = ''): unknown => JSON.parse(text).steps;
    expect(JSON.parse(first ?? '')).toMatchObject({ machine: 'UTC', due: '2027-03-31T15:00:00.000Z' });
    expect(others.map((other) => JSON.parse(other).machine)).toEqual(['America/Los_Angeles', 'Pacific/Apia']);
    for (const other of others) expect(steps(other)).toEqual(steps(first));
  });

  it('is never asked for: no calendar file reads the clock or local parts of a Date', () => {
    const folder = new URL('../../domain/calendar/', import.meta.url);
    const files = readdirSync(folder).map((name) => new URL(name, folder));
    for (const file of [...files, new URL('../../domain/kernel/ladder.ts', import.meta.url)]) {
      expect(readFileSync(file, 'utf8')).not.toMatch(
        /new Date\(|Date\.now|\.getDay|\.getHours|Temporal\.Now/,
      );
    }
  });
});
