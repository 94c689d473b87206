import { setTimeout as sleep } from 'node:timers/promises';
import { createCaseGateway } from '../api/case-gateway.ts';
import type { CaseId } from '../contracts/identity.ts';
import { taskQueue } from '../temporal.config.ts';
import type { Bench } from './bench-ground.ts';
import { round } from './load.ts';
import { cpuOf, processesOf, spent } from './processes.ts';

/** Somebody leaves who holds many assignments, on the whole engine; beside it a person goes on working. */
export interface LeaverFigures {
  assignments: number;
  /** From the departure until the last case has an interim holder and has answered. */
  seconds: number;
  perSecond: number;
  /** Until the first case had an interim holder. */
  firstMs: number;
  cpuMsPerCase: Record<string, number>;
  /** Of all processes together, those of the person among them. */
  transactionsPerCase: number;
  /** A person's decision meanwhile, over HTTP. */
  personMs: { p50: number; p95: number };
}

const LEAVER = 'felix.bauer';
const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);

export async function measureLeaver(ground: Bench, { assignments, home }: { assignments: number; home: string }): Promise<LeaverFigures> {
  await assign(ground, assignments);
  const before = cpuOf(processesOf(home));
  const committed = await transactions(ground);
  const started = performance.now();
  const waits: number[] = [];
  let going = true;
  const working = (async () => {
    while (going) waits.push(await comment(ground));
  })();
  const departure = await announce(ground);
  const first = await until(ground, departure, ({ waiting, targets }) => waiting < targets, started);
  const last = await until(ground, departure, ({ ended }) => ended, started);
  going = false;
  await working;
  const cpu = Object.entries(spent(before, cpuOf(processesOf(home)))).map(([name, ms]) => [name, round(ms / assignments)]);
  const transactionsPerCase = round(((await transactions(ground)) - committed) / assignments);
  const at = (share: number) => round(waits.sort((a, b) => a - b)[Math.floor(waits.length * share)] ?? 0);
  return {
    ...{ assignments, seconds: round(last / 1000), perSecond: round((assignments * 1000) / last), firstMs: Math.round(first) },
    ...{ cpuMsPerCase: Object.fromEntries(cpu) as Record<string, number>, transactionsPerCase, personMs: { p50: at(0.5), p95: at(0.95) } },
  };
}

/** Every case has its workflow before anybody leaves. */
async function assign({ client, journal, pool }: Bench, assignments: number): Promise<void> {
  const gateway = createCaseGateway(client, { taskQueue });
  for (let n = 0; n < assignments; n++) {
    const body = { title: `Assignment ${n}`, unit: 'development', owner: LEAVER, due: day(60) };
    const opened = await journal.openCase({ process: 'action', person: 'anna.berger', body, key: `leaver-${n}` });
    if (!opened.opened) throw new Error(JSON.stringify(opened));
    void gateway.start('action', opened.caseId);
  }
  for (let open = 1; open > 0; await sleep(200)) {
    const { rows } = await pool.query<{ open: number }>('SELECT count(*)::int AS open FROM outbox WHERE done_at IS NULL');
    open = rows[0]!.open;
  }
}

/** PostgreSQL's own count; back ends report within a second of becoming idle. */
async function transactions({ pool }: Bench): Promise<number> {
  const { rows } = await pool.query<{ count: string }>('SELECT xact_commit AS count FROM pg_stat_database WHERE datname = current_database()');
  return Number(rows[0]!.count);
}

async function comment({ post, actions }: Bench): Promise<number> {
  const sent = performance.now();
  await post(`/cases/${actions[0]!}/commands/COMMENT`, 'leon.fischer', { text: 'Going on' });
  return performance.now() - sent;
}

async function announce({ post }: Bench): Promise<CaseId> {
  const payload = { kind: 'LEAVES', person: LEAVER, lastDay: day(-2) };
  const { id } = await post('/cases', 'anna.berger', { process: 'departure', payload });
  return id as CaseId;
}

interface Progress {
  waiting: number;
  targets: number;
  ended: boolean;
}

async function until({ pool }: Bench, departure: CaseId, reached: (progress: Progress) => boolean, started: number): Promise<number> {
  for (;;) {
    const { rows } = await pool.query<Progress>(
      'SELECT waiting, targets, ended_at IS NOT NULL AS ended FROM broadcast WHERE case_id = $1 ORDER BY version, n LIMIT 1',
      [departure],
    );
    if (rows[0] && reached(rows[0])) return performance.now() - started;
    await sleep(20);
  }
}
