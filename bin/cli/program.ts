import { Command } from 'commander';
import { addOfflineCommands } from './offline-commands.ts';
import { addOperatorCommands } from './operator-commands.ts';
import { addPersonCommands } from './person-commands.ts';

/** All commands with their words and options; what they do is loaded when they are asked for. */
export function createProgram(): Command {
  const program = new Command('isms')
    .description('The command line of isms-engine. Exit codes and examples: docs/cli.md')
    .exitOverride()
    .helpCommand(false)
    .showHelpAfterError('(add --help to see how it is used)');
  addPersonCommands(
    program.commandsGroup('As a person, over HTTP (ISMS_URL or the engine that runs here; ISMS_API_KEY):'),
  );
  addOperatorCommands(
    program.commandsGroup('As the operator, on this machine (DATABASE_URL or the engine that runs here):'),
  );
  addOfflineCommands(program.commandsGroup('Without an engine:'));
  return program;
}
