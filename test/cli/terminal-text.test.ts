import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { harmless, harmlessJson, harmlessText } from '../../bin/cli/display/terminal-text.ts';
import { propertyRuns } from '../support/property-runs.ts';

// eslint-disable-next-line no-control-regex -- control characters are what must not be there
const steering = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;

describe('text on a terminal', () => {
  it.each([
    ['colours', '\u001b[31mred\u001b[0m', 'red'],
    ['a new window title', '\u001b]0;owned\u0007text', 'text'],
    ['an 8-bit escape', '\u009b31mred', 'red'],
    ['bells and backspaces', 'a\u0007\u0008b', 'ab'],
    ['a carriage return that would overwrite', 'state: closed\rstate: open', 'state: closed\nstate: open'],
    ['an override that turns the direction', 'invoice\u202efdp.exe', 'invoice<U+202E>fdp.exe'],
    ['isolates', '\u2067abc\u2069', '<U+2067>abc<U+2069>'],
  ])('loses %s', (_, text, expected) => {
    expect(harmlessText(text)).toBe(expected);
  });

  it('keeps what people write: markup, right-to-left letters, emoji, several lines', () => {
    const text = '<b>bold</b> & "quotes"\nשלום عليكم 👩‍👩‍👧 日本語';
    expect(harmlessText(text)).toBe(text);
  });

  it('cannot steer the terminal, whatever it is, in values and in names of fields', () => {
    const nasty = fc.string({
      unit: fc.constantFrom(
        '\u001b',
        '[',
        ']',
        '0',
        'm',
        '\u009b',
        '\u202e',
        '\r',
        '\u0000',
        '\u2028',
        'x',
        ';',
        '\u0007',
      ),
    });
    fc.assert(
      fc.property(fc.dictionary(nasty, fc.array(nasty)), (value) => {
        expect(JSON.stringify(harmless(value)).replaceAll('\\n', '')).not.toMatch(steering);
        expect(Object.values(harmless(value)).flat().join('')).not.toMatch(steering);
        expect(Object.keys(harmless(value)).join('')).not.toMatch(steering);
      }),
      propertyRuns(),
    );
  });

  it('as JSON is the same value and yet harmless', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string({ unit: 'binary' }), (value, text) => {
        const printed = harmlessJson({ value, text });
        expect(JSON.parse(printed)).toEqual(JSON.parse(JSON.stringify({ value, text })));
        expect(printed.replaceAll('\n', '')).not.toMatch(steering);
      }),
      propertyRuns(),
    );
  });
});
