import { Router } from 'express';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { Dependencies } from '../dependencies.ts';
import { formBody } from '../http/body.ts';
import { languageOf } from '../http/language.ts';
import { addressOf } from '../http/limits.ts';
import { Problem } from '../http/problem.ts';
import { requireOwnOrigin } from '../http/security.ts';
import { zodWords } from '../http/validation.ts';
import { validateOrganisation } from '../../domain/directory/validation.ts';
import { hasPeople } from '../../prisma/queries/one-time-links.ts';
import { gonePage, passwordProblem, setUpPage, setupPage, signInPage, signedInPage } from './link-pages.ts';
import { linksOf } from './one-time-links.ts';
import { sendPage } from './page.ts';
import { PASSWORD_LENGTH } from './people-accounts.ts';
import { firstOrganisation, setupForm } from './setup-organisation.ts';
import type { SetupForm } from './setup-organisation.ts';

/** Pages behind one-time links. Opening one changes nothing; the button does. */
export function linkRoutes(dependencies: Dependencies): Router {
  const { limiters, publicUrl } = dependencies;
  const { show, enter } = signInRoutes(dependencies);
  const { ask, setUp } = setupRoutes(dependencies);
  const router = Router();
  router.all(['/sign-in', '/setup'], async (request, response, next) => {
    response.locals.route = request.path;
    await limiters.stranger(request, response, addressOf(request));
    if (request.method === 'POST') requireOwnOrigin(request, publicUrl);
    next();
  });
  router.route('/sign-in').get(show).post(formBody, enter).all(onlyGetAndPost);
  router.route('/setup').get(ask).post(formBody, setUp).all(onlyGetAndPost);
  return router;
}

function onlyGetAndPost(): never {
  throw new Problem('METHOD_NOT_ALLOWED', { headers: { Allow: 'GET, HEAD, POST' } });
}

/** Fields of a form, or of the query: text, each once; whatever else was sent counts as nothing. */
function textsOf(source: unknown): Record<string, string> {
  const entries = Object.entries((source ?? {}) as Record<string, unknown>);
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

function signInRoutes({ pool, people, signIn }: Dependencies) {
  const links = linksOf(pool, 'SIGN_IN');
  const nameOf = async (personId: string) => (await people.active(personId))?.name ?? null;
  return {
    async show(request: Request, response: Response) {
      const { token = '' } = textsOf(request.query);
      const person = (await links.find(token))?.personId;
      const name = person ? await nameOf(person) : null;
      const language = languageOf(request);
      sendPage(
        response,
        name === null ? gonePage(language) : signInPage(language, { token, name, problems: [] }),
      );
    },
    async enter(request: Request, response: Response) {
      const language = languageOf(request);
      const { token = '', password = '' } = textsOf(request.body);
      const found = (await links.find(token))?.personId;
      const name = found ? await nameOf(found) : null;
      if (!found || name === null) return sendPage(response, gonePage(language));
      if (password !== '' && !isPassword(password))
        return sendPage(
          response,
          signInPage(language, { token, name, problems: [passwordProblem(language)] }),
        );
      const person = (await links.take(token))?.personId;
      if (!person) return sendPage(response, gonePage(language));
      const cookies = await orGiveBack(links, token, () =>
        signIn.withoutPassword({ person, newPassword: password === '' ? undefined : password }),
      );
      response.append('Set-Cookie', cookies);
      sendPage(response, signedInPage(language, name));
    },
  };
}

function isPassword({ length }: string): boolean {
  return length >= PASSWORD_LENGTH.min && length <= PASSWORD_LENGTH.max;
}

/** A link whose use failed on our side is as good as new. */
async function orGiveBack<T>(
  links: ReturnType<typeof linksOf>,
  token: string,
  use: () => Promise<T>,
): Promise<T> {
  try {
    return await use();
  } catch (error) {
    await links.giveBack(token);
    throw error;
  }
}

const zones = [...Intl.supportedValuesOf('timeZone'), 'UTC'];

function setupRoutes(dependencies: Dependencies) {
  const { pool } = dependencies;
  const links = linksOf(pool, 'SETUP');
  const isOpen = async (token: string) => (await links.find(token)) !== null && !(await hasPeople(pool));
  return {
    async ask(request: Request, response: Response) {
      const { token = '' } = textsOf(request.query);
      const language = languageOf(request);
      const values = { zone: Intl.DateTimeFormat().resolvedOptions().timeZone };
      sendPage(
        response,
        (await isOpen(token))
          ? setupPage(language, { token, values, zones, problems: [] })
          : gonePage(language),
      );
    },
    async setUp(request: Request, response: Response) {
      const language = languageOf(request);
      const values = textsOf(request.body);
      const { token = '' } = values;
      if (!(await isOpen(token))) return sendPage(response, gonePage(language));
      const form = setupForm.safeParse(values, { error: zodWords[language] });
      if (!form.success)
        return sendPage(
          response,
          setupPage(language, { token, values, zones, problems: problemsOf(form.error) }),
        );
      if (!(await links.take(token))) return sendPage(response, gonePage(language));
      const { cookies, warnings } = await orGiveBack(links, token, () =>
        setUpOrganisation(dependencies, form.data, language),
      );
      response.append('Set-Cookie', cookies);
      sendPage(response, setUpPage(language, warnings));
    },
  };
}

function problemsOf({ issues }: z.ZodError): string[] {
  return issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

async function setUpOrganisation({ journal, people, signIn }: Dependencies, form: SetupForm, locale: string) {
  const { data, person } = firstOrganisation(form, locale);
  const { warnings } = validateOrganisation(data);
  await journal.importOrganisation({ data, actor: person, reason: 'First set-up' });
  people.forget();
  const cookies = await signIn.withoutPassword({ person, newPassword: form.password });
  return { cookies, warnings };
}
