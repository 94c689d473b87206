import type { ContextRecordDocument } from '../../contracts/context-record.ts';
import type { Behaviours, Follow, View } from '../kernel/definition.ts';

/** What follows from a record of the context: who hears of it, and that risks are assessed on another ground (rules §14 L14). */

type Sees = View<ContextRecordDocument>;

const told = (subject: string): Follow => ({ follow: 'inform', subject, to: ['role:ISO', 'role:TOP_MGMT'] });

/** Another content is in force than the one confirmed before; the first one changes nothing. */
function isChange({ doc: { confirmations } }: Sees): boolean {
  const [before, now] = confirmations.slice(-2);
  return now !== undefined && before!.contentHash !== now.contentHash;
}

/** Whether that asks for an assessment the triage decides; those that run decide whether they go on. */
function afterConfirmation(view: Sees): Follow[] {
  const { file, doc } = view;
  if (!isChange(view)) return [told('contextConfirmed')];
  const kind = doc.kind === 'SCOPE' ? 'SCOPE_CHANGE' : 'REQUIREMENT';
  const trigger = { kind, ref: file.ref, reason: doc.versions.at(-1)!.change ?? doc.title };
  const running: Follow = { kind: 'broadcast', scope: { process: 'assessment' }, command: 'SCOPE_CHANGED', body: { record: file.id, recordRef: file.ref } };
  return [
    told('contextConfirmed'),
    ...(doc.kind === 'SCOPE' ? [running] : []),
    { follow: 'open', process: 'assessment', payload: { trigger, scope: { all: true }, unit: file.unit, proposed: 'PARTIAL' }, link: 'assessment', awaited: false, object: `${file.id}:${doc.confirmations.length}` },
  ];
}

export const contextRecordBehaviours: Behaviours<ContextRecordDocument> = {
  entering: { retired: () => [told('contextRetired')] },
  after: { CONFIRM: afterConfirmation, RETURN: () => [told('contextReturned')] },
};
