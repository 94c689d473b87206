import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

describe('the architecture', () => {
  it('lets imports go one way only, keeps the domain pure and processes apart', () => {
    const folders = ['contracts', 'domain', 'prisma', 'simulation', 'activities', 'api', 'workflows', 'bin'];
    const report = execFileSync('npx', ['depcruise', '--output-type', 'err', ...folders], { encoding: 'utf8' });
    expect(report).toContain('no dependency violations found');
  });
});
