import { Client, Connection } from '@temporalio/client';
import { temporalConfig } from '../temporal.config.ts';

/** A client of the Temporal at that address, for an errand; all else as the environment says. @throws where nobody answers */
export async function temporalClient(address: string): Promise<Client> {
  const { connectionOptions, namespace } = temporalConfig({ ...process.env, TEMPORAL_ADDRESS: address });
  return new Client({ connection: await Connection.connect(connectionOptions), namespace });
}
