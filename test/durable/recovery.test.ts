import { Client, Connection } from '@temporalio/client';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCaseGateway } from '../../api/case-gateway.ts';
import { freePort } from '../../bin/embedded/free-port.ts';
import { temporalProgram } from '../../bin/embedded/temporal-cli.ts';
import { startTemporal, type TemporalServer } from '../../bin/embedded/temporal-server.ts';
import { recoverCases } from '../../api/operations/recovery.ts';
import { MemoryJournal } from './memory-journal.ts';
import { processName, runWorker, type RunningWorker, taskQueue, until } from './rig.ts';

const journal = new MemoryJournal();
let folder: string;
let startServer: () => Promise<TemporalServer>;
let server: TemporalServer;
let connection: Connection;
let gateway: ReturnType<typeof createCaseGateway>;
let worker: RunningWorker;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'isms-recovery-'));
  const files = { logFile: path.join(folder, 'temporal.log'), pidFile: path.join(folder, 'temporal.json') };
  const options = { program: await temporalProgram('temporal'), port: await freePort(), ...files };
  startServer = () => startTemporal(options);
  server = await startServer();
  connection = await Connection.connect({ address: server.address });
  gateway = createCaseGateway(new Client({ connection }), { taskQueue });
  worker = await runWorker({ address: server.address, journal, gateway });
});
afterAll(async () => {
  await worker.stop();
  await connection.close();
  await server.stop();
  await rm(folder, { recursive: true });
});

const open = (count: number, wakeInMs: number | null) =>
  Array.from({ length: count }, () => {
    const caseId = randomUUID();
    journal.open(caseId, { wakeInMs });
    return caseId;
  });
const loadedSince = (from: number) => journal.asked.slice(from).filter(({ what }) => what === 'load');
const send = (caseId: string, commandId: string) => {
  journal.store(caseId, commandId);
  return gateway.decide({ process: processName, caseId, commandId, timeoutMs: 20_000 });
};

test('after Temporal was wiped every open case goes on, with a worker that lived through it', async () => {
  const later = open(20, 3_600_000);
  const never = open(20, null);
  const soon = open(20, 8_000);
  const all = [...later, ...never, ...soon];
  await Promise.all(all.map((caseId) => gateway.start(processName, caseId)));
  await until('every case has booted', () =>
    all.every((caseId) => journal.cases.get(caseId)?.started === true),
  );
  const lost = later[0] ?? '';
  await server.stop();
  journal.store(lost, 'stored while Temporal was away');
  expect(await gateway.decide({ process: processName, caseId: lost, commandId: 'c0', timeoutMs: 300 })).toBe(
    'PENDING',
  );
  server = await startServer();
  const from = journal.asked.length;

  expect(await recoverCases({ journal, workflows: gateway })).toBe(60);
  await until(
    'every case has booted again',
    () => new Set(loadedSince(from).map((one) => one.caseId)).size === 60,
    20_000,
  );
  await until(
    'the command stored meanwhile is decided',
    () => journal.outcomeOf(lost, 'stored while Temporal was away') === 'ACCEPTED',
    20_000,
  );
  expect(await send(later[1] ?? '', 'c1')).toBe('DECIDED');
  await until(
    'the near ones are woken',
    () => soon.every((caseId) => journal.entriesOf(caseId).includes('wake')),
    20_000,
  );
});

test('recovery begins with the nearest wake; cases that never wake come last', async () => {
  const order = new MemoryJournal();
  const waits = [9_000_000, null, 60_000, 3_600_000_000, 1_000];
  waits.forEach((wakeInMs) => order.open(String(wakeInMs), { wakeInMs }));
  const nudged: string[] = [];
  await recoverCases({ journal: order, workflows: { nudge: async (_, caseId) => void nudged.push(caseId) } });
  expect(nudged).toEqual(['1000', '60000', '9000000', '3600000000', 'null']);
});

test('recovery reaches each of many cases once', async () => {
  const many = new MemoryJournal();
  for (let index = 0; index < 450; index++) many.open(`case ${index}`, { wakeInMs: 1_000 * (index % 7) });
  const nudged: string[] = [];
  const workflows = { nudge: async (_: string, caseId: string) => void nudged.push(caseId) };
  expect(await recoverCases({ journal: many, workflows })).toBe(450);
  expect(new Set(nudged).size).toBe(450);
});

test('recovery beside living cases changes nothing', async () => {
  const before = journal.entries.length;
  const open = [...journal.cases.values()].filter(({ settled }) => !settled).length;
  expect(await recoverCases({ journal, workflows: gateway })).toBe(open);
  expect(journal.entries.length).toBe(before);
});
