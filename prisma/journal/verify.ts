import type { Pool } from 'pg';
import type { CaseFile } from '../../contracts/case-file.ts';
import type { Instant } from '../../contracts/identity.ts';
import type { Reason } from '../../contracts/reasons.ts';
import { contentHash } from '../../domain/kernel/canonical.ts';
import { applied } from '../../domain/kernel/patch.ts';
import type { Patch } from '../../domain/kernel/patch.ts';
import { attemptHash } from './attempts.ts';
import { GENESIS, entryHash, payloadHash } from './chain.ts';
import { noteVerification } from './installation.ts';
import type { JournalContext } from './context.ts';
import { ATTEMPTS_STREAM } from './streams.ts';
import { verifySeals } from './verify-seals.ts';

/** Reads the whole journal and names what is not as it was written: changed, inserted, reordered or removed within. */
export interface VerifyReport {
  ok: boolean;
  entries: number;
  attempts: number;
  seals: number;
  problems: { stream: string; version: number; problem: string }[];
}

export async function verify({ pool, clock }: JournalContext): Promise<VerifyReport> {
  const report: VerifyReport = { ok: true, entries: 0, attempts: 0, seals: 0, problems: [] };
  const at = clock();
  await verifyEntries(pool, report);
  await verifyAttempts(pool, report);
  await verifyHeads(pool, report);
  const { seals, problems } = await verifySeals(pool);
  report.seals = seals;
  report.problems.push(...problems);
  await noteVerification(pool, { at, entries: report.entries, problems: report.problems.length });
  return { ...report, ok: report.problems.length === 0 };
}

interface EntryRow {
  stream: string;
  version: number;
  type: string;
  at: Date;
  local_at: string;
  actor: string | null;
  on_behalf_of: string | null;
  role: string;
  from_state: string | null;
  to_state: string;
  definition: string;
  payload_hash: string;
  prev_hash: string;
  hash: string;
  salt: string | null;
  payload: { patch?: Patch } | null;
  snapshot: CaseFile | null;
}

const PAGE = 2000;

/** What the chain of one stream has come to so far. */
interface Chain {
  stream: string;
  version: number;
  hash: string;
  /** Null once a payload was redacted: from then on the state is taken from the next whole one. */
  file: CaseFile | null;
}

async function verifyEntries(pool: Pool, report: VerifyReport): Promise<void> {
  let chain: Chain = { stream: '', version: 0, hash: GENESIS, file: null };
  for (let page = await entriesAfter(pool, '00000000-0000-0000-0000-000000000000', 0); page.length > 0; page = await entriesAfter(pool, chain.stream, page.at(-1)!.version)) {
    for (const row of page) {
      if (row.stream !== chain.stream) {
        await verifyEnd(pool, report, chain);
        chain = { stream: row.stream, version: 0, hash: GENESIS, file: null };
      }
      chain = verifyEntry(report, chain, row);
    }
  }
  await verifyEnd(pool, report, chain);
}

async function entriesAfter(pool: Pool, stream: string, version: number): Promise<EntryRow[]> {
  const { rows } = await pool.query<EntryRow>(
    `SELECT e.*, p.salt, p.payload, p.snapshot FROM entry e LEFT JOIN entry_payload p ON p.stream = e.stream AND p.version = e.version
     WHERE (e.stream, e.version) > ($1::uuid, $2) ORDER BY e.stream, e.version LIMIT ${PAGE}`,
    [stream, version],
  );
  return rows;
}

function verifyEntry(report: VerifyReport, chain: Chain, row: EntryRow): Chain {
  report.entries += 1;
  const problem = (text: string) => report.problems.push({ stream: row.stream, version: row.version, problem: text });
  if (row.version !== chain.version + 1) problem(`entry ${chain.version + 1} is missing`);
  else if (row.prev_hash !== chain.hash) problem('does not follow its predecessor');
  if (entryHash(sealOf(row)) !== row.hash) problem('entry was changed');
  if (row.salt === null) problem('payload row is missing');
  else if (row.payload !== null && payloadHash(row.salt, row.payload) !== row.payload_hash) problem('payload was changed');
  const file = stateAfter(chain, row, problem);
  return { stream: row.stream, version: row.version, hash: row.hash, file };
}

function sealOf(row: EntryRow) {
  return {
    ...{ stream: row.stream, version: row.version, type: row.type, at: row.at.toISOString(), localAt: row.local_at, actor: row.actor },
    ...{ onBehalfOf: row.on_behalf_of, role: row.role, from: row.from_state, to: row.to_state, definition: row.definition },
    ...{ payloadHash: row.payload_hash, prevHash: row.prev_hash },
  };
}

function stateAfter(chain: Chain, { payload, snapshot, version }: EntryRow, problem: (text: string) => void): CaseFile | null {
  if (!payload?.patch || (chain.file === null && version > 1)) return snapshot;
  try {
    const file = applied(chain.file, payload.patch);
    if (snapshot !== null && contentHash(snapshot) !== contentHash(file)) problem('snapshot is not what the entries give');
    return file;
  } catch {
    problem('patch does not fit the state before it');
    return snapshot;
  }
}

/** The head that people read is what the entries give, no more and no less. */
async function verifyEnd(pool: Pool, report: VerifyReport, { stream, version, hash, file }: Chain): Promise<void> {
  if (stream === '') return;
  const problem = (text: string) => report.problems.push({ stream, version, problem: text });
  const { rows } = await pool.query<{ version: number; hash: string; file: CaseFile | null }>(
    `SELECT version, hash, file FROM case_head WHERE id = $1 UNION ALL SELECT version, hash, NULL FROM stream_head WHERE stream = $1`,
    [stream],
  );
  const [head] = rows;
  if (!head) return void problem('has entries but no head');
  if (head.version !== version || head.hash !== hash) problem(`head is at entry ${head.version}, the journal at ${version}`);
  else if (file !== null && head.file !== null && contentHash(file) !== contentHash(head.file)) problem('read rows are not what the entries give');
}

async function verifyHeads(pool: Pool, report: VerifyReport): Promise<void> {
  const { rows } = await pool.query<{ id: string; version: number }>(
    'SELECT h.id, h.version FROM case_head h WHERE NOT EXISTS (SELECT 1 FROM entry e WHERE e.stream = h.id)',
  );
  for (const { id, version } of rows) report.problems.push({ stream: id, version, problem: 'case has no entries' });
}

interface AttemptRow {
  number: number;
  case_id: string | null;
  person: string;
  command: string;
  rule: string | null;
  at: Date;
  salt: string;
  reasons: Reason[];
  payload_hash: string;
  prev_hash: string;
  hash: string;
}

async function verifyAttempts(pool: Pool, report: VerifyReport): Promise<void> {
  let last = { number: 0, hash: GENESIS };
  for (let page = await attemptsAfter(pool, 0); page.length > 0; page = await attemptsAfter(pool, last.number)) {
    for (const row of page) {
      report.attempts += 1;
      for (const problem of attemptProblems(last, row)) report.problems.push({ stream: 'attempts', version: row.number, problem });
      last = { number: row.number, hash: row.hash };
    }
  }
  await verifyLastAttempt(pool, report, last);
}

async function verifyLastAttempt(pool: Pool, report: VerifyReport, last: { number: number; hash: string }): Promise<void> {
  const { rows } = await pool.query<{ version: number; hash: string }>('SELECT version, hash FROM stream_head WHERE stream = $1', [ATTEMPTS_STREAM]);
  const head = rows[0] ?? { version: 0, hash: GENESIS };
  if (head.version === last.number && head.hash === last.hash) return;
  report.problems.push({ stream: 'attempts', version: last.number, problem: `head is at attempt ${head.version}, the journal at ${last.number}` });
}

async function attemptsAfter(pool: Pool, number: number): Promise<AttemptRow[]> {
  const { rows } = await pool.query<AttemptRow>(`SELECT * FROM attempt WHERE number > $1 ORDER BY number LIMIT ${PAGE}`, [number]);
  return rows;
}

function attemptProblems(last: { number: number; hash: string }, row: AttemptRow): string[] {
  const { number, case_id: caseId, person, command, rule, payload_hash, prev_hash: prevHash } = row;
  const at: Instant = row.at.toISOString();
  return [
    ...(number !== last.number + 1 ? [`attempt ${last.number + 1} is missing`] : prevHash !== last.hash ? ['does not follow its predecessor'] : []),
    ...(attemptHash({ number, caseId, person, command, rule, at, payloadHash: payload_hash, prevHash }) !== row.hash ? ['attempt was changed'] : []),
    ...(payloadHash(row.salt, row.reasons) !== payload_hash ? ['reasons were changed'] : []),
  ];
}
