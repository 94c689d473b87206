import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openJournal } from '../../bin/open-journal.ts';
import { createApiKey } from '../../api/sign-in/one-time-links.ts';
import { demoOrganisation } from '../support/in-process-engine.ts';
import { createHome, killAll, processesOn, startEngine } from '../support/started-engine.ts';
import type { StartedEngine } from '../support/started-engine.ts';
import { endStory, leaveAlone, tellStory } from './case-story.ts';
import type { Story } from './case-story.ts';
import { createClient } from './client.ts';
import { findings } from './findings.ts';
import type { Findings } from './findings.ts';
import { keepKilling } from './killer.ts';
import { createRandom } from './random.ts';

/** Many people, one engine, and somebody who keeps killing its parts. */
export interface KillRun {
  cases: number;
  seed: number;
  say: (line: string) => void;
}

export interface KillResult extends Findings {
  hits: Record<string, number>;
  seconds: number;
}

const PEOPLE = ['emre.yilmaz', 'anna.berger', 'thomas.reiter', 'leon.fischer', 'sabine.wolf'];
const LANES = 8;
const DAY_MS = 86_400_000;

export async function killRun({ cases, seed, say }: KillRun): Promise<KillResult> {
  const started = Date.now();
  const home = createHome();
  const clockFile = path.join(mkdtempSync(path.join(tmpdir(), 'isms-clock-')), 'shift');
  process.env['ISMS_TEST_CLOCK_FILE'] = clockFile;
  const engine = await startEngine(home);
  try {
    const { stories, journalUrl } = await prepare(engine, { cases, deadline: started + 60_000 + cases * 20_000 });
    const stop = new AbortController();
    const killing = keepKilling({ home, random: createRandom(seed), signal: stop.signal, pauseMs: 4000 });
    await inLanes(stories.slice(0, Math.ceil(cases / 3)), leaveAlone);
    const told = await inLanes(stories, tellStory);
    say(`${told.length} cases carried to the months of waiting after ${seconds(started)} s`);
    await pass(clockFile, [2, 4, 6, 9, 13, 17, 22, 27, 40, 60, 95], say);
    const ended = await inLanes(stories.map((story, n) => ({ story, told: told[n]! })), ({ story, told: each }) => endStory(story, each));
    stop.abort();
    const hits = await killing;
    say(`closed after ${seconds(started)} s; killed ${JSON.stringify(hits)}`);
    const found = await findings({ databaseUrl: journalUrl, told: ended, clockFile });
    return { ...found, hits, seconds: seconds(started) };
  } catch (error) {
    throw new Error(`${String(error)}\n${engine.lines.slice(-40).join('\n')}`, { cause: error });
  } finally {
    delete process.env['ISMS_TEST_CLOCK_FILE'];
    killAll(processesOn(home));
    await sleep(200);
    rmSync(home, { recursive: true, force: true });
  }
}

async function prepare(engine: StartedEngine, { cases, deadline }: { cases: number; deadline: number }) {
  const { pool, journal } = openJournal({ databaseUrl: engine.databaseUrl, max: 2 });
  await journal.importOrganisation({ data: demoOrganisation(), actor: 'operator', reason: 'kill run' });
  const { sha256: evidence } = await journal.storeEvidence({ bytes: Buffer.from('proof'), name: 'proof.txt', mediaType: 'text/plain', person: 'leon.fischer' });
  const { sha256: proof } = await journal.storeEvidence({ bytes: Buffer.from('second proof'), name: 'proof-2.txt', mediaType: 'text/plain', person: 'sabine.wolf' });
  const keys: Record<string, string> = {};
  for (const person of PEOPLE) keys[person] = await createApiKey({ pool, personId: person, name: 'kill run' });
  await pool.end();
  const client = createClient({ url: engine.url, keys, deadline });
  const today = new Date().toISOString().slice(0, 10);
  const stories: Story[] = Array.from({ length: cases }, (_, number) => ({ client, number, today, evidence, proof, deadline }));
  return { stories, journalUrl: engine.databaseUrl };
}

/** Months pass in steps, so that reminders and escalations come due between them. */
async function pass(clockFile: string, days: readonly number[], say: (line: string) => void): Promise<void> {
  for (const day of days) {
    writeFileSync(clockFile, String(day * DAY_MS));
    await sleep(3500);
  }
  say(`day ${days.at(-1)}`);
}

async function inLanes<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const lane = async () => {
    for (let n = next++; n < items.length; n = next++) results[n] = await work(items[n]!);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return results;
}

function seconds(started: number): number {
  return Math.round((Date.now() - started) / 1000);
}
