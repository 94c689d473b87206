import type { Environment } from '../environment.ts';
import { Failure } from './failure.ts';

/** The environment of the engine's programs; a bad value is named before anything is tried. */
export async function readEnvironmentOrFail(): Promise<Environment> {
  const { EnvironmentError, readEnvironment } = await import('../environment.ts');
  try {
    return readEnvironment();
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    throw new Failure('usage', error.message);
  }
}
