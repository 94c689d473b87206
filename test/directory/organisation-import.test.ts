import { describe, expect, it } from 'vitest';
import type { OrganisationFile } from '../../contracts/organisation.ts';
import { planImport } from '../../domain/directory/organisation-import.ts';
import type { ImportPlan } from '../../domain/directory/organisation-import.ts';
import { demoOrganisation } from './organisations.ts';

const today = '2026-11-24';
const yesterday = '2026-11-23';
const file = (name: string, text: string | object) => ({ name, text: typeof text === 'string' ? text : JSON.stringify(text) });
const plan = (files: { name: string; text: string }[], complete = false, base: OrganisationFile | null = demoOrganisation()) => planImport({ files, base, complete, today });

function good(found: ImportPlan) {
  if (!found.ok) throw new Error(JSON.stringify(found.problems));
  return found;
}

const problemsOf = (found: ImportPlan) => (found.ok ? [] : found.problems.map(({ file: name, where, message }) => `${name} ${where} ${message}`));

describe('planning an import', () => {
  it('of what is loaded already changes nothing, complete or not', () => {
    for (const complete of [false, true]) {
      const found = good(plan([file('o.json', demoOrganisation())], complete));
      expect(found.organisation).toEqual(demoOrganisation());
      expect([found.changes, found.departures]).toEqual([[], []]);
    }
  });

  it('merges units, people and roles from tables, in whatever order they are named', () => {
    const found = good(
      plan([
        file('roles.csv', 'role,person,from\nAUDITOR,nora.neu,2027-01-01\n'),
        file('people.csv', 'id;name;email;unit\nnora.neu;Nora Neu;nora@example.com;labs\n'),
        file('units.csv', 'id,name,site,parent,runsIt\nlabs,Laboratories,berlin,development,yes\n'),
      ]),
    );
    expect(found.organisation.units.at(-1)).toEqual({ id: 'labs', name: 'Laboratories', site: 'berlin', parent: 'development', runsIt: true });
    expect(found.organisation.roles.at(-1)).toEqual({ role: 'AUDITOR', person: 'nora.neu', from: '2027-01-01' });
    expect(found.changes.map(({ what, id, change }) => `${change} ${what} ${id.trim()}`)).toEqual(['ADDED unit labs', 'ADDED person nora.neu', 'ADDED role AUDITOR nora.neu']);
    expect(found.departures).toEqual([]);
  });

  it('names every bad line of every file, and is half done by none of them', () => {
    const found = plan([
      file('people.csv', 'id,name,email,unit\nnora.neu,Nora,no address,labs\nbodo.neu,Bodo,bodo@example.com,nowhere\n'),
      file('units.csv', 'id,name,site\nlabs,,berlin\n'),
      file('roles.csv', 'role,person\nKING,anna.berger\n'),
      file('notes.txt', 'x'),
    ]);
    expect(problemsOf(found)).toEqual([
      expect.stringMatching(/^notes\.txt {2}is neither/),
      expect.stringMatching(/^units\.csv line 2 name/),
      expect.stringMatching(/^people\.csv line 2 email/),
      expect.stringMatching(/^roles\.csv line 2 role/),
    ]);
    expect(problemsOf(plan([file('people.csv', 'id,name,email,unit\nbodo.neu,Bodo,bodo@example.com,nowhere\n')]))).toEqual([
      'people.csv line 2 There is no unit nowhere: add it or correct the id.',
    ]);
  });

  it('keeps who is not listed, and ends them where the list is complete', () => {
    const { people, ...rest } = demoOrganisation();
    const shorter = { ...rest, people: people.filter(({ id }) => id !== 'mehmet.demir') };
    expect(good(plan([file('o.json', shorter)])).organisation).toEqual(demoOrganisation());
    const found = good(plan([file('o.json', shorter)], true));
    expect(found.organisation.people.find(({ id }) => id === 'mehmet.demir')).toMatchObject({ until: yesterday });
    expect(found.departures).toEqual([{ kind: 'LEAVES', person: 'mehmet.demir', lastDay: yesterday }]);
    expect(found.changes).toMatchObject([{ what: 'person', id: 'mehmet.demir', change: 'ENDED' }]);
  });

  it('announces leavers on their day, their roles not beside them, and units with their successor', () => {
    const next = demoOrganisation();
    next.people.find(({ id }) => id === 'sabine.wolf')!.until = '2026-12-31';
    Object.assign(next.units.find(({ id }) => id === 'sales')!, { until: '2026-12-31', successor: 'finance' });
    const found = good(plan([file('o.json', next)]));
    expect(found.departures).toEqual([
      { kind: 'LEAVES', person: 'sabine.wolf', lastDay: '2026-12-31' },
      { kind: 'UNIT_DISSOLVED', unit: 'sales', successor: 'finance', lastDay: '2026-12-31' },
    ]);
  });

  it('ends a role that a table takes away, and never forgets it', () => {
    const found = good(plan([file('people.csv', 'id,name,email,unit,roles\nlukas.maier,Lukas Maier,lukas.maier@example.com,quality,\n')]));
    expect(found.organisation.roles).toContainEqual({ role: 'DPO', person: 'lukas.maier', until: yesterday });
    expect(found.departures).toEqual([{ kind: 'ROLE_ENDS', person: 'lukas.maier', role: 'DPO', lastDay: yesterday }]);
  });

  it('is refused where it leaves nobody as ISO or TOP_MGMT, and not where a successor stands ready', () => {
    const leaving = (...more: OrganisationFile['roles']) => {
      const next = demoOrganisation();
      next.people.find(({ id }) => id === 'anna.berger')!.until = '2026-12-31';
      next.roles.push(...more);
      return [file('o.json', next)];
    };
    expect(problemsOf(plan(leaving()))).toEqual([expect.stringContaining('From 2027-01-01 nobody is ISO')]);
    expect(good(plan(leaving({ role: 'ISO', person: 'martin.huber', from: '2027-01-01' }))).departures).toHaveLength(1);
  });

  it('needs an organisation to merge tables into', () => {
    const people = file('people.csv', 'id,name,email,unit\nnora.neu,Nora,nora@example.com,it\n');
    expect(problemsOf(plan([people], false, null))).toEqual([expect.stringContaining('load an organisation (.json) first')]);
    expect(plan([people, file('o.json', demoOrganisation())], false, null).ok).toBe(true);
  });
});
