import type { Language } from '../../contracts/errors.ts';
import type { OrganisationProblem } from '../../domain/directory/validation.ts';
import { alertHtml, escaped, fieldHtml } from './page.ts';
import type { Page } from './page.ts';
import { PASSWORD_LENGTH } from './people-accounts.ts';

/** The words and forms of the pages behind one-time links. */
const words = {
  en: {
    signIn: 'Sign in',
    hello: (name: string) => `You are about to sign in as ${name}.`,
    password: 'New password (optional)',
    passwordHint: `At least ${PASSWORD_LENGTH.min} characters; a sentence is a good one. Leave it empty to keep what you have.`,
    passwordWrong: `The password needs ${PASSWORD_LENGTH.min} to ${PASSWORD_LENGTH.max} characters: choose another one.`,
    address: 'E-mail address',
    ownPassword: 'Password',
    failed: 'Address and password do not fit together. Try again, or ask your administrator for a sign-in link.',
    signedIn: 'You are signed in',
    gone: 'The link is no longer valid',
    goneText: 'It was used before, or is older than 24 hours. Ask your administrator for a new one.',
    setup: 'Set up the organisation',
    setupText:
      'You will be the first person: top management and information security officer at once. Others come with the people file.',
    organisation: 'Name of the organisation',
    zone: 'Time zone',
    name: 'Your name',
    email: 'Your e-mail address',
    choose: 'Your password',
    setUp: 'Set up',
    done: 'The organisation is set up',
    warnings: 'Things to settle soon:',
  },
  de: {
    signIn: 'Anmelden',
    hello: (name: string) => `Sie melden sich an als ${name}.`,
    password: 'Neues Passwort (freiwillig)',
    passwordHint: `Mindestens ${PASSWORD_LENGTH.min} Zeichen; ein Satz eignet sich gut. Leer lassen, um das bisherige zu behalten.`,
    passwordWrong: `Das Passwort braucht ${PASSWORD_LENGTH.min} bis ${PASSWORD_LENGTH.max} Zeichen: wählen Sie ein anderes.`,
    address: 'E-Mail-Adresse',
    ownPassword: 'Passwort',
    failed: 'Adresse und Passwort passen nicht zusammen. Versuchen Sie es erneut oder bitten Sie die Administration um einen Anmelde-Link.',
    signedIn: 'Sie sind angemeldet',
    gone: 'Der Link gilt nicht mehr',
    goneText:
      'Er wurde schon benutzt oder ist älter als 24 Stunden. Bitten Sie die Administration um einen neuen.',
    setup: 'Organisation einrichten',
    setupText:
      'Sie werden die erste Person: oberste Leitung und Informationssicherheitsbeauftragte/r zugleich. Weitere kommen mit der Personendatei.',
    organisation: 'Name der Organisation',
    zone: 'Zeitzone',
    name: 'Ihr Name',
    email: 'Ihre E-Mail-Adresse',
    choose: 'Ihr Passwort',
    setUp: 'Einrichten',
    done: 'Die Organisation ist eingerichtet',
    warnings: 'Bald zu regeln:',
  },
} as const;

export function passwordProblem(language: Language): string {
  return words[language].passwordWrong;
}

export function gonePage(language: Language): Page {
  const { gone, goneText } = words[language];
  return { status: 410, language, title: gone, body: `<p>${escaped(goneText)}</p>` };
}

/** Address and password, for who has no link. The answer to a wrong one does not tell which of the two is wrong. */
export function passwordPage(language: Language, { failed }: { failed: boolean }): Page {
  const said = words[language];
  const fields = [
    fieldHtml({ name: 'email', label: said.address, type: 'email', autocomplete: 'username' }),
    fieldHtml({ name: 'password', label: said.ownPassword, type: 'password', autocomplete: 'current-password' }),
    `<button>${escaped(said.signIn)}</button>`,
  ];
  const body = `${alertHtml(failed ? [said.failed] : [])}${form('/sign-in', null, fields.join('\n'))}`;
  return { status: failed ? 401 : 200, language, title: said.signIn, body };
}

export interface SignInForm {
  token: string;
  name: string;
  problems: readonly string[];
}

export function signInPage(language: Language, { token, name, problems }: SignInForm): Page {
  const { signIn, hello, password, passwordHint } = words[language];
  const field = fieldHtml({
    name: 'password',
    label: password,
    type: 'password',
    hint: passwordHint,
    required: false,
    minlength: PASSWORD_LENGTH.min,
    autocomplete: 'new-password',
  });
  const body = `${alertHtml(problems)}<p>${escaped(hello(name))}</p>${form('/sign-in', token, `${field}<button>${escaped(signIn)}</button>`)}`;
  return { status: statusFor(problems), language, title: signIn, body };
}

export function signedInPage(language: Language, name: string): Page {
  return { status: 200, language, title: words[language].signedIn, body: `<p>${escaped(name)}</p>` };
}

export interface SetupPageForm {
  token: string;
  values: Record<string, string>;
  zones: readonly string[];
  problems: readonly string[];
}

export function setupPage(language: Language, { token, values, zones, problems }: SetupPageForm): Page {
  const said = words[language];
  const options = zones
    .map((zone) => `<option${zone === values['zone'] ? ' selected' : ''}>${escaped(zone)}</option>`)
    .join('');
  const fields = [
    fieldHtml({
      name: 'organisation',
      label: said.organisation,
      type: 'text',
      value: values['organisation'],
      autocomplete: 'organization',
    }),
    `<label for="zone">${escaped(said.zone)}</label><select id="zone" name="zone">${options}</select>`,
    fieldHtml({ name: 'name', label: said.name, type: 'text', value: values['name'], autocomplete: 'name' }),
    fieldHtml({
      name: 'email',
      label: said.email,
      type: 'email',
      value: values['email'],
      autocomplete: 'email',
    }),
    fieldHtml({
      name: 'password',
      label: said.choose,
      type: 'password',
      minlength: PASSWORD_LENGTH.min,
      autocomplete: 'new-password',
    }),
    `<button>${escaped(said.setUp)}</button>`,
  ];
  const body = `${alertHtml(problems)}<p>${escaped(said.setupText)}</p>${form('/setup', token, fields.join('\n'))}`;
  return { status: statusFor(problems), language, title: said.setup, body };
}

export function setUpPage(language: Language, warnings: readonly OrganisationProblem[]): Page {
  const { done, warnings: heading, signedIn } = words[language];
  const list = warnings.map(({ message }) => `<li>${escaped(message)}</li>`).join('');
  const told = list === '' ? '' : `<p>${escaped(heading)}</p><ul>${list}</ul>`;
  return { status: 201, language, title: done, body: `<p>${escaped(signedIn)}.</p>${told}` };
}

function form(action: string, token: string | null, fields: string): string {
  const carried = token === null ? '' : `<input type="hidden" name="token" value="${escaped(token)}">`;
  return `<form method="post" action="${action}">${carried}${fields}</form>`;
}

function statusFor(problems: readonly string[]): number {
  return problems.length === 0 ? 200 : 422;
}
