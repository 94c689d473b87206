import { describe, expect, it } from 'vitest';
import { createDirectory } from '../../domain/directory/directory.ts';
import { demoOrganisation, organisationOf } from './organisations.ts';

const at = '2026-11-24T09:00:00.000Z';

describe('a person is there', () => {
  const data = organisationOf({
    people: [{ id: 'eva', from: '2026-10-26', until: '2027-03-28' }, { id: 'max' }],
  });
  const directory = createDirectory(data, 1);

  it('from the first minute of the first day until the last minute of the last, in the zone of the organisation', () => {
    expect(directory.isActive('eva', '2026-10-25T22:59:59.999Z')).toBe(false);
    expect(directory.isActive('eva', '2026-10-25T23:00:00.000Z')).toBe(true);
    // 2027-03-28 is the day on which summer time begins: it ends an hour earlier in UTC than it began.
    expect(directory.isActive('eva', '2027-03-28T21:59:59.999Z')).toBe(true);
    expect(directory.isActive('eva', '2027-03-28T22:00:00.000Z')).toBe(false);
  });

  it('for ever when no date says otherwise, also when the last day is written 9999-12-31', () => {
    // West of Greenwich the end of that day lies in the year 10000.
    const newYork = organisationOf({
      people: [{ id: 'max', until: '9999-12-31' }],
      zone: 'America/New_York',
    });
    expect(directory.isActive('max', '1999-01-01T00:00:00.000Z')).toBe(true);
    expect(createDirectory(newYork, 1).isActive('max', at)).toBe(true);
  });

  it('never when unknown', () => {
    expect(directory.isActive('nobody', at)).toBe(false);
    expect(directory.person('nobody')).toBeNull();
  });

  it('still by name after leaving, so that past decisions keep their author', () => {
    expect(directory.person('eva')?.name).toBe('eva');
    expect(directory.activePeople('2028-01-01T00:00:00.000Z')).toEqual(['max']);
  });
});

describe('the line manager', () => {
  const people = [
    { id: 'chief' },
    { id: 'head', manager: 'chief', until: '2026-11-30' },
    { id: 'lead', manager: 'head', until: '2026-11-30' },
    { id: 'dev', manager: 'lead' },
  ];
  const directory = createDirectory(organisationOf({ people }), 1);
  const after = '2026-12-01T09:00:00.000Z';

  it('is the one named in the file while that person is there', () => {
    expect(directory.managerOf('dev', at)).toBe('lead');
    expect(directory.managerOf('lead', at)).toBe('head');
  });

  it('is the next one above who is still there, after the others have left', () => {
    expect(directory.managerOf('dev', after)).toBe('chief');
  });

  it('is also found for a leaver, whose tasks somebody must take over', () => {
    expect(directory.isActive('lead', after)).toBe(false);
    expect(directory.managerOf('lead', after)).toBe('chief');
  });

  it('is nobody at the top and nobody for the unknown', () => {
    expect(directory.managerOf('chief', at)).toBeNull();
    expect(directory.managerOf('nobody', at)).toBeNull();
  });

  it('changes whose direct report somebody is', () => {
    expect(directory.isDirectReport('dev', 'lead', at)).toBe(true);
    expect(directory.isDirectReport('dev', 'chief', at)).toBe(false);
    expect(directory.isDirectReport('dev', 'chief', after)).toBe(true);
    expect(directory.reportsOf('chief', after)).toEqual(['head', 'lead', 'dev']);
  });

  it('is found in finite time even where a file that was never validated has managers in a circle', () => {
    const circle = [
      { id: 'a', manager: 'b', until: '2020-01-01' },
      { id: 'b', manager: 'a', until: '2020-01-01' },
      { id: 'c', manager: 'a' },
    ];
    expect(createDirectory(organisationOf({ people: circle }), 1).managerOf('c', at)).toBeNull();
  });
});

describe('a unit', () => {
  const data = demoOrganisation();
  const directory = createDirectory(data, 7);

  it('is headed by the head of the nearest unit above while its own is missing or has left', () => {
    expect(directory.unitHead('device-software', at)).toBe('lea.hoffmann');
    const left = demoOrganisation();
    left.people = left.people.map((each) =>
      each.id === 'lea.hoffmann' ? { ...each, until: '2026-11-23' } : each,
    );
    left.units = left.units.map((each) => (each.id === 'development' ? { ...each, head: undefined } : each));
    const later = createDirectory(left, 8);
    expect(later.unitHead('device-software', '2026-11-23T09:00:00.000Z')).toBe('lea.hoffmann');
    expect(later.unitHead('device-software', at)).toBe('katharina.vogt');
  });

  it('has no head when nobody above has one or the unit does not exist', () => {
    expect(createDirectory(organisationOf({ people: [{ id: 'max' }] }), 1).unitHead('office', at)).toBeNull();
    expect(directory.unitHead('no-such-unit', at)).toBeNull();
    expect(directory.unit('no-such-unit')).toBeNull();
  });

  it('works by the calendar of its site', () => {
    expect(directory.siteOfUnit('device-software', at).id).toBe('berlin');
    expect(directory.calendarOfUnit('device-software', at).holidays).toHaveProperty('2027-03-08');
    expect(directory.calendarOfUnit('it', at).holidays).not.toHaveProperty('2027-03-08');
    expect(directory.calendarOfUnit('it', at).holidays).toHaveProperty('2027-01-06');
  });

  it('counts times of day in the zone of its site, not in that of the calendar', () => {
    const lisbon = organisationOf({ people: [{ id: 'max' }] });
    lisbon.sites = [{ id: 'main', name: 'Lisboa', zone: 'Europe/Lisbon', calendar: 'plain' }];
    expect(createDirectory(lisbon, 1).calendarOfUnit('office', at)).toMatchObject({
      id: 'plain',
      zone: 'Europe/Lisbon',
    });
  });

  it('that was dissolved counts as part of the main site, so that its old cases stay decidable', () => {
    expect(directory.siteOfUnit('dissolved', at).id).toBe('muenchen');
    expect(directory.calendarOfUnit('dissolved', at).id).toBe('DE-BY');
  });

  it('belongs to a directory that knows its revision and organisation', () => {
    expect(directory.revision).toBe(7);
    expect(directory.organisation.name).toBe('Lindwurm Medtech GmbH');
    expect(directory.people()).toHaveLength(20);
  });
});
