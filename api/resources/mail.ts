import { mailPreferencesBody, mailPreferencesView, unsubscribeParams } from '../../contracts/api-records.ts';
import type { Language } from '../../contracts/errors.ts';
import { noticeRule, noticeRules } from '../../contracts/notices.ts';
import { reason } from '../../contracts/reasons.ts';
import { dutyReason, kindName } from '../../domain/mail/kind-names.ts';
import { readUnsubscribeToken } from '../../domain/mail/unsubscribe-token.ts';
import type { Unsubscription } from '../../domain/mail/unsubscribe-token.ts';
import { choosePreferences, preferencesOf, unsubscribe } from '../../prisma/courier/preferences.ts';
import type { MailPreferences } from '../../prisma/courier/preferences.ts';
import { endpoint, ok } from '../endpoint.ts';
import type { Answer, Endpoint } from '../endpoint.ts';
import { Problem } from '../http/problem.ts';
import { askedPage, dutyPage, endedPage, invalidPage } from './unsubscribe-pages.ts';

const preferences = endpoint({
  ...{ method: 'get', path: '/me/notifications', tag: 'Tasks', access: 'signedIn' },
  summary: 'How notices reach me by mail, and what of it is mine to choose',
  answers: { 200: { description: 'Preferences', schema: mailPreferencesView } },
  errors: [],
  async handle({ reader, speech }, { pool }) {
    return ok(viewOf(await preferencesOf(pool, reader.person), speech.language));
  },
});

const choose = endpoint({
  ...{ method: 'put', path: '/me/notifications', tag: 'Tasks', access: 'signedIn' },
  summary: 'Choose how notices reach me by mail',
  description:
    'Replaces what was chosen before. A duty is refused with the reason: it goes out as the rules say.',
  body: mailPreferencesBody,
  answers: { 200: { description: 'Preferences as they are now', schema: mailPreferencesView } },
  errors: [],
  async handle({ reader, speech, body }, { pool }) {
    refuseDuties(Object.keys(body.choices), speech.language);
    await choosePreferences(pool, reader.person, body);
    return ok(viewOf(body, speech.language));
  },
});

function refuseDuties(kinds: readonly string[], language: Language): void {
  const duties = kinds.filter((kind) => noticeRule(kind).duty);
  if (duties.length === 0) return;
  throw new Problem('INVALID_REQUEST', {
    reasons: duties.map((kind) =>
      reason('INVALID_PAYLOAD', { path: `choices.${kind}`, message: dutyReason[language] }),
    ),
  });
}

function viewOf({ language, choices }: MailPreferences, spoken: Language) {
  const kinds = Object.entries(noticeRules).map(([kind, { duty, way }]) => ({
    ...{ kind, name: kindName(kind, spoken), duty, byRule: way },
    choice: choices[kind] ?? null,
    why: duty ? dutyReason[spoken] : null,
  }));
  return { language, kinds };
}

const page = { description: 'A page', page: true } as const;

/** Opening the link changes nothing, since mail scanners open every link; its button, or one click in the mail program, does (RFC 8058). */
const show = endpoint({
  ...{ method: 'get', path: '/mail/unsubscribe/{token}', tag: 'Tasks', access: 'public' },
  summary: 'Page behind the link that ends mails of a kind',
  params: unsubscribeParams,
  answers: { 200: page, 410: page },
  errors: [],
  async handle({ params: { token }, speech: { language } }, { mailSecret }) {
    return answering(readUnsubscribeToken(token, mailSecret), language, (kinds) =>
      askedPage(language, kinds),
    );
  },
});

const end = endpoint({
  ...{ method: 'post', path: '/mail/unsubscribe/{token}', tag: 'Tasks', access: 'public' },
  summary: 'End mails of the kinds that the link names',
  description: 'Needs no sign-in: the link is signed. Ended twice is ended once. Duties go on.',
  params: unsubscribeParams,
  answers: { 200: page, 410: page },
  errors: [],
  async handle({ params: { token }, speech: { language } }, { pool, mailSecret }) {
    const said = readUnsubscribeToken(token, mailSecret);
    const kinds = endable(said);
    if (said && kinds.length > 0) await unsubscribe(pool, said.person, kinds);
    return answering(said, language, () => endedPage(language, kinds));
  },
});

/** What was no duty when the mail went may be one by now. */
function endable(said: Unsubscription | null): string[] {
  return (said?.kinds ?? []).filter((kind) => !noticeRule(kind).duty);
}

function answering(
  said: Unsubscription | null,
  language: Language,
  pageFor: (kinds: string[]) => NonNullable<Answer['page']>,
): Answer {
  const kinds = endable(said);
  const shown =
    said === null ? invalidPage(language) : kinds.length === 0 ? dutyPage(language) : pageFor(kinds);
  return { status: shown.status, page: shown };
}

export const mailEndpoints: Endpoint[] = [preferences, choose, show, end];
