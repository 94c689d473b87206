import type { CaseId, PersonId } from '../../contracts/identity.ts';
import { bodyOf } from './bodies.ts';
import type { World } from './world.ts';

/** Who is asked for that first. */
export async function asked(world: World, caseId: CaseId, task: string): Promise<PersonId> {
  const { asked: tasks } = await world.driver.view(caseId);
  return tasks.find((each) => each.task === task)!.persons[0]!;
}

export async function finishAction(world: World, action: CaseId): Promise<void> {
  const owner = world.file(action).parties['owner']!;
  if (world.file(action).state === 'assigned') await world.does(action, 'ACKNOWLEDGE', owner, {});
  await world.does(action, 'SUBMIT', owner, await bodyOf(world, action, 'SUBMIT'));
  await world.does(action, 'VERIFY', await asked(world, action, 'verify'), { note: 'Seen' });
}
