import { previewQuery, previewView } from '../../contracts/api-configuration.ts';
import type { PreviewView } from '../../contracts/api-configuration.ts';
import { caseParams } from '../../contracts/api.ts';
import type { CaseFile } from '../../contracts/case-file.ts';
import type { ConfigurationChangeDocument } from '../../contracts/configuration-change.ts';
import type { CaseId } from '../../contracts/identity.ts';
import { previewOf, reachOf } from '../../domain/configuration-change/preview.ts';
import type { Preview, Reach } from '../../domain/configuration-change/preview.ts';
import { findCase } from '../../prisma/queries/case-by-id.ts';
import { runningCaseKey, runningCases, unitsOfRunningCases } from '../../prisma/queries/configuration-preview.ts';
import type { RunningCase } from '../../prisma/queries/configuration-preview.ts';
import { encodeCursor } from '../../prisma/queries/cursor.ts';
import { definitionOf, factsWithout } from '../case-view.ts';
import type { Dependencies } from '../dependencies.ts';
import { endpoint, ok } from '../endpoint.ts';
import type { Endpoint } from '../endpoint.ts';
import { Problem } from '../http/problem.ts';
import { afterOf } from './paging.ts';

const preview = endpoint({
  ...{ method: 'get', path: '/cases/{id}/preview', tag: 'Configuration', access: 'signedIn' },
  summary: 'Which running deadlines a change of the configuration would move',
  description: 'Worked out by what carries the change out, at the instant at which it would take effect. A page may hold fewer cases than asked for, or none: `next` says whether there is more.',
  params: caseParams,
  query: previewQuery,
  answers: { 200: { description: 'Cases with what would move, and how many', schema: previewView } },
  errors: ['NOT_FOUND'],
  async handle({ params: { id }, query: { limit, cursor }, reader, now }, { pool, journal }) {
    const change = await findCase(pool, reader, id);
    if (change?.process !== 'configurationChange') throw new Problem('NOT_FOUND');
    const directory = await journal.directory();
    const document = change.document as ConfigurationChangeDocument;
    const reach = reachOf(document, { directory, units: await unitsOfRunningCases(pool), now });
    const moves = previewOf({ change: change as CaseFile<ConfigurationChangeDocument>, facts: factsWithout(directory), now });
    const walk: Walk = { pool, moves, reach, sees: reader.sees, own: id };
    const after = afterOf(cursor, runningCaseKey);
    const page = await pageAfter(walk, after?.[0] ?? null, limit);
    return ok({ ...page, counts: after === null ? await countAll(walk) : null } satisfies PreviewView);
  },
});

interface Walk extends Pick<Dependencies, 'pool'> {
  moves: Preview;
  reach: Reach | null;
  sees: readonly string[];
  /** The change itself, which tells others only. */
  own: CaseId;
}

const CHUNK = 500;

interface Looked {
  running: RunningCase;
  deadlines: ReturnType<Preview>;
}

async function look({ pool, moves, reach, sees, own }: Walk, after: CaseId | null, limit: number): Promise<Looked[]> {
  const found = await runningCases(pool, { reach, sees, after, limit });
  return found.map((running) => ({ running, deadlines: running.id === own ? [] : moves(definitionOf(running.file), running.file) }));
}

/** One chunk of cases at most, so that no question takes long; the cursor is the last case looked at. */
async function pageAfter(walk: Walk, after: CaseId | null, limit: number): Promise<Omit<PreviewView, 'counts'>> {
  const looked = await look(walk, after, CHUNK);
  const shown = looked.filter(({ running, deadlines }) => running.visible && deadlines.length > 0).slice(0, limit);
  const isFull = shown.length === limit;
  const last = isFull ? shown.at(-1) : looked.at(-1);
  const isLast = !isFull && looked.length < CHUNK;
  return { items: shown.map(itemOf), next: isLast || !last ? null : encodeCursor([last.running.id]) };
}

function itemOf({ running: { file, title }, deadlines }: Looked): PreviewView['items'][number] {
  const { id, ref, process, zone } = file;
  return { case: { id, ref, process, title, zone }, deadlines };
}

async function countAll(walk: Walk): Promise<NonNullable<PreviewView['counts']>> {
  const counts = new Map<string, { cases: number; deadlines: number }>();
  for (let looked = await look(walk, null, CHUNK); looked.length > 0; looked = await look(walk, looked.at(-1)!.running.id, CHUNK)) {
    for (const { running, deadlines } of looked.filter((each) => each.deadlines.length > 0)) {
      const { cases, deadlines: before } = counts.get(running.file.process) ?? { cases: 0, deadlines: 0 };
      counts.set(running.file.process, { cases: cases + 1, deadlines: before + deadlines.length });
    }
  }
  return [...counts].map(([process, each]) => ({ process, ...each })).sort((a, b) => (a.process < b.process ? -1 : 1));
}

export const configurationPreviewEndpoints: Endpoint[] = [preview];
