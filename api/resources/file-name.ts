const LONGEST = 200;

/** The last part of whatever path was sent, without characters that make a name look like another; never empty. */
export function fileNameOf(sent: string | undefined): string {
  const last =
    decoded(sent ?? '')
      .split(/[\\/]/)
      .at(-1) ?? '';
  const plain = last
    .replaceAll(/[\p{Cc}\p{Surrogate}\u202A-\u202E\u2066-\u2069]/gu, '')
    .replace(/^[\s.]+/, '')
    .trimEnd();
  return plain === '' ? 'evidence' : shortened(plain);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Keeps the ending, which tells what it is; cuts between characters, not inside one. */
function shortened(name: string): string {
  const characters = [...name];
  if (characters.length <= LONGEST) return name;
  const ending = /\.[^.]{1,10}$/.exec(name)?.[0] ?? '';
  return characters.slice(0, LONGEST - ending.length).join('') + ending;
}
