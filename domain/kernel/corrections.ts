import type { CaseFile } from '../../contracts/case-file.ts';
import type { CommonBody } from '../../contracts/common-commands.ts';
import type { Json } from '../../contracts/json.ts';
import type { PersonId } from '../../contracts/identity.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import { authorityOf } from '../access/authority.ts';
import type { Authority } from '../access/authority.ts';
import type { CorrectablePolicy } from './definition.ts';
import { askedPerson, viewOf } from './draft.ts';
import type { Draft } from './draft.ts';
import type { Authored, FactQuery } from './facts.ts';
import { tell } from './notices.ts';
import { parseBody } from './payload.ts';

/**
 * A wrong record is corrected by a new entry, never deleted (rules §4.1, §16.1 "wrong record"): by who wrote it, or by who keeps the record. A
 * process names the fields that may be corrected and by whom; what somebody has decided is not among them.
 */

type Correction = CommonBody<'CORRECT_RECORD'>;

/** Who wrote the entry that is corrected. */
export function authorOfEntry({ id }: Pick<CaseFile, 'id'>, { entry }: Correction): FactQuery[] {
  return [{ fact: 'author', of: id, version: entry }];
}

/** What somebody has said he corrects himself, or who keeps the record of this process; nobody else does it for him. */
export function correctionReasons(draft: Draft, body: Correction | undefined): Reason[] {
  if (!body) return [];
  const written = authored(draft, body);
  if (!written) return [reason('NO_SUCH_ENTRY', { entry: body.entry, last: draft.file.version })];
  const { correctable: rows = {} } = draft.definition.policy;
  const row = body.field === undefined ? undefined : rows[body.field];
  if (body.field !== undefined && !(row && Object.hasOwn(rows, body.field))) return [reason('NOT_CORRECTABLE', { field: body.field, correctable: Object.keys(rows) })];
  if (!isAuthor(draft, written) && !keepsRecord(draft).entitled) return [reason('NOT_YOUR_ENTRY', { entry: body.entry, author: written.person ?? 'SYSTEM' })];
  return row ? fieldReasons(draft, row, body) : [];
}

function authored({ facts, file }: Draft, { entry }: Correction): Authored | undefined {
  return facts.authors.find(({ of, version }) => of === file.id && version === entry);
}

/** In the own name, or in whose name it was written. */
function isAuthor({ actor }: Draft, { person, onBehalfOf }: Authored): boolean {
  return actor.person !== null && [person, onBehalfOf].includes(askedPerson(actor));
}

function keepsRecord(draft: Draft): Authority {
  return authorityOf(draft.definition, viewOf(draft), draft.definition.policy.recordKeepers ?? ['iso', 'isoDeputy']);
}

function fieldReasons(draft: Draft, row: CorrectablePolicy, body: Correction): Reason[] {
  const authority = authorityOf(draft.definition, viewOf(draft), row.by);
  return authority.entitled ? valueReasons(draft, row, body) : authority.reasons;
}

function valueReasons(draft: Draft, { value }: CorrectablePolicy, body: Correction): Reason[] {
  const parsed = parseBody(value, body.value);
  if (!parsed.ok) return parsed.reasons.map((each) => ({ ...each, path: 'value' }) as Reason);
  return parsed.body === before(draft, body.field!) ? [reason('ALREADY_DONE', { what: body.field! })] : [];
}

function before(draft: Draft, field: string): Json {
  return (draft.file.document as Record<string, Json>)[field] ?? null;
}

export function correctRecord(draft: Draft, { entry, field: named, value }: Correction): null {
  const field = named ?? null;
  const { correctable = {} } = draft.definition.policy;
  const row = field === null ? undefined : correctable[field];
  const from = row ? before(draft, field!) : null;
  const to = row ? parsedValue(row, value ?? null) : null;
  const written = authored(draft, { entry } as Correction)!;
  const keeper = keepsRecord(draft);
  if (isAuthor(draft, written)) draft.actor = { ...draft.actor, role: 'author' };
  else if (keeper.entitled) draft.actor = { ...draft.actor, role: keeper.role };
  draft.happenings.push({ kind: 'corrected', entry, field, from, to });
  if (row) draft.file.document = { ...(draft.file.document as object), [field!]: to } as never;
  tellAuthor(draft, written);
  draft.file.corrections.push({ entry, field, correctedIn: draft.file.version + 1, by: draft.actor.person!, at: draft.now });
  return null;
}

/** Nobody's words are corrected without his hearing of it. */
function tellAuthor(draft: Draft, { person, onBehalfOf, version }: Authored): void {
  const told = [person, onBehalfOf].filter((each): each is PersonId => each !== null && each !== draft.actor.person);
  tell(draft, told, { kind: 'information', cause: `corrected:${version}`, data: { subject: 'recordCorrected' } });
}

function parsedValue({ value: schema }: CorrectablePolicy, value: Json): Json {
  const parsed = parseBody(schema, value);
  return parsed.ok ? parsed.body : null;
}
