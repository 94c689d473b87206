import type { AssessmentBody, AssessmentDocument } from '../../contracts/assessment.ts';
import { contextKinds } from '../../contracts/context-record.ts';
import type { ContextKind, ContextRecordAbout } from '../../contracts/context-record.ts';
import type { UnitId } from '../../contracts/identity.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import type { View } from '../kernel/definition.ts';
import { isInUnits } from '../scope/assessment-scope.ts';

/** What an assessment stands on when it starts: a scope, issues and parties that were confirmed within a year (rules §5 `start`, §18). */

type Sees = Pick<View<AssessmentDocument, AssessmentBody<'START'>>, 'doc' | 'body' | 'facts' | 'now'>;

export function startReasons(view: Sees): Reason[] {
  const missing = contextKinds.filter((kind) => contextOf(view, kind) === undefined);
  if (missing.length > 0) return [reason('CONTEXT_NOT_CONFIRMED', { missing })];
  const { body, doc, facts, now } = view;
  const ground = { directory: facts.directory, now };
  const outside = doc.scope.units.filter((unit) => !isInUnits(unit, scopeUnits(view), ground));
  return [
    ...(outside.length > 0 ? [reason('OUTSIDE_SCOPE', { items: outside })] : []),
    ...(body?.secondRater !== undefined && body.secondRater === body.assessor ? [reason('SAME_PERSON', { role: 'secondRater', person: body.assessor })] : []),
  ];
}

/** The record of that kind that holds now. */
function contextOf({ facts, now }: Pick<Sees, 'facts' | 'now'>, kind: ContextKind): ContextRecordAbout | undefined {
  const records = facts.similar.filter(({ process, settled }) => process === 'contextRecord' && settled === null).map(({ about }) => about as ContextRecordAbout);
  return records.find((each) => each.kind === kind && each.validUntil !== null && each.validUntil > now);
}

/** Units inside the confirmed scope of the ISMS. */
function scopeUnits(view: Pick<Sees, 'facts' | 'now'>): UnitId[] {
  return contextOf(view, 'SCOPE')?.units ?? [];
}

/** What each needs a risk, or a reason why it has none: units and assets of the scope; of the whole, the units of the ISMS. */
export function itemsOf(view: Pick<Sees, 'doc' | 'facts' | 'now'>): string[] {
  const { all, units, assets } = view.doc.scope;
  return all ? scopeUnits(view) : [...units, ...assets];
}
