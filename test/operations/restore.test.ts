import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCourier } from '../../activities/courier.ts';
import { smtpServer } from '../../activities/smtp.ts';
import { createClock } from '../../bin/clock.ts';
import { freePort } from '../../bin/embedded/free-port.ts';
import { settle } from '../../bin/journal-driver.ts';
import { openJournal } from '../../bin/open-journal.ts';
import { ownHands } from '../../bin/own-hands.ts';
import { postgresService } from '../../bin/services.ts';
import type { OperationsView } from '../../contracts/operations.ts';
import { createMailStore } from '../../prisma/courier/mail-store.ts';
import { OPERATIONS_STREAM } from '../../prisma/journal/streams.ts';
import { isms } from '../cli/isms.ts';
import { startLoopbackSmtp } from '../mail/loopback-smtp.ts';
import type { LoopbackSmtp } from '../mail/loopback-smtp.ts';
import { settings } from '../mail/mail-settings.ts';
import { demoOrganisation } from '../support/in-process-engine.ts';
import { acceptance, report } from '../support/nonconformity-bodies.ts';
import { createHome } from '../support/started-engine.ts';
import { startTestTemporal } from '../support/temporal.ts';

/** The rehearsal of docs/operating.md "Backup and restore": our own PostgreSQL, an empty Temporal, a worker, a mail server. */
const DAY_MS = 86_400_000;
const home = createHome();
const clockFile = path.join(home, 'clock');
const clock = createClock({ testClockFile: clockFile });
let postgres: Awaited<ReturnType<typeof postgresService>>;
let running: Awaited<ReturnType<(typeof postgres)['service']['start']>> | undefined;
let smtp: LoopbackSmtp;
let temporal: TestWorkflowEnvironment | undefined;
let worker: ChildProcess | undefined;

beforeAll(async () => {
  [postgres, smtp] = await Promise.all([
    postgresService({ home, apiPort: await freePort() }),
    startLoopbackSmtp(),
  ]);
  running = await postgres.service.start();
});
afterAll(async () => {
  if (worker?.exitCode === null && worker.kill('SIGKILL')) await once(worker, 'exit');
  await Promise.all([temporal?.teardown(), running?.stop(), smtp.kill()]);
  rmSync(home, { recursive: true, force: true });
});

/** The engine's parts that the test plays itself, while PostgreSQL runs. */
function workplace() {
  const { pool, journal } = openJournal({ databaseUrl: postgres.databaseUrl, clock, max: 5 });
  const store = createMailStore({ pool, clock, directory: journal.directory });
  const courier = createCourier({ store, mail: { server: smtpServer(smtp.url), settings } });
  let keys = 0;
  return {
    ...{ pool, journal },
    async open(title: string): Promise<string> {
      const draft = {
        process: 'nonconformity',
        person: 'emre.yilmaz',
        body: { ...report, title, detectedOn: clock().slice(0, 10) },
        key: title,
      };
      const opened = await journal.openCase(draft);
      if (!opened.opened) throw new Error(JSON.stringify(opened));
      await settle({ pool, clock: { now: clock() }, hands: ownHands(journal) });
      return opened.caseId;
    },
    async accept(caseId: string): Promise<void> {
      const stored = await journal.storeCommand({
        caseId,
        person: 'anna.berger',
        name: 'ACCEPT',
        body: acceptance,
        ifMatch: null,
        key: `${++keys}`,
      });
      if ('commandId' in stored) await journal.decideCommand(caseId, stored.commandId);
    },
    /** Sends what is due. */
    async deliver(): Promise<void> {
      await courier.sort();
      await courier.deliver(new AbortController().signal);
    },
    async count(sql: string): Promise<number> {
      return (await pool.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${sql}`)).rows[0]!.n;
    },
  };
}

/** With its owner and rights, as the handbook says. */
const copy = (from: string, to: string) => execFileSync('cp', ['-a', from, to]);
const data = path.join(home, 'postgres');
const backup = path.join(home, 'backup');

async function stopPostgres(): Promise<void> {
  await running?.stop();
  running = undefined;
}

test(
  'a restored backup goes on with every open case, and sends nothing until a person has confirmed',
  { timeout: 90_000 },
  async () => {
    writeFileSync(clockFile, '0');
    const before = workplace();
    await before.journal.importOrganisation({
      data: demoOrganisation(),
      actor: 'operator',
      reason: 'rehearsal',
    });
    const kept = await before.open('Before the backup');
    await before.deliver();
    await before.pool.end();
    await stopPostgres();
    copy(data, backup);

    running = await postgres.service.start();
    const lost = workplace();
    await lost.accept(kept);
    const forgotten = await lost.open('After the backup');
    await lost.deliver();
    const sentBefore = smtp.taken.length;
    expect(sentBefore).toBeGreaterThanOrEqual(3);
    await lost.pool.end();
    await stopPostgres();
    rmSync(data, { recursive: true });
    copy(backup, data);

    running = await postgres.service.start();
    const { pool, journal, deliver, count } = workplace();
    expect(await journal.verify()).toMatchObject({ ok: true });
    expect(await count(`case_head WHERE id = '${forgotten}'`)).toBe(0);
    writeFileSync(clockFile, String(12 * DAY_MS));

    temporal = await startTestTemporal();
    const env = {
      DATABASE_URL: postgres.databaseUrl,
      TEMPORAL_ADDRESS: temporal.address,
      ISMS_HOME: home,
      ISMS_TEST_CLOCK_FILE: clockFile,
    };
    const mail = { SMTP_URL: smtp.url, MAIL_FROM: settings.from.address };
    worker = spawn(process.execPath, ['--import', 'tsx', 'bin/worker.ts'], {
      env: { ...process.env, ...env, ...mail },
      stdio: 'inherit',
    });
    expect(await isms(['recover', '--reason', 'restored from the backup of tonight'], { env })).toMatchObject(
      { code: 0, stdout: '1 open case goes on.\n' },
    );
    await expect
      .poll(() => count(`entry WHERE stream = '${kept}' AND type = 'DEADLINE_STEP'`), { timeout: 30_000 })
      .toBeGreaterThan(0);

    await deliver();
    expect(await count("mail WHERE state = 'waiting'")).toBeGreaterThan(0);
    expect(smtp.taken).toHaveLength(sentBefore);
    const { findings, temporal: seen } = (await isms(['doctor', '--json'], { env })).json() as OperationsView;
    expect(findings.map(({ code }) => code)).toContain('HELD_AFTER_RESTORE');
    expect(seen).toMatchObject({ missing: 0, running: 1 });

    expect(await isms(['restore', 'confirm', '--reason', 'asked the recipients'], { env })).toMatchObject({
      code: 0,
    });
    expect(await isms(['restore', 'confirm', '--reason', 'once more'], { env })).toMatchObject({ code: 1 });
    await deliver();
    // The worker has a courier too, and may just have taken them.
    await expect.poll(() => smtp.taken.length, { timeout: 10_000 }).toBeGreaterThan(sentBefore);
    expect(await journal.verify()).toMatchObject({ ok: true });
    const { rows } = await pool.query<{ type: string }>(
      'SELECT type FROM entry WHERE stream = $1 ORDER BY version',
      [OPERATIONS_STREAM],
    );
    expect(rows.map(({ type }) => type)).toEqual([
      'RESTORE_BEGUN',
      'RECOVERY_ASKED',
      'RECOVERED',
      'RESTORE_CONFIRMED',
    ]);
    await pool.end();
  },
);

test('an ordinary start holds nothing back, a database that was moved or named restored does, and what waits can be dropped', async () => {
  await stopPostgres();
  running = await postgres.service.start();
  const { pool, journal, count } = workplace();
  const held = async () => (await count('installation WHERE held_since IS NOT NULL')) === 1;
  expect(await held()).toBe(false);
  await pool.query("UPDATE installation SET identity = 'another server'");
  expect(await journal.noteStart()).not.toBeNull();
  expect(await held()).toBe(true);
  await pool.query(`INSERT INTO notification (person, cause, kind, case_id, digest, data, at)
    SELECT 'anna.berger', 'rehearsal', 'taskAsked', id, false, '{}', now() FROM case_head LIMIT 1`);
  expect(
    (await journal.confirmRestore({ actor: 'operator', reason: 'moved', drop: true }))?.dropped,
  ).toBeGreaterThan(0);
  expect(await count('notification WHERE mailing IS NULL')).toBe(0);
  expect(await held()).toBe(false);
  await journal.beginRestore({ actor: 'operator', reason: 'restored to a point in time' });
  expect(await held()).toBe(true);
  await pool.end();
});
