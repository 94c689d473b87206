import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProblemView } from '../../contracts/api.ts';
import { noticeRules } from '../../contracts/notices.ts';
import { unsubscribeToken } from '../../domain/mail/unsubscribe-token.ts';
import { preferencesOf } from '../../prisma/courier/preferences.ts';
import { startTestApi } from './test-api.ts';
import type { TestApi } from './test-api.ts';

const secret = 'another secret of at least thirty-two characters';
const here = '/api/v1/me/notifications';
let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

interface Preferences {
  language: string | null;
  kinds: { kind: string; duty: boolean; choice: string | null; why: string | null }[];
}

const json = { 'content-type': 'application/json' };
const put = <T>(person: string, body: unknown) =>
  api.as(person).send<T>('PUT', here, { headers: json, body: JSON.stringify(body) });
const linkFor = (person: string, ...kinds: string[]) =>
  `/api/v1/mail/unsubscribe/${unsubscribeToken({ person, kinds }, secret)}`;
const chosen = (person: string) => preferencesOf(api.engine.pool, person);

describe('how notices come by mail', () => {
  it('is the person’s own to choose, for everything that is no duty', async () => {
    const { body } = await api.as('thomas.reiter').get<Preferences>(here);
    expect(body.kinds.map(({ kind }) => kind).toSorted()).toEqual(Object.keys(noticeRules).toSorted());
    expect(body.kinds.every(({ duty, why }) => duty === (why !== null))).toBe(true);
    const answer = await put<Preferences>('thomas.reiter', {
      language: 'en',
      choices: { reminder: 'digest' },
    });
    expect(answer).toMatchObject({ status: 200, body: { language: 'en' } });
    const again = await api.as('thomas.reiter').get<Preferences>(here);
    expect(again.body).toEqual(answer.body);
    expect(again.body.kinds.find(({ kind }) => kind === 'reminder')).toMatchObject({ choice: 'digest' });
    expect((await api.as('anna.berger').get<Preferences>(here)).body.language).toBeNull();
  });

  it('is not to be chosen for duties, and says why', async () => {
    const { status, body } = await put<ProblemView>('thomas.reiter', {
      language: null,
      choices: { escalation: 'off', reminder: 'off' },
    });
    expect([status, body.reasons?.map(({ path }) => path)]).toEqual([422, ['choices.escalation']]);
    expect(body.reasons?.[0]?.text).toMatch(/part of your duties|Pflichten/);
    expect((await chosen('thomas.reiter')).choices).toEqual({ reminder: 'digest' });
  });

  it.each([
    { choices: {} },
    { language: 'fr', choices: {} },
    { language: null, choices: { reminder: 'never' } },
  ])('refuses %j', async (body) => {
    expect((await put('thomas.reiter', body)).status).toBe(422);
  });
});

describe('the link that ends mails', () => {
  it('changes nothing when it is opened, ends the kinds it names by its button, and leaves the rest', async () => {
    const link = linkFor('thomas.reiter', 'information', 'roundRejected');
    const opened = await api.as(null).get<string>(link, { 'accept-language': 'de' });
    expect(opened.status).toBe(200);
    expect(opened.body).toContain('<form method="post">');
    expect(opened.body).toContain('Zur Kenntnis');
    expect((await chosen('thomas.reiter')).choices).toEqual({ reminder: 'digest' });
    const oneClick = {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'List-Unsubscribe=One-Click',
    };
    for (let n = 0; n < 2; n += 1) expect((await api.as(null).send('POST', link, oneClick)).status).toBe(200);
    expect(await chosen('thomas.reiter')).toEqual({
      language: 'en',
      choices: { reminder: 'digest', information: 'off', roundRejected: 'off' },
    });
  });

  it('does not end a duty, and says why', async () => {
    const answer = await api.as(null).send<string>('POST', linkFor('anna.berger', 'escalation'));
    expect(answer.body).toContain('part of your duties');
    expect((await chosen('anna.berger')).choices).toEqual({});
  });

  it('that is cut off or forged does nothing', async () => {
    const link = linkFor('anna.berger', 'information');
    for (const path of [link.slice(0, -3), `${link}x`, '/api/v1/mail/unsubscribe/x', link.replace('.', '')]) {
      expect((await api.as(null).get(path)).status).toBe(410);
      expect((await api.as(null).send('POST', path)).status).toBe(410);
    }
    expect((await chosen('anna.berger')).choices).toEqual({});
  });
});
