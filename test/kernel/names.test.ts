import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { acceptanceBodies } from '../../contracts/acceptance.ts';
import { treatmentPlanBodies } from '../../contracts/treatment-plan.ts';
import { absenceBodies } from '../../contracts/absence.ts';
import { actionBodies } from '../../contracts/action.ts';
import { auditorAccessBodies } from '../../contracts/auditor-access.ts';
import { auditorRecordBodies } from '../../contracts/auditor-record.ts';
import { breakGlassBodies } from '../../contracts/break-glass.ts';
import { assessmentScheduleBodies } from '../../contracts/assessment-schedule.ts';
import { assessmentBodies } from '../../contracts/assessment.ts';
import { auditBodies } from '../../contracts/audit.ts';
import { configurationChangeBodies } from '../../contracts/configuration-change.ts';
import { contextRecordBodies } from '../../contracts/context-record.ts';
import { controlBodies } from '../../contracts/control.ts';
import { delegationBodies } from '../../contracts/delegation.ts';
import { departureBodies } from '../../contracts/departure.ts';
import { findingBodies } from '../../contracts/finding.ts';
import { nonconformityBodies } from '../../contracts/nonconformity.ts';
import { registerBodies } from '../../contracts/register.ts';
import { statementBodies } from '../../contracts/statement.ts';
import { riskBodies } from '../../contracts/risk.ts';
import { riskCriteriaBodies } from '../../contracts/risk-criteria.ts';
import { conflicts } from '../../domain/access/segregation.ts';
import { commonCommands } from '../../domain/kernel/common-commands.ts';
import type { ProcessDefinition, StateMeta } from '../../domain/kernel/definition.ts';
import { eventsOf, metaOf, statesOf } from '../../domain/kernel/machine.ts';
import { names } from '../../domain/kernel/names.ts';
import { processes } from '../../domain/processes.ts';
import { edgesOf } from './routes.ts';

/** Machine and policy are two tables that meet by name: no name without its row, no row without its name. */

const kernelEvents = [
  'LAPSED',
  'REJECTED_FINAL',
  'APPROVED',
  'REJECTED',
  'LINKS_SETTLED',
  'WINDOW_ELAPSED',
  'NOTHING_OPEN',
  'OWNER_NAMED',
  'BROADCAST_ENDED',
  'CANCELLED',
  'HOLDER_LEFT',
  'WITHDRAWN',
  'LINK_WITHDRAWN',
];
const bodies = {
  absence: absenceBodies,
  acceptance: acceptanceBodies,
  treatmentPlan: treatmentPlanBodies,
  action: actionBodies,
  auditorAccess: auditorAccessBodies,
  auditorRecord: auditorRecordBodies,
  breakGlass: breakGlassBodies,
  asset: registerBodies,
  businessProcess: registerBodies,
  assessment: assessmentBodies,
  assessmentSchedule: assessmentScheduleBodies,
  audit: auditBodies,
  configurationChange: configurationChangeBodies,
  contextRecord: contextRecordBodies,
  control: controlBodies,
  delegation: delegationBodies,
  departure: departureBodies,
  finding: findingBodies,
  nonconformity: nonconformityBodies,
  statementOfApplicability: statementBodies,
  supplier: registerBodies,
  risk: riskBodies,
  riskCriteria: riskCriteriaBodies,
};
const sorted = (items: Iterable<string>) => [...new Set(items)].sort();

function namedInStates(definition: ProcessDefinition<never>, part: keyof StateMeta): string[] {
  return sorted(statesOf(definition).flatMap((state) => names(metaOf(definition, state)[part])));
}

describe.each(Object.values(processes))('the tables of $name', (definition) => {
  const { policy, machine, guards, behaviours, name } = definition;
  const states = statesOf(definition);
  const events = sorted([
    ...machine.root.transitions.keys(),
    ...states.flatMap((state) => [...machine.states[state]!.transitions.keys()]),
  ]);
  const commands = Object.keys(policy.commands);
  const levels = Object.keys(policy.levels ?? {});

  it.each([
    ['task', Object.keys(policy.tasks)],
    ['deadline', Object.keys(policy.deadlines)],
    ['window', Object.keys(policy.windows)],
    ['round', Object.keys(policy.rounds)],
  ] as const)('have a row for every %s that a state names, and no other', (part, rows) => {
    expect(namedInStates(definition, part)).toEqual(sorted(rows));
  });

  it('have a command for every event that is not of the kernel, and handle every command somewhere', () => {
    const reassigning = Object.values(policy.reassign).flatMap(({ event }) => event ?? []);
    expect(events.filter((event) => ![...kernelEvents, ...reassigning, ...levels].includes(event))).toEqual(
      sorted(commands),
    );
    expect(events).toEqual(expect.arrayContaining([...reassigning, ...levels]));
    expect(sorted(commands)).toEqual(sorted(Object.keys(bodies[name as keyof typeof bodies])));
  });

  it('name no guard that is not defined, define none that is not named, and the machine knows the same', () => {
    const named = sorted(edgesOf(definition).flatMap(({ passes }) => passes));
    expect(named).toEqual(sorted(Object.keys(guards)));
    expect(sorted(Object.keys(machine.implementations.guards))).toEqual(named);
  });

  it('name no party that is not defined', () => {
    const named = [
      ...Object.values(policy.commands).flatMap(({ by }) => by),
      ...Object.values(commonCommands).flatMap(({ by }) => by),
      ...Object.values(policy.reassign).flatMap(({ by }) => by),
      ...Object.values(policy.tasks).map((task) => task.for),
      ...Object.values(policy.deadlines).map(({ owner }) => owner),
      ...Object.values(policy.correctable ?? {}).flatMap(({ by }) => by),
      ...(policy.cancel ? [...policy.cancel.by, ...policy.cancel.confirmedBy, ...(policy.cancel.oneOf ? [policy.cancel.oneOf] : [])] : []),
      ...(policy.withdraw?.by ?? []),
      ...(policy.recordKeepers ?? []),
    ];
    const known = [...Object.keys(policy.parties), 'everyone', 'viewer', 'system'];
    expect(sorted(named).filter((party) => !known.includes(party))).toEqual([]);
    expect(Object.keys(policy.parties).filter((party) => !named.includes(party))).toEqual([]);
  });

  it('anchor deadlines on what is set somewhere', () => {
    const set = [
      'opened',
      'entered',
      'windowEnd',
      ...Object.values(policy.commands).flatMap(({ anchors = [] }) => anchors),
    ];
    expect(
      Object.values(policy.deadlines)
        .map(({ after }) => after)
        .filter((after) => !set.includes(after)),
    ).toEqual([]);
    const used = Object.values(policy.deadlines).map(({ after }) => after);
    expect(set.slice(3).filter((anchor) => !used.includes(anchor))).toEqual([]);
    expect(
      Object.values(policy.commands)
        .flatMap(({ meets = [] }) => meets)
        .filter((each) => !(each in policy.deadlines)),
    ).toEqual([]);
    expect(
      Object.values(policy.tasks)
        .flatMap(({ deadline }) => deadline ?? [])
        .filter((each) => !(each in policy.deadlines)),
    ).toEqual([]);
  });

  it('let follow something only on states and commands that exist', () => {
    expect(Object.keys(policy.freezes ?? {}).filter((state) => !states.includes(state))).toEqual([]);
    expect(Object.keys(behaviours.entering ?? {}).filter((state) => !states.includes(state))).toEqual([]);
    expect(
      Object.keys(behaviours.after ?? {}).filter(
        (each) => !commands.includes(each) && !(each in commonCommands),
      ),
    ).toEqual([]);
  });

  it('leave every round by its decisions, every window by its end, and no end but by a command', () => {
    for (const state of states) {
      const { round, window, settled } = metaOf(definition, state);
      if (round)
        expect(eventsOf(definition, state)).toEqual(expect.arrayContaining(['APPROVED', 'REJECTED']));
      if (window) expect(eventsOf(definition, state)).toContain('WINDOW_ELAPSED');
      if (settled)
        expect(eventsOf(definition, state).filter((event) => !commands.includes(event) && event !== 'LINK_WITHDRAWN')).toEqual([]);
      expect(machine.states[state]!.type === 'final', `${state} is final`).toBe(
        settled !== undefined && eventsOf(definition, state).length === 0,
      );
    }
  });

  it('have in every state somebody who is asked, or something that comes by itself', () => {
    const waits = ['WINDOW_ELAPSED', 'LINKS_SETTLED', 'NOTHING_OPEN', 'BROADCAST_ENDED', ...levels];
    // What stands still is there to be looked up: nobody is asked for anything.
    const idle = (definition.standing ? [] : states).filter((state) => {
      const { task, round, settled } = metaOf(definition, state);
      return (
        !task && !round && !settled && !eventsOf(definition, state).some((event) => waits.includes(event))
      );
    });
    expect(idle).toEqual([]);
  });

  it('keep to what XState is used for here: flat, no invoked actors, no timers, no actions', () => {
    for (const state of states) {
      const node = machine.states[state]!;
      expect(node.type).toMatch(/^(atomic|final)$/);
      expect([node.entry, node.exit, node.invoke].flat()).toEqual([]);
      expect(Object.keys(node.after).concat(node.always?.map(String) ?? [])).toEqual([]);
    }
  });
});

describe('the workflows', () => {
  it('have one of the name of every process, or its cases would never run', () => {
    const named = [...readFileSync('workflows/index.ts', 'utf8').matchAll(/runCase as (\w+)/g)].map(([, name]) => name!);
    expect(sorted(named)).toEqual(sorted(Object.keys(processes)));
  });
});

describe('conflicting relations', () => {
  it('are relations that some command or round really yields', () => {
    const yielded = Object.values(processes).flatMap(({ policy }) => [
      ...Object.values(policy.commands).flatMap(({ involves }) => involves ?? []),
      ...Object.values(policy.rounds).flatMap(({ involves }) => involves ?? []),
    ]);
    expect(
      sorted(conflicts.flatMap(({ one, other }) => [one, other])).filter(
        (relation) => !yielded.includes(relation),
      ),
    ).toEqual([]);
  });
});
