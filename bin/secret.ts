import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A secret of this installation that nobody has to choose: generated once, kept where only its owner reads. */
export function keptSecret(
  home: string,
  name: 'auth-secret' | 'postgres-password' | 'demo-password' | 'mail-secret',
): string {
  return keptFile(path.join(home, 'secrets', name), () => randomBytes(32).toString('base64url'));
}

/** What is in the file; it is made where it is not there, and whoever comes second finds what the first has made. */
export function keptFile(file: string, make: () => string): string {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  try {
    writeFileSync(file, make(), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(file, 'utf8');
}
