import type { Language } from '../../contracts/errors.ts';
import type { PersonId } from '../../contracts/identity.ts';
import type { ReasonCode, ReasonData, SegregationRule } from '../../contracts/reasons.ts';

/** Names in the reader's language for what reasons refer to. */
export interface Words {
  person(id: PersonId): string;
  party(name: string): string;
  rule(id: SegregationRule): string;
}

/** Every reason in every language. */
export type ReasonTexts = { [C in ReasonCode]: Record<Language, (data: ReasonData<C>, words: Words) => string> };

/** The names, or what stands there where there are none. */
export function all(names: readonly string[], empty: string): string {
  return names.length === 0 ? empty : names.join(', ');
}
