import type { ProblemView } from '../../../contracts/api.ts';
import type { Exit } from '../exit-codes.ts';
import { Failure } from '../failure.ts';

/** What another server in between may have said instead: then nothing is there but the status. */
export type Problem = Partial<ProblemView>;

/** A refusal of the API as the end of a command. */
export function failureOf(status: number, problem: Problem | undefined): Failure {
  const { title, detail, ...details } = problem ?? {};
  const message = title
    ? `${title}. ${detail ?? ''}`.trim()
    : `The server answers with status ${status}: correct ISMS_URL, or ask whoever runs it.`;
  return new Failure(exitOf(status), message, { ...details, status, hints: hintsOf(status, problem) });
}

function exitOf(status: number): Exit {
  if (status === 401 || status === 403) return 'notAllowed';
  if (status === 404) return 'notFound';
  return status === 429 || status >= 500 ? 'unreachable' : 'refused';
}

function hintsOf(status: number, { version, notReady, requestId }: Problem = {}): string[] {
  return [
    ...(version === undefined ? [] : [`The case is at version ${version} now.`]),
    ...(notReady === undefined ? [] : [`Not ready: ${notReady.join(', ')}.`]),
    ...(status < 500 || requestId === undefined ? [] : [`Request id: ${requestId}`]),
  ];
}
