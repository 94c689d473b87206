import { type Command, Option } from 'commander';
import { recordClasses } from '../../contracts/retention.ts';
import { collected, count, idempotencyKey, wholeNumber } from './options.ts';
import { act } from './run.ts';

const reference = 'reference such as NC-2026-0001, or id';

/** What a person does over HTTP. */
export function addPersonCommands(program: Command): void {
  addReading(program);
  addCaseReading(program);
  addWriting(program);
  addRegisters(program.command('register').description('registers in and out: register import, export'));
  asPerson(program, 'access-log', 'what auditors from outside were shown, newest first')
    .option('--person <person>', 'to this person')
    .option('--case <case>', `of this case (${reference})`)
    .addOption(limit())
    .action(act(async () => (await import('./person/access-log.ts')).accessLog));
  addRetention(program.command('retention').description('what need not be kept any longer: retention due'));
  addConfiguration(program.command('configuration').description('what the organisation has set: configuration show, preview'));
}

/** Beside the working days, which need no engine. */
export function addCalendarFeed(calendar: Command): void {
  asPerson(calendar, 'feed', 'the secret address under which a calendar program reads your audits and dates; without an option whether there is one')
    .addOption(new Option('--new', 'make one; the one before leads nowhere from now on').conflicts('revoke'))
    .option('--revoke', 'end it')
    .action(act(async () => (await import('./person/calendar-feed.ts')).calendarFeed));
}

function addReading(program: Command): void {
  asPerson(program, 'me', 'who you are here, whom you stand in for, and who stands in for you').action(
    act(async () => (await import('./person/me.ts')).me),
  );
  asPerson(program, 'inbox', 'what you are asked to do, the most urgent first')
    .addOption(limit())
    .action(act(async () => (await import('./person/inbox.ts')).inbox));
  asPerson(program, 'my-risks', 'risks that you own: rating, acceptance, review, and what has changed since you signed them')
    .option('--owner <person>', 'those of somebody else, as far as you may see them')
    .option('--changed', 'only those that have changed since')
    .addOption(limit())
    .action(act(async () => (await import('./person/my-risks.ts')).myRisks));
  asPerson(program, 'list', 'cases that you may see, newest first')
    .option('--process <name>', 'of this process, such as nonconformity')
    .option('--state <state>', 'in this state')
    .option('--owner <person>', 'of this person')
    .option('--unit <unit>', 'of this unit')
    .option('--overdue', 'with a deadline that has passed')
    .addOption(
      new Option('--escalation <step>', 'escalated at least this far').choices(['0', '1', '2', '3', '4']),
    )
    .addOption(new Option('--ended', 'that have ended').conflicts('open'))
    .option('--open', 'that have not ended')
    .option('--search <text>', 'with this in the title, or whose reference begins so')
    .addOption(
      new Option('--sort <by>', 'what changed or what was opened last').choices(['updated', 'opened']),
    )
    .addOption(limit())
    .action(act(async () => (await import('./person/list.ts')).list));
}

function addCaseReading(program: Command): void {
  asPerson(program, 'show <case>', `a case with its deadlines, and what you may do (${reference})`)
    .option('--as-of <when>', 'as it was: a date, or an instant such as 2026-11-30T09:00:00Z')
    .action(act(async () => (await import('./person/show.ts')).show));
  asPerson(program, 'history <case>', 'everything that happened to a case').action(
    act(async () => (await import('./person/history.ts')).history),
  );
  asPerson(program, 'next <case>', 'what comes next in a case: who, by when, and what if late').action(
    act(async () => (await import('./person/next.ts')).next),
  );
}

function addRegisters(register: Command): void {
  asPerson(register, 'import <register> <file>', 'take over a register from .csv or .xlsx: asset, businessProcess, supplier, control, risk')
    .option('--map <column=name>', 'what the file calls a column, such as owner=Verantwortlich; several times', collected)
    .option('--source <name>', 'register it comes from, kept with every risk')
    .option('--dry-run', 'only say what would be opened, and what is wrong with which line')
    .option('--key <key>', 'idempotency key: the same again opens nothing twice', idempotencyKey)
    .action(act(async () => (await import('./person/registers.ts')).importRegister));
  asPerson(register, 'export <what>', 'a register, or a Statement of Applicability such as SOA-2026-0001, as a file')
    .addOption(new Option('--format <format>', 'of the file').choices(['csv', 'xlsx', 'docx', 'pdf']).default('csv'))
    .option('--out <file>', 'where to write it (default: as the engine calls it)')
    .action(act(async () => (await import('./person/registers.ts')).exportRegister));
}

function addRetention(retention: Command): void {
  asPerson(retention, 'due', 'cases and evidence whose time of keeping is over, under no legal hold')
    .addOption(new Option('--class <class>', 'only what is kept as that').choices(recordClasses))
    .addOption(limit())
    .action(act(async () => (await import('./person/retention.ts')).retentionDue));
}

function addConfiguration(configuration: Command): void {
  asPerson(configuration, 'show', 'every value that is in force, and what has set it')
    .option('--as-of <when>', 'what was in force, or will be: a date, or an instant such as 2026-11-30T09:00:00Z')
    .action(act(async () => (await import('./person/configuration.ts')).showConfiguration));
  asPerson(configuration, 'preview <case>', 'which running deadlines a change would move (reference such as CC-2026-0001, or id)')
    .addOption(limit())
    .action(act(async () => (await import('./person/configuration.ts')).previewChange));
}

function addWriting(program: Command): void {
  withBody(asPerson(program, 'open <process>', 'open a case, such as a nonconformity or an action')).action(
    act(async () => (await import('./person/open.ts')).open),
  );
  withBody(
    asPerson(
      program,
      'do <case> <command>',
      'send a command, such as ACCEPT; `isms show` names those you may',
    ),
  )
    .option('--if-match <version>', 'only if the case is still at this version', wholeNumber)
    .action(act(async () => (await import('./person/do.ts')).send));
  asPerson(program, 'sign [seen...]', 'sign several things in one sitting, each as CASE=HASH; without any, what waits for your signature')
    .option('--note <text>', 'a note beside each signature')
    .option('--key <key>', 'idempotency key: the same again signs nothing twice', idempotencyKey)
    .addOption(limit())
    .action(act(async () => (await import('./person/sign.ts')).sign));
  const evidence = program.command('evidence').description('what proves something: evidence add, link');
  asPerson(evidence, 'add <file>', 'store a file; its SHA-256 goes into commands')
    .option('--name <name>', 'name to keep it under (default: that of the file)')
    .option('--type <media type>', 'such as application/pdf', 'application/octet-stream')
    .action(act(async () => (await import('./person/evidence.ts')).addEvidence));
  asPerson(evidence, 'link <address>', 'have an address looked at; what is there now is kept, and its SHA-256 goes into commands').action(
    act(async () => (await import('./person/evidence.ts')).linkEvidence),
  );
}

function asPerson(parent: Command, nameAndArguments: string, description: string): Command {
  return parent
    .command(nameAndArguments)
    .description(description)
    .option('--json', 'for programs')
    .option('--api-key <key>', 'instead of ISMS_API_KEY; other users of the machine may see it');
}

function withBody(command: Command): Command {
  return command
    .option('--with <json>', 'the fields as JSON, as @FILE, or - for standard input')
    .option(
      '--set <field=value>',
      'one field; text with =, anything else as JSON with :=, parts with dots',
      collected,
    )
    .option('--key <key>', 'idempotency key: the same again does nothing twice', idempotencyKey);
}

function limit(): Option {
  return new Option('--limit <number>', 'how many at most').argParser(count).default(50);
}
