import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey } from '../../api/sign-in/one-time-links.ts';
import type { ApiKeyView } from '../../contracts/api-records.ts';
import { isms } from '../cli/isms.ts';
import { callerOf, startTestApi } from './test-api.ts';
import type { TestApi } from './test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const keysOf = async (person: string) =>
  (await api.as(person).get<{ items: ApiKeyView[] }>('/api/v1/me/keys')).body.items;

describe('API keys', () => {
  it('are listed for their owner alone, without the keys themselves', async () => {
    const key = await createApiKey({ pool: api.engine.pool, personId: 'nina.schuster', name: 'my script' });
    const mine = await keysOf('nina.schuster');
    expect(mine.map(({ name }) => name).sort()).toEqual(['my script', 'test']);
    expect(JSON.stringify(mine)).not.toContain(key.slice(12));
    expect((await keysOf('emre.yilmaz')).map(({ name }) => name)).toEqual(['test']);
  });

  it('end when their owner revokes them, and nobody else can', async () => {
    const key = await createApiKey({ pool: api.engine.pool, personId: 'nina.schuster', name: 'lost laptop' });
    const { id } = (await keysOf('nina.schuster')).find(({ name }) => name === 'lost laptop')!;
    const remove = (person: string) => api.as(person).send('DELETE', `/api/v1/me/keys/${id}`);
    expect((await remove('emre.yilmaz')).status).toBe(404);
    expect((await remove('nina.schuster')).status).toBe(204);
    expect((await remove('nina.schuster')).status).toBe(404);
    const thief = callerOf(api.url, async () => new Headers({ 'x-api-key': key }));
    expect((await thief.get('/api/v1/me')).status).toBe(401);
  });

  it('are listed and revoked from the command line: own ones with the key, those of others on the machine', async () => {
    await createApiKey({ pool: api.engine.pool, personId: 'julia.neumann', name: 'old' });
    const own = await createApiKey({ pool: api.engine.pool, personId: 'julia.neumann', name: 'new' });
    const asJulia = { env: { ISMS_URL: api.url, ISMS_API_KEY: own } };
    const listed = await isms(['key', 'list', '--json'], asJulia);
    const { items } = listed.json() as { items: ApiKeyView[] };
    const idOf = (name: string) => items.find((each) => each.name === name)!.id;
    expect((await isms(['key', 'revoke', idOf('old')], asJulia)).code).toBe(0);
    expect((await isms(['key', 'revoke', idOf('old')], asJulia)).code).toBe(5);
    const onTheMachine = { env: { DATABASE_URL: api.engine.url } };
    expect((await isms(['key', 'revoke', idOf('new'), '--of', 'emre.yilmaz'], onTheMachine)).code).toBe(5);
    expect((await isms(['key', 'revoke', idOf('new'), '--of', 'julia.neumann'], onTheMachine)).code).toBe(0);
    expect((await isms(['key', 'list', '--of', 'julia.neumann'], onTheMachine)).stdout).toBe('No keys.\n');
  });
});

describe('the bare address', () => {
  it('says what this is and leads to signing in and to the description, in the language asked for', async () => {
    const page = await api.as(null).get<string>('/', { 'accept-language': 'de' });
    expect(page.status).toBe(200);
    expect(page.body).toContain('Informationssicherheits-Managementsystem');
    for (const link of ['/sign-in', '/api/v1/openapi.json']) {
      expect(page.body).toContain(`href="${link}"`);
      expect((await api.as(null).get(link)).status).toBe(200);
    }
    expect(await api.as(null).post('/')).toMatchObject({ status: 405 });
  });

  it('leads to a form that signs in with address and password, and tells nobody which of them is wrong', async () => {
    const password = 'a long sentence with 7 words';
    const { createAuth } = await import('../../api/sign-in/auth.ts');
    const publicUrl = 'http://isms.example';
    const auth = createAuth({
      pool: api.engine.pool,
      publicUrl,
      secret: 'a secret of at least thirty-two characters',
    });
    await auth.api.signInPerson({ body: { personId: 'nina.schuster', password } });
    const headers = { 'content-type': 'application/x-www-form-urlencoded', origin: publicUrl };
    const submit = (email: string, sent: string) =>
      api
        .as(null)
        .send<string>('POST', '/sign-in', {
          headers,
          body: new URLSearchParams({ email, password: sent }).toString(),
        });
    const address = (await api.engine.journal.directory()).person('nina.schuster')!.email;
    const wrong = [await submit(address, 'not the password'), await submit('nobody@example.org', password)];
    expect(wrong.map(({ status }) => status)).toEqual([401, 401]);
    expect(wrong[0]!.body).toBe(wrong[1]!.body);
    const right = await submit(address, password);
    expect(right.status).toBe(200);
    expect(right.headers.getSetCookie()[0]).toContain('isms.session_token=');
  });
});
