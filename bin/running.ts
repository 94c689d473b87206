import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { commandOf } from './embedded/process.ts';

/** What a running `npm start` tells the other programs of this installation, first of all the command line. */
export type Engine = {
  pid: number;
  url: string;
  databaseUrl: string;
  /** Absent where the environment says how to reach Temporal. */
  temporalAddress?: string;
};

type Claim = { pid: number; command: string | null; engine?: Engine };

/** Makes the folder ours until we end. @throws where another start of ours runs on it */
export function claimHome(home: string): void {
  mkdirSync(home, { recursive: true, mode: 0o711 });
  const holder = livingClaim(home);
  if (holder && holder.pid !== process.pid)
    throw new Error(
      `isms-engine already runs on ${home} (process ${holder.pid}): stop it, or set ISMS_HOME to another folder.`,
    );
  writeClaim(home);
}

/** Tells where the engine answers; the file holds the database's password, so only its owner reads it. */
export function publishEngine(home: string, engine: Omit<Engine, 'pid'>): void {
  writeClaim(home, { ...engine, pid: process.pid });
}

/** The engine that runs on this folder, if one does and is ready. */
export function runningEngine(home: string): Engine | undefined {
  return livingClaim(home)?.engine;
}

export function releaseHome(home: string): void {
  rmSync(fileIn(home), { force: true });
}

function writeClaim(home: string, engine?: Engine): void {
  const claim: Claim = { pid: process.pid, command: commandOf(process.pid), engine };
  writeFileSync(fileIn(home), JSON.stringify(claim), { mode: 0o600 });
}

/** A claim outlives a killed start; it counts while its process lives and is still the same program. */
function livingClaim(home: string): Claim | undefined {
  const claim = readClaim(home);
  return claim?.command && commandOf(claim.pid) === claim.command ? claim : undefined;
}

function readClaim(home: string): Claim | undefined {
  try {
    return JSON.parse(readFileSync(fileIn(home), 'utf8')) as Claim;
  } catch {
    return undefined; // none, or killed while writing
  }
}

function fileIn(home: string): string {
  return path.join(home, 'running.json');
}
