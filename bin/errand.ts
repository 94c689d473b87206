import { temporalConfig } from '../temporal.config.ts';
import { environmentOrExit } from './environment.ts';

/**
 * `errand.ts NAME`: a task of `npm start` that needs much of the engine, but not for long: as a process of its own it
 * leaves no memory behind. Answers with lines to print.
 */
const environment = environmentOrExit();
const target = {
  databaseUrl: environment.databaseUrl ?? '',
  temporalAddress: temporalConfig().connectionOptions.address ?? '',
};

const errands: Record<string, () => Promise<string[]>> = {
  recover: async () => {
    const { recoverAll } = await import('./recover.ts');
    const { started } = await recoverAll(target);
    return [...(started > 0 ? [`${started} open cases go on.`] : []), ...(await heldLines())];
  },
  setupLink: async () => {
    const { setupLink } = await import('./setup-link.ts');
    const link = await setupLink(target.databaseUrl, environment.publicUrl);
    return link ? [`Nobody is registered yet. Set up the engine here: ${link}`] : [];
  },
  demo: async () => {
    const { loadDemo } = await import('./demo.ts');
    return loadDemo(target);
  },
};

/** Whoever starts a restored database sees it where he or she looks. */
async function heldLines(): Promise<string[]> {
  const { openJournal } = await import('./open-journal.ts');
  const { heldSince } = await import('../prisma/journal/installation.ts');
  const { pool } = openJournal({ databaseUrl: target.databaseUrl, max: 1 });
  const since = await heldSince(pool).finally(() => pool.end());
  return since
    ? ['This database was restored: no mail leaves the house until isms restore confirm (docs/operating.md).']
    : [];
}

const errand = errands[process.argv[2] ?? ''];
if (!errand) throw new Error(`errand.ts knows ${Object.keys(errands).join(', ')}.`);
const lines = await errand();
process.send?.(lines, () => process.exit(0));
