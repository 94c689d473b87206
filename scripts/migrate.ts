import { migrate } from '../prisma/migrate.ts';

/** `npm run migrate`: brings the database of DATABASE_URL to the newest migration, as `npm start` does for its own. */
const databaseUrl = process.env.DATABASE_URL;
if (databaseUrl) {
  const { applied } = await migrate(databaseUrl);
  console.log(
    applied.length ? `Applied ${applied.join(', ')}.` : 'Nothing to do: the database is up to date.',
  );
} else {
  console.error('DATABASE_URL is missing: set it to the database to migrate (postgresql://…).');
  process.exitCode = 2;
}
