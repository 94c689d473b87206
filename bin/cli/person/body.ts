import { readFileSync } from 'node:fs';
import { text as readAll } from 'node:stream/consumers';
import type { Json } from '../../../contracts/json.ts';
import { Failure } from '../failure.ts';

export interface BodyOptions {
  with?: string;
  set?: string[];
  key?: string;
}

export type Fields = Record<string, Json>;

/** The fields of a command: those of `--with`, then those of `--set`. */
export async function readBody({ with: source, set = [] }: BodyOptions): Promise<Fields> {
  const fields = source === undefined ? {} : parseFields(await readSource(source));
  for (const each of set) setField(fields, parseSetting(each));
  return fields;
}

async function readSource(source: string): Promise<string> {
  if (source === '-') return readAll(process.stdin);
  return source.startsWith('@') ? readFile(source.slice(1)) : source;
}

function readFile(name: string): string {
  try {
    return readFileSync(name, 'utf8');
  } catch {
    throw new Failure(
      'usage',
      `--with names ${name}, which cannot be read: correct the path or its permissions.`,
    );
  }
}

function parseFields(text: string): Fields {
  const value = parseJson(text.replace(/^\ufeff/, ''), '--with');
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new Failure('usage', '--with takes one JSON object, such as {"title":"Backups not tested"}.');
}

function parseJson(text: string, option: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw new Failure('usage', `${option} is not valid JSON (${(error as Error).message}).`);
  }
}

interface Setting {
  path: string[];
  value: Json;
}

/** `title=Backups not tested` · `effectiveness.windowDays:=90` */
function parseSetting(setting: string): Setting {
  const [, name = '', sign, text = ''] = /^([A-Za-z0-9][\w.-]*)(:?=)([\s\S]*)$/.exec(setting) ?? [];
  const path = name.split('.');
  if (sign === undefined || path.includes('')) {
    throw new Failure(
      'usage',
      `--set takes field=value or field:=json, not ${JSON.stringify(setting.slice(0, 60))}.`,
    );
  }
  return { path, value: sign === '=' ? text : parseJson(text, `--set ${name}`) };
}

type Container = Fields | Json[];

function setField(fields: Fields, { path, value }: Setting): void {
  const inner = path.slice(0, -1).reduce<Container>((container, name) => partOf(container, name), fields);
  put(inner, path.at(-1) ?? '', value);
}

/** The object or list under that name, made where there is none. */
function partOf(container: Container, name: string): Container {
  const known = Object.hasOwn(container, name) ? (container as Fields)[name] : undefined;
  if (typeof known === 'object' && known !== null) return known;
  const made: Fields = {};
  put(container, name, made);
  return made;
}

/** Defines it, since assigning would reach what every object inherits. */
function put(container: Container, name: string, value: Json): void {
  if (Array.isArray(container) && !(/^\d{1,4}$/.test(name) && Number(name) <= container.length)) {
    throw new Failure('usage', `--set: a list of ${container.length} has no place ${name}; count from 0.`);
  }
  Object.defineProperty(container, name, { value, enumerable: true, configurable: true, writable: true });
}
