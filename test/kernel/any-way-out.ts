import type { CaseId, PersonId } from '../../contracts/identity.ts';
import { eventsOf } from '../../domain/kernel/machine.ts';
import type { ProcessDefinition } from '../../domain/kernel/definition.ts';
import { bodyOf } from './bodies.ts';
import type { Choice } from './bodies.ts';
import { available } from './random-walk.ts';
import { edgesOf, endsOf } from './routes.ts';
import { people } from './world.ts';
import type { World } from './world.ts';

/** Finds a way from where a case of any process stands to an end, by its machine alone, on which one person never does anything. */

interface Seeking {
  world: World;
  caseId: CaseId;
  /** Who says nothing; null where everybody answers. */
  without: PersonId | null;
}

/** To call a case off is no way to its end, as long as there is another. */
const callingOff = ['WITHDRAW', 'WITHDRAWN', 'CANCEL', 'CANCELLED', 'REVOKE', 'SUPERSEDE', 'HOLDER_LEFT', 'SPLIT', 'DECIDE_BASIS', 'DECIDE_AGAINST'];

/** How many steps it is to an end from the state to which each event leads; none for what leads to no end. */
function distances(definition: ProcessDefinition<never>, without: readonly string[]): Map<string, number> {
  const edges = edgesOf(definition).filter(({ event }) => !without.includes(event));
  const ends = new Set(
    edges.flatMap(({ to }) => (to !== null && endsOf(definition).includes(to) ? [to] : [])),
  );
  const far = new Map([...ends].map((end) => [end, 0]));
  for (let grew = true; grew;) {
    grew = false;
    for (const { from, to } of edges) {
      const through = to === null ? undefined : far.get(to);
      if (through === undefined || (far.get(from) ?? Infinity) <= through + 1) continue;
      far.set(from, through + 1);
      grew = true;
    }
  }
  return far;
}

/**
 * Whether the case can be taken on from where it stands: it waits for time, for other cases or for the engine, or somebody is there who may
 * leave the state or give a duty to somebody else.
 */
export async function canGoOn({ world, caseId, without }: Seeking): Promise<boolean> {
  const { definition, file } = world.driver.journalInMemory().stored(caseId);
  const exits = edgesOf(definition).filter(
    ({ from, to, event }) => from === file.state && to !== null && !callingOff.includes(event),
  );
  const commands = exits
    .map(({ event }) => decisions[event] ?? event)
    .filter((each) => isForPeople(definition, each));
  const waits =
    file.window !== null || file.links.some(({ to, awaited }) => awaited && world.file(to).settled === null);
  if (waits || commands.length === 0) return true;
  // What keeps the state may be what has to come first: a draft is completed before it is submitted.
  const staying = edgesOf(definition).filter(
    ({ from, to, event }) => from === file.state && to === null && isForPeople(definition, event),
  );
  const wanted = [...commands, ...staying.map(({ event }) => event), 'REASSIGN', 'CONFIRM_INTERIM'];
  if (await somebodyMay({ world, caseId, without }, wanted)) return true;
  return (
    (await fillPost({ world, caseId, without })) !== null && somebodyMay({ world, caseId, without }, wanted)
  );
}

async function somebodyMay(seeking: Seeking, wanted: readonly string[]): Promise<boolean> {
  for (const person of await willing(seeking)) {
    const possible = await available(seeking.world, seeking.caseId, person);
    if (possible.some((each) => wanted.includes(each))) return true;
  }
  return false;
}

function isForPeople(definition: ProcessDefinition<never>, command: string): boolean {
  const { by = [] } = definition.policy.commands[command] ?? {};
  return command in definition.policy.commands
    ? by.some((each) => each !== 'system')
    : Object.values(decisions).includes(command);
}

/** Walks until the case has ended or nobody can go on; answers what was done. */
export async function anyWayOut(seeking: Seeking): Promise<string[]> {
  const done: string[] = [];
  const tried = new Set<string>();
  while (seeking.world.file(seeking.caseId).settled === null && done.length < 40) {
    const step =
      (await waits(seeking)) ??
      (await goForward(seeking, tried)) ??
      (await remark(seeking, tried)) ??
      (await handOver(seeking, tried)) ??
      (await fillPost(seeking)) ??
      (await callOff(seeking));
    if (step === null) break;
    done.push(step);
  }
  return done;
}

/** Time and other cases come first: what the case waits for by itself. */
async function waits({ world, caseId, without }: Seeking): Promise<string | null> {
  const { definition, file } = world.driver.journalInMemory().stored(caseId);
  const running = file.links.find(({ to, awaited }) => awaited && world.file(to).settled === null);
  if (running) {
    const steps = await anyWayOut({ world, caseId: running.to, without });
    return steps.length > 0 ? `${world.file(running.to).ref}: ${steps.join(', ')}` : null;
  }
  const asked = file.links.find(({ to, type }) => type === 'residual' && ['requested', 'underReview'].includes(world.file(to).state));
  if (asked) return decideBeside({ world, caseId: asked.to, without });
  if (!file.window || !eventsOf(definition, file.state).includes('WINDOW_ELAPSED')) return null;
  await world.driver.advanceTo(file.window.ends);
  return world.file(caseId).state === file.state ? null : 'window';
}

/** What is left of a risk is accepted in a case of its own, which then goes on for a long time. */
async function decideBeside(seeking: Seeking): Promise<string | null> {
  const step = (await trySending(seeking, ['APPROVE', 'COMMENT_ON'], new Set())) ?? (await callOff(seeking));
  return step === null ? null : `${seeking.world.file(seeking.caseId).ref}: ${step}`;
}

/** Those who are asked, then everybody else who is there. */
async function willing({ world, caseId, without }: Seeking): Promise<PersonId[]> {
  const { asked } = await world.driver.view(caseId);
  const active = world.driver.directory().activePeople(world.driver.now());
  return [...new Set([...asked.flatMap(({ persons }) => persons), ...active])].filter(
    (each) => each !== without && active.includes(each),
  );
}

const decisions: Record<string, string> = { APPROVED: 'APPROVE', REJECTED: 'REJECT' };

/** Nearest to an end first; the same step from the same state is taken once. */
async function goForward(seeking: Seeking, tried: Set<string>): Promise<string | null> {
  const { definition, file } = seeking.world.driver.journalInMemory().stored(seeking.caseId);
  const [proper, all] = [distances(definition, callingOff), distances(definition, [])];
  const far = (to: string) => proper.get(to) ?? 100 + (all.get(to) ?? 100);
  const edges = edgesOf(definition).filter(
    ({ from, to, event }) => from === file.state && to !== null && !callingOff.includes(event),
  );
  const events = edges
    .toSorted((a, b) => far(a.to!) - far(b.to!))
    .map(({ event }) => decisions[event] ?? event);
  return trySending(seeking, [...new Set(events)], tried);
}

/** What changes no state, and may be what the next step waits for. */
async function remark(seeking: Seeking, tried: Set<string>): Promise<string | null> {
  const { definition, file } = seeking.world.driver.journalInMemory().stored(seeking.caseId);
  const staying = edgesOf(definition).filter(({ from, to }) => from === file.state && to === null);
  return trySending(
    seeking,
    [...staying.map(({ event }) => event), 'CONFIRM_TAKEOVER', 'CONFIRM_INTERIM', 'ANSWER_INFORMATION'],
    tried,
  );
}

async function trySending(
  seeking: Seeking,
  commands: readonly string[],
  tried: Set<string>,
): Promise<string | null> {
  const { world, caseId } = seeking;
  const { definition, file } = world.driver.journalInMemory().stored(caseId);
  const common = ['APPROVE', 'REJECT', 'CONFIRM_TAKEOVER', 'CONFIRM_INTERIM', 'ANSWER_INFORMATION'];
  for (const command of commands.filter(
    (each) => each in definition.policy.commands || common.includes(each),
  )) {
    const step = `${file.state} ${command} ${file.round?.seats.filter(({ decision }) => decision).length ?? 0} ${file.attempt}`;
    if (tried.has(step)) continue;
    const who = await send(seeking, command);
    if (who === null) continue;
    tried.add(step);
    return `${command} by ${who}`;
  }
  return null;
}

async function send(
  seeking: Seeking,
  command: string,
  choices: readonly Choice[] = choicesWithout(seeking.without),
): Promise<PersonId | null> {
  const { world, caseId } = seeking;
  const persons = await willing(seeking);
  for (const choice of choices) {
    const body = await bodyOf(world, caseId, command, choice);
    for (const person of persons)
      if ((await world.send(caseId, command, person, body)).length === 0) return person;
  }
  return null;
}

/** Nobody is named who will not act: owners and verifiers are taken from the others. */
function choicesWithout(without: PersonId | null): Choice[] {
  const fit = (person: PersonId) => person !== without;
  const [owner] = [people.ncOwner, 'stefan.krause'].filter(fit);
  const actionOwners = [people.actionOwner, 'felix.bauer'].filter(fit).slice(0, 1);
  return [people.auditor, 'ingrid.pohl'].filter(fit).map((verifier) => ({ owner, verifier, actionOwners }));
}

/** Gives a duty to somebody else, where it can be given away: to whoever may hold it. */
async function handOver(seeking: Seeking, tried: Set<string>): Promise<string | null> {
  const { world, caseId, without } = seeking;
  const { definition, file } = world.driver.journalInMemory().stored(caseId);
  for (const role of Object.keys(definition.policy.reassign)) {
    for (const to of ['joerg.wagner', 'emre.yilmaz', 'stefan.krause', 'ingrid.pohl']) {
      const step = `${file.state} ${role} ${to}`;
      if (to === without || tried.has(step)) continue;
      tried.add(step);
      const who = await send(seeking, 'REASSIGN', [{ role, to }]);
      if (who !== null) return `REASSIGN ${role} to ${to} by ${who}`;
    }
  }
  return null;
}

/** A post is not a person: where its only holder says nothing, the organisation gives it to somebody else as well. */
async function fillPost({ world, without }: Seeking): Promise<string | null> {
  const now = world.driver.now();
  const directory = world.driver.directory();
  const role =
    without === null
      ? undefined
      : directory.rolesOf(without, now).find((each) => directory.holders(each, now).length === 1);
  if (role === undefined) return null;
  await world.change({ give: [{ role, person: 'ingrid.pohl' }] });
  return `${role} for ingrid.pohl`;
}

/** The last resort, and the only end of what is meant to go on for ever: by two people, or by whoever may. */
async function callOff(seeking: Seeking): Promise<string | null> {
  const { world, caseId } = seeking;
  const { definition, file } = world.driver.journalInMemory().stored(caseId);
  const steps = [
    'CONFIRM_CANCEL',
    'REQUEST_CANCEL',
    'WITHDRAW',
    ...callingOff.filter((each) => each in definition.policy.commands),
  ];
  for (const command of steps.filter((each) => !(each === 'REQUEST_CANCEL' && file.cancelRequest))) {
    const who = await send(seeking, command);
    if (who !== null) return `${command} by ${who}`;
  }
  return null;
}
