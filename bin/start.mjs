// `npm start`, also as the first command of a fresh clone: what is missing is installed before anything is imported.
import { prepare } from '../scripts/prepare.mjs';

prepare();
const { register } = await import('tsx/esm/api');
register();
await import('./start.ts');
