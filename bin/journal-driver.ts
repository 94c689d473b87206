import type pg from 'pg';
import type { CaseId, Instant } from '../contracts/identity.ts';
import { reason } from '../contracts/reasons.ts';
import type { Journal } from '../prisma/journal/journal.ts';
import { scenarioCase, scenarioJournal, scenarioNotices } from '../prisma/queries/scenario.ts';
import { importRegister } from '../prisma/register-import.ts';
import { tableReasons } from '../simulation/import-step.ts';
import { linkRecord } from '../simulation/link-record.ts';
import type { ScenarioDriver } from '../simulation/scenario-driver.ts';

/** A case that something waits in: owed effects, undecided commands, or an instant that has come. */
export interface Waiting {
  caseId: CaseId;
  process: string;
  /** Its instant has come. */
  due: boolean;
}

/** Who carries out what the journal owes: workflows, or nobody but this process. */
export interface Hands {
  started: (opened: Omit<Waiting, 'due'>) => Promise<void>;
  decide: (asked: Omit<Waiting, 'due'>, commandId: string) => Promise<void>;
  /** False while a case was nudged that has not looked again yet. */
  atRest: () => boolean;
  /** Called while cases wait; `turn` counts from 0. */
  goOn: (waiting: Waiting[], turn: number) => Promise<void>;
}

export interface JournalWorld {
  pool: pg.Pool;
  journal: Journal;
  clock: { now: Instant };
  hands: Hands;
}

type StoryDriver = Omit<ScenarioDriver, 'begin'>;

/** Stories told to the journal on PostgreSQL, with a clock of their own. */
export function createJournalDriver(world: JournalWorld): StoryDriver {
  let sent = 0;
  const key = () => `story-${++sent}`;
  return {
    changeOrganisation: async (data) => void (await world.journal.importOrganisation({ data, actor: 'operator', reason: 'story' })),
    now: () => world.clock.now,
    nextWake: () => nextWake(world),
    advanceTo: (instant) => advanceTo(world, instant),
    sleepUntil: (instant) => sleepUntil(world, instant),
    openCase: (opening) => openCase(world, opening, key()),
    command: (command) => sendCommand(world, command, key()),
    uploadEvidence: (upload) => uploadEvidence(world, upload),
    importRegister: (taking) => importTable(world, taking, key()),
    view: (caseId) => scenarioCase(world, caseId, world.clock.now),
    journal: (caseId) => scenarioJournal(world.pool, caseId),
    notices: () => scenarioNotices(world.pool),
  };
}

async function nextWake({ pool }: JournalWorld): Promise<Instant | null> {
  const { rows } = await pool.query<{ at: Date | null }>('SELECT min(wake_at) AS at FROM case_head');
  return rows[0]?.at?.toISOString() ?? null;
}

async function advanceTo(world: JournalWorld, instant: Instant): Promise<void> {
  refuseThePast(world, instant);
  for (let next = await nextWake(world); next !== null && next <= instant; next = await nextWake(world)) {
    if (next > world.clock.now) world.clock.now = next;
    await settle(world);
  }
  world.clock.now = instant;
}

async function sleepUntil(world: JournalWorld, instant: Instant): Promise<void> {
  refuseThePast(world, instant);
  world.clock.now = instant;
  await settle(world);
}

function refuseThePast({ clock }: JournalWorld, instant: Instant): void {
  if (instant < clock.now) throw new RangeError(`time runs forward: ${instant} lies before ${clock.now}`);
}

/** Until nothing is owed, undecided or due. */
export async function settle(world: Omit<JournalWorld, 'journal'>): Promise<void> {
  for (let turn = 0; ; turn++) {
    const waiting = await waitingCases(world);
    if (waiting.length === 0 && world.hands.atRest()) return;
    await world.hands.goOn(waiting, turn);
  }
}

/** In the order of opening, so that cases due at the same instant act in the same order as in virtual time. */
async function waitingCases({ pool, clock }: Pick<JournalWorld, 'pool' | 'clock'>): Promise<Waiting[]> {
  const { rows } = await pool.query<Waiting>(
    `SELECT h.id AS "caseId", h.process, coalesce(h.wake_at <= $1, false) AS due FROM case_head h WHERE h.wake_at <= $1
       OR EXISTS (SELECT 1 FROM outbox o WHERE o.case_id = h.id AND o.done_at IS NULL)
       OR EXISTS (SELECT 1 FROM command c WHERE c.case_id = h.id AND c.decided_at IS NULL)
     ORDER BY h.opened_at, h.ref`,
    [clock.now],
  );
  return rows;
}

async function openCase(world: JournalWorld, { as, process, body }: Parameters<ScenarioDriver['openCase']>[0], key: string) {
  const opened = await world.journal.openCase({ process, body, person: as, key });
  if ('attached' in opened) return attach(world, opened.attached);
  if (!opened.opened) return { reasons: 'reasons' in opened ? opened.reasons : [] };
  await world.hands.started({ process, caseId: opened.caseId });
  await settle(world);
  return { caseId: opened.caseId };
}

/** What was to open a case is a command of one that runs. */
async function attach(world: JournalWorld, { caseId, process, commandId }: { caseId: CaseId; process: string; commandId: string }) {
  const { reasons } = await decided(world, { caseId, process, commandId });
  return reasons.length > 0 ? { reasons } : { caseId };
}

async function importTable(world: JournalWorld, { as: person, register, table, source }: Parameters<ScenarioDriver['importRegister']>[0], key: string) {
  const { pool, journal, clock } = world;
  const report = await importRegister({ pool, journal, now: clock.now }, { register, table, source, person, key, mapping: {}, dryRun: false });
  if (!report.ok) return { reasons: 'problems' in report ? tableReasons(report.problems) : report.refused.flatMap(({ reasons }) => reasons) };
  await settle(world);
  return { opened: report.opened };
}

async function sendCommand(world: JournalWorld, { as, caseId, name, body, ifMatch }: Parameters<ScenarioDriver['command']>[0], key: string) {
  const stored = await world.journal.storeCommand({ caseId, person: as, name, body, ifMatch: ifMatch ?? null, key });
  if (!('commandId' in stored)) return { reasons: [reason('UNKNOWN_CASE', { path: 'on', case: caseId })] };
  const { rows } = await world.pool.query<{ process: string }>('SELECT process FROM case_head WHERE id = $1', [caseId]);
  const { reasons } = await decided(world, { caseId, process: rows[0]!.process, commandId: stored.commandId });
  return reasons.length > 0 ? { reasons } : { accepted: true as const };
}

async function decided(world: JournalWorld, { caseId, process, commandId }: { caseId: CaseId; process: string; commandId: string }) {
  await world.hands.decide({ process, caseId }, commandId);
  await settle(world);
  const outcome = await world.journal.outcomeOf(commandId);
  if (!outcome) throw new Error(`the command ${commandId} of ${caseId} was not decided`);
  return { reasons: outcome.outcome === 'ACCEPTED' ? [] : outcome.reasons };
}

async function uploadEvidence({ journal, clock }: JournalWorld, { as, name, bytes, link }: Parameters<ScenarioDriver['uploadEvidence']>[0]) {
  if (bytes.byteLength === 0) return { reasons: [reason('INVALID_PAYLOAD', { path: 'bytes', message: 'the file is empty' })] };
  if (link !== undefined) return journal.storeEvidenceLink({ link: linkRecord(link, bytes, clock.now), person: as });
  return journal.storeEvidence({ bytes: Buffer.from(bytes), name, mediaType: 'application/octet-stream', person: as });
}
