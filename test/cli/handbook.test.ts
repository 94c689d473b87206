import type { Command } from 'commander';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { exitCodes } from '../../bin/cli/exit-codes.ts';
import { createProgram } from '../../bin/cli/program.ts';
import { isms } from './isms.ts';

const handbook = readFileSync('docs/cli.md', 'utf8');

it('the handbook names every command', () => {
  const unnamed = namesOf(createProgram()).filter((name) => !handbook.includes(`\`${name}\``));
  expect(unnamed).toEqual([]);
});

it('the handbook names every exit code', () => {
  const named = [...handbook.matchAll(/^\| (\d) \|/gm)].map(([, code]) => Number(code));
  expect(named).toEqual(Object.values(exitCodes));
});

it('the sum in the handbook is what the program prints', async () => {
  const [, args = '', output] = /\$ npx isms (calendar due .*)\n([\s\S]*?)```/.exec(handbook) ?? [];
  const { stdout } = await isms(args.split(' '));
  expect(stdout).toBe(output);
});

function namesOf({ commands }: Command, parent = ''): string[] {
  return commands.flatMap((each) =>
    each.commands.length > 0 ? namesOf(each, `${each.name()} `) : [parent + each.name()],
  );
}
