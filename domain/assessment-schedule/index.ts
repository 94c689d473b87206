import { openAssessmentScheduleBody } from '../../contracts/assessment-schedule.ts';
import type { AssessmentScheduleDocument, OpenAssessmentSchedule } from '../../contracts/assessment-schedule.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import { localDate, plusDuration } from '../calendar/due.ts';
import type { Behaviours, OpeningView, ProcessDefinition } from '../kernel/definition.ts';
import { assessmentScheduleGuards } from './guards.ts';
import { assessmentScheduleMachine } from './machine.ts';
import { intervalOf, opened } from './planning.ts';
import { assessmentSchedulePolicy } from './policy.ts';

const PLANNERS = ['role:ISO', 'isoDeputy', 'role:TOP_MGMT'];

/** By who plans, and not further ahead than the interval. */
function openingReasons({ body, actor, facts, now }: OpeningView): Reason[] {
  const { nextOn, months, unit } = body as OpenAssessmentSchedule;
  if (actor.person === null) return [];
  const keys: string[] = facts.directory.keysOf(actor.person, now);
  if (!PLANNERS.some((key) => keys.includes(key))) return [reason('NOT_ENTITLED', { entitled: ['iso', 'isoDeputy', 'topManagement'] })];
  const interval = Math.min(intervalOf({ facts, now }, null), months ?? 12);
  const today = localDate(now, facts.directory.organisation.zone);
  const latest = plusDuration(today, { kind: 'CALENDAR', months: interval }, facts.directory.calendarOfUnit(unit, now));
  return nextOn > latest ? [reason('PERIOD_TOO_LONG', { until: nextOn, latest })] : [];
}

/** What is planned is opened; where the last one still runs, it is attached there and the dates go on (rules §16.1). */
const behaviours: Behaviours<AssessmentScheduleDocument> = {
  entering: {
    due: ({ file, doc }) => {
      const on = doc.planned.at(-1)!;
      const { all, units, assets, risks } = doc.scope;
      const trigger = { kind: 'PLANNED_INTERVAL', ref: file.ref, reason: `Planned for ${on}` };
      const payload = { trigger, scope: { ...(all && { all: true as const }), units, assets, risks }, unit: file.unit, proposed: all ? 'FULL' : 'PARTIAL', planned: { schedule: file.id, on } };
      return [{ follow: 'open', process: 'assessment', payload, link: 'assessment', awaited: false, object: `${file.id}:${on}` }];
    },
  },
};

/** Schedule of assessments (ISO/IEC 27001:2022 8.2; rules §5). */
export const assessmentSchedule: ProcessDefinition<AssessmentScheduleDocument> = {
  name: 'assessmentSchedule',
  prefix: 'RAS',
  version: 1,
  machine: assessmentScheduleMachine,
  guards: assessmentScheduleGuards as never,
  policy: assessmentSchedulePolicy,
  behaviours,
  open: {
    by: 'everyone',
    body: openAssessmentScheduleBody,
    unit: ({ unit }: OpenAssessmentSchedule) => unit,
    document: opened,
    parties: () => ({}),
    rules: openingReasons,
  },
};
