import type { CaseId, PersonId } from '../../contracts/identity.ts';
import { eventsOf } from '../../domain/kernel/machine.ts';
import { bodyOf } from './bodies.ts';
import type { Choice } from './bodies.ts';
import { people } from './world.ts';
import type { World } from './world.ts';

/** Finds a way from where a case stands to its proper end on which one person never does anything. */

/** What brings a case forward, the nearest to its end first. */
const forward = [
  ...[
    'EFFECTIVE',
    'CONFIRM_IMPLEMENTATION',
    'APPROVE',
    'SUBMIT_PLAN',
    'CA_NEEDED',
    'SUBMIT_CAUSE',
    'RECORD_CORRECTION',
    'ACCEPT',
    'UPHOLD_APPEAL',
  ],
  ...['VERIFY', 'SUBMIT', 'UNBLOCK', 'ACKNOWLEDGE', 'ASSIGN'],
];

interface Seeking {
  world: World;
  caseId: CaseId;
  without: PersonId;
}

/** Walks until the case has ended or nobody can go on; answers what was done. */
export async function wayOut(seeking: Seeking): Promise<string[]> {
  const done: string[] = [];
  while (seeking.world.file(seeking.caseId).settled !== 'done' && done.length < 40) {
    const step =
      (await waits(seeking)) ??
      (await goForward(seeking)) ??
      (await handOver(seeking)) ??
      (await fillPost(seeking));
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
  const running = links.find(({ to, awaited }) => awaited && world.file(to).settled === null);
  if (!running) return null;
  const steps = await wayOut({ world, caseId: running.to, without });
  return steps.length > 0 ? `action: ${steps.join(', ')}` : null;
}

/** Those who are asked, then those who may stand in. */
async function willing({ world, caseId, without }: Seeking): Promise<PersonId[]> {
  const { asked } = await world.driver.view(caseId);
  const standIns = [people.iso, people.deputy, people.topManagement, people.witness, 'ingrid.pohl'];
  const active = world.driver.directory().activePeople(world.driver.now());
  return [...new Set([...asked.flatMap(({ persons }) => persons), ...standIns])].filter(
    (each) => each !== without && active.includes(each),
  );
}

async function goForward(seeking: Seeking): Promise<string | null> {
  const { world, caseId, without } = seeking;
  const { definition, file } = world.driver.journalInMemory().stored(caseId);
  const handled = [...eventsOf(definition, file.state), ...(file.round ? ['APPROVE'] : [])];
  const persons = await willing(seeking);
  for (const command of forward.filter((each) => handled.includes(each))) {
    for (const choice of choicesWithout(without, command)) {
      const body = await bodyOf(world, caseId, command, choice);
      for (const person of persons)
        if ((await world.send(caseId, command, person, body)).length === 0) return `${command} by ${person}`;
    }
  }
  return null;
}

/** Nobody is named who will not act: owners and verifiers are taken from the others. */
function choicesWithout(without: PersonId, command: string): Choice[] {
  const fit = (person: PersonId) => person !== without;
  const [owner] = ['thomas.reiter', 'stefan.krause'].filter(fit);
  const actionOwners = ['leon.fischer', 'felix.bauer'].filter(fit).slice(0, 1);
  const verifiers = ['sabine.wolf', 'ingrid.pohl'].filter(fit);
  return (command === 'SUBMIT_PLAN' ? verifiers : verifiers.slice(0, 1)).map((verifier) => ({
    owner,
    verifier,
    actionOwners,
  }));
}

/** Who holds the role on which the state waits. */
const roleInState: Record<string, string> = {
  submitted: 'verifier',
  effectivenessReview: 'verifier',
  implemented: 'verifier',
};

/** Gives what the silent person holds to somebody else, or the verdict to somebody who may give it: else nobody could go on. */
async function handOver(seeking: Seeking): Promise<string | null> {
  const { world, caseId, without } = seeking;
  const { state, process, parties } = world.file(caseId);
  const role = roleInState[state] ?? (process === 'action' ? 'owner' : 'ncOwner');
  if (parties[role] !== without && role !== 'verifier') return null;
  for (const to of ['joerg.wagner', 'emre.yilmaz', 'stefan.krause']) {
    if (parties[role] === to) return null;
    const body = await bodyOf(world, caseId, 'REASSIGN', { role, to });
    for (const person of await willing(seeking)) {
      if ((await world.send(caseId, 'REASSIGN', person, body)).length === 0)
        return `REASSIGN ${role} to ${to} by ${person}`;
    }
  }
  return null;
}

/** A post is not a person: where its only holder says nothing, the organisation gives it to somebody else as well. */
async function fillPost({ world, caseId, without }: Seeking): Promise<string | null> {
  const held = world.driver.directory().rolesOf(without, world.driver.now());
  const missing = held.find((role) => role === 'TOP_MGMT');
  if (
    !missing ||
    !world.file(caseId).round ||
    world.organisation.roles.some(({ person }) => person === 'ingrid.pohl')
  )
    return null;
  await world.change({ give: [{ role: missing, person: 'ingrid.pohl' }] });
  return `${missing} for ingrid.pohl`;
}
