import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CaseSummary } from '../../contracts/case-file.ts';
import { controlStatuses, mandateCodes } from '../../contracts/control.ts';
import type { StatementRow } from '../../contracts/statement.ts';
import { annexAControls } from '../../domain/framework/framework.ts';
import { inconsistencies } from '../../domain/statement/consistency.ts';
import { deltaOf, deltaText, isMajor } from '../../domain/statement/delta.ts';
import { deriveStatement } from '../../domain/statement/derive.ts';
import { effectOfPlan } from '../../domain/statement/effect-of-plan.ts';
import { sourcesOf } from '../../domain/statement/sources.ts';
import type { ControlSource, StatementSources } from '../../domain/statement/sources.ts';
import { propertyRuns } from '../support/property-runs.ts';

const none: StatementSources = { plans: [], draftPlans: [], risks: [], controls: [], justifications: {} };
const everything = Object.fromEntries(annexAControls.map(({ id }) => [id, 'Nothing here needs it']));
const control = (id: string, extra: Partial<ControlSource> = {}): ControlSource => ({
  ...{ control: id, title: id, source: id.startsWith('A.') ? null : 'OWN', owner: 'anna.berger', status: 'IMPLEMENTED', effective: 'yes', how: null },
  ...{ documents: [], evidenceOn: '2026-10-01', mandates: [], actions: [] },
  ...extra,
});
const plan = (ref: string, ...controls: string[]) => ({ ref, controls, reasons: Object.fromEntries(controls.map((each) => [each, ['R-2026-0001']])) });
const row = (rows: readonly StatementRow[], id: string) => rows.find((each) => each.control === id)!;
const check = (rows: readonly StatementRow[], sources: StatementSources) =>
  inconsistencies({ rows, sources, evidenceSince: '2025-11-24', isActive: (person) => person !== 'leon.fischer' });
const codes = (rows: readonly StatementRow[], sources: StatementSources) => check(rows, sources).errors.map(({ code, control: id }) => `${id} ${code}`);

describe('the derivation of the statement', () => {
  it('has all 93 controls of Annex A, excluded where nothing asks for them, with the justification carried over', () => {
    const rows = deriveStatement({ ...none, justifications: everything });
    expect(rows.map(({ control: id }) => id)).toEqual(annexAControls.map(({ id }) => id));
    expect(rows.every(({ applicable, justification, reasons }) => !applicable && justification !== null && reasons.length === 0)).toBe(true);
    expect(codes(rows, none)).toEqual([]);
  });

  it('includes what an approved plan needs, what a rating relies on whether it is treated or not, and what is mandated, each with its reason', () => {
    const mandated = control('A.5.34', { mandates: [{ key: 'm1', code: 'LEGAL', text: 'Data protection law', ref: 'Art. 32' }] });
    const sources = { ...none, plans: [plan('RTP-1', 'A.8.13')], risks: [{ ref: 'R-9', controls: ['A.8.7', 'A.8.13'] }], controls: [mandated] };
    const rows = deriveStatement(sources);
    expect(row(rows, 'A.8.13')).toMatchObject({ applicable: true, reasons: [{ code: 'RISK', refs: ['R-2026-0001', 'R-9'] }], plans: ['RTP-1'] });
    expect(row(rows, 'A.8.7')).toMatchObject({ applicable: true, reasons: [{ code: 'RISK', refs: ['R-9'] }], plans: [] });
    expect(row(rows, 'A.5.34')).toMatchObject({ applicable: true, reasons: [{ code: 'LEGAL', text: 'Data protection law', refs: ['Art. 32'] }] });
    expect(rows.filter(({ applicable }) => applicable)).toHaveLength(3);
  });

  it('has own controls behind those of Annex A, also one that only a plan names', () => {
    const rows = deriveStatement({ ...none, controls: [control('OC-2', { mandates: [] })], plans: [plan('RTP-1', 'OC-1')] });
    expect(rows.slice(93).map(({ control: id, applicable }) => [id, applicable])).toEqual([['OC-2', true], ['OC-1', true]]);
    expect(codes(rows, none)).toContain('OC-2 APPLICABLE_WITHOUT_REASON');
  });

  it('reads cases as they tell of themselves, and none that has ended', () => {
    const summary = { ref: 'X-1', openedAt: '', settledAt: null, settled: null, state: '' };
    const cases: CaseSummary[] = [
      { ...summary, id: 'r1', ref: 'R-1', process: 'risk', about: { controls: ['A.8.7'] } },
      { ...summary, id: 'r2', ref: 'R-2', process: 'risk', settled: 'closed', about: { controls: ['A.8.8'] } },
      { ...summary, id: 'p1', ref: 'RTP-1', process: 'treatmentPlan', about: { inForce: 'yes', controls: ['A.8.13'], reasons: '{"A.8.13":["r1","gone"]}' } },
      { ...summary, id: 'p2', ref: 'RTP-2', process: 'treatmentPlan', about: { inForce: 'no', controls: ['A.8.9'], reasons: null } },
      { ...summary, id: 'c1', process: 'control', settled: 'retired', about: { control: 'OC-1', title: 'Own', source: 'OWN', status: 'PARTIAL', mandates: '[]' } },
    ];
    const sources = sourcesOf(cases, {});
    expect(sources.plans).toEqual([{ ref: 'RTP-1', controls: ['A.8.13'], reasons: { 'A.8.13': ['R-1', 'gone'] } }]);
    expect([sources.draftPlans.map(({ ref }) => ref), sources.risks.map(({ ref }) => ref), sources.controls]).toEqual([['RTP-2'], ['R-1'], []]);
  });
});

describe('a statement cannot be approved', () => {
  it('with an excluded control that an approved plan, a rating or a requirement needs; a draft plan only warns (rules §16.4 no. 18, §18)', () => {
    const rows = deriveStatement({ ...none, justifications: everything });
    const mandated = control('A.5.34', { mandates: [{ key: 'm1', code: 'CONTRACT', text: 'Customer AG' }] });
    const now = { ...none, plans: [plan('RTP-1', 'A.8.13')], risks: [{ ref: 'R-9', controls: ['A.8.7'] }], controls: [mandated], draftPlans: [plan('RTP-2', 'A.8.9')] };
    expect(check(rows, now)).toEqual({
      errors: [
        { code: 'EXCLUDED_BUT_REQUIRED', control: 'A.5.34', refs: ['CONTRACT: Customer AG'] },
        { code: 'EXCLUDED_BUT_RELIED_ON', control: 'A.8.7', refs: ['R-9'] },
        { code: 'EXCLUDED_BUT_IN_PLAN', control: 'A.8.13', refs: ['RTP-1'] },
      ],
      warnings: [{ code: 'EXCLUDED_BUT_IN_DRAFT', control: 'A.8.9', refs: ['RTP-2'] }],
    });
  });

  it('without each control of Annex A exactly once (rules §16.4 no. 18)', () => {
    const rows = deriveStatement({ ...none, justifications: everything });
    expect(check(rows.slice(1), none).errors).toEqual([{ code: 'NOT_ALL_OF_ANNEX_A', control: null, refs: ['A.5.1'] }]);
    expect(check([...rows, rows[4]!], none).errors).toEqual([{ code: 'NOT_ALL_OF_ANNEX_A', control: null, refs: ['A.5.5'] }]);
    expect(check([...rows, { ...rows[4]!, control: 'A.9.1' }], none).errors).toEqual([{ code: 'NOT_ALL_OF_ANNEX_A', control: null, refs: ['A.9.1'] }]);
  });

  it.each([
    ['EXCLUDED_WITHOUT_JUSTIFICATION', { ...none, justifications: { ...everything, 'A.8.13': undefined as never } }],
    ['EVIDENCE_TOO_OLD', relying({ evidenceOn: '2025-11-23' })],
    ['EVIDENCE_TOO_OLD', relying({ evidenceOn: null })],
    ['NO_ACTION', relying({ status: 'PARTIAL' })],
    ['OWNER_VACANT', relying({ owner: null })],
    ['OWNER_VACANT', relying({ owner: 'leon.fischer' })],
  ])('%s', (code, sources: StatementSources) => {
    expect(codes(deriveStatement(sources), sources)).toEqual([`A.8.13 ${code}`]);
  });

  it('but with evidence of the last twelve months, or an action, or a plan for what is not implemented', () => {
    for (const sources of [relying({}), relying({ status: 'PLANNED', actions: ['Buy it'] }), { ...relying({ status: 'PLANNED' }), plans: [plan('RTP-1', 'A.8.13')] }])
      expect(codes(deriveStatement(sources), sources)).toEqual([]);
  });
});

/** A risk relies on A.8.13. */
function relying(extra: Partial<ControlSource>): StatementSources {
  return { ...none, justifications: everything, risks: [{ ref: 'R-9', controls: ['A.8.13'] }], controls: [control('A.8.13', extra)] };
}

describe('the difference between two versions', () => {
  const before = deriveStatement(relying({}));

  it('is nothing between a version and itself', () => expect(deltaOf(before, before)).toEqual([]));

  it('is minor where only status and evidence change, and reads as lines', () => {
    const delta = deltaOf(before, deriveStatement(relying({ status: 'PARTIAL', evidenceOn: '2026-11-01' })));
    expect(delta.map(deltaText)).toEqual(['A.8.13 status: IMPLEMENTED → PARTIAL', 'A.8.13 newest evidence: 2026-10-01 → 2026-11-01']);
    expect(isMajor(delta)).toBe(false);
  });

  it('is major where applicability changes, or an own control comes or goes', () => {
    const excluded = deltaOf(before, deriveStatement({ ...relying({}), risks: [] }));
    expect(excluded.map(deltaText)[0]).toBe('A.8.13 is not applicable any more');
    const own = deriveStatement({ ...relying({}), controls: [control('A.8.13'), control('OC-1')] });
    expect([excluded, deltaOf(excluded as never, []), deltaOf(before, own), deltaOf(own, before)].map(isMajor)).toEqual([true, true, true, true]);
  });
});

describe('what a plan would make of the statement', () => {
  const effect = (sources: StatementSources, ...controls: string[]) => effectOfPlan({ sources, evidenceSince: '2025-11-24', isActive: (person) => person !== 'leon.fischer' }, plan('RTP-9', ...controls));
  const told = ({ problems }: ReturnType<typeof effect>) => problems.map(({ code, control: id }) => `${id} ${code}`);

  it('is what it changes beside all others, whether it is a draft or another version of one in force', () => {
    const drafted = effect({ ...relying({}), draftPlans: [plan('RTP-9', 'A.8.9')] }, 'A.8.9', 'A.8.13');
    expect(drafted.delta.map(deltaText)).toEqual(['A.8.9 becomes applicable', 'A.8.9 reasons: – → RISK R-2026-0001; RTP-9', 'A.8.9 justification: Nothing here needs it → –', 'A.8.13 reasons: RISK R-9 → RISK R-2026-0001 R-9; RTP-9']);
    expect(effect({ ...relying({}), plans: [plan('RTP-9', 'A.8.9')] }, 'A.8.13').delta.map(deltaText)[0]).toBe('A.8.9 is not applicable any more');
  });

  it('is blamed for nothing that stands against the statement already, nor for what it gives up', () => {
    const vacant = relying({ owner: null, evidenceOn: null });
    expect(told(effect(vacant, 'A.8.13'))).toEqual([]);
    expect(told(effect({ ...none, plans: [plan('RTP-9', 'A.8.9')] }, 'A.8.13'))).toEqual(['A.8.13 OWNER_VACANT']);
  });

  it.each([
    ['has nobody who owns it', [], 'A.8.9 OWNER_VACANT'],
    ['is owned by who has left', [control('A.8.9', { owner: 'leon.fischer' })], 'A.8.9 OWNER_VACANT'],
    ['counts as implemented though nobody has looked for a year', [control('A.8.9', { evidenceOn: '2025-11-23' })], 'A.8.9 EVIDENCE_TOO_OLD'],
  ] as const)('cannot be endorsed where a control %s', (_, controls, problem) => {
    expect(told(effect({ ...none, controls }, 'A.8.9'))).toEqual([problem]);
  });
});

const someControl = fc.constantFrom(...annexAControls.map(({ id }) => id).slice(0, 12), 'OC-1', 'OC-2');
const planArbitrary = fc.record({ ref: fc.constantFrom('RTP-1', 'RTP-2', 'RTP-3'), controls: fc.uniqueArray(someControl, { maxLength: 5 }), reasons: fc.dictionary(someControl, fc.array(fc.constantFrom('R-1', 'R-2')), { maxKeys: 4 }) });
const controlArbitrary: fc.Arbitrary<ControlSource> = fc
  .record({
    ...{ id: someControl, status: fc.constantFrom(...controlStatuses), evidenceOn: fc.constantFrom(null, '2026-10-01') },
    mandates: fc.array(fc.record({ key: fc.constantFrom('m1', 'm2'), code: fc.constantFrom(...mandateCodes), text: fc.constantFrom('One', 'Two') }), { maxLength: 2 }),
  })
  .map(({ id, ...extra }) => control(id, extra));
const sourcesArbitrary: fc.Arbitrary<StatementSources> = fc.record({
  ...{ plans: fc.array(planArbitrary, { maxLength: 4 }), draftPlans: fc.array(planArbitrary, { maxLength: 2 }) },
  risks: fc.array(fc.record({ ref: fc.constantFrom('R-1', 'R-2', 'R-3'), controls: fc.array(someControl, { maxLength: 4 }) }), { maxLength: 5 }),
  controls: fc.uniqueArray(controlArbitrary, { maxLength: 6, selector: (each) => each.control }),
  justifications: fc.dictionary(someControl, fc.constant('Not here')),
});

describe('whatever is approved', () => {
  it('the order in which it is read makes no difference', () => {
    fc.assert(
      fc.property(sourcesArbitrary, (sources) => {
        const turned = { ...sources, plans: sources.plans.toReversed(), risks: sources.risks.toReversed(), controls: sources.controls.map((each) => ({ ...each, mandates: each.mandates.toReversed() })).toReversed() };
        expect(deriveStatement(turned)).toEqual(deriveStatement(sources));
      }),
      propertyRuns(),
    );
  });

  it('deriving again with what was carried over changes nothing', () => {
    fc.assert(
      fc.property(sourcesArbitrary, (sources) => {
        const rows = deriveStatement(sources);
        const carried = Object.fromEntries(rows.flatMap(({ control: id, justification }) => (justification === null ? [] : [[id, justification]])));
        expect(deltaOf(rows, deriveStatement({ ...sources, justifications: carried }))).toEqual([]);
      }),
      propertyRuns(),
    );
  });

  it('a plan blames nothing on itself that would stand there without it, and changes nothing where it is in force already', () => {
    fc.assert(
      fc.property(sourcesArbitrary, planArbitrary, (sources, wanted) => {
        const checking = { sources, evidenceSince: '2025-11-24', isActive: () => true };
        const known = check(deriveStatement(sources), sources).errors.map(({ code, control: id }) => `${id} ${code}`);
        const { problems } = effectOfPlan(checking, wanted);
        for (const { code, control: id } of problems) {
          expect(known).not.toContain(`${id} ${code}`);
          // Given up by it, and still asked for by something else that nobody works on any more.
          if (code !== 'NO_ACTION') expect(wanted.controls).toContain(id);
        }
        const others = sources.plans.filter(({ ref }) => ref !== wanted.ref);
        expect(effectOfPlan({ ...checking, sources: { ...sources, plans: [...others, wanted] } }, wanted)).toEqual({ delta: [], problems: [] });
      }),
      propertyRuns(),
    );
  });

  it('every excluded control is used by no plan in force, no rating and no requirement, and all 93 are there', () => {
    fc.assert(
      fc.property(sourcesArbitrary, (sources) => {
        const rows = deriveStatement(sources);
        const used = [...sources.plans, ...sources.risks].flatMap(({ controls }) => controls);
        const required = sources.controls.flatMap(({ control: id, mandates }) => (mandates.length > 0 ? [id] : []));
        for (const { control: id } of rows.filter(({ applicable }) => !applicable)) expect([...used, ...required]).not.toContain(id);
        expect(check(rows, sources).errors.map(({ code }) => code).filter((code) => /EXCLUDED_BUT|NOT_ALL/.test(code))).toEqual([]);
      }),
      propertyRuns(),
    );
  });
});
