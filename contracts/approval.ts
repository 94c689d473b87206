import { z } from 'zod';
import { line, localDate, personId } from './fields.ts';
import { roleNames } from './organisation.ts';

/** Approval as the rules know it (rules §4.3, §16.6 "approval policies"): modes, quorum, conditions. */

/**
 * SINGLE: one seat. ALL: every seat, at the same time. ANY: the first approval is enough. QUORUM: so many of the seats, and every
 * mandatory one. SEQUENTIAL: one after the other. HIERARCHY: from the lowest level up to the one whose authority is enough.
 */
export const roundModes = ['SINGLE', 'ALL', 'ANY', 'QUORUM', 'SEQUENTIAL', 'HIERARCHY'] as const;
export type RoundMode = (typeof roundModes)[number];

/** So many approvals, or that part of the members; counted without those who have recused themselves. */
export const quorumSchema = z.union([
  z.strictObject({ members: z.int().min(1).max(20).meta({ title: 'Approvals needed' }) }),
  z.strictObject({ percent: z.int().min(1).max(100).meta({ title: 'Approvals needed, percent of the members' }) }),
]);
export type Quorum = z.output<typeof quorumSchema>;

/** Who may take a seat: holders of a role, the deputy of the ISO, the managers above the owner of the case, or one person. */
const seatHolder = z.union([
  z.enum([...roleNames, 'LINE_MANAGER', 'LINE_MANAGER_PLUS_ONE']),
  z.strictObject({ person: personId('Person') }),
]);
export type SeatHolder = z.output<typeof seatHolder>;

const seat = z.strictObject({
  name: z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/, 'must be a short name such as headOfIt').meta({ title: 'Name of the seat' }),
  who: z.array(seatHolder).min(1).max(5).meta({ title: 'Who may take it, the first who can' }),
  mandatory: z.boolean().optional().meta({ title: 'Without this approval there is none (QUORUM)' }),
  level: z.int().min(1).max(9).optional().meta({ title: 'Level of authority (HIERARCHY)' }),
});

/**
 * Who approves one kind of object (rules §16.6). What is HARD stays HARD: whom a rule of segregation bars takes no seat,
 * whatever stands here, and no seat is ever filled by silence.
 */
export const approvalPolicySchema = z
  .strictObject({
    mode: z.enum(roundModes),
    seats: z.array(seat).min(1).max(9),
    quorum: quorumSchema.optional(),
    /** HIERARCHY: the level whose approval is enough; without it the highest. */
    level: z.int().min(1).max(9).optional(),
  })
  .refine(({ seats }) => new Set(seats.map(({ name }) => name)).size === seats.length, 'must name each seat once')
  .refine(({ mode, seats }) => mode !== 'SINGLE' || seats.length === 1, 'has one seat with SINGLE')
  .refine(({ mode, quorum }) => (mode === 'QUORUM') === (quorum !== undefined), 'has a quorum with QUORUM, and only then')
  .refine(({ quorum, seats }) => !quorum || !('members' in quorum) || quorum.members <= seats.length, 'asks for more approvals than it has seats')
  .refine(({ mode, seats }) => mode !== 'HIERARCHY' || seats.every(({ level }) => level !== undefined), 'gives every seat its level with HIERARCHY');
export type ApprovalPolicy = z.output<typeof approvalPolicySchema>;

/** A condition of an approval: who does what by when; it becomes an action as soon as the round has approved (rules §4.3). */
export const conditionBody = z.strictObject({
  text: line('Condition'),
  owner: personId('Owner of the condition'),
  due: localDate('Due date', 'notPast'),
});
export type ConditionBody = z.output<typeof conditionBody>;
