import type { CaseId, PersonId } from '../../contracts/identity.ts';
import type { Json } from '../../contracts/json.ts';
import type { OrganisationFile } from '../../contracts/organisation.ts';
import type { Reason } from '../../contracts/reasons.ts';
import { decide } from '../../domain/kernel/decide.ts';
import { needsOf } from '../../domain/kernel/needs.ts';
import { processes } from '../../domain/processes.ts';
import { feasibleRoutesTo } from './feasible-routes.ts';
import { take } from './moves.ts';
import { openFor } from './openings.ts';
import { createWorld } from './world.ts';
import type { World } from './world.ts';

/** A case of that process in that state, by the longest of the paths without a circle. */
export async function reach(
  process: keyof typeof processes,
  state: string,
  organisation?: OrganisationFile,
): Promise<{ world: World; caseId: CaseId }> {
  const paths = feasibleRoutesTo(processes[process], state);
  const path = paths.sort((a, b) => a.length - b.length).at(-1)!;
  const world = await createWorld(organisation);
  const caseId = await openFor(world, process, path);
  for (const step of path) await take(world, caseId, step);
  return { world, caseId };
}

export interface Asked {
  world: World;
  caseId: CaseId;
  command: string;
  body: object;
  person: PersonId;
}

/** What the kernel would say, without its becoming so. */
export async function answer({ world, caseId, command: name, body, person }: Asked): Promise<Reason[]> {
  const journal = world.driver.journalInMemory();
  const { definition, file } = journal.stored(caseId);
  const command = { name, body: body as Json, actor: { person, role: '' } };
  const facts = await journal.facts(needsOf(definition, file, command));
  return decide({ definition, file, facts, now: world.driver.now(), command }).refusal?.reasons ?? [];
}
