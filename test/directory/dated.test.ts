import { describe, expect, it } from 'vitest';
import type { OrganisationFile } from '../../contracts/organisation.ts';
import { continued, overlapOf, valueOn } from '../../domain/directory/dated.ts';
import { createDirectory } from '../../domain/directory/directory.ts';
import { validateOrganisation } from '../../domain/directory/validation.ts';
import { demoOrganisation } from './organisations.ts';

const before = '2026-12-31T22:59:59.999Z';
const after = '2026-12-31T23:00:00.000Z';

function changed(change: (data: OrganisationFile) => void) {
  const data = demoOrganisation();
  change(data);
  return data;
}

const person = (data: OrganisationFile, id: string) => data.people.find((each) => each.id === id)!;
const unit = (data: OrganisationFile, id: string) => data.units.find((each) => each.id === id)!;

describe('line managers, units and heads with days', () => {
  const data = changed((each) => {
    Object.assign(person(each, 'emre.yilmaz'), {
      unit: [{ value: 'it-operations', until: '2026-12-31' }, { value: 'sales', from: '2027-01-01' }],
      manager: [{ value: 'leon.fischer', until: '2026-12-31' }, { value: 'joerg.wagner', from: '2027-01-01' }],
    });
    Object.assign(unit(each, 'it-operations'), {
      parent: [{ value: 'it', until: '2026-12-31' }, { value: 'development', from: '2027-01-01' }],
      head: [{ value: 'leon.fischer', until: '2026-12-31' }, { value: 'nina.schuster', from: '2027-01-01' }],
    });
  });
  const directory = createDirectory(data, 1);

  it('answer for any instant, to the midnight of the organisation', () => {
    expect(validateOrganisation(data).errors).toEqual([]);
    expect([directory.managerOf('emre.yilmaz', before), directory.managerOf('emre.yilmaz', after)]).toEqual(['leon.fischer', 'joerg.wagner']);
    expect([directory.unitOf('emre.yilmaz', before), directory.unitOf('emre.yilmaz', after)]).toEqual(['it-operations', 'sales']);
    expect(directory.headsOf('it-operations', before)).toEqual(['leon.fischer', 'thomas.reiter', 'katharina.vogt']);
    expect(directory.headsOf('it-operations', after)).toEqual(['nina.schuster', 'stefan.krause', 'katharina.vogt']);
    expect([directory.unitAbove('it-operations', before), directory.unitAbove('it-operations', after)]).toEqual(['it', 'development']);
    expect(directory.reportsOf('joerg.wagner', before)).not.toContain('emre.yilmaz');
    expect(directory.keysOf('joerg.wagner', after)).toContain('manager:emre.yilmaz');
  });

  it('are shown with what holds last where nobody asks for a day', () => {
    expect(directory.person('emre.yilmaz')).toMatchObject({ unit: 'sales', manager: 'joerg.wagner' });
    expect(directory.unit('it-operations')).toMatchObject({ parent: 'development', head: 'nina.schuster' });
  });

  it('may not overlap, nor manage each other in a circle on any day', () => {
    const overlapping = changed((each) => (person(each, 'emre.yilmaz').manager = [{ value: 'leon.fischer' }, { value: 'joerg.wagner', from: '2027-01-01' }]));
    expect(validateOrganisation(overlapping).errors).toMatchObject([{ code: 'OVERLAPPING_PERIODS', data: { field: 'manager', day: '2027-01-01' } }]);
    const circular = changed((each) => (person(each, 'thomas.reiter').manager = [{ value: 'katharina.vogt', until: '2026-12-31' }, { value: 'leon.fischer', from: '2027-01-01' }]));
    expect(validateOrganisation(circular).errors).toMatchObject([{ code: 'MANAGER_CYCLE' }]);
    const nowhere = changed((each) => (person(each, 'emre.yilmaz').unit = [{ value: 'it', until: '2026-12-31' }, { value: 'labs', from: '2027-01-01' }]));
    expect(validateOrganisation(nowhere).errors).toMatchObject([{ code: 'UNKNOWN_UNIT' }]);
  });
});

describe('a unit that ends', () => {
  const ending = createDirectory(changed((data) => Object.assign(unit(data, 'sales'), { until: '2026-12-31', successor: 'finance' })), 1);
  const without = createDirectory(changed((data) => Object.assign(unit(data, 'sales'), { until: '2026-12-31' })), 1);

  it('is headed by the head of its successor, else by the one above, and keeps its site', () => {
    expect(ending.unitHead('sales', before)).toBe('joerg.wagner');
    expect(ending.unitHead('sales', after)).toBe('ingrid.pohl');
    expect(without.unitHead('sales', after)).toBe('katharina.vogt');
    expect([ending.isUnitActive('sales', before), ending.isUnitActive('sales', after)]).toEqual([true, false]);
    expect(ending.siteOfUnit('sales', after).id).toBe('muenchen');
  });
});

describe('a file with plain values', () => {
  const history = [{ value: 'a', until: '2026-06-30' }, { value: 'b', from: '2026-07-01' }];

  it('leaves a history that ends in the same value, goes on with another, and replaces where there is none', () => {
    expect(continued(history, 'b', '2026-11-24')).toBe(history);
    expect(continued(history, 'c', '2026-11-24')).toEqual([history[0], { value: 'b', from: '2026-07-01', until: '2026-11-23' }, { value: 'c', from: '2026-11-24' }]);
    expect(continued('a', 'c', '2026-11-24')).toBe('c');
    expect([valueOn(history, '2026-06-30'), valueOn(history, '2026-07-01')]).toEqual(['a', 'b']);
    expect(overlapOf(history)).toBeUndefined();
  });
});
