import { assessmentScheduleBodies as bodies } from '../../contracts/assessment-schedule.ts';
import type { AssessmentScheduleBody, AssessmentScheduleCommand, AssessmentScheduleDocument } from '../../contracts/assessment-schedule.ts';
import { atLocalTime } from '../calendar/due.ts';
import type { CommandPolicy, Policy, View } from '../kernel/definition.ts';
import { scopeItems, scopeKey } from '../scope/assessment-scope.ts';
import { due } from './planning.ts';

/** Who plans assessments, and when they begin. */

type Doc = AssessmentScheduleDocument;
type Commands = { [C in AssessmentScheduleCommand]: CommandPolicy<Doc, AssessmentScheduleBody<C>> };

const planners = ['iso', 'isoDeputy', 'topManagement'];

const commands: Commands = {
  CHANGE: { by: planners, body: bodies.CHANGE, record: ({ doc, body }) => ({ ...doc, nextOn: body.nextOn ?? doc.nextOn, months: body.months ?? doc.months }) },
  CYCLE_COMPLETED: {
    by: ['system'],
    body: bodies.CYCLE_COMPLETED,
    record: ({ doc, body }) => ({ ...doc, completed: [...doc.completed, { assessment: body.assessment, ref: body.assessmentRef, on: body.on }] }),
  },
};

export const assessmentSchedulePolicy: Policy<Doc> = {
  parties: { iso: () => ['role:ISO'], isoDeputy: () => ['isoDeputy'], topManagement: () => ['role:TOP_MGMT'] },
  reassign: {},
  commands: commands as unknown as Policy<Doc>['commands'],
  tasks: {},
  deadlines: {},
  cancel: { by: planners, confirmedBy: ['topManagement', 'iso', 'isoDeputy'] },
  // From the first minute of the planned day on, at the site of the case.
  windows: { interval: ({ doc, file }) => ({ at: atLocalTime(doc.nextOn, '00:00', file.zone) }) },
  rounds: {},
  freezes: { due: (view) => due(view as View<Doc, never>) },
  claims: ({ settled, document: { scope } }) => (settled === null ? [`assessmentSchedule:${scopeKey(scope)}`] : []),
  keys: ({ settled, document: { scope } }) => (settled === null ? [{ key: 'scope', value: scopeKey(scope) }] : []),
  auditedAs: () => ['clause:8.2'],
  reviewInput: 'f',
  list: ({ document: { scope, nextOn } }) => ({ title: `${scope.all ? 'everything' : scopeItems(scope).join(', ')}: next on ${nextOn}`.slice(0, 200), owner: null, grade: null }),
  about: ({ document: { scope, nextOn, planned, completed } }) => ({ scope: scopeItems(scope), nextOn, planned, completed: completed.map(({ on }) => on) }),
};
