import { Router } from 'express';
import type { Language } from '../../contracts/errors.ts';
import { languageOf } from '../http/language.ts';
import { Problem } from '../http/problem.ts';
import { sendPage } from './page.ts';

/** What somebody finds who opens the bare address: what this is, and where to go. It needs nothing but this process. */
const words: Record<Language, { text: string; signIn: string; description: string }> = {
  en: {
    text: 'Here runs the information security management system of an organisation: its cases, tasks and decisions.',
    signIn: 'Sign in',
    description: 'Description of the API (OpenAPI)',
  },
  de: {
    text: 'Hier läuft das Informationssicherheits-Managementsystem einer Organisation: ihre Fälle, Aufgaben und Entscheidungen.',
    signIn: 'Anmelden',
    description: 'Beschreibung der API (OpenAPI)',
  },
};

export function frontPage(): Router {
  const router = Router();
  const route = router.route('/');
  route.get((request, response) => {
    response.locals.route = '/';
    const language = languageOf(request);
    const { text, signIn, description } = words[language];
    const links = `<ul><li><a href="/sign-in">${signIn}</a></li><li><a href="/api/v1/openapi.json">${description}</a></li></ul>`;
    sendPage(response, { status: 200, language, title: 'isms-engine', body: `<p>${text}</p>${links}` });
  });
  route.all(() => {
    throw new Problem('METHOD_NOT_ALLOWED', { headers: { Allow: 'GET, HEAD' } });
  });
  return router;
}
