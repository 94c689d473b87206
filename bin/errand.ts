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
    return started > 0 ? [`${started} open cases go on.`] : [];
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

const errand = errands[process.argv[2] ?? ''];
if (!errand) throw new Error(`errand.ts knows ${Object.keys(errands).join(', ')}.`);
const lines = await errand();
process.send?.(lines, () => process.exit(0));
