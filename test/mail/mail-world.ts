import { createCourier } from '../../activities/courier.ts';
import type { Courier } from '../../activities/courier.ts';
import { smtpServer } from '../../activities/smtp.ts';
import type { SmtpPatience } from '../../activities/smtp.ts';
import type { CaseId, Instant } from '../../contracts/identity.ts';
import type { Json } from '../../contracts/json.ts';
import { createMailStore } from '../../prisma/courier/mail-store.ts';
import { mailState } from '../../prisma/courier/mail-state.ts';
import { startInProcessEngine } from '../support/in-process-engine.ts';
import type { InProcessEngine } from '../support/in-process-engine.ts';
import { report } from '../support/nonconformity-bodies.ts';
import { startLoopbackSmtp } from './loopback-smtp.ts';
import type { LoopbackSmtp } from './loopback-smtp.ts';
import { settings } from './mail-settings.ts';

/** Journal and mail tables on a real PostgreSQL, a real SMTP server on loopback, and a clock that tests shift. */
export interface MailWorld {
  engine: InProcessEngine;
  smtp: LoopbackSmtp;
  courier: Courier;
  courierOf(patience: Partial<SmtpPatience>, url?: string): Courier;
  caseId: CaseId;
  /** Leaves a notice as a decision would. */
  tell(
    person: string,
    notice?: { kind?: string; digest?: boolean; data?: Record<string, Json> },
  ): Promise<void>;
  /** Sorts and delivers until nothing is due. */
  work(courier?: Courier): Promise<void>;
  pass(minutes: number): void;
  mails(): Promise<{ person: string; way: string; state: string; uncertain: boolean; attempts: number }[]>;
  addressOf(person: string): Promise<string>;
  state(): ReturnType<typeof mailState>;
  forget(): Promise<void>;
  close(): Promise<void>;
}

export async function startMailWorld(start: Instant = '2026-11-24T09:00:00.000Z'): Promise<MailWorld> {
  const [engine, smtp] = await Promise.all([
    startInProcessEngine('2026-11-24T09:00:00.000Z'),
    startLoopbackSmtp(),
  ]);
  const { pool, journal } = engine;
  const store = createMailStore({ pool, clock: engine.now, directory: journal.directory });
  const courierOf = (patience: Partial<SmtpPatience>, url = smtp.url) =>
    createCourier({ store, mail: { server: smtpServer(url, patience), settings } });
  const patient = courierOf({});
  const caseId = await engine.open('nonconformity', 'emre.yilmaz', report);
  engine.setNow(start);
  let causes = 0;
  const forget = async () => {
    await pool.query('UPDATE notification SET mailing = $1, mail_id = NULL', ['inApp: test']);
    await pool.query('DELETE FROM mail');
    await pool.query('DELETE FROM mail_preference');
    smtp.taken.length = 0;
    smtp.attempts.clear();
  };
  await forget();
  return {
    ...{ engine, smtp, caseId, forget },
    courier: patient,
    courierOf,
    async tell(person, { kind = 'taskAsked', digest = false, data = { task: 'triage' } } = {}) {
      await pool.query(
        'INSERT INTO notification (person, cause, kind, case_id, digest, data, at) VALUES ($1, $2, $3, $4, $5, $6, $7)',
        [person, `${caseId}:cause ${++causes}`, kind, caseId, digest, JSON.stringify(data), engine.now()],
      );
    },
    async work(courier = patient) {
      for (let due = 1; due > 0; due = (await courier.sort()).due) {
        if ((await courier.sort()).due === 0) return;
        if ((await courier.deliver(new AbortController().signal)).outage) return;
      }
    },
    pass: (minutes) => engine.setNow(new Date(Date.parse(engine.now()) + minutes * 60_000).toISOString()),
    async mails() {
      const { rows } = await pool.query(
        'SELECT person, way, state, uncertain, attempts FROM mail ORDER BY id',
      );
      return rows as Awaited<ReturnType<MailWorld['mails']>>;
    },
    addressOf: async (person) => (await journal.directory()).person(person)!.email,
    state: () => mailState(pool, engine.now()),
    async close() {
      await smtp.kill();
      await engine.close();
    },
  };
}
