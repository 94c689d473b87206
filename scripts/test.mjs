// `npm test`, also as the first command of a fresh clone. Arguments go to vitest.
import { spawnSync } from 'node:child_process';
import { prepare } from './prepare.mjs';

prepare();
const vitest = ['node_modules/vitest/vitest.mjs', 'run', ...process.argv.slice(2)];
process.exit(spawnSync(process.execPath, vitest, { stdio: 'inherit' }).status ?? 1);
