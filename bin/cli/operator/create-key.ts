import { type Answer, answer } from '../answer.ts';
import { withJournal } from './installation.ts';
import { orNotFound } from './person-known.ts';

interface KeyOptions {
  name: string;
  days: number;
}

/** `isms key create` */
export async function createKey(personId: string, { name, days }: KeyOptions): Promise<Answer> {
  const { createApiKey } = await import('../../../api/sign-in/one-time-links.ts');
  const key = await withJournal(({ pool }) => orNotFound(createApiKey({ pool, personId, name, days })));
  return answer({ person: personId, name, days, key }, keyText);
}

function keyText({ person, days, key }: KeyOptions & { person: string; key: string }): string {
  return `Acts as ${person} for ${days} days, and is shown this once. To use it here:\n\nexport ISMS_API_KEY=${key}`;
}
