import { describe, expect, it } from 'vitest';
import type { CaseFile } from '../../contracts/case-file.ts';
import type { PersonId } from '../../contracts/identity.ts';
import { maySee, readerKeys, viewersOf } from '../../domain/access/visibility.ts';
import { isProcess, processes } from '../../domain/processes.ts';
import { isRequirementId } from '../../domain/framework/requirement.ts';
import { today } from '../kernel/bodies.ts';
import { openFor } from '../kernel/openings.ts';
import { createWorld, people } from '../kernel/world.ts';
import type { World } from '../kernel/world.ts';

/** What an access reaches, process by process: cases about an item of its scope or of its units, and nothing about people. */
const outside = people.witness;

async function worldOf(): Promise<World> {
  const world = await createWorld();
  await world.change({ take: [{ role: 'WITNESS', person: outside }], give: [{ role: 'EXTERNAL_AUDITOR', person: outside }] });
  return world;
}

const grant = (world: World, person: PersonId, scope: object) => world.open(people.iso, 'auditorAccess', { person, scope, from: today(world), until: today(world, 30), reason: 'Audit' });

async function sees(world: World, person: PersonId, caseId: string): Promise<boolean> {
  const file = world.file(caseId) as unknown as CaseFile;
  const definition = processes[file.process as keyof typeof processes];
  const directory = await world.driver.journalInMemory().directory();
  return maySee({ process: file.process, viewers: viewersOf(file, { tasks: [], involved: [], items: definition.policy.auditedAs(file as never) }) }, readerKeys(directory, person, world.driver.now()));
}

const aboutPeople = ['absence', 'departure'];

describe.each(Object.keys(processes).filter(isProcess))('a case of %s', (process) => {
  it('is audited as items of the standard or the organisation, or reached by no access at all', async () => {
    const world = await worldOf();
    const caseId = await openFor(world, process, []);
    const items = processes[process].policy.auditedAs(world.file(caseId) as never);
    for (const item of items) expect(/^(own|supplier|site|unit):./.test(item) || isRequirementId(item.split(':')[1]!), item).toBe(true);
    expect(items.length === 0).toBe(aboutPeople.includes(process));
    await grant(world, outside, { all: true });
    expect(await sees(world, outside, caseId)).toBe(!aboutPeople.includes(process));
  });
});

describe('an access', () => {
  it('to units reaches what belongs to them; to a site what belongs to the units there', async () => {
    const world = await worldOf();
    const nc = await openFor(world, 'nonconformity', []);
    const { unit } = world.file(nc);
    const elsewhere = await world.open(people.reporter, 'nonconformity', { title: 'x', statement: 'y', source: 'MONITORING', unit: 'sales', detectedOn: today(world) });
    await grant(world, outside, { units: [unit] });
    expect([await sees(world, outside, nc), await sees(world, outside, elsewhere)]).toEqual([true, false]);
    const directory = await world.driver.journalInMemory().directory();
    const site = directory.siteOfUnit('sales', world.driver.now()).id;
    await grant(world, outside, { items: [`site:${site}`] });
    expect(await sees(world, outside, elsewhere)).toBe(true);
  });

  it('gives an auditor who works here what its scope covers beside what is seen anyway', async () => {
    const world = await worldOf();
    const nc = await openFor(world, 'nonconformity', []);
    expect(await sees(world, people.auditor, nc)).toBe(false);
    await grant(world, people.auditor, { items: ['clause:10.2'] });
    expect(await sees(world, people.auditor, nc)).toBe(true);
    expect((await world.driver.journalInMemory().directory()).isAuditorAccount(people.auditor, world.driver.now())).toBe(false);
  });

  it('of another day than today reaches nothing, whatever it was recorded for', async () => {
    const world = await worldOf();
    const nc = await openFor(world, 'nonconformity', []);
    await world.open(people.iso, 'auditorAccess', { person: outside, scope: { all: true }, from: today(world, 1), until: today(world, 2), reason: 'Audit' });
    expect(await sees(world, outside, nc)).toBe(false);
    await world.driver.advanceTo(new Date(Date.parse(world.driver.now()) + 86_400_000).toISOString());
    expect(await sees(world, outside, nc)).toBe(true);
  });
});
