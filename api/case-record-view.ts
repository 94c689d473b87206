import type { CaseStateView } from '../contracts/api.ts';
import type { CaseFile, Extension } from '../contracts/case-file.ts';

type RecordPart = 'evidence' | 'extensions' | 'hold' | 'cancelRequest' | 'approvedAt' | 'corrections' | 'occurredOn' | 'retrospective' | 'recordClass' | 'retainUntil' | 'legalHold';

/** What a case carries beside its process, as it goes over the wire; of a case from before these words nothing. */
export function caseRecord(file: CaseFile): Pick<CaseStateView, RecordPart> {
  const { evidence, extensions, hold, cancelRequest, approvedAt, corrections, occurredOn, recordClass, retainUntil, legalHold } = file;
  return {
    ...{ evidence, corrections, occurredOn, retainUntil },
    hold: hold && { reason: hold.reason, by: hold.by, since: hold.since, reviewOn: hold.reviewOn },
    extensions: extensions.map(extensionOf),
    cancelRequest: cancelRequest && { reason: cancelRequest.reason, by: cancelRequest.by, at: cancelRequest.at },
    approvedAt: approvedAt ?? null,
    retrospective: file.flags.includes('retrospective'),
    recordClass: recordClass ?? 'record',
    legalHold: legalHold && { reason: legalHold.reason, by: legalHold.by, since: legalHold.since },
  };
}

/** Who may not decide is the engine's own; the task says who may. */
function extensionOf({ deadline, due, newDate, requestedBy, requestedAt, requestedLate, reason, interimMeasure, consent, outcome }: Extension): CaseStateView['extensions'][number] {
  return { deadline, due, newDate, requestedBy, requestedAt, requestedLate, reason, interimMeasure, consent, outcome };
}
