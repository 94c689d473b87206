import type { PersonId } from '../../contracts/identity.ts';
import type { Dependencies } from '../dependencies.ts';
import { languageOf } from '../http/language.ts';
import type { LinkPage } from './link-page.ts';
import { textsOf } from './link-page.ts';
import { gonePage, passwordProblem, signInPage, signedInPage } from './link-pages.ts';
import { linksOf } from './one-time-links.ts';
import { PASSWORD_LENGTH } from './people-accounts.ts';

/** `/sign-in?token=…`: signs the person of the link in, with a new password if he or she likes. */
export function signInAnswers({ pool, people, signIn }: Dependencies): LinkPage {
  const links = linksOf(pool, 'SIGN_IN');

  async function personOf(token: string): Promise<{ id: PersonId; name: string } | null> {
    const id = (await links.find(token))?.personId;
    return id ? people.active(id) : null;
  }

  return {
    async show(request) {
      const language = languageOf(request);
      const { token = '' } = textsOf(request.query);
      const person = await personOf(token);
      return {
        page: person ? signInPage(language, { token, name: person.name, problems: [] }) : gonePage(language),
      };
    },
    async submit(request) {
      const language = languageOf(request);
      const { token = '', password = '' } = textsOf(request.body);
      const person = await personOf(token);
      if (!person) return { page: gonePage(language) };
      const problems = isPassword(password) ? [] : [passwordProblem(language)];
      if (problems.length > 0) return { page: signInPage(language, { token, name: person.name, problems }) };
      const newPassword = password === '' ? undefined : password;
      const cookies = await links.use(token, () =>
        signIn.withoutPassword({ person: person.id, newPassword }),
      );
      return cookies ? { page: signedInPage(language, person.name), cookies } : { page: gonePage(language) };
    },
  };
}

/** None is fine, too: then the one there was stays. */
function isPassword({ length }: string): boolean {
  return length === 0 || (length >= PASSWORD_LENGTH.min && length <= PASSWORD_LENGTH.max);
}
