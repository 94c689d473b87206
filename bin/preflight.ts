import { createServer } from 'node:net';
import { temporalConfig } from '../temporal.config.ts';
import { type Environment, environmentOrExit } from './environment.ts';
import { claimHome } from './running.ts';

/**
 * Everything that can be wrong with a start before anything has started: told in one sentence, with exit code 2 where
 * the settings are wrong and 1 where the place is taken.
 */
export async function preflight(args: string[]): Promise<{ environment: Environment; withDemo: boolean }> {
  const environment = environmentOrExit();
  const withDemo = isDemoWanted(args);
  refuseBadTemporalSettings();
  await assertPortFree(environment).catch((error: Error) => refuse(error.message, 1));
  claim(environment.home);
  return { environment, withDemo };
}

function isDemoWanted(args: string[]): boolean {
  const unknown = args.filter((each) => each !== '--demo');
  if (unknown.length > 0) refuse(`npm start knows --demo alone, not ${unknown.join(' ')}.`, 2);
  return args.length > 0;
}

function refuseBadTemporalSettings(): void {
  try {
    temporalConfig();
  } catch (error) {
    refuse(`The TEMPORAL_ settings cannot be used: ${(error as Error).message}.`, 2);
  }
}

function claim(home: string): void {
  try {
    claimHome(home);
  } catch (error) {
    refuse((error as Error).message, 1);
  }
}

function assertPortFree({ host, port }: Environment): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(new Error(portSentence(error, host, port))),
    );
    server.listen(port, host, () => server.close(() => resolve()));
  });
}

function portSentence({ code, message }: NodeJS.ErrnoException, host: string, port: number): string {
  if (code === 'EADDRINUSE')
    return `Port ${port} is in use: end what listens there, or set PORT to another one.`;
  if (code === 'EACCES') return `Port ${port} may not be opened by this user: set PORT to one above 1023.`;
  return `${host}:${port} cannot be opened (${message}): set HOST and PORT to an address of this machine.`;
}

function refuse(sentence: string, exitCode: 1 | 2): never {
  console.error(sentence);
  process.exit(exitCode);
}
