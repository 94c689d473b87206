import { execFile } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import type { RunAs } from './postgres-user.ts';

type DataFolder = { dataFolder: string; password: string; initdb: string; runAs: RunAs };

/** Everything sorts by code point, the same on every machine; screens that need a language's order name its collation. */
const layout = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];

/** Lays out the data folder of a new server; under another name first, so that a killed attempt leaves nothing half-done. */
export async function createDataFolder(options: DataFolder): Promise<void> {
  const { dataFolder } = options;
  if (existsSync(path.join(dataFolder, 'PG_VERSION'))) return;
  const unfinished = `${dataFolder}.unfinished`;
  const passwordFile = `${dataFolder}.password`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  writeFileSync(passwordFile, options.password, { mode: 0o600 });
  try {
    [unfinished, passwordFile].forEach((each) => giveTo(options.runAs, each));
    await runInitdb({ ...options, dataFolder: unfinished }, passwordFile);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(unfinished, dataFolder);
}

async function runInitdb({ initdb, dataFolder, runAs }: DataFolder, passwordFile: string): Promise<void> {
  const access = ['--username=postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
  const [command = initdb, ...args] = [
    ...runAs.through,
    initdb,
    `--pgdata=${dataFolder}`,
    ...access,
    ...layout,
  ];
  await promisify(execFile)(command, args, { ...runAs.ids, env: { LC_ALL: 'C', PATH: process.env.PATH } });
}

function giveTo({ owner }: RunAs, file: string): void {
  if (owner) chownSync(file, owner.uid, owner.gid);
}
