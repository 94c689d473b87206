import type { Pool } from 'pg';
import type { Instant, PersonId } from '../contracts/identity.ts';
import type { Reason } from '../contracts/reasons.ts';
import type { RegisterImportView, RegisterName } from '../contracts/register-exchange.ts';
import { planRegisterImport } from '../domain/exchange/plan-import.ts';
import type { SourceTable, TableProblem } from '../domain/exchange/source-table.ts';
import { isProcess } from '../domain/processes.ts';
import type { Journal } from './journal/journal.ts';
import { registerCodes } from './queries/register-codes.ts';

/** Import of a register: planned against what is there, then opened in one transaction; all of it or, while anything is wrong, nothing. */
export interface RegisterImportRequest {
  register: RegisterName;
  table: SourceTable;
  mapping: Readonly<Record<string, string>>;
  source: string;
  dryRun: boolean;
  person: PersonId;
  key: string;
}

export type RegisterImportReport =
  | ({ ok: true } & RegisterImportView)
  | { ok: false; problems: TableProblem[]; reused?: true }
  /** In the words of the rules, line by line. */
  | { ok: false; refused: { line: number; reasons: Reason[] }[] };

interface Ground {
  pool: Pool;
  journal: Pick<Journal, 'openMany' | 'directory'>;
  now: Instant;
}

export async function importRegister({ pool, journal, now }: Ground, request: RegisterImportRequest): Promise<RegisterImportReport> {
  const { register, person, key, dryRun } = request;
  if (!isProcess(register)) return { ok: false, problems: [{ line: null, reason: `there is no register "${register}" here` }] };
  const plan = planRegisterImport({ ...request, directory: await journal.directory(), now, codes: await codesOf(pool, register) });
  if (!plan.ok) return plan;
  const done = await journal.openMany({ process: register, rows: plan.rows, person, key, dryRun });
  if (done.outcome === 'REFUSED') return { ok: false, refused: done.refused };
  if (done.outcome === 'REUSED') return { ok: false, problems: [], reused: true };
  return { ok: true, outcome: done.outcome, register, rows: plan.rows.length, opened: 'opened' in done ? done.opened : [] };
}

/** Only risks refer to entries of other registers. */
async function codesOf(pool: Pool, register: RegisterName) {
  if (register !== 'risk') return {};
  const [asset, businessProcess, supplier] = await Promise.all(['asset', 'businessProcess', 'supplier'].map((each) => registerCodes(pool, each)));
  return { asset: asset!, businessProcess: businessProcess!, supplier: supplier! };
}
