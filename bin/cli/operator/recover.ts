import { type Answer, answer } from '../answer.ts';
import { counted } from '../display/words.ts';
import { Failure } from '../failure.ts';
import { findInstallation } from './installation.ts';

/** `isms recover`: safe beside living cases. */
export async function recover(): Promise<Answer> {
  const installation = await findInstallation();
  const { recoverAll } = await import('../../recover.ts');
  const target = {
    databaseUrl: installation.databaseUrl,
    temporalAddress: installation.temporalAddress ?? (await addressInEnvironment()),
  };
  const recovered = await recoverAll(target).catch((error: unknown) => {
    throw explained(error);
  });
  return answer(recovered, ({ started }) =>
    started === 0
      ? 'No case is open: nothing to do.'
      : `${counted(started, 'open case goes on', 'open cases go on')}.`,
  );
}

async function addressInEnvironment(): Promise<string> {
  const { temporalConfig } = await import('../../../temporal.config.ts');
  return temporalConfig().connectionOptions.address ?? '';
}

function explained(error: unknown): unknown {
  const {
    name = '',
    message = '',
    code = '',
  } = error as { name?: string; message?: string; code?: string | number };
  const isTemporal =
    name === 'TransportError' ||
    message.includes('UNAVAILABLE') ||
    message.includes('DEADLINE_EXCEEDED') ||
    message.includes('Failed to connect');
  if (isTemporal)
    return new Failure(
      'unreachable',
      `Temporal does not answer (${message}): start it, or correct the TEMPORAL_ settings.`,
    );
  if (String(code).startsWith('ECONN'))
    return new Failure(
      'unreachable',
      `The database does not answer (${message}): start it, or correct DATABASE_URL.`,
    );
  return error;
}
