import type { CaseFile } from '../../contracts/case-file.ts';
import type { CaseId, Instant, PersonId } from '../../contracts/identity.ts';
import type { OrganisationFile } from '../../contracts/organisation.ts';
import type { Reason } from '../../contracts/reasons.ts';
import { changedOrganisation } from '../../simulation/organisation-change.ts';
import { createVirtualDriver } from '../../simulation/virtual-driver.ts';
import type { VirtualDriver } from '../../simulation/virtual-driver.ts';
import { demoOrganisation } from '../directory/organisations.ts';

/** The demo company in virtual time, with a few words to act in it. Who is who: */
export const people = {
  reporter: 'emre.yilmaz',
  iso: 'anna.berger',
  deputy: 'martin.huber',
  topManagement: 'katharina.vogt',
  witness: 'georg.brandt',
  ncOwner: 'thomas.reiter',
  actionOwner: 'leon.fischer',
  auditor: 'sabine.wolf',
  uninvolved: 'julia.neumann',
} as const;

const DEMO = demoOrganisation();

export const START: Instant = '2026-11-02T08:00:00.000Z';

export interface World {
  driver: VirtualDriver;
  /** What was done so far, as people read it: with it a counterexample can be followed. */
  story: string[];
  organisation: OrganisationFile;
  /** Opens and answers the id; a refusal fails the test. */
  open(as: PersonId, process: string, body: object): Promise<CaseId>;
  /** Sends and answers the reasons of a refusal, none where it was accepted. */
  send(caseId: CaseId, name: string, as: PersonId, body?: object): Promise<Reason[]>;
  /** Sends what has to be accepted. */
  does(caseId: CaseId, name: string, as: PersonId, body?: object): Promise<void>;
  evidence(text: string): Promise<string>;
  file(caseId: CaseId): CaseFile<Record<string, unknown>>;
  change(change: Parameters<typeof changedOrganisation>[1]): Promise<void>;
  /** All cases, in the order of opening. */
  cases(): CaseId[];
}

export async function createWorld(
  organisation: OrganisationFile = DEMO,
  at: Instant = START,
): Promise<World> {
  const story: string[] = [];
  const driver = telling(createVirtualDriver(), story);
  await driver.begin({ organisation, at });
  const world: World = {
    ...{ driver, organisation, story },
    open: async (as, process, body) => {
      const answer = await driver.openCase({ as, process, body });
      if ('reasons' in answer)
        throw new Error(`${process} was not opened: ${JSON.stringify(answer.reasons)}`);
      return answer.caseId;
    },
    send: async (caseId, name, as, body = {}) => {
      const answer = await driver.command({ as, caseId, name, body });
      return 'reasons' in answer ? answer.reasons : [];
    },
    does: async (caseId, name, as, body = {}) => {
      const reasons = await world.send(caseId, name, as, body);
      if (reasons.length > 0) throw new Error(`${name} by ${as} was refused: ${JSON.stringify(reasons)}`);
    },
    evidence: async (text) => {
      const answer = await driver.uploadEvidence({
        as: people.iso,
        name: 'file',
        bytes: new TextEncoder().encode(text),
      });
      if ('reasons' in answer) throw new Error('the evidence was refused');
      return answer.sha256;
    },
    file: (caseId) => driver.journalInMemory().stored(caseId).file as CaseFile<Record<string, unknown>>,
    change: async (change) => {
      story.push(`organisation ${JSON.stringify(change)}`);
      world.organisation = changedOrganisation(world.organisation, change, driver.now());
      await driver.changeOrganisation(world.organisation);
    },
    cases: () => [...driver.journalInMemory().store.cases.keys()],
  };
  return world;
}

/** The same driver, which tells what it is asked for and how that ended. */
function telling(driver: VirtualDriver, story: string[]): VirtualDriver {
  const ended = (answer: object): string => ('reasons' in answer ? (answer.reasons as Reason[]).map((each) => ('rule' in each ? each.rule : each.code)).join() : 'accepted');
  const ref = (caseId: CaseId): string => driver.journalInMemory().store.cases.get(caseId)?.file.ref ?? caseId;
  const tell = (what: string) => void story.push(`${driver.now().slice(0, 16)} ${what}`);
  return {
    ...driver,
    openCase: async (opening) => {
      const answer = await driver.openCase(opening);
      tell(`${opening.as} opens ${opening.process} ${JSON.stringify(opening.body)}: ${'caseId' in answer ? ref(answer.caseId) : ended(answer)}`);
      return answer;
    },
    command: async (command) => {
      const answer = await driver.command(command);
      tell(`${command.as} ${command.name} on ${ref(command.caseId)} ${JSON.stringify(command.body)}: ${ended(answer)}`);
      return answer;
    },
    advanceTo: (instant) => driver.advanceTo(instant).then(() => tell('time has passed')),
    sleepUntil: (instant) => driver.sleepUntil(instant).then(() => tell('time has passed, and nobody worked')),
  };
}
