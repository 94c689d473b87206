import { describe, expect, it } from 'vitest';
import { breakGlassPowers } from '../../contracts/break-glass.ts';
import type { OrganisationFile } from '../../contracts/organisation.ts';
import { commonCommandBodies } from '../../contracts/common-commands.ts';
import { conflicts } from '../../domain/access/segregation.ts';
import { policyOf } from '../../domain/kernel/accept.ts';
import { statesOf } from '../../domain/kernel/machine.ts';
import { isProcess, processes } from '../../domain/processes.ts';
import { demoOrganisation } from '../directory/organisations.ts';
import { answer, reach } from '../kernel/asking.ts';
import { bodyOf, commandsOf } from '../kernel/bodies.ts';

/** Two developers whom nothing concerns; one of them is ADMIN as well. */
const admin = 'mehmet.demir';
const employee = 'felix.bauer';
const organisation: OrganisationFile = { ...demoOrganisation(), roles: [...demoOrganisation().roles, { role: 'ADMIN', person: admin }] };

/** The technical event of rules §3.3 that ADMIN announces; it decides nothing about any case. */
const technical = ['departure CHANGE_LAST_DAY', 'departure WITHDRAW'];

describe('ADMIN (SOD-13)', () => {
  it.each(Object.keys(processes) as (keyof typeof processes)[])('may do nothing in %s that an employee may not, in no state', async (process) => {
    const more: string[] = [];
    for (const state of statesOf(processes[process])) {
      const { world, caseId } = await reach(process, state, organisation);
      for (const command of commandsOf(process)) {
        const body = await bodyOf(world, caseId, command);
        const [asAdmin, asEmployee] = [await answer({ world, caseId, command, body, person: admin }), await answer({ world, caseId, command, body, person: employee })];
        const codes = (reasons: typeof asAdmin) => reasons.map(({ code }) => code);
        if (codes(asAdmin).join() !== codes(asEmployee).join()) more.push(`${process} ${command}`);
      }
    }
    expect([...new Set(more)].filter((each) => !technical.includes(each))).toEqual([]);
  });
});

describe('what may be asked for in an emergency', () => {
  const powers = breakGlassPowers.map((power) => power.split(':') as [string, string]);

  it.each(powers)('%s %s is a command of that process, decides in no round, accepts no risk and is not done in person', (process, command) => {
    expect(isProcess(process)).toBe(true);
    const policy = policyOf(processes[process as keyof typeof processes], command)!;
    expect(policy).toBeDefined();
    expect([policy.inPerson, policy.acceptsRisk]).toEqual([undefined, undefined]);
    expect(policy.by).not.toEqual(['system']);
    if (Object.hasOwn(commonCommandBodies, command)) expect(['REASSIGN', 'HOLD', 'RESUME', 'SETTLE_EFFECT']).toContain(command);
  });

  it('is never the judging side of a pair of segregation', () => {
    const judging = conflicts.map(({ one }) => one);
    for (const [process, command] of powers) {
      const { involves } = policyOf(processes[process as keyof typeof processes], command)!;
      expect(judging, `${process} ${command}`).not.toContain(involves);
    }
  });
});
