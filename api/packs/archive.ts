import { crc32 } from 'node:zlib';
import type { PackedFile } from '../../contracts/pack.ts';

/**
 * A ZIP in which nothing is left to choice: stored, names in UTF-8, one date for all. So the same files always give the same bytes, and a
 * verifier that builds it anew finds every byte that somebody has changed, the archive's own among them; a library chooses for
 * itself, and may choose otherwise in its next version.
 * @throws RangeError beyond what a plain ZIP holds (4 GiB, 65,535 files)
 */
export function archiveOf(files: readonly PackedFile[]): Buffer {
  const locals = files.map((file) => Buffer.concat([uint32(0x04034b50), commonHeader(file), Buffer.from(file.path), file.content]));
  const offsets = [0];
  for (const { length } of locals) offsets.push(offsets.at(-1)! + length);
  const end = offsets.at(-1)!;
  if (files.length > 0xffff || end > 0xffffffff) throw new RangeError('too much for one pack: choose a shorter period or fewer cases');
  const directory = Buffer.concat(files.map((file, n) => directoryEntry(file, offsets[n]!)));
  return Buffer.concat([...locals, directory, endRecord(files.length, directory.length, end)]);
}

const VERSION = 20;
const NAMES_IN_UTF8 = 0x0800;
const FIRST_OF_JANUARY_1980 = 0x0021;

/** What local header and directory say alike: version, flags, no compression, time, date, checksum, sizes, lengths of the names. */
function commonHeader({ path, content }: PackedFile): Buffer {
  const sizes = [uint32(crc32(content)), uint32(content.length), uint32(content.length)];
  return Buffer.concat([uint16(VERSION), uint16(NAMES_IN_UTF8), uint16(0), uint16(0), uint16(FIRST_OF_JANUARY_1980), ...sizes, uint16(Buffer.byteLength(path)), uint16(0)]);
}

function directoryEntry(file: PackedFile, offset: number): Buffer {
  const attributes = Buffer.alloc(10);
  return Buffer.concat([uint32(0x02014b50), uint16(VERSION), commonHeader(file), attributes, uint32(offset), Buffer.from(file.path)]);
}

function endRecord(files: number, directoryLength: number, directoryAt: number): Buffer {
  return Buffer.concat([uint32(0x06054b50), uint32(0), uint16(files), uint16(files), uint32(directoryLength), uint32(directoryAt), uint16(0)]);
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
