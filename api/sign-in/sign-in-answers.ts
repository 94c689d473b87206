import type { Request } from 'express';
import type { PersonId } from '../../contracts/identity.ts';
import type { Dependencies } from '../dependencies.ts';
import { languageOf } from '../http/language.ts';
import type { LinkPage, PageAnswer } from './link-page.ts';
import { textsOf } from './link-page.ts';
import { gonePage, passwordPage, passwordProblem, signInPage, signedInPage } from './link-pages.ts';
import type { AddressAndPassword } from './password-sign-in.ts';
import { passwordSignIn } from './password-sign-in.ts';
import { linksOf } from './one-time-links.ts';
import { PASSWORD_LENGTH } from './people-accounts.ts';

/** `/sign-in?token=…`: signs the person of the link in, with a new password if he or she likes. Without a link: address and password. */
export function signInAnswers(dependencies: Dependencies): LinkPage {
  const { pool, people, signIn } = dependencies;
  const links = linksOf(pool, 'SIGN_IN');

  async function personOf(token: string): Promise<{ id: PersonId; name: string } | null> {
    const id = (await links.find(token))?.personId;
    return id ? people.active(id) : null;
  }

  return {
    async show(request) {
      const language = languageOf(request);
      const { token } = textsOf(request.query);
      if (token === undefined) return { page: passwordPage(language, { failed: false }) };
      const person = await personOf(token);
      return {
        page: person ? signInPage(language, { token, name: person.name, problems: [] }) : gonePage(language),
      };
    },
    async submit(request) {
      const language = languageOf(request);
      const { token = '', email, password = '' } = textsOf(request.body);
      if (email !== undefined) return withAddress(dependencies, request, { email, password });
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

async function withAddress(dependencies: Dependencies, request: Request, sent: AddressAndPassword): Promise<PageAnswer> {
  const language = languageOf(request);
  const done = await passwordSignIn(dependencies, request, sent);
  return done ? { page: signedInPage(language, done.name), cookies: done.cookies } : { page: passwordPage(language, { failed: true }) };
}

/** None is fine, too: then the one there was stays. */
function isPassword({ length }: string): boolean {
  return length === 0 || (length >= PASSWORD_LENGTH.min && length <= PASSWORD_LENGTH.max);
}
