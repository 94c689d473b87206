import type { Pool, PoolClient } from 'pg';
import type { Language } from '../../contracts/errors.ts';
import type { PersonId } from '../../contracts/identity.ts';
import type { MailChoice } from '../../contracts/notices.ts';

/** What a person has chosen; `language` null: as the people file says, else the organisation's. */
export interface MailPreferences {
  language: Language | null;
  choices: Record<string, MailChoice>;
}

const NOTHING_CHOSEN: MailPreferences = { language: null, choices: {} };

export async function preferencesOf(client: Pool | PoolClient, person: PersonId): Promise<MailPreferences> {
  return (await preferencesOfAll(client, [person])).get(person) ?? NOTHING_CHOSEN;
}

/** Of those who have chosen anything. */
export async function preferencesOfAll(
  client: Pool | PoolClient,
  people: readonly PersonId[],
): Promise<Map<PersonId, MailPreferences>> {
  const { rows } = await client.query<MailPreferences & { person: PersonId }>(
    'SELECT person, language, choices FROM mail_preference WHERE person = ANY($1::text[])',
    [people],
  );
  return new Map(rows.map(({ person, ...chosen }) => [person, chosen]));
}

export async function choosePreferences(
  pool: Pool,
  person: PersonId,
  { language, choices }: MailPreferences,
): Promise<void> {
  await pool.query(
    `INSERT INTO mail_preference (person, language, choices) VALUES ($1, $2, $3)
     ON CONFLICT (person) DO UPDATE SET language = excluded.language, choices = excluded.choices`,
    [person, language, JSON.stringify(choices)],
  );
}

/** Ends mails of these kinds, and leaves everything else as it was chosen. */
export async function unsubscribe(pool: Pool, person: PersonId, kinds: readonly string[]): Promise<void> {
  const off = Object.fromEntries(kinds.map((kind) => [kind, 'off']));
  await pool.query(
    `INSERT INTO mail_preference (person, choices) VALUES ($1, $2)
     ON CONFLICT (person) DO UPDATE SET choices = mail_preference.choices || excluded.choices`,
    [person, JSON.stringify(off)],
  );
}
