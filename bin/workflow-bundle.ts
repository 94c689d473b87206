import { bundleWorkflowCode, DefaultLogger, type WorkflowBundle } from '@temporalio/worker';
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

const workflows = path.join(import.meta.dirname, '..', 'workflows');
const sdkVersion: unknown = createRequire(import.meta.url)('@temporalio/worker/package.json').version;

/** The workflow code as the worker wants it. Bundling takes seconds, so the result is kept until the code changes. */
export async function workflowBundle(home: string): Promise<WorkflowBundle> {
  const folder = path.join(home, 'cache');
  const file = path.join(folder, `workflows-${await fingerprint()}.js`);
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  return { code: kept ?? (await bundleInto(folder, file)) };
}

async function bundleInto(folder: string, file: string): Promise<string> {
  const workflowsPath = path.join(workflows, 'index.ts');
  const { code } = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('WARN') });
  await mkdir(folder, { recursive: true });
  const outdated = (await readdir(folder)).filter((name) => name.startsWith('workflows-'));
  await Promise.all(outdated.map((name) => rm(path.join(folder, name), { force: true })));
  const unfinished = `${file}.${process.pid}`;
  await writeFile(unfinished, code);
  await rename(unfinished, file);
  return code;
}

async function fingerprint(): Promise<string> {
  const hash = createHash('sha256').update(String(sdkVersion));
  for (const name of (await readdir(workflows)).sort())
    hash.update(await readFile(path.join(workflows, name)));
  return hash.digest('hex').slice(0, 16);
}
