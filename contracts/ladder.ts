import { z } from 'zod';
import { span } from './span.ts';

/** Steps of an escalation ladder as an organisation may set them (rules §4.5). */

const recipients = z
  .array(z.enum(['owner', 'substitute', 'lineManager', 'iso', 'topManagement']))
  .min(1)
  .max(5);

/** When a step fires: at the due instant, days from it at 09:00, a share of the span before it, or hours before it. */
const when = z.union([
  z.literal('due'),
  z.strictObject({ workingDays: z.int().min(-60).max(60) }),
  z.strictObject({ calendarDays: z.int().min(-180).max(-1) }),
  z.strictObject({ percentBefore: z.int().min(1).max(99) }),
  z.strictObject({ hoursBefore: z.int().min(1).max(240) }),
]);

/** From the mildest to the most severe. E4 repeats what E3 tells and is not set here. */
const stepNames = ['R1', 'R2', 'R3', 'E0', 'E1', 'E2', 'E3'] as const;

const ladderStep = z.strictObject({
  step: z.enum(stepNames),
  when,
  recipients,
  digest: z.boolean().optional().meta({ description: 'May go into a collected message' }),
  acknowledgeWithin: span(['wd'], { min: 1, max: 20 }).optional(),
});
type Step = z.output<typeof ladderStep>;

/** What must hold, and what is said where it does not. */
type Condition = readonly [holds: (steps: readonly Step[]) => boolean, message: string];

function ladder({
  min,
  max = stepNames.length,
  conditions,
}: {
  min: number;
  max?: number;
  conditions: readonly Condition[];
}) {
  return z
    .array(ladderStep)
    .min(min)
    .max(max)
    .superRefine((steps, context) => {
      for (const [holds, message] of conditions)
        if (!holds(steps)) context.addIssue({ code: 'custom', message });
    });
}

const inOrder: Condition = [isInOrder, 'must name each step once, in the order R1, R2, R3, E0, E1, E2, E3'];
const rising: Condition = [rises, 'must fire a more severe step later than a milder one'];
const toTheTop: Condition = [
  endsAtTop,
  'must end with E3, which tells topManagement: silence always reaches the top',
];

/** Somebody has to be found for what nobody holds: escalation may begin at the due instant; all of it ends at TOP_MGMT. HARD. */
export const reassignmentLadder = ladder({
  min: 2,
  conditions: [
    inOrder,
    [
      (steps) => steps.every(({ when: at }) => at === 'due' || 'workingDays' in at),
      'must count working days, or fire at the due instant ("due")',
    ],
    rising,
    toTheTop,
  ],
});

/** Reminders lie before the due instant, E0 at it, everything else after it in the order of severity; all of it ends at TOP_MGMT. HARD. */
export const dayLadder = ladder({
  min: 2,
  conditions: [
    inOrder,
    [
      (steps) => steps.find(({ step }) => step === 'E0')?.when === 'due',
      'must fire E0 at the due instant ("due")',
    ],
    [
      (steps) => steps.every(liesOnItsSide),
      'must count working days: reminders before the due date, E1 to E3 after it',
    ],
    rising,
    toTheTop,
  ],
});

/** The law does not wait: TOP_MGMT learns of it at the due instant itself. HARD. */
export const legalLadder = ladder({
  min: 1,
  max: 4,
  conditions: [
    [isInOrder, 'must name each step once, in the order R1, R2, R3, E3'],
    [
      (steps) => steps.filter(isReminder).every(countsHours),
      'must count reminders in hours or shares of the time, since a legal clock knows no working days',
    ],
    [
      (steps) => steps.at(-1)?.step === 'E3' && steps.at(-1)?.when === 'due',
      'must end with E3 at the due instant ("due")',
    ],
    [endsAtTop, 'must tell topManagement at the due instant'],
    [
      (steps) => steps.every((each) => isReminder(each) || each.step === 'E3'),
      'must have no other escalation than E3',
    ],
  ],
});

/** What expires by itself only reminds: nothing is late then (rules §16.1). */
export const expiryLadder = ladder({
  min: 1,
  max: 3,
  conditions: [
    [
      (steps) => isInOrder(steps) && steps.every(isReminder),
      'must name reminders alone, in the order R1, R2, R3',
    ],
    [
      (steps) => steps.every(({ when: at }) => at !== 'due' && 'calendarDays' in at),
      'must count calendar days before the end',
    ],
  ],
});

export type LadderRule = Step;

function isInOrder(steps: readonly Step[]): boolean {
  const places = steps.map(({ step }) => stepNames.indexOf(step));
  return places.every((place, n) => n === 0 || place > places[n - 1]!);
}

function isReminder({ step }: Step): boolean {
  return step.startsWith('R');
}

function countsHours({ when: at }: Step): boolean {
  return at !== 'due' && ('hoursBefore' in at || 'percentBefore' in at);
}

function liesOnItsSide({ step, when: at }: Step): boolean {
  if (step === 'E0') return true;
  if (at === 'due' || !('workingDays' in at)) return false;
  return step.startsWith('R') ? at.workingDays < 0 : at.workingDays > 0;
}

function rises(steps: readonly Step[]): boolean {
  const days = steps.flatMap(({ when: at }) =>
    at === 'due' ? 0 : 'workingDays' in at ? at.workingDays : [],
  );
  return days.every((day, n) => n === 0 || day > days[n - 1]!);
}

function endsAtTop(steps: readonly Step[]): boolean {
  const last = steps.at(-1);
  return last?.step === 'E3' && last.recipients.includes('topManagement');
}
