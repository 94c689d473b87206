import type { Pool } from 'pg';
import type { CaseStateView, CaseView } from '../../contracts/api.ts';
import type { CaseFile } from '../../contracts/case-file.ts';
import type { Task } from '../../contracts/entry.ts';
import { availableCommands } from '../../domain/kernel/available.ts';
import { desks } from '../../domain/kernel/draft.ts';
import { tasksOf } from '../../domain/kernel/tasks.ts';
import type { TaskGround } from '../../domain/kernel/tasks.ts';
import { findLinkedCases } from '../../prisma/queries/case-by-id.ts';
import { factsFor } from '../../prisma/queries/case-facts.ts';
import type { Reader } from '../../prisma/queries/reader.ts';
import { caseState, definitionOf } from '../case-view.ts';
import type { Sight } from '../case-view.ts';
import { reasonViews } from '../http/problem.ts';
import type { Speech } from '../http/problem.ts';

export interface Looking {
  reader: Reader;
  sight: Sight;
  speech: Speech;
}

/** Everything that a page about a case shows, in one answer. */
export async function casePage(
  pool: Pool,
  file: CaseFile,
  { reader, sight, speech }: Looking,
): Promise<CaseView> {
  const definition = definitionOf(file);
  const state = caseState(file, sight);
  const [facts, links] = await Promise.all([
    factsFor(pool, { definition, file, directory: sight.directory }),
    linksOf(pool, reader, state.links),
  ]);
  const ground = { definition, file, facts, now: sight.now };
  const commands = availableCommands({ ...ground, actor: { person: reader.person, role: '' } });
  return {
    ...state,
    links,
    tasks: tasksOf(ground).map((task) => taskOf(task, ground)),
    availableCommands: commands.map(({ command, schema, blockedBy, onBehalfOf }) => ({
      ...{ command, schema: schema as Record<string, never>, blockedBy: reasonViews(blockedBy, speech), onBehalfOf },
    })),
  };
}

function taskOf(
  { deadline, ...asked }: Task,
  { file, ...ground }: TaskGround,
): CaseView['tasks'][number] {
  const due = (deadline && file.deadlines[deadline]?.due) || null;
  return { task: asked.task, ...desks(ground, asked), deadline, due, overdue: due !== null && due <= ground.now };
}

/** What a link leads to is told only to who may see it. */
async function linksOf(
  pool: Pool,
  reader: Reader,
  links: CaseStateView['links'],
): Promise<CaseView['links']> {
  const heads = await findLinkedCases(
    pool,
    reader,
    links.map(({ to }) => to),
  );
  return links.map((link) => {
    const head = heads.find(({ id }) => id === link.to);
    const { process = null, title = null, state = null, settled = null } = head ?? {};
    return {
      ...link,
      ref: head?.ref ?? link.ref,
      visible: head !== undefined,
      process,
      title,
      state,
      settled,
    };
  });
}
