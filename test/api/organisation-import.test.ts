import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProblemView } from '../../contracts/api.ts';
import type { CaseFile } from '../../contracts/case-file.ts';
import type { ImportView } from '../../contracts/organisation-import.ts';
import { demoOrganisation } from '../support/in-process-engine.ts';
import { acceptance, report } from '../support/nonconformity-bodies.ts';
import { startTestApi } from './test-api.ts';
import type { TestApi } from './test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const path = '/api/v1/organisation/imports';
const without = (person: string) => {
  const data = demoOrganisation();
  return { files: [{ name: 'o.json', text: JSON.stringify({ ...data, people: data.people.filter(({ id }) => id !== person) }) }], reason: 'HR' };
};

describe('imports over the API', () => {
  it('are for the ISO and ADMIN alone', async () => {
    expect(await api.as('julia.neumann').post<ProblemView>(path, without('x'))).toMatchObject({ status: 403, body: { code: 'NOT_ENTITLED' } });
    expect(await api.as('leon.fischer').post<ImportView>(path, without('x'))).toMatchObject({ status: 200, body: { outcome: 'UNCHANGED' } });
  });

  it('name file, line and reason of what is wrong, and change nothing', async () => {
    const files = [{ name: 'people.csv', text: 'id,name,email,unit\nnora.neu,Nora,none,it\n' }];
    const refused = await api.as('anna.berger').post<ProblemView>(path, { files, reason: 'HR' });
    expect(refused.body.reasons).toMatchObject([{ code: 'INVALID_PAYLOAD', path: 'people.csv line 2' }]);
    expect((await api.as('anna.berger').post<ProblemView>(path, { files })).body.reasons).toMatchObject([{ path: 'reason' }]);
  });

  it('say beforehand what an ending means, and then open the departure that reaches every case', async () => {
    const id = await api.engine.open('nonconformity', 'emre.yilmaz', report);
    await api.engine.send(id, 'ACCEPT', 'anna.berger', { ...acceptance, owner: 'stefan.krause' });
    const complete = without('stefan.krause');
    const iso = api.as('anna.berger');
    const dry = await iso.post<ImportView>(`${path}?dryRun=true&complete=true`, { files: complete.files });
    // Whoever is head or manager somewhere is still named there.
    expect(dry).toMatchObject({ status: 200, body: { outcome: 'CHECKED', endings: [{ person: 'stefan.krause', openCases: 1 }], departures: [] } });
    expect(await iso.post<ImportView>(`${path}?complete=true`, complete)).toMatchObject({ status: 200, body: { outcome: 'LOADED', departures: ['DEP-2026-0001'] } });
    await api.engine.settle();
    const { rows } = await api.engine.pool.query<{ file: CaseFile }>('SELECT file FROM case_head WHERE id = $1', [id]);
    expect(rows[0]!.file).toMatchObject({ parties: { ncOwner: 'katharina.vogt' }, vacancies: [{ left: 'stefan.krause', because: 'LEFT' }] });
    expect(await iso.post<ImportView>(`${path}?complete=true`, complete)).toMatchObject({ body: { outcome: 'UNCHANGED' } });
  });
});
