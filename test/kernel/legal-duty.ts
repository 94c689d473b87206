import { setup } from 'xstate';
import { z } from 'zod';
import type { CaseFile } from '../../contracts/case-file.ts';
import type { Instant } from '../../contracts/identity.ts';
import { calendarMonths, clockHours, workingDays } from '../../domain/calendar/duration.ts';
import type { ProcessDefinition, StateMeta } from '../../domain/kernel/definition.ts';
import type { Facts } from '../../domain/kernel/facts.ts';
import type { MachineEvent } from '../../domain/kernel/machine.ts';
import { open } from '../../domain/kernel/open.ts';
import { people } from './world.ts';

/** A duty to notify, with what laws set: hours from becoming aware, and a month; beside it something of the organisation's own. */
const machine = setup({ types: {} as { events: MachineEvent; meta: StateMeta } }).createMachine({
  id: 'duty',
  initial: 'aware',
  states: {
    aware: { meta: { deadline: ['notification', 'report', 'own'] }, on: { NOTIFY: 'notified' } },
    notified: { meta: { settled: 'done' }, type: 'final' },
  },
});

const duty: ProcessDefinition<Record<string, never>> = {
  ...{ name: 'duty', prefix: 'D', version: 1, machine, guards: {}, behaviours: {} },
  policy: {
    parties: {
      iso: () => ['role:ISO'],
      isoDeputy: () => ['isoDeputy'],
      topManagement: () => ['role:TOP_MGMT'],
      owner: () => [`person:${people.ncOwner}`],
    },
    ...{ reassign: {}, tasks: {}, windows: {}, rounds: {}, auditedAs: () => [] },
    commands: { NOTIFY: { by: ['owner'], body: z.strictObject({}) as never } },
    deadlines: {
      notification: { after: 'opened', duration: () => clockHours(72), ladder: 'legal', owner: 'owner' },
      report: { after: 'opened', duration: () => calendarMonths(1), ladder: 'legal', owner: 'owner' },
      own: { after: 'opened', duration: () => workingDays(20), ladder: 'standard', owner: 'owner' },
    },
    reviewInput: 'd2',
    list: () => ({ title: 'Duty', owner: people.ncOwner, grade: null }),
    about: () => ({}),
  },
  open: {
    by: 'everyone',
    body: z.strictObject({}),
    unit: () => 'it',
    document: () => ({}),
    parties: () => ({}),
  },
};
export const legalDuty = duty as unknown as ProcessDefinition<never>;

/** What else a decision asks for: nothing here. */
export const noFacts = { involvements: [], cases: [], children: [], similar: [], spawned: [], evidence: [], vacancies: 0, claims: [], authors: [], tenures: [], deeds: [] };

/** The case as it is from the moment at which somebody became aware. */
export function aware(facts: Facts, now: Instant): CaseFile {
  const actor = { person: people.reporter, role: 'everyone' };
  const opened = open({
    definition: legalDuty,
    id: crypto.randomUUID(),
    ref: 'D-1',
    body: {},
    actor,
    parent: null,
    facts,
    now,
  });
  if (!opened.opened) throw new Error('the duty was not opened');
  return opened.entries.at(-1)!.file;
}
