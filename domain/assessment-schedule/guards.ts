import type { AssessmentScheduleBody, AssessmentScheduleDocument } from '../../contracts/assessment-schedule.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import type { View } from '../kernel/definition.ts';
import { intervalOf, latest } from './planning.ts';

/** Guards of the schedule of assessments. */

/** The organisation as a whole is assessed at planned intervals, always (8.2). */
function isNotTheWhole({ doc }: View<AssessmentScheduleDocument, never>): Reason[] {
  return doc.scope.all ? [reason('MANDATORY', { what: 'plannedAssessment' })] : [];
}

/** A date may move within the interval and an interval may be shortened; nothing is put off beyond what was planned. */
function keepsInterval(view: View<AssessmentScheduleDocument, AssessmentScheduleBody<'CHANGE'>>): Reason[] {
  const { body, doc } = view;
  if (!body) return [];
  const longest = intervalOf(view, null);
  const last = latest(view as never, Math.min(longest, body.months ?? doc.months ?? longest));
  const nextOn = body.nextOn ?? doc.nextOn;
  return nextOn > last ? [reason('PERIOD_TOO_LONG', { until: nextOn, latest: last })] : [];
}

export const assessmentScheduleGuards = { isNotTheWhole, keepsInterval };
