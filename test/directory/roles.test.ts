import { describe, expect, it } from 'vitest';
import { createDirectory } from '../../domain/directory/directory.ts';
import { organisationOf, role } from './organisations.ts';

const people = [{ id: 'anna' }, { id: 'bert', until: '2026-12-31' }, { id: 'cleo', from: '2027-01-01' }];
const november = '2026-11-24T09:00:00.000Z';
const january = '2027-01-04T09:00:00.000Z';

describe('a role', () => {
  it('is held from its first day on, not before', () => {
    const directory = createDirectory(
      organisationOf({ people, roles: [role('ISO', 'anna', { from: '2027-01-01' })] }),
      1,
    );
    expect(directory.holdsRole('anna', 'ISO', '2026-12-31T22:59:59.999Z')).toBe(false);
    expect(directory.holdsRole('anna', 'ISO', '2026-12-31T23:00:00.000Z')).toBe(true);
    expect(directory.holders('ISO', november)).toEqual([]);
    expect(directory.rolesOf('anna', january)).toEqual(['ISO']);
  });

  it('ends with its last day and with the last day of its holder, whichever comes first', () => {
    const roles = [
      role('DPO', 'anna', { until: '2026-11-30' }),
      role('DPO', 'bert', { until: '2030-01-01' }),
    ];
    const directory = createDirectory(organisationOf({ people, roles }), 1);
    expect(directory.holders('DPO', november)).toEqual(['anna', 'bert']);
    expect(directory.holders('DPO', '2026-12-15T09:00:00.000Z')).toEqual(['bert']);
    expect(directory.holders('DPO', january)).toEqual([]);
  });

  it('passes from a leaver to the successor without a day in between', () => {
    const roles = [role('ISO', 'bert'), role('ISO', 'cleo')];
    const directory = createDirectory(organisationOf({ people, roles }), 1);
    expect(directory.holders('ISO', '2026-12-31T22:59:59.999Z')).toEqual(['bert']);
    expect(directory.holders('ISO', '2026-12-31T23:00:00.000Z')).toEqual(['cleo']);
  });

  it('limited to a unit or a part of the scope is not the role of the whole organisation', () => {
    const roles = [
      role('AUDITOR', 'anna', { unit: 'office' }),
      role('EXTERNAL_AUDITOR', 'anna', { scope: 'A.8' }),
    ];
    const directory = createDirectory(organisationOf({ people, roles }), 1);
    expect(directory.holdsRole('anna', 'AUDITOR', november)).toBe(false);
    expect(directory.holders('EXTERNAL_AUDITOR', november)).toEqual([]);
    expect(directory.assignmentsOf('anna', november)).toEqual(roles);
  });

  it('assigned twice is held once', () => {
    const directory = createDirectory(
      organisationOf({ people, roles: [role('ISO', 'anna'), role('ISO', 'anna', { from: '2026-01-01' })] }),
      1,
    );
    expect(directory.holders('ISO', november)).toEqual(['anna']);
    expect(directory.rolesOf('anna', november)).toEqual(['ISO']);
  });
});
