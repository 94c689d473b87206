import type { CaseFile } from '../../contracts/case-file.ts';
import type { CaseId } from '../../contracts/identity.ts';
import type { Json } from '../../contracts/json.ts';
import { readerKeys } from '../../domain/access/visibility.ts';
import type { Directory } from '../../domain/directory/directory.ts';
import type { MailItem } from '../../domain/mail/message.ts';
import type { ClaimedMail } from './claims.ts';
import type { CourierContext } from './courier-context.ts';
import { preferencesOf } from './preferences.ts';
import type { MailPreferences } from './preferences.ts';

/** What a mail is to say, as the case stands now; oldest notice first. */
export interface MailContents {
  items: (MailItem & { cause: string })[];
  preferences: MailPreferences;
}

interface Row {
  cause: string;
  kind: string;
  digest: boolean;
  data: Record<string, Json>;
  case_id: CaseId;
  ref: string | null;
  process: string;
  title: string;
  file: CaseFile;
  visible: boolean;
}

export async function mailContents(
  { pool, clock }: CourierContext,
  mail: ClaimedMail,
  directory: Directory,
): Promise<MailContents> {
  const { rows } = await pool.query<Row>(
    `SELECT n.cause, n.kind, n.digest, n.data, n.case_id, h.ref, h.process, h.title, h.file, h.viewers && $2::text[] AS visible
     FROM notification n LEFT JOIN case_head h ON h.id = n.case_id WHERE n.mail_id = $1 ORDER BY n.id`,
    [mail.id, readerKeys(directory, mail.person, clock())],
  );
  return { items: rows.map(itemOf), preferences: await preferencesOf(pool, mail.person) };
}

function itemOf({ cause, kind, digest, data, case_id: id, ref, process, title, file, visible }: Row) {
  const known = ref === null ? null : { id, ref, process, title: visible ? title : null, file };
  return { cause, kind, digest, data, case: known };
}
