import { z } from 'zod';

/** Building blocks of what goes over `/api/v1`. */

export const instant = z.iso.datetime({ precision: 3 });
export const local = z.iso
  .datetime({ offset: true })
  .meta({ description: 'On the clocks of the site, with offset' });
export const uuid = z.uuid();
export const personId = z.string().max(64);
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
export const jsonObject = z.record(z.string(), z.unknown());

/** A reason with its text for people, and the data of its code (`contracts/reasons.ts`). */
export const reasonView = z.looseObject({ code: z.string(), text: z.string() });

/** A page: `next` is the cursor of the one behind it, null on the last. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.strictObject({ items: z.array(item), next: z.string().nullable() });

export const flag = z.enum(['true', 'false']).transform((value) => value === 'true');
const limit = z
  .string()
  .regex(/^\d{1,3}$/, 'must be a whole number from 1 to 200')
  .transform(Number)
  .refine((value) => value >= 1 && value <= 200, 'must be a whole number from 1 to 200')
  .default(50);

/** Every list: how many at once, and after which. */
export const pageQuery = z.strictObject({ limit, cursor: z.string().max(400).optional() });
export const noQuery = z.strictObject({});
