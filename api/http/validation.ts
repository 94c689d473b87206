import { z } from 'zod';
import type { Language } from '../../contracts/errors.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import { Problem } from './problem.ts';

/** zod's own words in the reader's language. */
export const zodWords: Record<Language, z.core.$ZodErrorMap> = {
  en: z.locales.en().localeError,
  de: z.locales.de().localeError,
};

/** Nobody reads more than this at once, and a hostile body must not make a long answer. */
const MOST_REASONS = 50;
const LONGEST_NAME = 100;
const DEEPEST = 40;

export interface Reading {
  language: Language;
  /** Field that the value stands in, for the paths of the reasons. */
  within?: string;
}

/** The value as the schema reads it. @throws Problem INVALID_REQUEST with one reason per field */
export function validated<T>(schema: z.ZodType<T>, value: unknown, { language, within }: Reading): T {
  const text = unstorable(value);
  if (text) throw new Problem('INVALID_REQUEST', { reasons: [text] });
  const result = schema.safeParse(value, { error: zodWords[language] });
  if (result.success) return result.data;
  throw new Problem('INVALID_REQUEST', {
    reasons: result.error.issues
      .flatMap((issue) => reasonsOf(issue, within === undefined ? [] : [within]))
      .slice(0, MOST_REASONS),
  });
}

function reasonsOf(issue: z.core.$ZodIssue, within: readonly string[]): Reason[] {
  const at = (path: readonly PropertyKey[]) =>
    [...within, ...path].map((part) => String(part).slice(0, LONGEST_NAME)).join('.');
  const message = issue.message.slice(0, 400);
  if (issue.code !== 'unrecognized_keys')
    return [reason('INVALID_PAYLOAD', { path: at(issue.path), message })];
  return issue.keys.map((key) =>
    reason('INVALID_PAYLOAD', { path: at([...issue.path, key]), message: unknownField(key) }),
  );
}

function unknownField(key: string): string {
  return `"${key.slice(0, LONGEST_NAME)}" is not a field here`;
}

/** The database keeps every character but these two; better said now than found out then. */
function isUnstorable(text: string): boolean {
  return text.includes('\0') || /\p{Surrogate}/u.test(text);
}

/** Text that cannot be stored, or nesting that nobody means; looked for without recursion, since a body may be nested as deep as it is long. */
function unstorable(value: unknown): Reason | null {
  const open: { value: unknown; path: string; depth: number }[] = [{ value, path: '', depth: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value: each, path, depth } = next;
    if (typeof each === 'string' && isUnstorable(each))
      return payload(path, 'has a character that cannot be stored (U+0000 or half of a pair)');
    if (typeof each !== 'object' || each === null) continue;
    if (depth >= DEEPEST) return payload(path, `is nested deeper than ${DEEPEST} levels`);
    for (const [key, child] of Object.entries(each)) {
      if (isUnstorable(key)) return payload(path, 'has a name with a character that cannot be stored');
      open.push({ value: child, path: path === '' ? key : `${path}.${key}`, depth: depth + 1 });
    }
  }
  return null;
}

function payload(path: string, message: string): Reason {
  return reason('INVALID_PAYLOAD', { path: path.slice(0, 400), message });
}
