import { describe, expect, it } from 'vitest';
import type { Site } from '../../contracts/organisation.ts';
import { organisationFileSchema } from '../../contracts/organisation.ts';
import { createDirectory } from '../../domain/directory/directory.ts';
import { validateOrganisation } from '../../domain/directory/validation.ts';
import { report } from '../kernel/bodies.ts';
import { createWorld, people } from '../kernel/world.ts';
import { demoOrganisation } from './organisations.ts';

/** Berlin is Lisbon from the first of December on: another name, another zone, the calendar of Munich. */
const move = '2026-12-01';
const moved: Partial<Site> = {
  name: [{ value: 'Berlin', until: '2026-11-30' }, { value: 'Lisboa', from: move }],
  zone: [{ value: 'Europe/Berlin', until: '2026-11-30' }, { value: 'Europe/Lisbon', from: move }],
  calendar: [{ value: 'DE-BE', until: '2026-11-30' }, { value: 'DE-BY', from: move }],
};
const changed = (fields: Partial<Site>) => {
  const data = demoOrganisation();
  return { ...data, sites: data.sites.map((site) => (site.id === 'berlin' ? { ...site, ...fields } : site)) };
};
const before = '2026-11-30T22:59:59.999Z';
const after = '2026-11-30T23:00:00.000Z';

describe('a site (rules §16.1, §16.6 "calendars and zones per site")', () => {
  const directory = createDirectory(organisationFileSchema.parse(changed(moved)), 1);

  it('has its name, zone and calendar by the day, to the midnight of the organisation', () => {
    expect(directory.siteOfUnit('device-software', before)).toEqual({ id: 'berlin', name: 'Berlin', zone: 'Europe/Berlin', calendar: 'DE-BE' });
    expect(directory.siteOfUnit('device-software', after)).toEqual({ id: 'berlin', name: 'Lisboa', zone: 'Europe/Lisbon', calendar: 'DE-BY' });
    expect([before, after].map((at) => directory.calendarOfUnit('device-software', at)).map(({ id, zone }) => [id, zone])).toEqual([
      ['DE-BE', 'Europe/Berlin'],
      ['DE-BY', 'Europe/Lisbon'],
    ]);
  });

  it('is never without a zone and a calendar: a day that is left open has the ones before', () => {
    const gap = createDirectory(changed({ zone: [{ value: 'Europe/Berlin', from: '2020-01-01', until: '2026-10-31' }, { value: 'Europe/Lisbon', from: move }] }), 1);
    expect([gap.siteOfUnit('device-software', '2019-01-01T00:00:00.000Z').zone, gap.siteOfUnit('device-software', before).zone]).toEqual(['Europe/Berlin', 'Europe/Berlin']);
  });

  it('has no two zones on one day, none that does not exist, and no calendar that is not in the file', () => {
    const overlapping = changed({ zone: [{ value: 'Europe/Berlin' }, { value: 'Europe/Lisbon', from: move }] });
    expect(validateOrganisation(overlapping).errors).toMatchObject([{ code: 'OVERLAPPING_PERIODS', data: { field: 'zone', day: move } }]);
    const unknown = changed({ calendar: [{ value: 'DE-BE', until: '2026-11-30' }, { value: 'PT', from: move }] });
    expect(validateOrganisation(unknown).errors).toMatchObject([{ code: 'UNKNOWN_CALENDAR', data: { calendar: 'PT' } }]);
    expect(organisationFileSchema.safeParse(changed({ zone: [{ value: 'Europe/Atlantis' }] })).success).toBe(false);
  });

  it('that moves to another zone moves no case that has begun: it keeps the zone that was pinned', async () => {
    const world = await createWorld(changed(moved));
    const open = () => world.open(people.reporter, 'nonconformity', report(world, { unit: 'device-software' }));
    const [pinned] = [await open(), await world.driver.advanceTo('2026-12-02T08:00:00.000Z')];
    const fresh = await open();
    expect([world.file(pinned).zone, world.file(fresh).zone]).toEqual(['Europe/Berlin', 'Europe/Lisbon']);
    await world.does(pinned, 'ACCEPT', people.iso, { grade: 'minor', owner: 'lea.hoffmann', unit: 'device-software', requirement: 'A.8.13' });
    expect(world.file(pinned).deadlines['containment']?.due.slice(11)).toBe('16:00:00.000Z');
    expect(world.file(fresh).deadlines['triage']?.due.slice(11)).toBe('17:00:00.000Z');
  });
});
