import { stripVTControlCharacters } from 'node:util';

// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
const lineBreaks = /\r\n?|\u0085|\u2028|\u2029/g;
/** Embeddings, overrides and isolates: they can make one text look like another. */
const bidirectional = /[\u202a-\u202e\u2066-\u2069]/g;

/** The text without anything that moves the cursor, colours, rings or turns the direction of writing; line breaks stay. */
export function harmlessText(text: string): string {
  return stripVTControlCharacters(text)
    .replace(lineBreaks, '\n')
    .replace(controls, '')
    .replaceAll('\t', '  ')
    .replace(bidirectional, (sign) => `<${codePoint(sign)}>`);
}

/** The same value with every text in it harmless, names of fields included. */
export function harmless<T>(value: T): T {
  return harmlessValue(value) as T;
}

function harmlessValue(value: unknown): unknown {
  if (typeof value === 'string') return harmlessText(value);
  if (Array.isArray(value)) return value.map(harmlessValue);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [harmlessText(name), harmlessValue(each)]),
  );
}

/** JSON for programs, which is the same value and yet cannot steer the terminal of a person who looks at it. */
export function harmlessJson(value: unknown): string {
  // JSON.stringify itself escapes only what lies below U+0020.
  const unescaped = /[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;
  return JSON.stringify(value, null, 2).replace(unescaped, (sign) => `\\u${hex(sign).toLowerCase()}`);
}

function codePoint(sign: string): string {
  return `U+${hex(sign)}`;
}

function hex(sign: string): string {
  return sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
}
