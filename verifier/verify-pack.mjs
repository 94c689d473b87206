#!/usr/bin/env node
// Checks an evidence pack without the engine that made it: node verify-pack.mjs PACK.zip [--key ID]
// One file, nothing but Node 20.15 or later. It shares no code with the engine, so that neither can hide a fault of the other.
//
// What holds afterwards: every byte of the archive is as it was made; every entry of every journal stream in it is as it was written,
// none is missing, added or moved; each stream and each refused attempt is under a seal; the seals follow one another without a gap
// and are signed by keys that introduced one another; every attachment is what its hash says. Whose keys these are it cannot know:
// compare the id of the first key with the one that was handed to you on another way, or give it with --key.
import { Buffer } from 'node:buffer';
import { createHash, createPublicKey, verify as verifySignature } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { crc32 } from 'node:zlib';

const NONE = '0'.repeat(64);
const MANIFEST = 'manifest.json';
const SIGNATURE = 'manifest.sig';
const OWN = ['keys.json', 'seals.json', 'attempts.json'];

/** What was found: `problems` name the file and what is wrong with it; nothing is thrown at whoever asks. */
export function verifyPack(bytes, { key } = {}) {
  const problems = [];
  const say = (file, problem) => problems.push({ file, problem });
  const files = readArchive(bytes, say);
  const counts = { files: files.size, streams: 0, entries: 0, redacted: 0, attempts: 0, seals: 0, attachments: 0 };
  const manifest = checkManifest(files, say);
  const chain = checkSeals(files, say, key);
  counts.seals = chain.seals.length;
  if (manifest) checkSignature(files, manifest, chain, say);
  for (const [name, content] of files) {
    if (name.startsWith('journal/')) checkStream(name, content, chain, say, counts);
    if (name.startsWith('evidence/')) checkAttachment(name, content, say, counts);
  }
  checkAttempts(files, chain, say, counts);
  checkReferences(files, say);
  return { ok: problems.length === 0, problems, counts, key: chain.keys[0]?.id ?? null, title: manifest?.title ?? null, madeAt: manifest?.madeAt ?? null };
}

// --- the archive: a ZIP without compression in which nothing is left to choice, so that every byte can be checked

function readArchive(bytes, say) {
  const files = new Map();
  let at = 0;
  while (at + 30 <= bytes.length && bytes.readUInt32LE(at) === 0x04034b50) {
    const length = bytes.readUInt32LE(at + 18);
    const nameEnd = at + 30 + bytes.readUInt16LE(at + 26);
    if (nameEnd + length > bytes.length) return damaged(files, say, at, 'is cut off');
    const name = bytes.toString('utf8', at + 30, nameEnd);
    if (files.has(name)) say(name, 'is in the archive twice');
    const content = bytes.subarray(nameEnd, nameEnd + length);
    if (bytes.readUInt32LE(at + 14) !== crc32(content)) say(name, 'was altered (checksum of the archive)');
    files.set(name, content);
    at = nameEnd + length;
  }
  const whole = archiveOf(files);
  if (!whole.equals(bytes)) say('archive', bytes.length < whole.length ? `is truncated: ${bytes.length} of ${whole.length} bytes` : `was altered at byte ${firstDifference(whole, bytes)}`);
  return files;
}

function damaged(files, say, at, how) {
  say('archive', `${how} at byte ${at}`);
  return files;
}

function archiveOf(files) {
  const parts = [];
  const directory = [];
  let offset = 0;
  for (const [name, content] of files) {
    const common = commonHeader(name, content);
    const local = Buffer.concat([Buffer.from('504b0304', 'hex'), common, Buffer.from(name), content]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('504b01021400', 'hex'), common, tail, Buffer.from(name)]));
    parts.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.size, 8);
  end.writeUInt16LE(files.size, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, central, end]);
}

/** Version 2.0, names in UTF-8, stored, 1980-01-01 00:00. */
function commonHeader(name, content) {
  const header = Buffer.alloc(26);
  header.writeUInt16LE(20, 0);
  header.writeUInt16LE(0x0800, 2);
  header.writeUInt16LE(0x0021, 8);
  header.writeUInt32LE(crc32(content), 10);
  header.writeUInt32LE(content.length, 14);
  header.writeUInt32LE(content.length, 18);
  header.writeUInt16LE(Buffer.byteLength(name), 22);
  return header;
}

function firstDifference(one, other) {
  const shorter = Math.min(one.length, other.length);
  for (let n = 0; n < shorter; n++) if (one[n] !== other[n]) return n;
  return shorter;
}

// --- the manifest: which files there are, in which order, and what is in them

function checkManifest(files, say) {
  const manifest = json(files, MANIFEST, say);
  if (!Array.isArray(manifest?.files)) return null;
  const listed = manifest.files.map(({ path }) => path);
  for (const { path, bytes, sha256: hash } of manifest.files) {
    const content = files.get(path);
    if (!content) say(path, 'is missing');
    else if (content.length !== bytes || sha256(content) !== hash) say(path, 'was altered');
  }
  const found = [...files.keys()].filter((name) => name !== MANIFEST && name !== SIGNATURE);
  for (const name of found) if (!listed.includes(name)) say(name, 'was added');
  const kept = listed.filter((name) => files.has(name));
  if (kept.join('\n') !== found.filter((name) => listed.includes(name)).join('\n')) say('archive', 'its files were reordered');
  return manifest;
}

function checkSignature(files, manifest, { keys }, say) {
  const signature = files.get(SIGNATURE);
  const key = keys.find(({ id }) => id === manifest.key);
  if (!signature) say(SIGNATURE, 'is missing');
  else if (!key) say(MANIFEST, 'names a key that is not in keys.json');
  else if (!isSigned(key, `isms pack ${sha256(files.get(MANIFEST))}`, signature.toString('utf8'))) say(MANIFEST, 'was altered, or its signature was: it does not fit');
}

// --- seals and keys

function checkSeals(files, say, trusted) {
  const keys = list(files, 'keys.json', say);
  const seals = list(files, 'seals.json', say);
  keys.forEach((key, n) => checkKey(key, keys[n - 1], say));
  if (trusted && !keys.some(({ id }) => id === trusted || (trusted.length >= 16 && id.startsWith(trusted)))) say('keys.json', `does not hold the key ${trusted} that you trust`);
  seals.forEach((seal, n) => checkSeal(seal, seals[n - 1] ?? { number: 0, hash: NONE }, keys, say));
  return { keys, seals };
}

function checkKey(key, before, say) {
  const name = `keys.json, key ${String(key.id).slice(0, 16)}`;
  if (sha256(Buffer.from(String(key.publicKey), 'base64')) !== key.id) say(name, 'is not what its id says');
  if (!before) return void (key.introducedBy === null && key.fromSeal === 1 ? null : say(name, 'the keys before it are missing'));
  const fits = key.introducedBy === before.id && key.fromSeal > before.fromSeal && isSigned(before, `isms key ${key.id} from ${key.fromSeal}`, key.introduction);
  if (!fits) say(name, 'was not introduced by the key before it');
}

function checkSeal(seal, before, keys, say) {
  const name = `seals.json, seal ${seal.number}`;
  const { number, at, key, heads, root, previous } = seal;
  const signer = keys.findLast(({ fromSeal }) => fromSeal <= number);
  if (number !== before.number + 1) say(name, `follows seal ${before.number}: one is missing, added or moved`);
  if (previous !== before.hash) say(name, 'does not follow its predecessor');
  if (sha256(canonical({ number, at, key, heads, root, previous })) !== seal.hash) say(name, 'was altered');
  if (signer?.id !== key) say(name, 'is not of the key that seals at that time');
  if (!signer || !isSigned(signer, `isms seal ${seal.hash}`, seal.signature)) say(name, 'its signature does not fit');
}

/** The head is under the seal that the proof names. */
function checkProof(proof, head, { seals }, name, say) {
  const seal = seals.find(({ number }) => number === proof?.seal);
  if (!seal) return void say(name, 'is under no seal of this pack');
  const { stream, version, hash } = head;
  const fits = proof.head?.stream === stream && proof.head?.version === version && proof.head?.hash === hash;
  const leaf = hashOf(0, Buffer.from(canonical({ stream, version, hash })));
  const root = (Array.isArray(proof.path) ? proof.path : []).reduce((below, beside) => node(beside.side === 'left' ? [beside.hash, below] : [below, beside.hash]), leaf);
  if (!fits || root !== seal.root) say(name, `is not what seal ${seal.number} has`);
}

// --- the journal

function checkStream(name, content, chain, say, counts) {
  const stream = parsed(content, name, say);
  if (stream === null || typeof stream !== 'object') return;
  counts.streams += 1;
  let last = { version: 0, hash: NONE };
  const entries = Array.isArray(stream.entries) ? stream.entries.filter((each) => each !== null && typeof each === 'object') : [];
  for (const entry of entries) {
    checkEntry(entry, last, stream, `${name}, entry ${entry.version}`, say, counts);
    last = entry;
  }
  if (last.version === 0) return void say(name, 'has no entries');
  const sealed = entries.find(({ version }) => version === stream.proof?.head?.version);
  checkProof(stream.proof, { stream: stream.stream, version: sealed?.version, hash: sealed?.hash }, chain, name, say);
  if (sealed && sealed !== last) say(name, `entries after ${sealed.version} are under no seal`);
}

function checkEntry(entry, last, { stream }, name, say, counts) {
  counts.entries += 1;
  const { version, type, at, localAt, actor, onBehalfOf, role, from, to, definition, payloadHash, prevHash } = entry;
  if (entry.stream !== stream) say(name, 'is of another stream');
  if (version !== last.version + 1) say(name, `follows entry ${last.version}: one is missing, added or moved`);
  if (prevHash !== last.hash) say(name, 'does not follow its predecessor');
  if (sha256(canonical({ stream: entry.stream, version, type, at, localAt, actor, onBehalfOf, role, from, to, definition, payloadHash, prevHash })) !== entry.hash) say(name, 'was altered');
  if (entry.payload === null) counts.redacted += 1;
  else if (sha256(entry.salt + canonical(entry.payload)) !== payloadHash) say(name, 'what was said in it was altered');
}

function checkAttempts(files, chain, say, counts) {
  for (const { proof, hash, salt, reasons, ...sealed } of list(files, 'attempts.json', say)) {
    const name = `attempts.json, attempt ${sealed.number}`;
    counts.attempts += 1;
    const { number, caseId, person, command, rule, at, payloadHash, prevHash } = sealed;
    if (sha256(canonical({ number, caseId, person, command, rule, at, payloadHash, prevHash })) !== hash) say(name, 'was altered');
    if (sha256(salt + canonical(reasons)) !== payloadHash) say(name, 'its reasons were altered');
    checkProof(proof, { stream: '00000000-0000-8000-8000-000000000001', version: number, hash }, chain, name, say);
  }
}

// --- attachments

function checkAttachment(name, content, say, counts) {
  counts.attachments += 1;
  if (sha256(content) !== name.slice('evidence/'.length)) say(name, 'is not what its hash says');
}

/** Every attachment that the manifest promises is there: the entries name it by its hash. */
function checkReferences(files, say) {
  const manifest = parsed(files.get(MANIFEST) ?? Buffer.from('{}'), MANIFEST, () => undefined);
  for (const hash of manifest?.attachments ?? []) if (!files.has(`evidence/${hash}`)) say(`evidence/${hash}`, 'is missing');
  for (const name of OWN) if (!files.has(name)) say(name, 'is missing');
}

// --- what all of it stands on

/** Canonical JSON (RFC 8785): members by name, numbers and texts as ECMAScript writes them. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map((each) => canonical(each ?? null)).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null);
  const members = Object.keys(value).filter((name) => value[name] !== undefined).sort();
  return `{${members.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(',')}}`;
}

function sha256(data) {
  return createHash('sha256').update(data).digest('hex');
}

function hashOf(kind, bytes) {
  return sha256(Buffer.concat([Buffer.of(kind), bytes]));
}

function node(children) {
  return hashOf(1, Buffer.from(children.join(''), 'hex'));
}

function isSigned({ publicKey }, text, signature) {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
    const bytes = Buffer.from(signature, 'base64');
    // The text of a signature is checked as well: base64 leaves bits over that would say nothing.
    return key.asymmetricKeyType === 'ed25519' && bytes.toString('base64') === signature && verifySignature(null, Buffer.from(text), key, bytes);
  } catch {
    return false;
  }
}

function list(files, name, say) {
  const found = files.has(name) ? json(files, name, say) : [];
  if (Array.isArray(found) && found.every((each) => each !== null && typeof each === 'object')) return found;
  if (found !== null) say(name, 'is no list of what it should hold');
  return [];
}

function json(files, name, say) {
  const content = files.get(name);
  if (content) return parsed(content, name, say);
  say(name, 'is missing');
  return null;
}

function parsed(content, name, say) {
  try {
    return JSON.parse(content.toString('utf8'));
  } catch {
    say(name, 'is no JSON');
    return null;
  }
}

// --- for people: 0 holds, 1 does not, 2 cannot be read

function main([file, ...more]) {
  const key = more[0] === '--key' ? more[1] : undefined;
  if (!file || file.startsWith('-') || (more.length > 0 && !key)) {
    console.error('usage: node verify-pack.mjs PACK.zip [--key ID]');
    return 2;
  }
  let bytes;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    console.error(`${file} cannot be read: ${error.message}`);
    return 2;
  }
  const { ok, problems, counts, key: first, title, madeAt } = verifyPack(bytes, { key });
  if (title) console.log(`${title}, made ${madeAt}`);
  console.log(Object.entries(counts).map(([what, count]) => `${count} ${what}`).join(', '));
  for (const { file: where, problem } of problems) console.log(`✗ ${where}: ${problem}`);
  if (ok) console.log(`✓ Everything is as it was written. First key: ${first}${key ? ', which you trust' : ' (compare it with the one you were given)'}`);
  else console.log(`This pack is not as it was made: ${problems.length} problem${problems.length === 1 ? '' : 's'}.`);
  return ok ? 0 : 1;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) process.exitCode = main(process.argv.slice(2));
