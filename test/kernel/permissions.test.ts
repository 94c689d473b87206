import { describe, expect, it } from 'vitest';
import type { CaseId, PersonId } from '../../contracts/identity.ts';
import type { Json } from '../../contracts/json.ts';
import type { Reason } from '../../contracts/reasons.ts';
import { decide } from '../../domain/kernel/decide.ts';
import { statesOf } from '../../domain/kernel/machine.ts';
import { needsOf } from '../../domain/kernel/needs.ts';
import { processes } from '../../domain/processes.ts';
import { bodyOf, commandsOf } from './bodies.ts';
import { isFeasible, openFor, take } from './moves.ts';
import { routesTo } from './routes.ts';
import { createWorld, people } from './world.ts';
import type { World } from './world.ts';

/**
 * Who may do what in which state, as one table per process: a cell is "yes", the rule or reason that stands against it, or "-" where the
 * person is not entitled. The table is read when it changes; `vitest -u` writes it anew.
 */
const cast = Object.entries(people);

async function reach(
  process: keyof typeof processes,
  state: string,
): Promise<{ world: World; caseId: CaseId }> {
  const paths = routesTo(processes[process], state).filter(isFeasible);
  const path = paths.sort((a, b) => a.length - b.length).at(-1)!;
  const world = await createWorld();
  const caseId = await openFor(world, process, path);
  for (const step of path) await take(world, caseId, step);
  return { world, caseId };
}

interface Asked {
  world: World;
  caseId: CaseId;
  command: string;
  body: object;
  person: PersonId;
}

/** What the kernel would say, without its becoming so. */
async function answer({ world, caseId, command: name, body, person }: Asked): Promise<Reason[]> {
  const journal = world.driver.journalInMemory();
  const { definition, file } = journal.stored(caseId);
  const command = { name, body: body as Json, actor: { person, role: '' } };
  const facts = await journal.facts(needsOf(definition, file, command));
  return decide({ definition, file, facts, now: world.driver.now(), command }).refusal?.reasons ?? [];
}

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
        if (process === 'action' && state === 'verified') continue;
        lines.push('', `## ${state}`, '', ...head, ...(await rowsOf(process, state)));
      }
      await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(`permissions/${process}.md`);
    },
  );
});
