import type { Client } from '@temporalio/client';
import { Failure } from '../failure.ts';
import type { Installation } from './installation.ts';

/** Where Temporal is: beside the engine that runs here, or where the environment says. */
export async function temporalAddressOf({
  temporalAddress,
}: Pick<Installation, 'temporalAddress'>): Promise<string> {
  if (temporalAddress) return temporalAddress;
  const { temporalConfig } = await import('../../../temporal.config.ts');
  return temporalConfig().connectionOptions.address ?? '';
}

/** Works with Temporal and lets go of it afterwards. */
export async function withTemporal<T>(
  installation: Pick<Installation, 'temporalAddress'>,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const { temporalClient } = await import('../../temporal-client.ts');
  const client = await temporalClient(await temporalAddressOf(installation)).catch((error: unknown) => {
    throw explained(error);
  });
  try {
    return await work(client);
  } finally {
    await client.connection.close();
  }
}

/** Says what to do where Temporal or the database is away; anything else stays what it is. */
export function explained(error: unknown): unknown {
  const {
    name = '',
    message = '',
    code = '',
  } = error as { name?: string; message?: string; code?: string | number };
  const isTemporal =
    name === 'TransportError' ||
    ['UNAVAILABLE', 'DEADLINE_EXCEEDED', 'Failed to connect'].some((each) => message.includes(each));
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
