import type { Request } from 'express';
import { languages } from '../../contracts/errors.ts';
import type { Language } from '../../contracts/errors.ts';

/** What the request asks for; else what the person's entry in the directory says; else English. */
export function languageOf(request: Request, locale?: string): Language {
  if (request.headers['accept-language'] !== undefined) {
    const asked = request.acceptsLanguages(...languages);
    return asked === 'de' ? 'de' : 'en';
  }
  return locale?.startsWith('de') ? 'de' : 'en';
}
