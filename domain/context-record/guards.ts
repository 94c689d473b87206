import { contextFields } from '../../contracts/context-record.ts';
import type { ContextContent, ContextKind, ContextRecordBody, ContextRecordCommand, ContextRecordDocument } from '../../contracts/context-record.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import type { View } from '../kernel/definition.ts';
import { latest } from './records.ts';

/** Guards of the records of the context: each says what stands in the way, or nothing. */

type Sees<C extends ContextRecordCommand> = View<ContextRecordDocument, ContextRecordBody<C>>;

/** A record of the issues says nothing of the scope: each kind carries its own fields, all of them. */
export function contentReasons(kind: ContextKind, content: ContextContent): Reason[] {
  const wanted: readonly string[] = contextFields[kind];
  return (['scope', 'issues', 'climate', 'parties'] as const).flatMap((path) => {
    const given = content[path] !== undefined;
    if (wanted.includes(path) === given) return [];
    return [reason('INVALID_PAYLOAD', { path, message: given ? `a record of kind ${kind} has no ${path}` : `a record of kind ${kind} needs ${path}` })];
  });
}

function isOfItsKind({ doc, body }: Sees<'AMEND'>): Reason[] {
  return body ? contentReasons(doc.kind, body) : [];
}

/** What is confirmed is what was seen (rules §4.3 "content hash"). */
function isWhatWasSeen({ doc, body }: Sees<'CONFIRM'>): Reason[] {
  const { contentHash } = latest(doc);
  return body && body.contentHash !== contentHash ? [reason('CONTENT_CHANGED', { sent: body.contentHash, current: contentHash })] : [];
}

export const contextRecordGuards = { isOfItsKind, isWhatWasSeen };
