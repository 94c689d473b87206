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

/** Somebody has to be found for what nobody holds: escalation may begin at the due instant; all of it ends at TOP_MGMT. HARD. */
export const reassignmentLadder = z
  .array(ladderStep)
  .min(2)
  .max(stepNames.length)
  .superRefine((steps, context) => {
    const refuse = (message: string) => context.addIssue({ code: 'custom', message });
    if (!isInOrder(steps)) refuse('must name each step once, in the order R1, R2, R3, E0, E1, E2, E3');
    if (steps.some(({ when: at }) => at !== 'due' && !('workingDays' in at))) refuse('must count working days, or fire at the due instant ("due")');
    if (!rises(steps)) refuse('must fire a more severe step later than a milder one');
    if (!endsAtTop(steps)) refuse('must end with E3, which tells topManagement: silence always reaches the top');
  });

/** Reminders lie before the due instant, E0 at it, everything else after it in the order of severity; all of it ends at TOP_MGMT. HARD. */
export const dayLadder = z
  .array(ladderStep)
  .min(2)
  .max(stepNames.length)
  .superRefine((steps, context) => {
    const refuse = (message: string) => context.addIssue({ code: 'custom', message });
    if (!isInOrder(steps)) refuse('must name each step once, in the order R1, R2, R3, E0, E1, E2, E3');
    if (steps.find(({ step }) => step === 'E0')?.when !== 'due') refuse('must fire E0 at the due instant ("due")');
    if (!steps.every(liesOnItsSide)) refuse('must count working days: reminders before the due date, E1 to E3 after it');
    if (!rises(steps)) refuse('must fire a more severe step later than a milder one');
    if (!endsAtTop(steps)) refuse('must end with E3, which tells topManagement: silence always reaches the top');
  });

/** The law does not wait: TOP_MGMT learns of it at the due instant itself. HARD. */
export const legalLadder = z
  .array(ladderStep)
  .min(1)
  .max(4)
  .superRefine((steps, context) => {
    const refuse = (message: string) => context.addIssue({ code: 'custom', message });
    const last = steps.at(-1);
    if (!isInOrder(steps)) refuse('must name each step once, in the order R1, R2, R3, E3');
    if (steps.some((each) => each.step.startsWith('R') && (each.when === 'due' || !('hoursBefore' in each.when || 'percentBefore' in each.when))))
      refuse('must count reminders in hours or shares of the time, since a legal clock knows no working days');
    if (last?.step !== 'E3' || last.when !== 'due') refuse('must end with E3 at the due instant ("due")');
    if (!endsAtTop(steps)) refuse('must tell topManagement at the due instant');
    if (steps.some(({ step }) => step.startsWith('E') && step !== 'E3')) refuse('must have no other escalation than E3');
  });

/** What expires by itself only reminds: nothing is late then (rules §16.1). */
export const expiryLadder = z
  .array(ladderStep)
  .min(1)
  .max(3)
  .superRefine((steps, context) => {
    const refuse = (message: string) => context.addIssue({ code: 'custom', message });
    if (!isInOrder(steps) || steps.some(({ step }) => !step.startsWith('R'))) refuse('must name reminders alone, in the order R1, R2, R3');
    if (steps.some(({ when: at }) => at === 'due' || !('calendarDays' in at))) refuse('must count calendar days before the end');
  });

export type LadderRule = Step;

function isInOrder(steps: readonly Step[]): boolean {
  const places = steps.map(({ step }) => stepNames.indexOf(step));
  return places.every((place, n) => n === 0 || place > places[n - 1]!);
}

function liesOnItsSide({ step, when: at }: Step): boolean {
  if (step === 'E0') return true;
  if (at === 'due' || !('workingDays' in at)) return false;
  return step.startsWith('R') ? at.workingDays < 0 : at.workingDays > 0;
}

function rises(steps: readonly Step[]): boolean {
  const days = steps.flatMap(({ when: at }) => (at === 'due' ? 0 : 'workingDays' in at ? at.workingDays : []));
  return days.every((day, n) => n === 0 || day > days[n - 1]!);
}

function endsAtTop(steps: readonly Step[]): boolean {
  const last = steps.at(-1);
  return last?.step === 'E3' && last.recipients.includes('topManagement');
}
