import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import pg from 'pg';
import type { ProblemView } from '../../contracts/api.ts';
import { createApiKey, createSetupLink, createSignInLink } from '../../api/sign-in/one-time-links.ts';
import { setupLink } from '../../bin/setup-link.ts';
import { createTestDatabase } from '../support/database.ts';
import { demoOrganisation } from '../support/in-process-engine.ts';
import { callerOf, startTestApi } from './test-api.ts';
import type { Caller, TestApi } from './test-api.ts';

const publicUrl = 'http://isms.example';
const password = 'a long sentence with 7 words';
const ours = { origin: publicUrl };
const form = { 'content-type': 'application/x-www-form-urlencoded' };

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi({ limits: { failedSignIns: 5 } });
});
afterAll(() => api.close());

/** Somebody with a browser: keeps the cookies that are set. */
function browser(url = api.url): Caller & { cookie(): string } {
  let cookie = '';
  const caller = callerOf(url, async () => new Headers(cookie === '' ? {} : { cookie }));
  return {
    ...caller,
    cookie: () => cookie,
    async send(method, path, init) {
      const reply = await caller.send<never>(method, path, init);
      const set = reply.headers.getSetCookie()[0]?.split(';')[0];
      if (set !== undefined) cookie = set;
      return reply;
    },
  };
}

async function linkFor(personId: string): Promise<string> {
  const link = await createSignInLink({ pool: api.engine.pool, publicUrl, personId });
  return link.replace(publicUrl, '');
}

const tokenOf = (link: string) => new URLSearchParams(link.split('?')[1]).get('token')!;

async function follow(person: Caller, link: string, fields: Record<string, string> = {}) {
  const body = new URLSearchParams({ token: tokenOf(link), ...fields }).toString();
  return person.send<string>('POST', '/sign-in', { headers: { ...form, ...ours }, body });
}

describe('a sign-in link', () => {
  it('signs in once: opening it changes nothing, the button does, and a second time it is gone', async () => {
    const person = browser();
    const link = await linkFor('nina.schuster');
    for (let n = 0; n < 3; n++)
      expect(await person.send('GET', link)).toMatchObject({
        status: 200,
        body: expect.stringContaining('Nina Schuster'),
      });
    expect((await follow(person, link)).status).toBe(200);
    expect((await person.send<{ signedInBy: string }>('GET', '/api/v1/me')).body).toMatchObject({
      person: { id: 'nina.schuster' },
      signedInBy: 'session',
    });
    expect((await follow(browser(), link)).status).toBe(410);
    expect((await person.send('GET', link)).status).toBe(410);
  });

  it('is won by one of two who press at once', async () => {
    const link = await linkFor('felix.bauer');
    const answers = await Promise.all([follow(browser(), link), follow(browser(), link)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 410]);
  });

  it('lets the person choose a password, refuses a short one without being used up, and the password then signs in', async () => {
    const link = await linkFor('lea.hoffmann');
    expect(await follow(browser(), link, { password: 'short' })).toMatchObject({
      status: 422,
      body: expect.stringContaining('12'),
    });
    expect((await follow(browser(), link, { password })).status).toBe(200);
    const person = browser();
    expect((await signIn(person, 'Lea.Hoffmann@lindwurm-medtech.example', password)).status).toBe(204);
    expect((await person.send('GET', '/api/v1/me')).status).toBe(200);
  });

  it('with a new password ends the sessions of the old one', async () => {
    const [first, second] = [browser(), browser()];
    await follow(first, await linkFor('mehmet.demir'), { password });
    await follow(second, await linkFor('mehmet.demir'), { password: `${password}!` });
    const { rows } = await api.engine.pool.query(
      'SELECT FROM auth_session s JOIN auth_user u ON u.id = s.user_id WHERE u.person_id = $1',
      ['mehmet.demir'],
    );
    expect(rows).toHaveLength(1);
    expect((await signIn(browser(), 'mehmet.demir@lindwurm-medtech.example', password)).status).toBe(401);
  });

  it('is stored as a hash, ends after a day and is not made for strangers', async () => {
    const link = await linkFor('clara.winter');
    const { rows } = await api.engine.pool.query<{ token_hash: string }>(
      'SELECT token_hash FROM one_time_link',
    );
    expect(rows.map(({ token_hash: hash }) => hash)).not.toContain(tokenOf(link));
    await api.engine.pool.query(
      "UPDATE one_time_link SET expires_at = now() - interval '1 second' WHERE person_id = 'clara.winter'",
    );
    expect((await browser().send('GET', link)).status).toBe(410);
    await expect(linkFor('santa.claus')).rejects.toThrow('There is no person "santa.claus"');
  });

  it('signs nobody in who has left since it was made', async () => {
    const [link, before] = [await linkFor('julia.neumann'), api.as('julia.neumann')];
    expect((await before.get('/api/v1/me')).status).toBe(200);
    const data = demoOrganisation();
    const people = data.people.map((person) =>
      person.id === 'julia.neumann' ? { ...person, until: '2026-10-31' } : person,
    );
    await api.engine.journal.importOrganisation({
      data: { ...data, people },
      actor: 'operator',
      reason: 'a leaver',
    });
    await new Promise((resolve) => setTimeout(resolve, 2_100)); // as long as the directory is read from memory
    expect((await follow(browser(), link)).status).toBe(410);
    expect(await before.get('/api/v1/me')).toMatchObject({
      status: 401,
      body: { reasons: [{ code: 'PERSON_NOT_ACTIVE' }] },
    });
    await api.engine.journal.importOrganisation({ data, actor: 'operator', reason: 'she is back' });
  });

  it.each(['', 'nonsense', '<script>', 'x'.repeat(5000)])(
    'with the token %s is gone, and its page shows nothing of it',
    async (token) => {
      const answer = await browser().send<string>('GET', `/sign-in?token=${encodeURIComponent(token)}`);
      expect(answer.status).toBe(410);
      expect(answer.body).not.toContain('<script>');
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    },
  );
});

function signIn(person: Caller, email: string, secret: string, headers: Record<string, string> = ours) {
  return person.send<ProblemView>('POST', '/api/v1/session', {
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ email, password: secret }),
  });
}

describe('a password', () => {
  it('is refused in the same words for an unknown address, a wrong password and an account without one', async () => {
    await follow(browser(), await linkFor('stefan.krause'), { password });
    const answers = [
      await signIn(browser(), 'stefan.krause@lindwurm-medtech.example', 'something else entirely'),
      await signIn(browser(), 'nobody@lindwurm-medtech.example', password),
      await signIn(browser(), 'lukas.maier@lindwurm-medtech.example', password),
    ];
    expect(answers.map(({ status, body: { requestId: _, instance: _instance, ...body } }) => ({ status, body }))).toEqual(
      Array(3).fill({ status: 401, body: expect.objectContaining({ code: 'SIGN_IN_FAILED' }) }),
    );
  });

  it('is stored as an Argon2id hash', async () => {
    await follow(browser(), await linkFor('carola.stein'), { password });
    const { rows } = await api.engine.pool.query<{ password: string }>(
      "SELECT a.password FROM auth_account a JOIN auth_user u ON u.id = a.user_id WHERE u.person_id = 'carola.stein'",
    );
    expect(rows).toEqual([{ password: expect.stringMatching(/^\$argon2id\$/) }]);
  });

  it('may be guessed a few times only, then one has to wait; other people are not held up', async () => {
    const guesses = [];
    for (let n = 0; n < 7; n++)
      guesses.push(
        await signIn(browser(), 'ingrid.pohl@lindwurm-medtech.example', `guess number ${n} of many`),
      );
    expect(guesses.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 429, 429]);
    expect(Number(guesses.at(-1)!.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await signIn(browser(), 'stefan.krause@lindwurm-medtech.example', password)).status).toBe(204);
  });

  it('opens no door to sign up: there is no such address', async () => {
    for (const path of ['/api/auth/sign-up/email', '/api/auth/get-session', '/api/auth/api-key/create']) {
      expect(
        (
          await browser().send('POST', path, {
            headers: { 'content-type': 'application/json', ...ours },
            body: '{}',
          })
        ).status,
      ).toBe(404);
    }
  });
});

describe('a session', () => {
  it('changes things only from our own pages', async () => {
    const person = browser();
    await follow(person, await linkFor('nina.schuster'));
    const markRead = (headers: Record<string, string>) =>
      person.send<ProblemView>('POST', '/api/v1/notifications/read', {
        headers: { 'content-type': 'application/json', ...headers },
        body: '{"ids":["1"]}',
      });
    expect((await markRead(ours)).status).toBe(200);
    expect((await markRead({ 'sec-fetch-site': 'same-origin' })).status).toBe(200);
    for (const headers of [
      {},
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { ...ours, 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ]) {
      expect(await markRead(headers as Record<string, string>)).toMatchObject({
        status: 403,
        body: { code: 'ORIGIN_REFUSED' },
      });
    }
    expect(
      (await person.send('GET', '/api/v1/me', { headers: { origin: 'https://evil.example' } })).status,
    ).toBe(200);
  });

  it('has a cookie that scripts cannot read and other sites do not send', async () => {
    const answer = await follow(browser(), await linkFor('nina.schuster'));
    expect(answer.headers.getSetCookie()[0]).toMatch(/^isms\.session_token=.+HttpOnly; SameSite=Lax/);
  });

  it('cannot be made up', async () => {
    const person = browser();
    await follow(person, await linkFor('nina.schuster'));
    const forged = callerOf(
      api.url,
      async () => new Headers({ cookie: person.cookie().replace(/.{5}$/, 'AAAAA') }),
    );
    expect((await forged.get('/api/v1/me')).status).toBe(401);
  });

  it('ends when signed out, at once', async () => {
    const person = browser();
    await follow(person, await linkFor('nina.schuster'));
    const stolen = person.cookie();
    expect((await person.send('DELETE', '/api/v1/session', { headers: ours })).status).toBe(204);
    const thief = callerOf(api.url, async () => new Headers({ cookie: stolen }));
    expect((await thief.get('/api/v1/me')).status).toBe(401);
  });

  it('is not opened by a form on another site', async () => {
    const link = await linkFor('nina.schuster');
    const body = new URLSearchParams({ token: tokenOf(link) }).toString();
    const answer = await browser().send<ProblemView>('POST', '/sign-in', {
      headers: { ...form, origin: 'https://evil.example' },
      body,
    });
    expect(answer).toMatchObject({ status: 403, body: { code: 'ORIGIN_REFUSED' } });
    expect((await browser().send('GET', link)).status).toBe(200);
    expect(
      (await signIn(browser(), 'a@b.example', password, { origin: 'https://evil.example' })).status,
    ).toBe(403);
  });
});

describe('an API key', () => {
  it('is taken in either header, acts as its person, and needs no origin', async () => {
    const key = await createApiKey({ pool: api.engine.pool, personId: 'martin.huber', name: 'script' });
    const both: Record<string, string>[] = [{ 'x-api-key': key }, { authorization: `Bearer ${key}` }];
    for (const headers of both) {
      const caller = callerOf(api.url, async () => new Headers(headers));
      expect((await caller.get('/api/v1/me')).body).toMatchObject({
        person: { id: 'martin.huber' },
        signedInBy: 'apiKey',
        roles: ['ISO_DEPUTY'],
      });
      expect((await caller.post('/api/v1/notifications/read', { ids: ['1'] })).status).toBe(200);
    }
    const { rows } = await api.engine.pool.query<{ key: string }>('SELECT key FROM auth_api_key');
    expect(rows.map((row) => row.key)).not.toContain(key);
  });

  it('is refused when it is wrong, revoked or expired', async () => {
    const use = (key: string) =>
      callerOf(api.url, async () => new Headers({ 'x-api-key': key })).get('/api/v1/me');
    expect((await use('isms_wrong')).status).toBe(401);
    const [revoked, expired] = await Promise.all(
      ['revoked', 'expired'].map((name) =>
        createApiKey({ pool: api.engine.pool, personId: 'martin.huber', name }),
      ),
    );
    await api.engine.pool.query("UPDATE auth_api_key SET enabled = false WHERE name = 'revoked'");
    await api.engine.pool.query(
      "UPDATE auth_api_key SET expires_at = now() - interval '1 day' WHERE name = 'expired'",
    );
    expect((await use(revoked!)).status).toBe(401);
    expect((await use(expired!)).status).toBe(401);
  });
});

describe('limits', () => {
  it('make a stranger and a program that runs wild wait, and say how long', async () => {
    const strict = await startTestApi({ limits: { perStranger: 3, perPerson: 4 } });
    const statuses = async (caller: Caller, times: number) => {
      const answers = [];
      for (let n = 0; n < times; n++) answers.push(await caller.get<ProblemView>('/api/v1/me'));
      return answers;
    };
    const strangers = await statuses(strict.as(null), 5);
    expect(strangers.map(({ status }) => status)).toEqual([401, 401, 401, 429, 429]);
    const persons = await statuses(strict.as('anna.berger'), 6);
    expect(persons.map(({ status }) => status)).toEqual([200, 200, 200, 200, 429, 429]);
    expect(persons.at(-1)).toMatchObject({ body: { code: 'TOO_MANY_REQUESTS' } });
    expect(Number(persons.at(-1)!.headers.get('retry-after'))).toBeGreaterThan(0);
    await strict.close();
  });
});

describe('the set-up link', () => {
  it('is there only while there is nobody, and each start makes a new one', async () => {
    const database = await createTestDatabase();
    const [first, second] = [
      await setupLink(database.url, publicUrl),
      await setupLink(database.url, publicUrl),
    ];
    expect(first).toMatch(/^http:\/\/isms\.example\/setup\?token=[\w-]{43}$/);
    expect(second).not.toBe(first);
    await database.drop();
    expect(await createSetupLink({ pool: api.engine.pool, publicUrl })).toBeNull();
  });

  it('makes the organisation with its first person, signed in, with what is still to be settled', async () => {
    const { bare, url, close } = await startBareApi();
    const link = (await createSetupLink({ pool: bare, publicUrl }))!.replace(publicUrl, '');
    const person = browser(url);
    expect((await person.send('GET', link)).status).toBe(200);
    const fields = {
      organisation: 'Ärzte & Söhne',
      zone: 'Europe/Vienna',
      name: 'Jörg Müller-Weiß',
      email: 'joerg@example.org',
      password,
    };
    const setUp = (more: Record<string, string>, who = person) =>
      who.send<string>('POST', '/setup', {
        headers: { ...form, ...ours },
        body: new URLSearchParams({ token: tokenOf(link), ...fields, ...more }).toString(),
      });
    const wrong = {
      zone: 'Mars/Olympus',
      email: 'none',
      password: 'short',
      name: ' ',
      organisation: 'a\u202Eb',
    };
    for (const [field, value] of Object.entries(wrong)) {
      const answer = await setUp({ [field]: value });
      expect(answer.status).toBe(422);
      expect(answer.body).toContain(`${field}:`);
    }
    const answers = await Promise.all([setUp({}), setUp({}, browser(url))]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 410]);
    expect(answers.find(({ status }) => status === 201)!.body).toMatch(/NO_WITNESS|WITNESS/);
    const me = await signedInAs(url, 'joerg@example.org');
    expect(me).toMatchObject({
      person: { id: 'jorg.muller-weiss' },
      roles: ['TOP_MGMT', 'ISO'],
      organisation: { name: 'Ärzte & Söhne', zone: 'Europe/Vienna' },
    });
    expect((await setUp({})).status).toBe(410);
    await close();
  });
});

async function signedInAs(url: string, email: string): Promise<unknown> {
  const person = browser(url);
  expect((await signIn(person, email, password)).status).toBe(204);
  return (await person.send('GET', '/api/v1/me')).body;
}

/** An API before anybody has set up an organisation. */
async function startBareApi() {
  const database = await createTestDatabase();
  const bare = new pg.Pool({ connectionString: database.url, max: 5 });
  const { createJournal } = await import('../../prisma/journal/journal.ts');
  const { createSignIn } = await import('../../api/sign-in/sign-in.ts');
  const clock = () => new Date().toISOString();
  const started = await startTestApi(() => ({
    ...{ pool: bare, clock, journal: createJournal({ pool: bare, clock }) },
    signIn: createSignIn({ pool: bare, publicUrl, secret: 'another secret of thirty-two characters' }),
  }));
  const close = async () => {
    await started.close();
    await bare.end();
    await database.drop();
  };
  return { bare, url: started.url, close };
}
