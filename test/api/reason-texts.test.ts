import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { languages } from '../../contracts/errors.ts';
import { reasonData } from '../../contracts/reasons.ts';
import type { Reason, ReasonCode } from '../../contracts/reasons.ts';
import { reasonText } from '../../domain/access/reason-texts.ts';

const codes = Object.keys(reasonData) as ReasonCode[];

/** Data of the shape that the code has, with words that are found again. */
function example(code: ReasonCode): Reason {
  const fields = Object.entries(reasonData[code].data.shape).map(([name, schema]) => [
    name,
    valueFor(name, schema),
  ]);
  return { code, ...Object.fromEntries(fields) } as Reason;
}

function valueFor(name: string, schema: z.ZodType): unknown {
  if (schema instanceof z.ZodEnum) return schema.options[0];
  const { type } = schema._zod.def;
  if (type === 'array') return ['one', 'two'];
  if (type === 'number') return 7;
  if (type === 'boolean') return false;
  return { rule: 'SOD-05', problem: 'NO_ACTION' }[name] ?? `the-${name}`;
}

describe('every reason', () => {
  it.each(codes)('%s says in both languages what to do, and nothing that nobody can read', (code) => {
    const texts = languages.map((language) => reasonText(example(code), language));
    for (const text of texts) {
      expect(text).toMatch(/^\S.{15,}[.!]$/s);
      expect(text).not.toMatch(/undefined|\[object|null/);
    }
    expect(texts[0]).not.toBe(texts[1]);
  });

  it('names people by their names', () => {
    const blocked: Reason = {
      code: 'SOD_BLOCKED',
      rule: 'SOD-05',
      person: 'anna.berger',
      because: 'authoredCause',
      waivable: true,
    };
    expect(reasonText(blocked, 'en', () => 'Anna Berger')).toContain('Anna Berger');
    expect(reasonText(blocked, 'en')).toContain('waiver');
  });
});
