import type { Language } from '../../contracts/errors.ts';
import { partyName } from '../access/spoken-names.ts';
import type { Directory } from '../directory/directory.ts';
import { plainLine } from './plain-line.ts';
import { textsOf } from './texts.ts';
import type { NoticeWords } from './texts.ts';
import type { StoredNotice } from './way.ts';
import { wordFor } from './words.ts';
import type { WordTable } from './words.ts';

type Said = Pick<StoredNotice, 'kind' | 'data'>;

interface Speech {
  directory: Directory;
  language: Language;
}

/** What the application says of a notice: the words of its mail without what surrounds them. */
export function noticeText(notice: Said, speech: Speech): string {
  return textsOf(notice.kind, speech.language).paragraphs(wordsOf(notice, speech)).join(' ');
}

/** What the notice is about, in words. */
export function wordsOf({ data }: Said, { directory, language }: Speech): NoticeWords {
  const given = (name: string): string => (typeof data[name] === 'string' ? data[name] : '');
  const named = (table: WordTable) => given(table) && wordFor(table, given(table), language);
  const nameOf = (id: string) => id && plainLine(directory.person(id)?.name ?? id, 100);
  return {
    task: named('task'),
    deadline: named('deadline'),
    round: named('round'),
    subject: named('subject'),
    step: given('step'),
    role: given('role') && partyName(given('role'), language),
    person: nameOf(given('to') || given('person') || given('left')),
    interim: nameOf(given('interim')),
  };
}
