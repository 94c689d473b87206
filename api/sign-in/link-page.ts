import type { Request } from 'express';
import type { Page } from './page.ts';

/** A page, and the cookies of the session that it has opened. */
export interface PageAnswer {
  page: Page;
  cookies?: string[];
}

/** A page behind a one-time link: opening it changes nothing, since mail scanners open every link; its button does. */
export interface LinkPage {
  show(request: Request): Promise<PageAnswer>;
  submit(request: Request): Promise<PageAnswer>;
}

/** Fields of a form, or of the query: text, each once; whatever else was sent counts as nothing. */
export function textsOf(source: unknown): Record<string, string> {
  const entries = Object.entries((source ?? {}) as Record<string, unknown>);
  return Object.fromEntries(entries.filter((each): each is [string, string] => typeof each[1] === 'string'));
}
