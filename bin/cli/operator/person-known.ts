import { Failure } from '../failure.ts';

/** Somebody who is not in the directory is said so, with what to do. */
export async function orNotFound<T>(work: Promise<T>): Promise<T> {
  const { UnknownPersonError } = await import('../../../api/sign-in/one-time-links.ts');
  return work.catch((error: unknown) => {
    throw error instanceof UnknownPersonError
      ? new Failure('notFound', error.message, { code: 'NOT_FOUND' })
      : error;
  });
}
