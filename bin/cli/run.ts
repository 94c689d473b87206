import { type Command, CommanderError } from 'commander';
import colors from 'picocolors';
import type { Answer } from './answer.ts';
import { harmlessJson, harmlessText } from './display/terminal-text.ts';
import { type Exit, exitCodes } from './exit-codes.ts';
import { Failure } from './failure.ts';

/**
 * The action of a command: its module is loaded when it is asked for, so that no command pays for another, and whatever
 * it answers is printed for people or programs.
 */
export function act<A extends unknown[]>(
  load: () => Promise<(...args: A) => Promise<Answer>>,
): (...all: [...A, Command]) => Promise<void> {
  return async (...all) => {
    const command = all.at(-1) as Command;
    const asJson = command.opts<{ json?: true }>().json === true;
    const work = async () => (await load())(...(all.slice(0, -1) as A));
    const exit = await work().then(printer(asJson)).catch(failurePrinter(asJson));
    if (exit !== 'ok') throw new CommanderError(exitCodes[exit], `isms.${exit}`, '');
  };
}

/** Runs commander; it has printed what there is to say about wrong usage. */
export async function exitCodeOf(parse: () => Promise<unknown>): Promise<number> {
  try {
    await parse();
    return exitCodes.ok;
  } catch (error) {
    if (!(error instanceof CommanderError)) return exitCodes[failurePrinter(false)(error)];
    return error.code.startsWith('isms.') || error.exitCode === 0 ? error.exitCode : exitCodes.usage;
  }
}

/** `isms list | head -1`: whoever read has seen enough. */
export function endQuietlyWhenNobodyReads(output: NodeJS.WriteStream): void {
  output.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(exitCodes.ok);
  });
}

function printer(asJson: boolean): (answer: Answer) => Exit {
  return ({ data, text, exit }) => {
    process.stdout.write(`${asJson ? harmlessJson(data) : text()}\n`);
    return exit;
  };
}

function failurePrinter(asJson: boolean): (error: unknown) => Exit {
  return (error) => {
    if (process.env.DEBUG === 'isms') console.error(error);
    const failure = error instanceof Failure ? error : unknownFailure(error);
    if (asJson) process.stdout.write(`${harmlessJson(failureJson(failure))}\n`);
    else process.stderr.write(`${failureText(failure)}\n`);
    return failure.exit;
  };
}

function unknownFailure(error: unknown): Failure {
  const said = error instanceof Error ? error.message : String(error);
  return new Failure('refused', `This should not have happened: ${said}`, {
    code: 'INTERNAL',
    hints: ['Try again; if it fails again, report it with what DEBUG=isms shows.'],
  });
}

function failureJson({ message, exit, details }: Failure) {
  return { error: { exitCode: exitCodes[exit], message, ...details } };
}

function failureText({ message, details: { reasons = [], hints = [] } }: Failure): string {
  const inList = reasons.map(({ text }) => `  • ${harmlessText(text)}`);
  return [colors.red(harmlessText(message)), ...inList, ...hints.map(harmlessText)].join('\n');
}
