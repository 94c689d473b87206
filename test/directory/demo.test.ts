import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createDirectory } from '../../domain/directory/directory.ts';
import { validateOrganisation } from '../../domain/directory/validation.ts';
import { demoOrganisation } from './organisations.ts';

describe('the demo company', () => {
  const data = demoOrganisation();

  it('validates without an error and without a warning', () => {
    expect(validateOrganisation(data)).toEqual({ errors: [], warnings: [] });
  });

  it('has the calendars of Bavaria and Berlin as they lie beside it', () => {
    for (const calendar of data.calendars) {
      const file = new URL(`../../demo/calendars/${calendar.id}.json`, import.meta.url);
      expect(calendar).toEqual(JSON.parse(readFileSync(file, 'utf8')));
    }
    expect(data.calendars.map(({ id }) => id)).toEqual(['DE-BY', 'DE-BE']);
  });

  it('has managers three levels deep', () => {
    const directory = createDirectory(data, 1);
    const at = '2026-11-24T09:00:00.000Z';
    const line = ['emre.yilmaz'];
    for (
      let next = directory.managerOf('emre.yilmaz', at);
      next !== null;
      next = directory.managerOf(next, at)
    ) {
      line.push(next);
    }
    expect(line).toEqual(['emre.yilmaz', 'leon.fischer', 'thomas.reiter', 'katharina.vogt']);
  });
});
