import type { CaseStateView } from '../../../contracts/api.ts';
import { type Answer, answer } from '../answer.ts';
import { type BodyOptions, readBody } from './body.ts';
import { type PersonOptions, connect } from './connection.ts';

/** `isms open` */
export async function open(process: string, options: PersonOptions & BodyOptions): Promise<Answer> {
  const payload = await readBody(options);
  const api = await connect(options);
  const { data } = await api.send<CaseStateView>('/cases', { body: { process, payload }, key: options.key });
  return answer(data, openedText);
}

function openedText({ ref, state, title }: CaseStateView): string {
  return `${ref} is open (${state}): ${title}\nWhat comes next: isms next ${ref}`;
}
