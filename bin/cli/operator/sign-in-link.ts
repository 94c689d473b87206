import { type Answer, answer } from '../answer.ts';
import { withJournal } from './installation.ts';
import { orNotFound } from './person-known.ts';

/** `isms sign-in-link` */
export async function signInLink(personId: string): Promise<Answer> {
  const { createSignInLink } = await import('../../../api/sign-in/one-time-links.ts');
  const link = await withJournal(({ pool, publicUrl }) =>
    orNotFound(createSignInLink({ pool, publicUrl, personId })),
  );
  return answer({ person: personId, link }, linkText);
}

function linkText({ person, link }: { person: string; link: string }): string {
  return `For ${person}, once, within 24 hours:\n\n${link}\n\nWhoever has it can sign in as ${person}: give it to nobody else.`;
}
