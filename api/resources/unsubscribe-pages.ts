import type { Language } from '../../contracts/errors.ts';
import { dutyReason, kindName } from '../../domain/mail/kind-names.ts';
import { escaped } from '../sign-in/page.ts';
import type { Page } from '../sign-in/page.ts';

/** The words of the pages behind the link that ends mails. */
const words = {
  en: {
    ask: 'No more mails of this kind?',
    askText: 'You will still find these notices in the application:',
    button: 'No more mails',
    ended: 'No more mails of this kind',
    endedText: 'The notices themselves stay in the application, and you can choose anew there:',
    duty: 'These mails cannot be ended',
    invalid: 'The link is not valid',
    invalidText: 'It may have been cut off. Open it from the mail again, or choose in the application.',
  },
  de: {
    ask: 'Keine E-Mails dieser Art mehr?',
    askText: 'In der Anwendung finden Sie diese Nachrichten weiterhin:',
    button: 'Keine E-Mails mehr',
    ended: 'Keine E-Mails dieser Art mehr',
    endedText: 'Die Nachrichten selbst stehen weiter in der Anwendung; dort können Sie auch neu wählen:',
    duty: 'Diese E-Mails lassen sich nicht abbestellen',
    invalid: 'Der Link ist nicht gültig',
    invalidText:
      'Vielleicht ist er abgeschnitten. Öffnen Sie ihn erneut aus der E-Mail oder wählen Sie in der Anwendung.',
  },
} as const;

/** The form goes back to the address it came from, which holds the signature. */
export function askedPage(language: Language, kinds: readonly string[]): Page {
  const { ask, askText, button } = words[language];
  const form = `<form method="post"><button>${escaped(button)}</button></form>`;
  return pageOf(language, ask, `<p>${escaped(askText)}</p>${listOf(language, kinds)}${form}`);
}

export function endedPage(language: Language, kinds: readonly string[]): Page {
  const { ended, endedText } = words[language];
  return pageOf(language, ended, `<p>${escaped(endedText)}</p>${listOf(language, kinds)}`);
}

export function dutyPage(language: Language): Page {
  return pageOf(language, words[language].duty, `<p>${escaped(dutyReason[language])}</p>`);
}

export function invalidPage(language: Language): Page {
  const { invalid, invalidText } = words[language];
  return { ...pageOf(language, invalid, `<p>${escaped(invalidText)}</p>`), status: 410 };
}

function pageOf(language: Language, title: string, body: string): Page {
  return { status: 200, language, title, body };
}

function listOf(language: Language, kinds: readonly string[]): string {
  return `<ul>${kinds.map((kind) => `<li>${escaped(kindName(kind, language))}</li>`).join('')}</ul>`;
}
