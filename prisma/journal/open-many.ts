import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import type { CaseId, Instant, PersonId } from '../../contracts/identity.ts';
import type { Reason } from '../../contracts/reasons.ts';
import { contentHash } from '../../domain/kernel/canonical.ts';
import { newClaims, openedWithoutClaims, openingStep } from '../../domain/kernel/claims.ts';
import type { ProcessDefinition } from '../../domain/kernel/definition.ts';
import type { Facts, HeldClaim } from '../../domain/kernel/facts.ts';
import { needsOfOpening } from '../../domain/kernel/needs.ts';
import { cycleProtectionSince, open } from '../../domain/kernel/open.ts';
import type { Opened } from '../../domain/kernel/open.ts';
import { processes } from '../../domain/processes.ts';
import { claimsHeld, lockClaimsOf } from './claims.ts';
import type { JournalContext } from './context.ts';
import { newestRevision } from './directory-cache.ts';
import { asksNothing, fetchGround } from './facts.ts';
import { lockGround } from './locks.ts';
import { appendOpening, claimKey, takeRefs } from './open-case.ts';
import { inOneBreath, inTransaction } from './transaction.ts';

/** Many cases of one process, opened through the one door in one transaction: all of them, or none. */
export interface Openings {
  process: keyof typeof processes;
  rows: readonly { line: number; body: unknown }[];
  person: PersonId;
  key: string;
  /** Everything is done and taken back, so that what is said is what would be. */
  dryRun: boolean;
}

export type OpenedMany =
  | { outcome: 'LOADED' | 'CHECKED'; opened: OpenedRow[] }
  | { outcome: 'REFUSED'; refused: Refused[] }
  | { outcome: 'LOADED_BEFORE' }
  | { outcome: 'REUSED' };

interface OpenedRow {
  line: number;
  id: CaseId;
  ref: string;
  title: string;
}

interface Refused {
  line: number;
  reasons: Reason[];
}

/** Leaves nothing behind. */
class TakenBack extends Error {}
class DirectoryMoved extends Error {}

/**
 * The directory is held still at the end only: whoever changes it does not wait for a long file, and neither does everybody behind him. Where
 * it has changed meanwhile all is worked out anew, with the directory held from the beginning.
 */
export async function openMany(context: JournalContext, openings: Openings): Promise<OpenedMany> {
  const held = processes[openings.process].changesDirectory === true;
  return attempt(context, openings, held).catch((error: unknown) => {
    if (error instanceof DirectoryMoved) return attempt(context, openings, true);
    throw error;
  });
}

async function attempt(context: JournalContext, openings: Openings, held: boolean): Promise<OpenedMany> {
  let answer: OpenedMany = { outcome: 'LOADED_BEFORE' };
  const work = async (client: PoolClient) => {
    answer = (await claimedBefore(context, client, openings)) ?? (await openAll(context, client, { ...openings, held }));
    if (answer.outcome !== 'LOADED') throw new TakenBack();
  };
  await inTransaction(context.pool, work).catch((error: unknown) => {
    if (!(error instanceof TakenBack)) throw error;
  });
  return answer;
}

/** The same key again opens nothing a second time. */
async function claimedBefore({ clock }: JournalContext, client: PoolClient, { process, rows, person, key, dryRun }: Openings): Promise<OpenedMany | null> {
  if (dryRun) return null;
  const id = contentHash({ person, imports: process, key });
  const bodyHash = contentHash(rows.map(({ body }) => body) as never);
  const claim = { id, name: 'IMPORT' as const, bodyHash, caseId: randomUUID(), person, now: clock() };
  const earlier = await claimKey(client, { ...claim, outcome: { outcome: 'ACCEPTED', version: 1, revision: 1 } });
  return earlier && { outcome: earlier.bodyHash === bodyHash ? 'LOADED_BEFORE' : 'REUSED' };
}

/** What a piece of the rows is opened on. */
interface Ground {
  definition: ProcessDefinition<never>;
  facts: Facts;
  person: PersonId;
  now: Instant;
}

interface Row {
  line: number;
  body: unknown;
  id: CaseId;
  ref: string;
}

interface Tried {
  row: Row;
  opened: Opened;
}

/** In pieces: what one writes travels while the next is worked out, and what has to be looked up is looked up for all of a piece. */
async function openAll(context: JournalContext, client: PoolClient, { process, rows, person, dryRun, held }: Openings & { held: boolean }): Promise<OpenedMany> {
  const definition = processes[process] as ProcessDefinition<never>;
  const ground: Ground = { definition, person, now: context.clock(), facts: await standingFacts(context, client, { definition, held }) };
  const refs = await takeRefs(client, { ...ground, count: rows.length });
  const named = rows.map((row, n) => ({ ...row, id: randomUUID(), ref: refs[n]! }));
  const done: (OpenedRow | Refused)[] = [];
  let written: Promise<unknown> = Promise.resolve();
  for (const piece of piecesOf(definition, named)) {
    const facts = await factsFor(context, client, { ground, piece, written });
    const tried = piece.map((row) => ({ row, opened: openedAs({ ...ground, facts }, row) }));
    const [taken] = await Promise.all([claimsHeld(client, tried.flatMap((each) => claimed(definition, each))), written]);
    const settled = withoutClaims(definition, tried, taken);
    written = write(client, { ...ground, facts }, settled);
    done.push(...settled.map((each) => told(definition, each)));
  }
  await written;
  if (!held) await requireDirectory(client, ground.facts.directory.revision);
  const refused = done.filter((each) => 'reasons' in each);
  if (refused.length > 0) return { outcome: 'REFUSED', refused };
  return { outcome: dryRun ? 'CHECKED' : 'LOADED', opened: done.filter((each) => 'ref' in each) };
}

const PIECE = 25;

/** One by one where an opening may look at those before it. */
function piecesOf({ open: { needs }, changesDirectory }: ProcessDefinition<never>, rows: readonly Row[]): Row[][] {
  const size = needs || changesDirectory ? 1 : PIECE;
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, n) => rows.slice(n * size, (n + 1) * size));
}

/** All that the process may claim is held still; the cases are new, so that nobody else can hold them. */
async function standingFacts({ directories }: JournalContext, client: PoolClient, { definition, held }: { definition: ProcessDefinition<never>; held: boolean }): Promise<Facts> {
  const { name, changesDirectory } = definition;
  const [, { facts }] = await inOneBreath(client, () => [
    Promise.all([...(held ? [lockGround(client, { objects: [], changesDirectory })] : []), lockClaimsOf(client, name)]),
    fetchGround(client, directories, { queries: [], caseId: null }),
  ]);
  return facts;
}

/** From here to the commit the directory stays as it was in the beginning. */
async function requireDirectory(client: PoolClient, revision: number): Promise<void> {
  const [, now] = await inOneBreath(client, () => [lockGround(client, { objects: [] }), newestRevision(client)]);
  if (now !== revision) throw new DirectoryMoved();
}

/** What was written before has to be seen, and to have gone well. */
async function factsFor({ directories }: JournalContext, client: PoolClient, { ground, piece, written }: { ground: Ground; piece: Row[]; written: Promise<unknown> }): Promise<Facts> {
  const { definition, facts, now } = ground;
  const queries = piece.flatMap(({ body }) => needsOfOpening(definition, { body, parent: null, since: cycleProtectionSince(now) }));
  if (asksNothing(queries) && !definition.changesDirectory) return facts;
  const [fetched] = await Promise.all([fetchGround(client, directories, { queries, caseId: null }), written]);
  return fetched.facts;
}

function openedAs({ definition, facts, person, now }: Ground, { id, ref, body }: Row): Opened {
  return open({ definition, id, ref, body, actor: { person, role: 'everyone' }, parent: null, facts, now });
}

function claimed(definition: ProcessDefinition<never>, { opened }: Tried): string[] {
  const step = openingStep(definition, opened);
  return step ? newClaims(step) : [];
}

/** What others hold, and what a line before has taken, is not to be had. */
function withoutClaims(definition: ProcessDefinition<never>, tried: readonly Tried[], held: readonly HeldClaim[]): Tried[] {
  const taken = new Map(held.map((each) => [each.key, each]));
  return tried.map(({ row, opened }) => {
    const keys = claimed(definition, { row, opened });
    const settled = openedWithoutClaims(opened, keys.flatMap((key) => taken.get(key) ?? []));
    if (settled.opened) keys.forEach((key) => taken.set(key, { key, caseId: row.id, ref: row.ref }));
    return { row, opened: settled };
  });
}

/** Not waited for here; that it went wrong is told to whoever waits for it. */
function write(client: PoolClient, { definition, facts, now }: Ground, tried: readonly Tried[]): Promise<unknown> {
  const opened = tried.flatMap((each) => (each.opened.opened ? [each.opened.entries] : []));
  const written = inOneBreath(client, () => opened.map((entries) => appendOpening(client, { definition, facts, entries, now }, '')));
  written.catch(() => undefined);
  return written;
}

/** What is kept of a line: its case is written and may be forgotten. */
function told({ policy }: ProcessDefinition<never>, { row: { line, id, ref }, opened }: Tried): OpenedRow | Refused {
  if (opened.opened) return { line, id, ref, title: policy.list(opened.entries.at(-1)!.file as never).title };
  return { line, reasons: 'reasons' in opened ? opened.reasons : [] };
}
