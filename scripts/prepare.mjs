// Brings a checkout to where it can run: packages installed, Prisma client generated. Uses Node alone, because in a
// fresh clone there is nothing else; a few milliseconds where all is up to date. Progress goes to standard error, so that
// a program may read what the command itself answers.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(fileURLToPath(import.meta.url), '../..');
const schemaFolder = path.join(root, 'prisma/schema');
const stampFile = path.join(root, 'prisma/generated/.schema-sha256');

export function prepare() {
  if (!isInstalled()) install();
  if (!isGenerated()) generate();
}

/** npm leaves a list of what it installed: every package of the lock file that is not optional has to be on it. */
function isInstalled() {
  const installed = packagesOf('node_modules/.package-lock.json');
  return Object.entries(packagesOf('package-lock.json'))
    .filter(([folder, each]) => folder !== '' && !each.optional)
    .every(([folder, each]) => installed[folder]?.version === each.version);
}

function packagesOf(file) {
  const lock = path.join(root, file);
  return existsSync(lock) ? JSON.parse(readFileSync(lock, 'utf8')).packages : {};
}

function install() {
  console.error('Installing the packages that are missing (once; takes about a minute) …');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const { status } = spawnSync(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['inherit', process.stderr, 'inherit'],
  });
  if (status !== 0)
    stop('npm ci failed: see its message above; without network it needs a filled npm cache.');
}

function isGenerated() {
  if (schemaFiles().length === 0) return true;
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === schemaStamp();
}

function schemaStamp() {
  const hash = createHash('sha256').update(
    packagesOf('package-lock.json')['node_modules/prisma']?.version ?? '',
  );
  for (const file of schemaFiles()) hash.update(readFileSync(file));
  return hash.digest('hex');
}

function schemaFiles() {
  const names = existsSync(schemaFolder) ? readdirSync(schemaFolder) : [];
  return names
    .filter((name) => name.endsWith('.prisma'))
    .sort()
    .map((name) => path.join(schemaFolder, name));
}

/** Prisma would download a schema engine that generating does not need: any existing file keeps it from that. */
function generate() {
  console.error('Generating the database client …');
  const env = { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1' };
  const prisma = path.join(root, 'node_modules/prisma/build/index.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [prisma, 'generate'], { cwd: root, env });
  if (status !== 0) stop(`prisma generate failed:\n${stdout}${stderr}`);
  writeFileSync(stampFile, schemaStamp());
}

function stop(message) {
  console.error(message);
  process.exit(1);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) prepare();
