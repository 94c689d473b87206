import { parseArgs } from 'node:util';
import { killRun } from '../test/kill/kill-run.ts';

/** `npm run kill -- --cases 200 [--seed 1]`: the kill test at any size, with its figures. */
const { values } = parseArgs({ options: { cases: { type: 'string', default: '30' }, seed: { type: 'string', default: '27001' } } });
const result = await killRun({ cases: Number(values.cases), seed: Number(values.seed), say: console.log });
console.log(JSON.stringify(result, null, 2));
const good = [result.lostOrDoubled, result.wrongSteps, result.stuck, result.verifyProblems].every((list) => list.length === 0);
process.exit(good ? 0 : 1);
