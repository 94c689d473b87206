#!/usr/bin/env node
// `npx isms`, also as the first command of a fresh clone: what is missing is installed before anything is imported.
// Standard output belongs to the answer, which programs read; progress goes beside it.
import { prepare } from '../scripts/prepare.mjs';

console.log = console.error;
prepare();
const { register } = await import('tsx/esm/api');
register();
const { main } = await import('./isms.ts');
await main(process.argv);
