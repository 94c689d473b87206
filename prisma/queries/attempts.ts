import type { Pool } from 'pg';
import { z } from 'zod';
import type { CaseId } from '../../contracts/identity.ts';
import type { Reason } from '../../contracts/reasons.ts';
import { pageOf } from './cursor.ts';
import type { Page } from './cursor.ts';

/** Last attempt of the page before. */
export const attemptKey = z.tuple([z.int()]);

export interface AttemptQuestion {
  caseId: CaseId | undefined;
  limit: number;
  after: z.infer<typeof attemptKey> | null;
}

/** A refusal for authority or segregation of duties as it was recorded (rules §3.2, K-30). */
export interface AttemptRecord {
  number: number;
  case: CaseId | null;
  person: string;
  command: string;
  rule: string | null;
  at: string;
  reasons: Reason[];
}

/** Newest first; for those alone who see every case. */
export async function listAttempts(
  pool: Pool,
  { caseId, limit, after }: AttemptQuestion,
): Promise<Page<AttemptRecord>> {
  const { rows } = await pool.query<Row>(
    `SELECT number, case_id, person, command, rule, at, reasons FROM attempt
     WHERE ($1::uuid IS NULL OR case_id = $1) AND ($2::int IS NULL OR number < $2) ORDER BY number DESC LIMIT ${limit + 1}`,
    [caseId ?? null, after?.[0] ?? null],
  );
  return pageOf(rows, { limit, item: attemptOf, key: ({ number }) => [number] });
}

interface Row extends Omit<AttemptRecord, 'case' | 'at'> {
  case_id: string | null;
  at: Date;
}

function attemptOf({ case_id, at, ...row }: Row): AttemptRecord {
  return { ...row, case: case_id, at: at.toISOString() };
}
