import { createProgram } from './cli/program.ts';
import { endQuietlyWhenNobodyReads, exitCodeOf } from './cli/run.ts';

/** `isms …`: a person's view of the cases over HTTP, the operator's commands on this machine, and what needs no engine at all. */
export async function main(argv: readonly string[]): Promise<void> {
  endQuietlyWhenNobodyReads(process.stdout);
  process.exitCode = await exitCodeOf(() => createProgram().parseAsync(argv));
}
