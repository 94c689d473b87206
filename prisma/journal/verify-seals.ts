import type { Pool } from 'pg';
import type { Seal } from '../../contracts/seal.ts';
import { treeOf } from '../../domain/seal/merkle.ts';
import { keyProblems, sealProblems } from '../../domain/seal/seal.ts';
import { GENESIS } from './chain.ts';
import { headsOf, sealKeys, sealsAfter } from './seals.ts';
import { ATTEMPTS_STREAM } from './streams.ts';

/** The seals hold, and what is under them is there: a stream that was cut off at its end is found by them alone. */

export interface SealedProblem {
  stream: string;
  version: number;
  problem: string;
}

const PAGE = 500;

export async function verifySeals(pool: Pool): Promise<{ seals: number; problems: SealedProblem[] }> {
  const keys = await sealKeys(pool);
  const problems = keyProblems(keys).map(ofSeal);
  let last = { number: 0, hash: GENESIS };
  let seals = 0;
  for (let page = await sealsAfter(pool, 0, PAGE); page.length > 0; page = await sealsAfter(pool, last.number, PAGE)) {
    for (const seal of page) {
      problems.push(...sealProblems(seal, last, keys).map(ofSeal), ...(await rootProblems(pool, seal)).map(ofSeal));
      last = seal;
      seals += 1;
    }
  }
  return { seals, problems: [...problems, ...(await missing(pool))] };
}

async function rootProblems(pool: Pool, { number, heads: count, root }: Seal) {
  const heads = await headsOf(pool, number);
  return heads.length === count && count > 0 && treeOf(heads).root === root ? [] : [{ number, problem: 'what is under the seal was changed' }];
}

function ofSeal({ number, problem }: { number: number; problem: string }): SealedProblem {
  return { stream: 'seals', version: number, problem };
}

/** What was sealed and is not as it was, or not at all any more. */
async function missing(pool: Pool): Promise<SealedProblem[]> {
  const { rows } = await pool.query<{ seal: number; stream: string; version: number; found: string | null }>(
    `SELECT l.seal, l.stream, l.version, coalesce(e.hash, a.hash) AS found FROM seal_leaf l
     LEFT JOIN entry e ON e.stream = l.stream AND e.version = l.version
     LEFT JOIN attempt a ON l.stream = $1 AND a.number = l.version
     WHERE coalesce(e.hash, a.hash) IS DISTINCT FROM l.hash ORDER BY l.seal, l.n LIMIT 1000`,
    [ATTEMPTS_STREAM],
  );
  return rows.map(({ seal, stream, version, found }) => ({
    stream: stream === ATTEMPTS_STREAM ? 'attempts' : stream,
    version,
    problem: found === null ? `was cut off: seal ${seal} has it` : `is not what seal ${seal} has`,
  }));
}
