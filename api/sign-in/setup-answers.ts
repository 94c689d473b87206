import type { z } from 'zod';
import { validateOrganisation } from '../../domain/directory/validation.ts';
import { hasPeople } from '../../prisma/queries/one-time-links.ts';
import type { Dependencies } from '../dependencies.ts';
import { languageOf } from '../http/language.ts';
import { zodWords } from '../http/validation.ts';
import type { LinkPage } from './link-page.ts';
import { textsOf } from './link-page.ts';
import { gonePage, setUpPage, setupPage } from './link-pages.ts';
import { linksOf } from './one-time-links.ts';
import { firstOrganisation, setupForm } from './setup-organisation.ts';
import type { SetupForm } from './setup-organisation.ts';

const zones = [...Intl.supportedValuesOf('timeZone'), 'UTC'];

/** `/setup?token=…`: the organisation and its first person, while there is nobody. */
export function setupAnswers(dependencies: Dependencies): LinkPage {
  const { pool } = dependencies;
  const links = linksOf(pool, 'SETUP');
  const isOpen = async (token: string) => (await links.find(token)) !== null && !(await hasPeople(pool));
  return {
    async show(request) {
      const language = languageOf(request);
      const { token = '' } = textsOf(request.query);
      if (!(await isOpen(token))) return { page: gonePage(language) };
      const values = { zone: Intl.DateTimeFormat().resolvedOptions().timeZone };
      return { page: setupPage(language, { token, values, zones, problems: [] }) };
    },
    async submit(request) {
      const language = languageOf(request);
      const values = textsOf(request.body);
      const { token = '' } = values;
      if (!(await isOpen(token))) return { page: gonePage(language) };
      const form = setupForm.safeParse(values, { error: zodWords[language] });
      if (!form.success)
        return { page: setupPage(language, { token, values, zones, problems: problemsOf(form.error) }) };
      const done = await links.use(token, () => setUp(dependencies, form.data, language));
      return done
        ? { page: setUpPage(language, done.warnings), cookies: done.cookies }
        : { page: gonePage(language) };
    },
  };
}

function problemsOf({ issues }: z.ZodError): string[] {
  return issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

async function setUp({ journal, people, signIn }: Dependencies, form: SetupForm, locale: string) {
  const { data, person } = firstOrganisation(form, locale);
  await journal.importOrganisation({ data, actor: person, reason: 'First set-up' });
  people.forget();
  const cookies = await signIn.withoutPassword({ person, newPassword: form.password });
  return { cookies, warnings: validateOrganisation(data).warnings };
}
