import type { CaseView, CommandView, decidedView } from '../../../contracts/api.ts';
import type { z } from 'zod';
import { type Answer, answer } from '../answer.ts';
import type { Api } from './api.ts';
import { type BodyOptions, readBody } from './body.ts';
import { withCaseIds } from './body-references.ts';
import { caseIdOf } from './case-reference.ts';
import { type PersonOptions, connect } from './connection.ts';

interface SendOptions extends PersonOptions, BodyOptions {
  ifMatch?: number;
}

type Decided = z.infer<typeof decidedView>;
const PENDING = 202;

/** `isms do` */
export async function send(named: string, command: string, options: SendOptions): Promise<Answer> {
  const name = command.toUpperCase().replaceAll('-', '_');
  const fields = await readBody(options);
  const api = await connect(options);
  const path = `/cases/${await caseIdOf(api, named)}`;
  const body = await withCaseIds(api, fields, () => schemaOf(api, path, name));
  const { status, data, location, key } = await api.send<Decided | CommandView>(
    `${path}/commands/${encodeURIComponent(name)}`,
    { body, key: options.key, ifMatch: options.ifMatch },
  );
  if (status !== PENDING) return answer(data as Decided, decidedText);
  return answer({ ...(data as CommandView), location, key }, pendingText, 'pending');
}

async function schemaOf(api: Api, path: string, command: string): Promise<unknown> {
  const { availableCommands } = await api.get<CaseView>(path);
  return availableCommands.find((each) => each.command === command)?.schema;
}

function decidedText({ command, case: { ref, state, version, flags } }: Decided): string {
  const standing = [state, `version ${version}`, ...flags].join(' · ');
  return `${command.command} is recorded. ${ref} is now: ${standing}\nWhat comes next: isms next ${ref}`;
}

function pendingText({
  command,
  location,
  key,
}: CommandView & { location: string | null; key: string | null }): string {
  return [
    `${command} is stored and will be decided when a worker runs; nothing is lost.`,
    `To see how it ended: the same again with --key ${key}, or GET ${location}`,
  ].join('\n');
}
