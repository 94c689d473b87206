import { z } from 'zod';
import { caseId, prose, reasonText } from './fields.ts';
import type { CaseId, Instant, PersonId } from './identity.ts';

/** Break-glass (rules §3.2 SOD-13): powers that ADMIN or the ISO gets for some hours, approved by TOP_MGMT and reviewed afterwards. */

/**
 * What may be lent in an emergency, by process. What is not named here never is: verdicts, grades, waivers, approvals, acceptances of
 * risk, and what people do in person.
 */
const common = ['REASSIGN', 'HOLD', 'RESUME', 'SETTLE_EFFECT'] as const;
const commandsByProcess = {
  action: ['ASSIGN', 'START', 'BLOCK', 'UNBLOCK', 'SUBMIT', ...common],
  nonconformity: [
    ...['ACCEPT', 'RECORD_CORRECTION', 'CORRECTION_NOT_POSSIBLE', 'SUBMIT_CAUSE', 'CA_NEEDED', 'SUBMIT_PLAN', 'REVISE_PLAN', 'REPLAN', 'SEND_CB_EVIDENCE'],
    ...common,
  ],
};
const breakGlassProcesses = Object.keys(commandsByProcess);

/** `process:COMMAND`, e.g. `nonconformity:REASSIGN`. */
export const breakGlassPowers = Object.entries(commandsByProcess).flatMap(([process, commands]) => commands.map((command) => `${process}:${command}`));

/** Beyond that nothing is an emergency, whatever is configured. */
export const BREAK_GLASS_CEILING_HOURS = 72;

/** Opened by who is to have the powers. */
export const openBreakGlassBody = z
  .strictObject({
    processes: z.array(z.enum(breakGlassProcesses)).default([]).meta({ title: 'All that may be lent in these processes' }),
    commands: z.array(z.enum(breakGlassPowers)).max(30).default([]).meta({ title: 'Single powers, e.g. nonconformity:REASSIGN' }),
    case: caseId('Only in this case').optional(),
    hours: z.int().min(1).max(BREAK_GLASS_CEILING_HOURS).meta({ title: 'Hours' }),
    reason: reasonText,
  })
  .refine(({ processes, commands }) => processes.length + commands.length > 0, { path: ['commands'], message: 'name at least one power in commands, or a process in processes' });
export type OpenBreakGlass = z.infer<typeof openBreakGlassBody>;

export const breakGlassBodies = {
  END: z.strictObject({ reason: reasonText }),
  /** The reviewer says how many decisions he has looked at, so that none was added meanwhile. */
  CONFIRM_REVIEW: z.strictObject({ decisions: z.int().min(0).meta({ title: 'Decisions looked at' }), assessment: prose('Assessment') }),
  /** SYSTEM only: somebody has decided with it. */
  USED: z.strictObject({ from: z.uuid(), fromRef: z.string(), version: z.int(), command: z.string(), at: z.string() }),
} as const;

export type BreakGlassCommand = keyof typeof breakGlassBodies;
export type BreakGlassBody<C extends BreakGlassCommand> = z.infer<(typeof breakGlassBodies)[C]>;

/** One decision made with it: entry `version` of that case. */
export interface BreakGlassUse {
  case: CaseId;
  ref: string;
  version: number;
  command: string;
  at: Instant;
}

/** The document; who has the powers is the party `holder`. */
export interface BreakGlassDocument {
  /** `process:COMMAND`, those of whole processes spelt out. */
  powers: string[];
  case: CaseId | null;
  hours: number;
  reason: string;
  uses: BreakGlassUse[];
  review: { by: PersonId; at: Instant; assessment: string } | null;
}

/** What the directory reads of it; both instants are null while it gives nothing. */
export type BreakGlassAbout = { holder: PersonId; powers: string[]; case: CaseId | null; starts: Instant | null; ends: Instant | null };

/** All that may be lent in the processes, and the single powers, each once. */
export function powersOf({ processes, commands }: Pick<OpenBreakGlass, 'processes' | 'commands'>): string[] {
  return breakGlassPowers.filter((power) => commands.includes(power) || processes.includes(power.split(':')[0]!));
}
