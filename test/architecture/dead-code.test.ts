import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

/** What a program says where it finds something; nothing where all is well. */
function complaints(program: string, args: readonly string[]): string {
  try {
    return execFileSync('npx', [program, ...args], { encoding: 'utf8' });
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

describe('the code', () => {
  it('has no file and no export that nothing uses', () => {
    expect(complaints('knip', ['--no-progress', '--no-config-hints']).trim()).toBe('');
  });

  it('keeps the rules of eslint.config.js', () => {
    const cache = ['--cache', '--cache-location', 'node_modules/.cache/eslint/'];
    expect(complaints('eslint', [...cache, '.']).trim()).toBe('');
  }, 120_000);
});
