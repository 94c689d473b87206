import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { configurationKeys } from '../../contracts/configuration.ts';
import { defaults } from '../../domain/configuration/defaults.ts';
import { isProcess } from '../../domain/processes.ts';

/** Everything that domain code says between quotes, and what its templates may become: where a value is asked for by its name. */
const code = readdirSync('domain', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('defaults.ts'))
  .map((file) => readFileSync(path.join('domain', file), 'utf8'))
  .join('\n');
const templates = [...code.matchAll(/`([\w.]*(?:\$\{[^`{}]*(?:\{[^{}]*\}[^`{}]*)*\}[\w.]*)+)`/g)].map(([, text]) => text!.split(/\$\{.*?\}/));
const telling = templates.filter((parts) => parts.join('').length > 5 && parts.some((part) => part.includes('.')));
const patterns = telling.map((parts) => new RegExp(`^${parts.map((part) => part.replaceAll('.', '\\.')).join('[A-Za-z]+')}$`));
const isAskedFor = (key: string) => code.includes(`'${key}'`) || patterns.some((pattern) => pattern.test(key));

/** Processes that the README says do not run yet. */
const toCome = readFileSync('README.md', 'utf8').split('\n').filter((line) => line.includes('| not yet'));

/** `risk.ownership` is of a process whose row of the README begins so. */
const isOfProcessToCome = (key: string) => {
  const [head = ''] = key.split('.');
  const [word = ''] = /^[a-z]+/.exec(head) ?? [];
  return !isProcess(head) && toCome.some((line) => line.startsWith(`| ${word} `));
};

describe('a value that an organisation sets (rules §16.6)', () => {
  it('is asked for somewhere, or says which process to come will ask for it: none is silently dead', () => {
    const dead = configurationKeys.filter((key) => !isAskedFor(key) && defaults[key].awaits === undefined && !isOfProcessToCome(key));
    expect(dead).toEqual([]);
  });

  it.each(configurationKeys.filter((key) => defaults[key].awaits !== undefined))('%s waits for a process that really does not run yet', (key) => {
    const words = defaults[key].awaits!.split(' ');
    expect(toCome.filter((line) => words.every((word) => line.includes(word)))).not.toEqual([]);
    expect(isAskedFor(key), 'it is live: take the mark away').toBe(false);
  });
});
