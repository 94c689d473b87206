import type { Pool } from 'pg';
import type { CaseId, PersonId } from '../../contracts/identity.ts';
import type { CommandOutcome } from '../journal/outcome.ts';

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

/** The command, if this person sent it. */
export async function findCommand(pool: Pool, person: PersonId, commandId: string): Promise<SentCommand | null> {
  const { rows } = await pool.query<Row>({
    name: 'sent-command',
    text: 'SELECT id, case_id, name, stored_at, decided_at, outcome FROM command WHERE id = $1 AND person = $2',
    values: [commandId, person],
  });
  const [row] = rows;
  if (!row) return null;
  const { id, case_id: caseId, name, stored_at, decided_at, outcome } = row;
  return { id, caseId, name, storedAt: stored_at.toISOString(), decidedAt: decided_at?.toISOString() ?? null, outcome };
}

interface Row {
  id: string;
  case_id: string;
  name: string;
  stored_at: Date;
  decided_at: Date | null;
  outcome: CommandOutcome | null;
}
