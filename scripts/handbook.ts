import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { handbookFiles } from '../domain/handbook/files.ts';

/** Writes the process handbook anew: one page and one drawing for each process. */
const folder = new URL('../docs/handbook/', import.meta.url);
const files = handbookFiles();
mkdirSync(folder, { recursive: true });
for (const name of readdirSync(folder)) if (!files.has(name)) rmSync(new URL(name, folder));
for (const [name, text] of files) writeFileSync(new URL(name, folder), text);
console.log(`${files.size} files in docs/handbook`);
