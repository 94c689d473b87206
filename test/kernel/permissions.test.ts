import { describe, expect, it } from 'vitest';
import type { Reason } from '../../contracts/reasons.ts';
import { statesOf } from '../../domain/kernel/machine.ts';
import { processes } from '../../domain/processes.ts';
import { answer, reach } from './asking.ts';
import { bodyOf, commandsOf } from './bodies.ts';
import { people } from './world.ts';

/**
 * Who may do what in which state, as one table per process: a cell is "yes", the rule or reason that stands against it, or "-" where the
 * person is not entitled. The table is read when it changes; `vitest -u` writes it anew.
 */
const cast = Object.entries(people);

function cell(reasons: readonly Reason[]): string {
  const [first] = reasons;
  if (!first) return 'yes';
  if (first.code === 'NOT_ENTITLED') return '-';
  return 'rule' in first ? first.rule : first.code;
}

/** A row for each command whose answer depends on who asks; the others in one line. */
async function rowsOf(process: keyof typeof processes, state: string): Promise<string[]> {
  const { world, caseId } = await reach(process, state);
  const rows: string[] = [];
  const alike: string[] = [];
  for (const command of commandsOf(process)) {
    const roles = command === 'REASSIGN' ? Object.keys(processes[process].policy.reassign) : [undefined];
    for (const role of roles) {
      const body = await bodyOf(world, caseId, command, { role });
      const cells: string[] = [];
      for (const [, person] of cast) cells.push(cell(await answer({ world, caseId, command, body, person })));
      const name = role ? `${command} ${role}` : command;
      if (new Set(cells).size > 1) rows.push(`| ${name} | ${cells.join(' | ')} |`);
      else if (cells[0] !== 'WRONG_STATE') alike.push(`${name} ${cells[0]}`);
    }
  }
  return [...rows, '', `For everybody: ${alike.join(' · ')}.`];
}

describe('permissions', () => {
  it.each(Object.keys(processes) as (keyof typeof processes)[])(
    'of %s are those of its table',
    async (process) => {
      const head = [
        `| | ${cast.map(([role]) => role).join(' | ')} |`,
        `|---|${cast.map(() => '---').join('|')}|`,
      ];
      const lines = [`# Who may do what: ${process}`];
      for (const state of statesOf(processes[process])) {
        if (`${process} ${state}` === 'action verified' || `${process} ${state}` === 'riskCriteria approved') continue;
        lines.push('', `## ${state}`, '', ...head, ...(await rowsOf(process, state)));
      }
      await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(`permissions/${process}.md`);
    },
  );
});
