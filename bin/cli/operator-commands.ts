import { type Command, InvalidArgumentError } from 'commander';
import { text, wholeNumber } from './options.ts';
import { act } from './run.ts';

const why = ['--reason <text>', 'why, for the journal', text] as const;

/** What whoever works on the machine itself does, with the database in reach. */
export function addOperatorCommands(program: Command): void {
  asOperator(
    program,
    'verify',
    'read the whole journal and name every entry that is not as it was written',
  ).action(act(async () => (await import('./operator/verify.ts')).verify));
  asOperator(
    program,
    'recover',
    'have every open case go on, after Temporal was lost or PostgreSQL restored',
  )
    .requiredOption(...why)
    .action(act(async () => (await import('./operator/recover.ts')).recover));
  asOperator(program, 'doctor', 'look at everything the engine stands on, and say what to do').action(
    act(async () => (await import('./operator/doctor.ts')).doctor),
  );
  asOperator(program, 'nudge <case>', 'have one case look at everything again; changes nothing by itself')
    .requiredOption(...why)
    .action(act(async () => (await import('./operator/nudge.ts')).nudge));
  asOperator(
    program,
    'sign-in-link <person>',
    'a link with which this person signs in once and sets a password',
  ).action(act(async () => (await import('./operator/sign-in-link.ts')).signInLink));
  asOperator(program, 'pack <cases...>', 'an evidence pack of these cases, which an outsider checks without the engine')
    .requiredOption('--out <file>', 'where to write it, e.g. pack.zip', text)
    .option('--title <text>', 'what it is for', 'Evidence pack')
    .action(act(async () => (await import('./operator/pack.ts')).pack));
  addSeals(program.command('seal').description('signed seals over the journal: seal list, now, rotate'));
  addRestore(program.command('restore').description('after a database was restored: restore begin, confirm'));
  addKeys(program.command('key').description('API keys: key create, list, revoke'));
  addOrganisation(
    program.command('organisation').description('people, units, sites and roles: organisation import, show'),
  );
}

function addSeals(seal: Command): void {
  asOperator(seal, 'list', 'the newest seals and all public keys')
    .option('--limit <number>', 'how many', wholeNumber, 20)
    .action(act(async () => (await import('./operator/seal.ts')).listSeals));
  asOperator(seal, 'now', 'put what is new under a seal at once').action(act(async () => (await import('./operator/seal.ts')).sealNow));
  asOperator(seal, 'rotate', 'hand over to a new key, which the present one introduces')
    .requiredOption(...why)
    .option('--next <file>', 'the new private key (PEM), where SEAL_KEY gives the present one')
    .action(act(async () => (await import('./operator/seal.ts')).rotateKey));
}

function addRestore(restore: Command): void {
  asOperator(restore, 'begin', 'this database was restored: hold mail back until restore confirm')
    .requiredOption(...why)
    .action(act(async () => (await import('./operator/restore.ts')).beginRestore));
  asOperator(restore, 'confirm', 'let mail go its way again')
    .requiredOption(...why)
    .option('--drop', 'do not send what waits, since it went out before')
    .action(act(async () => (await import('./operator/restore.ts')).confirmRestore));
}

/** Everybody lists and revokes his or her own; `--of` is for whoever works on the machine itself. */
function addKeys(key: Command): void {
  const of = ['--of <person>', 'of somebody else, on the machine of the engine'] as const;
  asOperator(key, 'create <person>', 'a key with which a program acts as this person; shown once')
    .option('--name <name>', 'what it is for', 'command line')
    .option('--days <number>', 'how long it is valid', days, 90)
    .action(act(async () => (await import('./operator/create-key.ts')).createKey));
  asOperator(key, 'list', 'your keys, without the keys themselves')
    .option('--api-key <key>', 'instead of ISMS_API_KEY; other users of the machine may see it')
    .option(...of)
    .action(act(async () => (await import('./operator/keys.ts')).listKeys));
  asOperator(key, 'revoke <id>', 'end one of your keys')
    .option('--api-key <key>', 'instead of ISMS_API_KEY; other users of the machine may see it')
    .option(...of)
    .action(act(async () => (await import('./operator/keys.ts')).revokeKey));
}

function addOrganisation(organisation: Command): void {
  asOperator(
    organisation,
    'import <files...>',
    'load an organisation (.json), or merge people, units or roles into it (.csv)',
  )
    .option('--reason <text>', 'why, for the journal; needed unless --dry-run')
    .option('--base <file>', 'with .csv: the organisation (.json) to merge into (default: the present one)')
    .option('--complete', 'whoever is not listed ends with yesterday, with a departure; else everybody stays')
    .option('--dry-run', 'only say what would be added, changed and ended')
    .action(act(async () => (await import('./operator/import-organisation.ts')).importFiles));
  asOperator(organisation, 'show', 'the organisation as it is loaded, or as it was recorded and in force at an instant')
    .option('--as-of <when>', 'a day such as 2026-12-31, or an instant such as 2026-12-31T12:00Z', text)
    .action(
    act(async () => (await import('./operator/show-organisation.ts')).showOrganisation),
  );
}

/** A key outlives no year: whoever uses it gets a new one. */
function days(text: string): number {
  const number = wholeNumber(text);
  if (number < 1 || number > 365) throw new InvalidArgumentError('It must be a number from 1 to 365.');
  return number;
}

function asOperator(parent: Command, nameAndArguments: string, description: string): Command {
  return parent.command(nameAndArguments).description(description).option('--json', 'for programs');
}
