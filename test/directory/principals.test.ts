import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PrincipalKey } from '../../contracts/identity.ts';
import { roleNames } from '../../contracts/organisation.ts';
import type { OrganisationFile } from '../../contracts/organisation.ts';
import { createDirectory } from '../../domain/directory/directory.ts';
import { anyInstant, anyOrganisation, demoOrganisation, organisationOf, role } from './organisations.ts';
import { propertyRuns } from '../support/property-runs.ts';

const at = '2026-11-24T09:00:00.000Z';
const resolve = (data: OrganisationFile, key: PrincipalKey): string[] =>
  createDirectory(data, 1).resolve(key, at);

describe('a principal key', () => {
  it('leads to the person, the manager, the manager above and the holders of a role', () => {
    const demo = demoOrganisation();
    expect(resolve(demo, 'person:emre.yilmaz')).toEqual(['emre.yilmaz']);
    expect(resolve(demo, 'manager:emre.yilmaz')).toEqual(['leon.fischer']);
    expect(resolve(demo, 'manager2:emre.yilmaz')).toEqual(['thomas.reiter']);
    expect(resolve(demo, 'role:ISO')).toEqual(['anna.berger']);
    expect(resolve(demo, 'isoDeputy')).toEqual(['martin.huber']);
    expect(resolve(demo, 'everyone')).toHaveLength(20);
  });

  it('leads to nobody for a leaver, an unknown person and an unknown role', () => {
    const data = organisationOf({ people: [{ id: 'max', until: '2026-11-23' }, { id: 'eva' }] });
    expect(resolve(data, 'person:max')).toEqual([]);
    expect(resolve(data, 'person:nobody')).toEqual([]);
    expect(resolve(data, 'manager:nobody')).toEqual([]);
    expect(resolve(data, 'role:KING')).toEqual([]);
    expect(resolve(data, 'everyone')).toEqual(['eva']);
    expect(resolve(data, 'toString' as PrincipalKey)).toEqual([]);
  });

  it('for the manager of a leaver still leads to whoever must take over', () => {
    const people = [{ id: 'chief' }, { id: 'max', manager: 'chief', until: '2026-11-23' }];
    expect(resolve(organisationOf({ people }), 'manager:max')).toEqual(['chief']);
  });
});

describe('where the line of management ends', () => {
  const people = [
    { id: 'ceo' },
    { id: 'cfo' },
    { id: 'adviser' },
    { id: 'dev' },
    { id: 'lead', manager: 'ceo' },
  ];
  const sole = organisationOf({ people, roles: [role('TOP_MGMT', 'ceo'), role('WITNESS', 'adviser')] });
  const pair = organisationOf({ people, roles: [role('TOP_MGMT', 'ceo'), role('TOP_MGMT', 'cfo')] });

  it('TOP_MGMT takes the place of a missing manager', () => {
    expect(resolve(sole, 'manager:dev')).toEqual(['ceo']);
    expect(resolve(pair, 'manager:dev')).toEqual(['ceo', 'cfo']);
  });

  it('TOP_MGMT takes the place of a missing manager of the manager', () => {
    expect(resolve(sole, 'manager2:lead')).toEqual(['ceo']);
    expect(resolve(sole, 'manager2:dev')).toEqual(['ceo']);
  });

  it('the other members of top management stand above one of them', () => {
    expect(resolve(pair, 'manager:ceo')).toEqual(['cfo']);
    expect(resolve(pair, 'manager2:ceo')).toEqual(['cfo']);
  });

  it('the witness stands beside a sole top manager, and nobody where no witness is named', () => {
    expect(resolve(sole, 'manager:ceo')).toEqual(['adviser']);
    expect(resolve(organisationOf({ people, roles: [role('TOP_MGMT', 'ceo')] }), 'manager:ceo')).toEqual([]);
  });

  it('nobody ever stands above themselves', () => {
    const roles = [role('TOP_MGMT', 'ceo'), role('WITNESS', 'ceo')];
    expect(resolve(organisationOf({ people, roles }), 'manager:ceo')).toEqual([]);
  });
});

describe('the deputy of the ISO', () => {
  const people = [{ id: 'ceo' }, { id: 'coo' }, { id: 'anna', manager: 'coo' }, { id: 'bert' }];
  const top = role('TOP_MGMT', 'ceo');
  const iso = role('ISO', 'anna');

  it('is the one configured', () => {
    expect(
      resolve(organisationOf({ people, roles: [top, iso, role('ISO_DEPUTY', 'bert')] }), 'isoDeputy'),
    ).toEqual(['bert']);
  });

  it('is the line manager of the ISO while none is configured or in office', () => {
    const notYet = role('ISO_DEPUTY', 'bert', { from: '2027-01-01' });
    expect(resolve(organisationOf({ people, roles: [top, iso, notYet] }), 'isoDeputy')).toEqual(['coo']);
  });

  it('is not the ISO in person', () => {
    expect(
      resolve(organisationOf({ people, roles: [top, iso, role('ISO_DEPUTY', 'anna')] }), 'isoDeputy'),
    ).toEqual(['coo']);
  });

  it('is TOP_MGMT while the office of the ISO is vacant', () => {
    const gone = role('ISO', 'anna', { until: '2026-11-23' });
    const data = organisationOf({ people, roles: [top, gone] });
    expect(resolve(data, 'role:ISO')).toEqual([]);
    expect(resolve(data, 'isoDeputy')).toEqual(['ceo']);
    expect(createDirectory(data, 1).isoDeputies('2026-11-23T12:00:00.000Z')).toEqual(['coo']);
  });
});

describe('the keys of a person', () => {
  it('of the demo company are those under which tasks reach them', () => {
    const directory = createDirectory(demoOrganisation(), 1);
    expect(directory.keysOf('leon.fischer', at)).toEqual([
      'person:leon.fischer',
      'everyone',
      'role:ADMIN',
      'manager:emre.yilmaz',
      'manager:nina.schuster',
    ]);
    expect(directory.keysOf('georg.brandt', at)).toContain('manager:katharina.vogt');
    expect(directory.keysOf('katharina.vogt', at)).toContain('manager2:anna.berger');
  });

  it('are none after leaving, and none for the unknown', () => {
    const data = organisationOf({
      people: [{ id: 'max', until: '2026-11-23' }],
      roles: [role('ISO', 'max')],
    });
    const directory = createDirectory(data, 1);
    expect(directory.keysOf('max', at)).toEqual([]);
    expect(directory.keysOf('nobody', at)).toEqual([]);
  });

  it('are exactly the keys that resolve to the person, each once, in every organisation at every time', () => {
    fc.assert(
      fc.property(anyOrganisation, anyInstant, (data, instant) => {
        const directory = createDirectory(data, 1);
        const keys = everyKey(data);
        for (const { id } of data.people) {
          const resolving = keys.filter((key) => directory.resolve(key, instant).includes(id));
          expect(directory.keysOf(id, instant).toSorted()).toEqual(resolving.toSorted());
        }
      }),
      propertyRuns(2000),
    );
  });

  it('never lead to the person as their own manager, and only ever to persons who are there', () => {
    fc.assert(
      fc.property(anyOrganisation, anyInstant, (data, instant) => {
        const directory = createDirectory(data, 1);
        for (const { id } of data.people) expect(directory.managerOf(id, instant)).not.toBe(id);
        for (const key of everyKey(data)) {
          const found = directory.resolve(key, instant);
          expect(found.every((id) => directory.isActive(id, instant))).toBe(true);
          expect(new Set(found).size).toBe(found.length);
        }
      }),
      propertyRuns(),
    );
  });
});

function everyKey({ people }: OrganisationFile): PrincipalKey[] {
  const ids = [...people.map(({ id }) => id), 'nobody'];
  return [
    'isoDeputy',
    'everyone',
    ...roleNames.map((name): PrincipalKey => `role:${name}`),
    ...ids.flatMap((id): PrincipalKey[] => [`person:${id}`, `manager:${id}`, `manager2:${id}`]),
  ];
}
