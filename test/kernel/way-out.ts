import type { CaseId, PersonId } from '../../contracts/identity.ts';
import { bodyOf } from './bodies.ts';
import type { Choice } from './bodies.ts';
import type { World } from './world.ts';

/** Finds a way from where a case stands to its proper end on which one person never does anything. */

/** What brings a case forward, the nearest to its end first. */
const forward: Record<string, string[]> = {
  nonconformity: [
    ...['EFFECTIVE', 'CONFIRM_IMPLEMENTATION', 'APPROVE', 'SUBMIT_PLAN', 'CA_NEEDED', 'SUBMIT_CAUSE'],
    ...['RECORD_CORRECTION', 'ACCEPT', 'UPHOLD_APPEAL', 'APPEAL'],
  ],
  action: ['VERIFY', 'SUBMIT', 'UNBLOCK', 'ACKNOWLEDGE', 'ASSIGN'],
};

interface Seeking {
  world: World;
  caseId: CaseId;
  without: PersonId;
}

/** Walks until the case has ended or nobody can go on; answers what was done. */
export async function wayOut(seeking: Seeking): Promise<string[]> {
  const { world, caseId } = seeking;
  const done: string[] = [];
  while (world.file(caseId).settled !== 'done' && done.length < 40) {
    const step = (await waits(seeking)) ?? (await goForward(seeking)) ?? (await handOver(seeking));
    if (step === null) break;
    done.push(step);
  }
  return done;
}

/** Time and other cases come first: what the case waits for by itself. */
async function waits({ world, caseId, without }: Seeking): Promise<string | null> {
  const { window, links } = world.file(caseId);
  if (window) {
    await world.driver.advanceTo(window.ends);
    return 'window';
  }
  const running = links.filter(({ to, awaited }) => awaited && world.file(to).settled === null);
  for (const { to } of running) {
    const steps = await wayOut({ world, caseId: to, without });
    if (steps.length > 0) return `action: ${steps.join(', ')}`;
  }
  return null;
}

function others({ world, without }: Seeking): PersonId[] {
  return world.driver.directory().activePeople(world.driver.now()).filter((person) => person !== without);
}

async function goForward(seeking: Seeking): Promise<string | null> {
  const { world, caseId } = seeking;
  const choices = choicesWithout(seeking);
  for (const command of forward[world.file(caseId).process]!) {
    for (const choice of choices) {
      const body = await bodyOf(world, caseId, command, choice);
      for (const person of others(seeking)) if ((await world.send(caseId, command, person, body)).length === 0) return `${command} by ${person}`;
    }
  }
  return null;
}

/** Nobody is named who will not act: owners and verifiers are taken from the others. */
function choicesWithout(seeking: Seeking): Choice[] {
  const fit = (person: PersonId) => others(seeking).includes(person);
  const owners = ['thomas.reiter', 'stefan.krause'].filter(fit);
  const verifiers = ['sabine.wolf', 'ingrid.pohl', 'joerg.wagner'].filter(fit);
  const actionOwners = ['leon.fischer', 'felix.bauer'].filter(fit).slice(0, 1);
  return owners.flatMap((owner) => verifiers.map((verifier) => ({ owner, verifier, actionOwners })));
}

/** Gives what the silent person holds to somebody else; without that nobody could go on. */
async function handOver(seeking: Seeking): Promise<string | null> {
  const { world, caseId, without } = seeking;
  const roles = world.file(caseId).process === 'action' ? ['owner', 'verifier'] : ['verifier', 'ncOwner', 'finder'];
  const stuck = roles.filter((role) => world.file(caseId).parties[role] === without);
  const tried = stuck.length > 0 ? stuck : roles;
  for (const role of tried) {
    for (const to of ['emre.yilmaz', 'ingrid.pohl', ...others(seeking)].filter((each) => others(seeking).includes(each))) {
      if (world.file(caseId).parties[role] === to) continue;
      const body = await bodyOf(world, caseId, 'REASSIGN', { role, to });
      for (const person of others(seeking)) if ((await world.send(caseId, 'REASSIGN', person, body)).length === 0) return `REASSIGN ${role} to ${to} by ${person}`;
    }
  }
  return null;
}
