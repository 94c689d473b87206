import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { CaseSummary } from '../../contracts/case-file.ts';
import type { Deed, Tenure } from '../../contracts/independence.ts';
import type { OrganisationFile } from '../../contracts/organisation.ts';
import { reasonText } from '../../domain/access/reason-texts.ts';
import { durationOf } from '../../domain/calendar/duration-text.ts';
import { createDirectory } from '../../domain/directory/directory.ts';
import { annexAControls, clauses } from '../../domain/framework/framework.ts';
import { conflictReason, independence } from '../../domain/independence/independence.ts';
import { touches } from '../../domain/independence/touches.ts';
import { demoOrganisation } from '../directory/organisations.ts';
import { propertyRuns } from '../support/property-runs.ts';

const PERSON = 'nina.schuster';
const START = '2026-01-12T09:00:00.000Z';
const END = '2026-05-24T10:00:00.000Z';
const assessable = clauses.filter((each) => each.assessable).map(({ id }) => `clause:${id}`);
const universe = [...assessable, ...annexAControls.map(({ id }) => `control:${id}`)];

type About = CaseSummary['about'];

function summary(process: string, about: About = {}, id = `${process}-1`): CaseSummary {
  return { id, ref: `REF-${id}`, process, state: 'any', settled: null, openedAt: START, settledAt: null, about };
}

interface Part {
  process: string;
  party?: string;
  relation?: string;
  about?: About;
  parents?: CaseSummary[];
}

const held = ({ process, party = '', about, parents = [] }: Part, until: string | null = END): Tenure => ({ case: summary(process, about), parents, party, person: PERSON, from: START, until });
const did = ({ process, relation = '', about, parents = [] }: Part, at = END): Deed => ({ case: summary(process, about), parents, relation, person: PERSON, at });

interface Ground {
  tenures?: Tenure[];
  deeds?: Deed[];
  now?: string;
  months?: number;
  organisation?: OrganisationFile;
  except?: string[];
}

function conflictsOf({ tenures = [], deeds = [], now = '2026-11-24T09:00:00.000Z', months = 12, organisation = demoOrganisation(), except = [] }: Ground) {
  const directory = createDirectory(organisation, 1);
  return independence({ directory, tenures, deeds, now, lookback: durationOf(`${months}mo`), except });
}

const plan = summary('treatmentPlan', { controls: ['A.8.13', 'K-1'] });
const nc = summary('nonconformity', { requirement: 'A.8.13', unit: 'it' });

/** Every row of the table: what somebody held or did, and what that bars from. */
const rows: [part: Part, item: string, because: string][] = [
  [{ process: 'acceptance', relation: 'acceptedRisk' }, 'clause:6.1.3', 'APPROVED'],
  [{ process: 'acceptance', relation: 'coAcceptedRisk' }, 'clause:6.1.3', 'APPROVED'],
  [{ process: 'action', party: 'owner', parents: [summary('control', { control: 'A.8.13' })] }, 'control:A.8.13', 'ACTION_OWNER'],
  [{ process: 'action', party: 'owner', parents: [plan] }, 'control:A.8.13', 'ACTION_OWNER'],
  [{ process: 'action', party: 'owner', about: { covers: ['K-1'] }, parents: [plan] }, 'own:K-1', 'ACTION_OWNER'],
  [{ process: 'action', party: 'owner', parents: [nc] }, 'control:A.8.13', 'ACTION_OWNER'],
  [{ process: 'action', party: 'owner', parents: [summary('nonconformity', { requirement: '7.2' })] }, 'clause:7.2', 'ACTION_OWNER'],
  [{ process: 'action', relation: 'implementedAction', parents: [plan] }, 'control:A.8.13', 'IMPLEMENTED'],
  [{ process: 'action', relation: 'implementedAction', parents: [plan] }, 'clause:8.3', 'IMPLEMENTED'],
  [{ process: 'assessment', party: 'assessor' }, 'clause:8.2', 'OPERATED'],
  [{ process: 'assessment', relation: 'assessedRisks' }, 'clause:6.1.2', 'OPERATED'],
  [{ process: 'assessment', relation: 'confirmedRisk' }, 'clause:6.1.2', 'APPROVED'],
  [{ process: 'assessment', relation: 'ruledOnDispute' }, 'clause:6.1.2', 'APPROVED'],
  [{ process: 'assessment', relation: 'approvedAssessment' }, 'clause:8.2', 'APPROVED'],
  [{ process: 'audit', party: 'leadAuditor' }, 'clause:9.2.1', 'RUNS_THE_PROGRAMME'],
  [{ process: 'audit', relation: 'audited' }, 'clause:9.2.2', 'RUNS_THE_PROGRAMME'],
  [{ process: 'auditProgramme', party: 'author' }, 'clause:9.2.2', 'RUNS_THE_PROGRAMME'],
  [{ process: 'auditProgramme', relation: 'authoredProgramme' }, 'clause:9.2.1', 'RUNS_THE_PROGRAMME'],
  [{ process: 'auditorRecord', relation: 'keptAuditorRecord' }, 'clause:9.2.1', 'RUNS_THE_PROGRAMME'],
  [{ process: 'configurationChange', relation: 'authoredConfiguration' }, 'clause:7.5.3', 'AUTHORED'],
  [{ process: 'configurationChange', relation: 'approvedConfiguration' }, 'clause:6.3', 'APPROVED'],
  [{ process: 'contextRecord', relation: 'preparedContext', about: { kind: 'SCOPE' } }, 'clause:4.3', 'AUTHORED'],
  [{ process: 'contextRecord', relation: 'confirmedContext', about: { kind: 'ISSUES' } }, 'clause:4.1', 'APPROVED'],
  [{ process: 'control', party: 'owner', about: { control: 'A.8.13' } }, 'control:A.8.13', 'OWNED'],
  [{ process: 'control', party: 'owner', about: { control: 'K-1' } }, 'own:K-1', 'OWNED'],
  [{ process: 'finding', party: 'author' }, 'clause:9.2.1', 'RUNS_THE_PROGRAMME'],
  [{ process: 'finding', relation: 'gradedFinding' }, 'clause:9.2.2', 'RUNS_THE_PROGRAMME'],
  [{ process: 'nonconformity', party: 'ncOwner', about: nc.about }, 'control:A.8.13', 'OPERATED'],
  [{ process: 'nonconformity', party: 'ncOwner', about: nc.about }, 'unit:it', 'OPERATED'],
  [{ process: 'nonconformity', relation: 'triaged', about: nc.about }, 'clause:10.2', 'OPERATED'],
  [{ process: 'nonconformity', relation: 'recordedCorrection', about: nc.about }, 'clause:10.2', 'OPERATED'],
  [{ process: 'nonconformity', relation: 'authoredCause', about: nc.about }, 'unit:it', 'AUTHORED'],
  [{ process: 'nonconformity', relation: 'submittedPlan', about: nc.about }, 'control:A.8.13', 'AUTHORED'],
  [{ process: 'nonconformity', relation: 'approvedPlan', about: nc.about }, 'control:A.8.13', 'APPROVED'],
  [{ process: 'risk', relation: 'ratedRisk' }, 'clause:6.1.2', 'OPERATED'],
  [{ process: 'risk', relation: 'ratedRiskSecond' }, 'clause:8.2', 'OPERATED'],
  [{ process: 'risk', relation: 'confirmedRisk' }, 'clause:8.2', 'APPROVED'],
  [{ process: 'riskCriteria', relation: 'authoredCriteria' }, 'clause:6.1.2', 'AUTHORED'],
  [{ process: 'riskCriteria', relation: 'approvedCriteria' }, 'clause:6.1.2', 'APPROVED'],
  [{ process: 'statementOfApplicability', relation: 'authoredStatement' }, 'clause:6.1.3', 'AUTHORED'],
  [{ process: 'statementOfApplicability', relation: 'approvedStatement' }, 'clause:6.1.3', 'APPROVED'],
  [{ process: 'supplier', party: 'owner' }, 'supplier:supplier-1', 'OWNED'],
  [{ process: 'treatmentPlan', party: 'author', about: plan.about }, 'control:A.8.13', 'AUTHORED'],
  [{ process: 'treatmentPlan', relation: 'authoredPlan', about: plan.about }, 'clause:6.1.3', 'AUTHORED'],
  [{ process: 'treatmentPlan', relation: 'endorsedPlan', about: plan.about }, 'clause:8.3', 'APPROVED'],
  [{ process: 'treatmentPlan', relation: 'approvedTreatment', about: plan.about }, 'own:K-1', 'APPROVED'],
  [{ process: 'treatmentPlan', relation: 'approvedBudget', about: plan.about }, 'clause:8.3', 'APPROVED'],
  [{ process: 'treatmentPlan', relation: 'acceptedRisk', about: plan.about }, 'clause:6.1.3', 'APPROVED'],
  [{ process: 'treatmentPlan', relation: 'coAcceptedRisk', about: plan.about }, 'clause:6.1.3', 'APPROVED'],
  [{ process: 'treatmentPlan', relation: 'ratedResidual', about: plan.about }, 'clause:8.3', 'OPERATED'],
];

const pastOf = (part: Part) => (part.party === undefined ? { deeds: [did(part)] } : { tenures: [held(part)] });
const spoken = ({ process, party, relation }: Part) => `${process} ${party ?? relation}`;

describe('what somebody held or did bars from auditing it until the lookback is over, and from nothing else', () => {
  it.each(rows.map(([part, item, because]) => [spoken(part), item, because, part] as const))('%s: %s, %s', (_, item, because, part) => {
    const conflicts = conflictsOf(pastOf(part))(PERSON, item);
    expect(conflicts.map((each) => each.because)).toEqual([because]);
    expect(conflicts[0]).toMatchObject({ rule: 'SOD-01', waivable: true, freeFrom: '2027-05-24', facts: [{ ref: `REF-${part.process}-1`, until: '2026-05-24' }] });
    const later = (now: string) => conflictsOf({ ...pastOf(part), now })(PERSON, item);
    expect(later('2027-05-23T21:59:59.000Z')).toHaveLength(1);
    expect(later('2027-05-23T22:00:00.000Z')).toEqual([]);
    expect(conflictsOf(pastOf(part))('felix.bauer', item)).toEqual([]);
  });

  it('names no row of the table less', () => {
    const told = new Set(rows.map(([part]) => `${part.process} ${part.party ?? ''}/${part.relation ?? ''}`));
    const missing = Object.entries(touches).flatMap(([process, some]) =>
      some.flatMap((touch) => {
        const name = 'party' in touch ? `${touch.party}/` : `/${touch.relation}`;
        const isTold = name.includes('*') ? [...told].some((each) => each.startsWith(`${process} `)) : told.has(`${process} ${name}`);
        return isTold ? [] : [`${process} ${name}`];
      }),
    );
    expect(missing).toEqual([]);
  });

  it('who has no past is barred from nothing', () => {
    const free = conflictsOf({});
    expect(universe.flatMap((item) => free('felix.bauer', item))).toEqual([]);
  });

  it('another control, clause, unit or supplier stays free', () => {
    const of = conflictsOf({ tenures: [held({ process: 'control', party: 'owner', about: { control: 'A.8.13' } }), held({ process: 'supplier', party: 'owner' })], deeds: [did({ process: 'contextRecord', relation: 'preparedContext', about: { kind: 'SCOPE' } })] });
    for (const item of ['control:A.8.14', 'own:A.8.13x', 'clause:4.1', 'clause:8.1', 'unit:sales', 'supplier:supplier-2']) expect(of(PERSON, item)).toEqual([]);
  });

  it('verifying that a corrective action works bars nobody', () => {
    const deeds = ['judgedEffectiveness', 'confirmedImplementation', 'verifiedAction'].map((relation) => did({ process: 'nonconformity', relation, about: nc.about }));
    expect(universe.flatMap((item) => conflictsOf({ deeds })(PERSON, item))).toEqual([]);
  });

  it('an action of a plan bars from the controls that it puts in place, not from all of the plan', () => {
    const of = conflictsOf({ tenures: [held({ process: 'action', party: 'owner', about: { covers: ['A.8.14'] }, parents: [plan] })] });
    expect(of(PERSON, 'control:A.8.13')).toEqual([]);
    expect(of(PERSON, 'control:A.8.14')).toHaveLength(1);
  });

  it('the audit that is asked about does not bar its own auditors from clause 9.2', () => {
    const past = { tenures: [held({ process: 'audit', party: 'leadAuditor' }), held({ process: 'finding', party: 'author', parents: [summary('audit')] })] };
    expect(conflictsOf(past)(PERSON, 'clause:9.2.1')).toHaveLength(1);
    expect(conflictsOf({ ...past, except: ['audit-1'] })(PERSON, 'clause:9.2.1')).toEqual([]);
  });
});

describe('the lookback', () => {
  const owned = (until: string | null) => held({ process: 'control', party: 'owner', about: { control: 'A.8.13' } }, until);
  const item = 'control:A.8.13';

  it('lasts for as long as somebody still holds it', () => {
    expect(conflictsOf({ tenures: [owned(null)], now: '2036-11-24T09:00:00.000Z' })(PERSON, item)).toMatchObject([{ freeFrom: null, facts: [{ until: null }] }]);
  });

  it.each([
    [6, '2026-08-31T10:00:00.000Z', '2027-02-28'],
    [12, '2028-02-29T10:00:00.000Z', '2029-02-28'],
    [24, '2026-05-24T10:00:00.000Z', '2028-05-24'],
  ])('of %i months after %s is over on %s, on its first instant at the organisation', (months, until, freeFrom) => {
    const at = (now: string) => conflictsOf({ tenures: [owned(until)], months, now })(PERSON, item);
    expect(at(until)).toMatchObject([{ freeFrom }]);
    const midnight = Date.parse(`${freeFrom}T00:00:00.000Z`) - (freeFrom > '2028-03' && freeFrom.slice(5) === '05-24' ? 7_200_000 : 3_600_000);
    expect(at(new Date(midnight - 1).toISOString())).toHaveLength(1);
    expect(at(new Date(midnight).toISOString())).toEqual([]);
  });

  it('counts days where the organisation is: late in the evening in UTC is the next day there', () => {
    expect(conflictsOf({ tenures: [owned('2026-05-23T22:30:00.000Z')] })(PERSON, item)).toMatchObject([{ facts: [{ until: '2026-05-24' }], freeFrom: '2027-05-24' }]);
  });

  it('of several facts the last one counts, and all of them are told', () => {
    const tenures = [owned('2026-05-24T10:00:00.000Z'), { ...owned('2026-08-24T10:00:00.000Z'), from: '2026-06-01T09:00:00.000Z' }];
    expect(conflictsOf({ tenures })(PERSON, item)).toMatchObject([{ freeFrom: '2027-08-24', facts: [{ from: '2026-01-12' }, { from: '2026-06-01' }] }]);
  });

  test('more past never frees anybody, and who is free stays free as long as nothing is added (property)', () => {
    const part = fc.constantFrom(...rows.map(([each]) => each));
    const day = fc.date({ min: new Date('2024-01-01'), max: new Date('2026-11-23'), noInvalidDate: true }).map((date) => date.toISOString());
    const past = fc.array(fc.record({ part, until: day }), { maxLength: 6 });
    const facts = (some: { part: Part; until: string }[]) => ({
      tenures: some.filter((each) => each.part.party !== undefined).map((each) => ({ ...held(each.part, each.until), from: '2023-01-01T09:00:00.000Z' })),
      deeds: some.filter((each) => each.part.relation !== undefined).map((each) => did(each.part, each.until)),
    });
    fc.assert(
      fc.property(past, past, fc.constantFrom(...rows.map(([, each]) => each)), fc.integer({ min: 0, max: 800 }), (some, more, key, days) => {
        const causes = (ground: Ground) => conflictsOf(ground)(PERSON, key).map(({ because }) => because);
        const few = causes(facts(some));
        expect(causes(facts([...some, ...more]))).toEqual(expect.arrayContaining(few));
        const now = new Date(Date.parse('2026-11-24T09:00:00.000Z') + days * 86_400_000).toISOString();
        expect(few).toEqual(expect.arrayContaining(causes({ ...facts(some), now })));
      }),
      propertyRuns(),
    );
  });
});

describe('roles, units and sites', () => {
  const ofRole = (role: string, days: { from?: string; until?: string } = {}) => {
    const organisation = demoOrganisation();
    return { ...organisation, roles: [...organisation.roles.filter((each) => each.role !== role), { role: role as 'ISO', person: PERSON, ...days }] };
  };

  it('the ISO audits no clause, whatever top management says (SOD-02), but may audit controls', () => {
    const of = conflictsOf({});
    for (const item of assessable) expect(of('anna.berger', item)).toContainEqual(expect.objectContaining({ because: 'ISO_OVER_CLAUSE', rule: 'SOD-02', waivable: false, freeFrom: null }));
    expect(of('anna.berger', 'control:A.8.13')).toEqual([]);
  });

  it('who was ISO audits no clause until the lookback is over, counted from the last day', () => {
    const organisation = ofRole('ISO', { until: '2026-05-24' });
    expect(conflictsOf({ organisation })(PERSON, 'clause:8.1')).toMatchObject([{ because: 'ISO_OVER_CLAUSE', freeFrom: '2027-05-24' }]);
    expect(conflictsOf({ organisation, now: '2027-05-24T06:00:00.000Z' })(PERSON, 'clause:8.1')).toEqual([]);
  });

  it('who will be ISO one day is not it yet', () => {
    expect(conflictsOf({ organisation: ofRole('ISO', { from: '2027-01-01' }) })(PERSON, 'clause:8.1')).toEqual([]);
  });

  it.each([
    ['ISO_DEPUTY', 'clause:8.1', 'OPERATED'],
    ['AUDIT_PROGRAMME_MANAGER', 'clause:9.2.2', 'RUNS_THE_PROGRAMME'],
    ['TOP_MGMT', 'clause:5.1', 'OWNED'],
    ['TOP_MGMT', 'clause:9.3.2', 'OWNED'],
    ['LEGAL', 'control:A.5.31', 'OPERATED'],
    ['DPO', 'control:A.5.34', 'OPERATED'],
  ])('%s bars from %s: %s', (role, item, because) => {
    expect(conflictsOf({ organisation: ofRole(role) })(PERSON, item)).toMatchObject([{ because, waivable: true }]);
  });

  it('top management may audit what is not its own', () => {
    expect(conflictsOf({})('katharina.vogt', 'clause:8.1')).toEqual([]);
  });

  it('members of a unit have worked in it, its heads and those above answer for it', () => {
    const of = conflictsOf({});
    expect(of(PERSON, 'unit:it-operations')).toMatchObject([{ because: 'OPERATED', facts: [{ what: 'member', until: null }] }]);
    expect(of('leon.fischer', 'unit:it-operations').map(({ because }) => because)).toEqual(['OWNED', 'OPERATED']);
    expect(of('thomas.reiter', 'unit:it-operations')).toMatchObject([{ because: 'OWNED', facts: [{ ref: 'it' }] }]);
    expect(of('thomas.reiter', 'unit:it')).toHaveLength(2);
    expect(of(PERSON, 'unit:it')).toEqual([]);
  });

  it('who has changed the unit is free of the old one after the lookback', () => {
    const organisation = demoOrganisation();
    const people = organisation.people.map((each) => (each.id === PERSON ? { ...each, unit: [{ value: 'it-operations', until: '2026-05-24' }, { value: 'sales', from: '2026-05-25' }] } : each));
    const at = (now: string) => conflictsOf({ organisation: { ...organisation, people }, now })(PERSON, 'unit:it-operations');
    expect(at('2026-11-24T09:00:00.000Z')).toMatchObject([{ freeFrom: '2027-05-24' }]);
    expect(at('2027-05-24T09:00:00.000Z')).toEqual([]);
  });

  it('the heads of the units at a site answer for it, who merely works there does not', () => {
    const of = conflictsOf({});
    expect(of('lea.hoffmann', 'site:berlin')).toMatchObject([{ because: 'OWNED', facts: [{ ref: 'device-software' }] }]);
    expect(of('clara.winter', 'site:berlin')).toEqual([]);
    expect(of('thomas.reiter', 'site:berlin')).toEqual([]);
  });
});

describe('a conflict in words', () => {
  const say = (ground: Ground, item: string, person = PERSON) => conflictsOf(ground)(person, item).map((each) => [reasonText(conflictReason(each), 'en'), reasonText(conflictReason(each), 'de')]);

  it('says who, what, when, where it stands and from when on it is over', () => {
    const [[en, de]] = say({ tenures: [held({ process: 'control', party: 'owner', about: { control: 'A.8.13' } })] }, 'control:A.8.13') as [[string, string]];
    expect(en).toBe(
      'SOD-01: nina.schuster is not independent of A.8.13: owner of it from 2026-01-12 until 2026-05-24 (REF-control-1). Independent from 2027-05-24 on. Name another auditor, or of a member other than the lead ask top management for a waiver with a safeguard.',
    );
    expect(de).toBe(
      'SOD-01: nina.schuster ist nicht unabhängig (A.8.13): dafür verantwortlich von 2026-01-12 bis 2026-05-24 (REF-control-1). Unabhängig ab 2027-05-24. Benennen Sie eine andere Auditorin oder einen anderen Auditor, oder bitten Sie die oberste Leitung um eine Ausnahme mit Ausgleich (nicht für die Auditleitung).',
    );
  });

  it('offers no waiver to the ISO over a clause', () => {
    const [[en, de]] = say({}, 'clause:8.1', 'anna.berger') as [[string, string]];
    expect(en).toBe('SOD-02: anna.berger is not independent of clause 8.1: information security officer, who audits no clause of the management system (ISO). Name another auditor.');
    expect(de).not.toContain('Ausnahme');
  });
});

test('every clause that a row names is one that can be audited', () => {
  const named = rows.map(([, item]) => item).filter((item) => item.startsWith('clause:'));
  expect(named.filter((item) => !assessable.includes(item))).toEqual([]);
});

test('four hundred items, ten people and three hundred facts each are answered in two seconds of computing', () => {
  const people = demoOrganisation().people.slice(0, 10).map(({ id }) => id);
  const tenures = people.flatMap((person) => rows.filter(([{ party }]) => party !== undefined).flatMap(([part]) => Array.from({ length: 20 }, () => ({ ...held(part), person }))));
  const of = conflictsOf({ tenures });
  const items = Array.from({ length: 400 }, (_, n) => universe[n % universe.length]!);
  const began = process.cpuUsage();
  people.forEach((person) => items.forEach((item) => of(person, item)));
  expect(process.cpuUsage(began).user).toBeLessThan(2_000_000);
});
