import type { Pool } from 'pg';
import type { CaseFile } from '../../contracts/case-file.ts';
import type { CaseId, PersonId } from '../../contracts/identity.ts';
import { contentHash } from '../../domain/kernel/canonical.ts';
import type { CommandOutcome } from '../journal/outcome.ts';
import type { Reader } from './reader.ts';
import { seenUnder } from './sight.ts';

/** A stored command as its sender may look it up. */
export interface SentCommand {
  id: string;
  caseId: CaseId;
  name: string;
  storedAt: string;
  decidedAt: string | null;
  /** Null while nobody has decided it. */
  outcome: CommandOutcome | null;
}

/** The id under which the journal stores what this person sends to that case with that key. */
export function commandIdOf(named: { person: PersonId; caseId: CaseId; key: string }): string {
  return contentHash(named);
}

export interface Addressee {
  caseId: CaseId;
  commandId: string;
}

/**
 * Process of the case that a command is for: of one that the reader may see, or to which this very command was sent before. Who gives a case
 * away by a command must still find out, asking again, that it was accepted.
 */
export async function findProcess(
  pool: Pool,
  reader: Reader,
  { caseId, commandId }: Addressee,
): Promise<string | null> {
  const { rows } = await pool.query<{ process: string }>({
    name: 'process-for-command',
    text: `SELECT h.process FROM case_head h WHERE h.id = $1
      AND (${seenUnder('$2')} OR EXISTS (SELECT FROM command c WHERE c.id = $3 AND c.person = $4))`,
    values: [caseId, reader.sees, commandId, reader.person],
  });
  return rows[0]?.process ?? null;
}

const columns = 'c.id, c.case_id, c.name, c.stored_at, c.decided_at, c.outcome';

/** The command, if this person sent it. */
export async function findCommand(
  pool: Pool,
  person: PersonId,
  commandId: string,
): Promise<SentCommand | null> {
  const text = `SELECT ${columns} FROM command c WHERE c.id = $1 AND c.person = $2`;
  const { rows } = await pool.query<Row>({ name: 'sent-command', text, values: [commandId, person] });
  return rows[0] ? sentCommand(rows[0]) : null;
}

/** The command beside its case as it stands, which is null where the sender may not see it any more. */
export async function findCommandAndCase(
  pool: Pool,
  reader: Reader,
  commandId: string,
): Promise<{ sent: SentCommand; file: CaseFile | null } | null> {
  const { rows } = await pool.query<Row & { file: CaseFile | null }>({
    name: 'sent-command-and-case',
    text: `SELECT ${columns}, h.file FROM command c LEFT JOIN case_head h ON h.id = c.case_id AND ${seenUnder('$3')} WHERE c.id = $1 AND c.person = $2`,
    values: [commandId, reader.person, reader.sees],
  });
  return rows[0] ? { sent: sentCommand(rows[0]), file: rows[0].file } : null;
}

function sentCommand({ id, case_id: caseId, name, stored_at, decided_at, outcome }: Row): SentCommand {
  return {
    id,
    caseId,
    name,
    storedAt: stored_at.toISOString(),
    decidedAt: decided_at?.toISOString() ?? null,
    outcome,
  };
}

interface Row {
  id: string;
  case_id: string;
  name: string;
  stored_at: Date;
  decided_at: Date | null;
  outcome: CommandOutcome | null;
}
