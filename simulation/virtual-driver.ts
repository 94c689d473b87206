import { createHash } from 'node:crypto';
import type { CaseFile } from '../contracts/case-file.ts';
import type { CaseId, Instant } from '../contracts/identity.ts';
import type { Json } from '../contracts/json.ts';
import type { OrganisationFile } from '../contracts/organisation.ts';
import { reason } from '../contracts/reasons.ts';
import type { Directory } from '../domain/directory/directory.ts';
import { desksOf } from '../domain/access/desk.ts';
import { canonicalJson, derivedCaseId } from '../domain/kernel/canonical.ts';
import { flagsOf } from '../domain/kernel/flags.ts';
import { needsOf } from '../domain/kernel/needs.ts';
import { tasksOf } from '../domain/kernel/tasks.ts';
import { wakeAt } from '../domain/kernel/wake.ts';
import { linkRecord } from './link-record.ts';
import type { LoadedOrganisation } from './memory-directory.ts';
import { importIntoMemory } from './memory-import.ts';
import { createMemoryJournal } from './memory-journal.ts';
import type { MemoryJournal } from './memory-journal.ts';
import type { CaseView, Refused, ScenarioDriver } from './scenario-driver.ts';

/** The engine in virtual time, in memory: a year passes in milliseconds, every step at its instant. */
export interface VirtualDriver extends ScenarioDriver {
  journalInMemory(): MemoryJournal;
  directory(): Directory;
}

interface World {
  now: Instant;
  organisation: LoadedOrganisation;
  journal: MemoryJournal;
  opened: number;
}

/** Opened cases count up from here, so that the same scenario has the same ids every time. */
const SEED = '00000000-0000-4000-8000-000000000000';

export function createVirtualDriver(): VirtualDriver {
  let world: World | null = null;
  const running = (): World => {
    if (!world) throw new Error('the virtual driver was not told where to begin');
    return world;
  };
  return {
    begin: async ({ organisation, at }) => void (world = createWorld(organisation, at)),
    changeOrganisation: async (organisation) => changeOrganisation(running(), organisation),
    now: () => running().now,
    nextWake: async () => nextWake(running()),
    advanceTo: (instant) => advanceTo(running(), instant),
    sleepUntil: (instant) => sleepUntil(running(), instant),
    openCase: (opening) => openCase(running(), opening),
    command: (command) => sendCommand(running(), command),
    uploadEvidence: async (upload) => storeEvidence(running(), upload),
    importRegister: (taking) => importRegister(running(), taking),
    view: (caseId) => viewOf(running(), caseId),
    journal: async (caseId) => running().journal.stored(caseId).journal,
    notices: async () => running().journal.store.notices,
    journalInMemory: () => running().journal,
    directory: () => running().journal.directory(),
  };
}

function createWorld(organisation: OrganisationFile, at: Instant): World {
  const world = { now: at, organisation: { data: organisation, revision: 1 }, opened: 0 } as World;
  world.journal = createMemoryJournal({ organisation: () => world.organisation, clock: () => world.now });
  return world;
}

function changeOrganisation(world: World, data: OrganisationFile): void {
  world.organisation = { data, revision: world.organisation.revision + 1 };
}

function nextWake({ journal }: World): Instant | null {
  const instants = [...journal.store.cases.values()].flatMap(({ file }) => wakeAt(file) ?? []);
  return instants.sort()[0] ?? null;
}

async function advanceTo(world: World, instant: Instant): Promise<void> {
  if (instant < world.now) throw new RangeError(`time runs forward: ${instant} lies before ${world.now}`);
  for (let next = nextWake(world); next !== null && next <= instant; next = nextWake(world)) {
    if (next > world.now) world.now = next;
    await wakeWhatIsDue(world);
  }
  world.now = instant;
}

async function sleepUntil(world: World, instant: Instant): Promise<void> {
  if (instant < world.now) throw new RangeError(`time runs forward: ${instant} lies before ${world.now}`);
  world.now = instant;
  await wakeWhatIsDue(world);
}

/** In the order of opening, as long as there is something; effects may make other cases due. */
async function wakeWhatIsDue(world: World): Promise<void> {
  await world.journal.settle();
  for (let file = dueCase(world); file; file = dueCase(world)) {
    await world.journal.decide(file.id, null);
    await world.journal.settle();
  }
}

function dueCase({ journal, now }: World): CaseFile | undefined {
  const due = ({ file }: { file: CaseFile }) => (wakeAt(file) ?? '9999') <= now;
  return [...journal.store.cases.values()].find(due)?.file;
}

function nextId(world: World): CaseId {
  return derivedCaseId(SEED, (world.opened += 1), 0);
}

async function importRegister(world: World, taking: Parameters<ScenarioDriver['importRegister']>[0]) {
  const { journal, now } = world;
  const answer = await importIntoMemory({ journal, now, nextId: () => nextId(world) }, taking);
  await wakeWhatIsDue(world);
  return answer;
}

async function openCase(
  world: World,
  { as, process, body }: Parameters<ScenarioDriver['openCase']>[0],
): Promise<{ caseId: CaseId } | Refused> {
  const id = nextId(world);
  const opened = await world.journal.open({
    id,
    process,
    body,
    actor: { person: as, role: 'everyone' },
    parent: null,
  });
  await wakeWhatIsDue(world);
  if (opened.opened) return { caseId: id };
  if ('reasons' in opened) return { reasons: opened.reasons };
  const { attachTo, as: trigger } = opened;
  const told = await sendCommand(world, { as, caseId: attachTo.id, name: trigger!.command, body: trigger!.body });
  return 'reasons' in told ? told : { caseId: attachTo.id };
}

async function sendCommand(
  world: World,
  command: Parameters<ScenarioDriver['command']>[0],
): Promise<{ accepted: true } | Refused> {
  const { as, caseId, name, body, ifMatch = null } = command;
  const { refusal } = await world.journal.decide(caseId, {
    name,
    body: body as Json,
    actor: { person: as, role: '' },
    ifMatch,
  });
  await wakeWhatIsDue(world);
  return refusal ? { reasons: refusal.reasons } : { accepted: true };
}

/** Bytes are named by what they are; nothing is evidence of nothing (rules §4.7). */
function storeEvidence({ journal, now }: World, { bytes, link: url }: Parameters<ScenarioDriver['uploadEvidence']>[0]): { sha256: string } | Refused {
  if (bytes.byteLength === 0)
    return { reasons: [reason('INVALID_PAYLOAD', { path: 'bytes', message: 'the file is empty' })] };
  const link = url === undefined ? null : linkRecord(url, bytes, now);
  const sha256 = createHash('sha256').update(link ? canonicalJson(link) : bytes).digest('hex');
  journal.store.evidence.set(sha256, { link });
  return { sha256 };
}

async function viewOf({ journal, now }: World, caseId: CaseId): Promise<CaseView> {
  const { definition, file } = journal.stored(caseId);
  const facts = await journal.facts(needsOf(definition, file));
  const asked = tasksOf({ definition, file, facts, now }).map((task) => {
    const { who, standIns } = desksOf({ definition, directory: facts.directory, now }, task);
    return { task: task.task, persons: [...who, ...standIns.map(({ person }) => person)] };
  });
  return { file, flags: flagsOf(file, now), asked };
}
