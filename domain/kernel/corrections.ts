import type { CommonBody } from '../../contracts/common-commands.ts';
import type { Json } from '../../contracts/json.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import { authorityOf } from '../access/authority.ts';
import type { CorrectablePolicy } from './definition.ts';
import { viewOf } from './draft.ts';
import type { Draft } from './draft.ts';
import { parseBody } from './payload.ts';

/**
 * A wrong record is corrected by a new entry, never deleted (rules §16.1 "wrong record"). A process names the fields that may be corrected
 * and by whom; what somebody has decided is not among them.
 */

type Correction = CommonBody<'CORRECT_RECORD'>;

export function correctionReasons(draft: Draft, body: Correction | undefined): Reason[] {
  const rows = draft.definition.policy.correctable ?? {};
  const mine = Object.values(rows).filter((row) => mayCorrect(draft, row));
  if (!body) return mine.length > 0 ? [] : [notEntitled(Object.values(rows))];
  if (body.entry > draft.file.version) return [reason('NO_SUCH_ENTRY', { entry: body.entry, last: draft.file.version })];
  if (body.field === undefined) return mine.length > 0 ? [] : [notEntitled(Object.values(rows))];
  const row = Object.hasOwn(rows, body.field) ? rows[body.field] : undefined;
  if (!row) return [reason('NOT_CORRECTABLE', { field: body.field, correctable: Object.keys(rows) })];
  if (!mayCorrect(draft, row)) return [notEntitled([row])];
  return valueReasons(draft, row, body);
}

function mayCorrect(draft: Draft, { by }: CorrectablePolicy): boolean {
  return authorityOf(draft.definition, viewOf(draft), by).entitled;
}

function notEntitled(rows: readonly CorrectablePolicy[]): Reason {
  return reason('NOT_ENTITLED', { entitled: [...new Set(rows.flatMap(({ by }) => by))] });
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
  const authority = authorityOf(draft.definition, viewOf(draft), row?.by ?? Object.values(correctable).flatMap(({ by }) => by));
  if (authority.entitled) draft.actor = { ...draft.actor, role: authority.role };
  draft.happenings.push({ kind: 'corrected', entry, field, from, to });
  if (row) draft.file.document = { ...(draft.file.document as object), [field!]: to } as never;
  draft.file.corrections.push({ entry, field, correctedIn: draft.file.version + 1, by: draft.actor.person!, at: draft.now });
  return null;
}

function parsedValue({ value: schema }: CorrectablePolicy, value: Json): Json {
  const parsed = parseBody(schema, value);
  return parsed.ok ? parsed.body : null;
}
