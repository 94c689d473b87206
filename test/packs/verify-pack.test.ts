import { execFileSync, spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makePack } from '../../api/packs/make-pack.ts';
import { keyOf } from '../../bin/seal-key.ts';
import type { PackedFile } from '../../contracts/pack.ts';
import { archiveOf } from '../../api/packs/archive.ts';
import { keyIdOf } from '../../domain/seal/seal.ts';
import { startInProcessEngine } from '../support/in-process-engine.ts';
import type { InProcessEngine } from '../support/in-process-engine.ts';
import { acceptance, correction, report } from '../support/nonconformity-bodies.ts';
import { propertyRuns } from '../support/property-runs.ts';

interface Verified {
  ok: boolean;
  problems: { file: string; problem: string }[];
  counts: Record<string, number>;
}

const verifier = path.resolve('verifier/verify-pack.mjs');
const { verifyPack } = (await import(verifier)) as { verifyPack: (bytes: Buffer, options?: { key?: string }) => Verified };
const newKey = () => keyOf(generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString());

/** The files of an archive, as any program reads them. */
function filesOf(pack: Buffer): PackedFile[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'pack-'));
  writeFileSync(path.join(folder, 'pack.zip'), pack);
  const script = 'import sys,zipfile,json,base64\nz=zipfile.ZipFile(sys.argv[1])\nprint(json.dumps([[n,base64.b64encode(z.read(n)).decode()] for n in z.namelist()]))';
  const listed = JSON.parse(execFileSync('python3', ['-c', script, path.join(folder, 'pack.zip')], { maxBuffer: 1 << 28 }).toString()) as [string, string][];
  return listed.map(([name, content]) => ({ path: name, content: Buffer.from(content, 'base64') }));
}

describe('an evidence pack, in the hands of whoever has nothing but the verifier', () => {
  let engine: InProcessEngine;
  let pack: Buffer;
  let nonconformity: string;
  const key = newKey();
  beforeAll(async () => {
    engine = await startInProcessEngine();
    const { sha256 } = await engine.journal.storeEvidence({ bytes: Buffer.from('restore test, 3 of 40 failed'), name: 'log.txt', mediaType: 'text/plain', person: 'emre.yilmaz' });
    nonconformity = await engine.open('nonconformity', 'emre.yilmaz', { ...report, title: 'Sicherungen – nicht geprüft 🔒', evidence: [sha256] });
    await engine.journal.seal(key);
    await engine.send(nonconformity, 'ACCEPT', 'leon.fischer', acceptance);
    await engine.send(nonconformity, 'ACCEPT', 'anna.berger', acceptance);
    await engine.journal.seal(key);
    await engine.open('nonconformity', 'leon.fischer', { ...report, title: 'Somebody else’s' });
    await engine.send(nonconformity, 'RECORD_CORRECTION', 'thomas.reiter', correction);
    pack = await packOf(engine);
  });
  afterAll(() => engine.close());

  const packOf = ({ pool, journal, now }: InProcessEngine, cases = [nonconformity]) =>
    makePack({ pool, journal, key }, { title: 'Clause 10', organisation: 'Example', madeBy: 'anna.berger', now: now(), period: null, cases, readable: [{ path: 'index.html', content: Buffer.from('<p>Clause 10') }] });

  const problems = (changed: Buffer) => verifyPack(changed).problems.map(({ file, problem }) => `${file}: ${problem}`);
  const rebuilt = (change: (files: PackedFile[]) => PackedFile[]) => problems(archiveOf(change(filesOf(pack))));
  const edited = (name: string, change: (text: string) => string) =>
    rebuilt((files) => files.map((file) => (file.path.startsWith(name) ? { ...file, content: Buffer.from(change(file.content.toString())) } : file)));

  it('holds: entries, attempts, seals, attachments, and it is a ZIP like any other', () => {
    expect(verifyPack(pack)).toMatchObject({ ok: true, problems: [], counts: { streams: 1, attempts: 1, seals: 3, attachments: 1, redacted: 0 } });
    expect(filesOf(pack).map(({ path: name }) => name)).toEqual(expect.arrayContaining(['manifest.json', 'index.html', `journal/${nonconformity}.json`]));
  });

  it('shows nothing of the cases that are not in it', () => {
    expect(pack.includes(Buffer.from('Somebody else’s'))).toBe(false);
  });

  it('any byte that is flipped is found and named, wherever it lies', () => {
    fc.assert(
      fc.property(fc.nat({ max: pack.length - 1 }), fc.integer({ min: 0, max: 7 }), (at, bit) => {
        const flipped = Buffer.from(pack);
        flipped[at]! ^= 1 << bit;
        const found = verifyPack(flipped);
        return !found.ok && found.problems.every(({ file, problem }) => file !== '' && problem !== '');
      }),
      propertyRuns(400),
    );
  });

  it('is refused when it is cut off, wherever', () => {
    fc.assert(
      fc.property(fc.nat({ max: pack.length - 1 }), (length) => !verifyPack(pack.subarray(0, length)).ok),
      propertyRuns(60),
    );
    expect(problems(pack.subarray(0, pack.length - 10))).toContainEqual(expect.stringMatching(/^archive: is truncated/));
  });

  it.each<[string, (files: PackedFile[]) => PackedFile[], RegExp]>([
    ['a file less', (files) => files.filter((file) => file.path !== 'index.html'), /^index.html: is missing/],
    ['an attachment less', (files) => files.filter((file) => !file.path.startsWith('evidence/')), /^evidence\/[0-9a-f]{64}: is missing/],
    ['a file more', (files) => [...files, { path: 'more.txt', content: Buffer.from('x') }], /^more.txt: was added/],
    ['files in another order', ([a, b, c, d, ...more]) => [a!, b!, d!, c!, ...more], /^archive: its files were reordered/],
    ['no seals', (files) => files.filter((file) => file.path !== 'seals.json'), /^seals.json: is missing/],
  ])('names what is wrong with %s', (_, change, expected) => {
    expect(rebuilt(change)).toContainEqual(expect.stringMatching(expected));
  });

  // Whoever has no key cannot sign a manifest anew; beneath it everything is named as well.
  it.each<[string, string, (text: string) => string, RegExp]>([
    ['who did it', 'journal/', (text) => text.replace('"actor": "anna.berger"', '"actor": "leon.fischer"'), /entry \d+: was altered/],
    ['what was said', 'journal/', (text) => text.replaceAll('Sicherungen', 'Sicherung'), /entry 1: what was said in it was altered/],
    ['when', 'journal/', (text) => text.replace('"at": "2026-11-02', '"at": "2026-11-01'), /entry 1: was altered/],
    ['the newest entry, which is gone', 'journal/', (text) => withoutLast(text), /is not what seal 3 has/],
    ['an entry from within, which is gone', 'journal/', (text) => without(text, 1), /entry 3: follows entry 1: one is missing, added or moved/],
    ['two entries that changed places', 'journal/', (text) => swapped(text), /one is missing, added or moved/],
    ['an attempt', 'attempts.json', (text) => text.replace('leon.fischer', 'emre.yilmaz'), /attempt 1: was altered/],
    ['the time of a seal', 'seals.json', (text) => text.replace('"at": "2026', '"at": "2025'), /seal 1: was altered/],
    ['a seal that is gone', 'seals.json', (text) => JSON.stringify((JSON.parse(text) as unknown[]).slice(1)), /seal 2: follows seal 0/],
    ['a key', 'keys.json', (text) => text.replace(/"publicKey": "[^"]+"/, `"publicKey": "${newKey().publicKey}"`), /is not what its id says/],
    ['the manifest', 'manifest.json', (text) => text.replace('Clause 10', 'Clause 11'), /^manifest.json: was altered/],
    ['the signature', 'manifest.sig', (text) => `${text.slice(0, -4)}AA==`, /its signature was/],
  ])('names what is wrong with %s', (_, name, change, expected) => {
    expect(edited(name, change)).toContainEqual(expect.stringMatching(expected));
  });

  it('is refused where it stands on other keys than the one that is trusted', () => {
    expect(verifyPack(pack, { key: keyIdOf(key.publicKey) }).ok).toBe(true);
    expect(verifyPack(pack, { key: keyIdOf(newKey().publicKey) }).problems).toContainEqual({ file: 'keys.json', problem: expect.stringMatching(/that you trust/) as string });
  });

  it('is not made over nothing', async () => {
    await expect(packOf(engine, ['00000000-0000-4000-8000-000000000000'])).rejects.toMatchObject({ name: 'NothingToPack' });
  });

  it('is checked by one file, with node alone: 0 holds, 1 does not, 2 cannot be read', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'pack-'));
    const [good, bad] = [path.join(folder, 'good.zip'), path.join(folder, 'bad.zip')];
    writeFileSync(good, pack);
    writeFileSync(bad, pack.subarray(0, 1000));
    const run = (file: string) => spawnSync(process.execPath, [verifier, file], { cwd: folder, encoding: 'utf8' });
    expect([run(good), run(bad), run(path.join(folder, 'none.zip'))].map(({ status }) => status)).toEqual([0, 1, 2]);
    expect(run(good).stdout).toMatch(/Everything is as it was written/);
  });
});

interface Stream {
  entries: unknown[];
}

function without(text: string, n: number): string {
  const stream = JSON.parse(text) as Stream;
  return JSON.stringify({ ...stream, entries: stream.entries.filter((_, at) => at !== n) });
}

function withoutLast(text: string): string {
  return without(text, (JSON.parse(text) as Stream).entries.length - 1);
}

function swapped(text: string): string {
  const stream = JSON.parse(text) as Stream;
  const [first, second, ...more] = stream.entries;
  return JSON.stringify({ ...stream, entries: [second, first, ...more] });
}
