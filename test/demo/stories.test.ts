import { beforeAll, describe, expect, it } from 'vitest';
import { demoStories } from '../../bin/demo-stories.ts';
import type { AcceptanceDocument } from '../../contracts/acceptance.ts';
import type { AssessmentDocument } from '../../contracts/assessment.ts';
import type { CaseFile } from '../../contracts/case-file.ts';
import { levels } from '../../contracts/criteria.ts';
import type { RiskDocument } from '../../contracts/risk.ts';
import type { StatementDocument } from '../../contracts/statement.ts';
import type { TreatmentPlanDocument } from '../../contracts/treatment-plan.ts';
import { fold } from '../../domain/kernel/patch.ts';
import { treatmentPlanMachine } from '../../domain/treatment-plan/machine.ts';
import { tellTogether } from '../../simulation/tell-together.ts';
import { createVirtualDriver } from '../../simulation/virtual-driver.ts';
import type { VirtualDriver } from '../../simulation/virtual-driver.ts';
import { countsOf, shown } from './company.ts';

/** The company as it is when it is loaded at that instant; its stories end before it. */
async function loadedAt(today: string): Promise<VirtualDriver> {
  const driver = createVirtualDriver();
  expect(await tellTogether(await demoStories(today), driver)).toEqual([]);
  expect(driver.now() <= today).toBe(true);
  await driver.advanceTo(today);
  return driver;
}

const stored = (driver: VirtualDriver) => [...driver.journalInMemory().store.cases.values()];
const filesOf = (driver: VirtualDriver) => stored(driver).map(({ file }) => file);

describe('the stories of the example company show the same on any day', () => {
  it.each([
    ['a leap day', '2028-02-29T11:00:00.000Z'],
    ['a Sunday on which clocks change', '2027-03-28T01:30:00.000Z'],
    ['a holiday after holidays', '2027-01-01T12:00:00.000Z'],
    ['after Christmas, before the stories of the morning', '2027-01-05T07:30:00.000Z'],
    ['a year in which few holidays fall on working days', '2028-06-09T06:00:00.000Z'],
  ])('%s', async (_, today) => {
    expect(countsOf(filesOf(await loadedAt(today)))).toEqual(shown);
  }, 180_000);
});

describe('the example company', () => {
  let driver: VirtualDriver;
  let all: CaseFile[];
  beforeAll(async () => {
    driver = await loadedAt('2026-11-24T15:00:00.000Z');
    all = filesOf(driver);
  }, 180_000);
  const of = <D>(process: string, state?: string) => all.filter((file) => file.process === process && (state === undefined || file.state === state)) as CaseFile<D>[];

  it('has a journal in the order of time', () => {
    const opened = all.map(({ openedAt }) => openedAt);
    expect(opened).toEqual(opened.toSorted());
    const refs = (process: string) => all.filter((file) => file.process === process).map(({ ref }) => ref);
    for (const process of new Set(all.map((file) => file.process))) expect(refs(process)).toEqual(refs(process).toSorted());
  });

  it('has a journal that gives every case as it is', () => {
    for (const { file, journal } of stored(driver)) expect(fold(journal.map(({ patch }) => patch))).toEqual(JSON.parse(JSON.stringify(file)));
  });

  it('has 40 open risks of all levels, each with an owner who has said yes, and what it refers to', () => {
    const open = of<RiskDocument>('risk').filter(({ settled }) => settled === null);
    expect(open).toHaveLength(40);
    expect(new Set(open.map(({ document }) => document.title)).size).toBe(40);
    for (const { document, parties } of open) {
      expect(document.acceptedOwnership?.by).toBe(parties['owner']);
      expect(document.ratings.current!.controls.length).toBeGreaterThan(0);
      expect([...document.assets, ...document.processes, ...document.suppliers].length).toBeGreaterThan(0);
    }
    const found = open.map(({ document }) => document.ratings.current!.level);
    expect(Object.fromEntries(levels.map((level) => [level, found.filter((each) => each === level).length]))).toEqual({ low: 23, medium: 11, high: 6, critical: 0 });
  });

  it('has two full assessments, the second planned by the first and compared with it', () => {
    const [first, second] = of<AssessmentDocument>('assessment', 'completed').filter(({ document }) => document.kind === 'FULL');
    expect(first!.document.result).toMatchObject({ comparison: null, byLevel: { low: 27, medium: 6, high: 4, critical: 1 } });
    expect(second!.document).toMatchObject({ planned: { on: first!.openedAt.slice(0, 10).replace('2025', '2026') }, result: { byLevel: { critical: 0 } } });
    const { previous, sameCriteria, raised, lowered, added, gone } = second!.document.result!.comparison!;
    expect({ previous: previous.id, sameCriteria }).toEqual({ previous: first!.id, sameCriteria: true });
    expect([raised, lowered, added, gone].map((each) => each.length)).toEqual([6, 4, 3, 1]);
  });

  it('has a treatment plan in every state of their machine', () => {
    const states = of<TreatmentPlanDocument>('treatmentPlan').map(({ state }) => state);
    expect([...new Set(states)].sort()).toEqual(Object.keys(treatmentPlanMachine.states).sort());
  });

  it('has acceptances within the criteria and above them, and one that is about to expire', () => {
    const kinds = of<AcceptanceDocument>('acceptance', 'active').map(({ document }) => document.kind);
    expect(new Set(kinds)).toEqual(new Set(['WITHIN_CRITERIA', 'INTERIM', 'RESIDUAL']));
    const expiring = of<AcceptanceDocument>('acceptance', 'expiring').filter(({ document }) => document.kind === 'RETAINED');
    expect(expiring.map(({ document }) => document)).toMatchObject([{ level: 'medium', withinCriteria: false }]);
  });

  it('has a statement in force after an earlier one, and a draft that came by itself', () => {
    const versions = of<StatementDocument>('statementOfApplicability');
    expect(versions.map(({ state, document: { version } }) => `${state} ${version.major}.${version.minor}`)).toEqual(['superseded 1.0', 'effective 2.0', 'draft 2.1']);
    expect(versions[1]!.document.rows.filter(({ applicable }) => !applicable).map(({ control }) => control)).toEqual(['A.7.6', 'A.8.12', 'A.8.30']);
    expect(versions[2]!.openedBy).toBe('SYSTEM');
  });

  it('has nothing that nobody could carry out: no effect of a case was refused', () => {
    const refused = stored(driver).flatMap(({ file, journal }) => journal.filter(({ type, body }) => type === 'EFFECT_ANSWERED' && (body as { outcome?: string }).outcome === 'REFUSED').map(({ version }) => `${file.ref} ${version}`));
    expect(refused).toEqual([]);
  });
});
