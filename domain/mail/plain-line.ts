/**
 * What people wrote, as one line that can stand in a header or a sentence: no line break to begin another header, no control,
 * direction or invisible character to make it look like something else, and no half of a pair.
 */
export function plainLine(text: string, most = 200): string {
  const line = text
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replaceAll(/[\p{Cf}\p{Cs}\p{Co}]/gu, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  const signs = [...line];
  return signs.length <= most ? line : `${signs.slice(0, most - 1).join('')}…`;
}

/** Text that is safe between tags and in quoted attributes. */
export function escapedHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
