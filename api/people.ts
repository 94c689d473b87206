import type { Instant, PersonId } from '../contracts/identity.ts';
import type { Person } from '../contracts/organisation.ts';
import { reason } from '../contracts/reasons.ts';
import type { Reason } from '../contracts/reasons.ts';
import { lentDesks } from '../domain/access/desk.ts';
import { readerKeys } from '../domain/access/visibility.ts';
import type { Directory } from '../domain/directory/directory.ts';
import { processes } from '../domain/processes.ts';
import type { Reader } from '../prisma/queries/reader.ts';

/** The directory as reading needs it: asked for anew every few seconds, since `decide` checks it again in its own transaction. */
export interface People {
  directory(): Promise<Directory>;
  /** The person, while active; an auditor from outside while access is given. */
  active(person: PersonId): Promise<Readonly<Person> | null>;
  /** Null for one who is not active, or has no access on this day: he or she reads nothing. */
  readerOf(person: PersonId): Promise<Reader | null>;
  /** Why that person reads nothing. */
  refusalOf(person: PersonId): Promise<Reason>;
  /** The directory has changed here and now. */
  forget(): void;
}

const RECENT_MS = 2_000;

export function createPeople(settings: {
  directory: () => Promise<Directory>;
  clock: () => Instant;
}): People {
  let recent: { answer: Promise<Directory>; until: number } | null = null;
  const readers = new Map<PersonId, { reader: Reader | null; of: Directory; until: number }>();

  function directory(): Promise<Directory> {
    if (recent && recent.until > Date.now()) return recent.answer;
    const answer = settings.directory();
    recent = { answer, until: Date.now() + RECENT_MS };
    answer.catch(() => (recent = null));
    return answer;
  }

  async function readerOf(person: PersonId): Promise<Reader | null> {
    const present = await directory();
    const known = readers.get(person);
    if (known && known.of === present && known.until > Date.now()) return known.reader;
    const reader = readerIn(present, person, settings.clock());
    readers.set(person, { reader, of: present, until: Date.now() + RECENT_MS });
    return reader;
  }

  return {
    directory,
    readerOf,
    async active(person) {
      const present = await directory();
      const now = settings.clock();
      return present.isActive(person, now) && !present.isShutOut(person, now) ? present.person(person) : null;
    },
    async refusalOf(person) {
      const isShutOut = (await directory()).isShutOut(person, settings.clock());
      return reason(isShutOut ? 'ACCESS_NOT_GIVEN' : 'PERSON_NOT_ACTIVE', { person });
    },
    forget: () => (recent = null),
  };
}

function readerIn(directory: Directory, person: PersonId, now: Instant): Reader | null {
  if (!directory.isActive(person, now) || directory.isShutOut(person, now)) return null;
  const lent = lentDesks({ directory, now }, person, processes);
  const sees = readerKeys(directory, person, now);
  const isAuditorAccount = directory.isAuditorAccount(person, now);
  // By name alone, never by role: what is asked of all auditors here is not asked of one from outside.
  return { person, keys: isAuditorAccount ? [`person:${person}`] : directory.keysOf(person, now), lent, sees, isAuditorAccount };
}
