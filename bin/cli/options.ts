import { InvalidArgumentError } from 'commander';

/** A whole number as an option's value. */
export function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}

/** A reason that says something. */
export function text(given: string): string {
  if (given.trim().length < 3) throw new InvalidArgumentError('Say why, in a few words.');
  return given.trim();
}

/** How many: at least one. */
export function count(text: string): number {
  const number = wholeNumber(text);
  if (number === 0) throw new InvalidArgumentError('It must be at least 1.');
  return number;
}

/** As the API takes it. */
export function idempotencyKey(text: string): string {
  if (!/^[\x21-\x7e]{1,200}$/.test(text))
    throw new InvalidArgumentError('It must be 1 to 200 visible ASCII characters, such as a UUID.');
  return text;
}

/** An option that may be given several times. */
export function collected(text: string, before: readonly string[] = []): string[] {
  return [...before, text];
}
