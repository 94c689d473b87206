import { z } from 'zod';

const localDateSchema = z.iso.date('must be a date that exists, as YYYY-MM-DD');

/** Reason of a day off or half day, as people read it, by date. */
const namedDaysSchema = z.record(localDateSchema, z.string().trim().min(1).max(200)).default({});

/** Newer runtimes also take an offset such as +01:00, which knows no summer time. */
function isZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
  } catch {
    return false;
  }
}

/**
 * The days on which a site works (rules §4.4). `weekend` holds ISO weekdays (Monday 1 to Sunday 7) and always leaves a
 * working day; `holidays` and `halfDays` name the reason by date, and a date is never in both. On a half day work ends at noon.
 * Times of day are those of `zone`.
 */
export const workingCalendarSchema = z
  .strictObject({
    id: z.string().trim().min(1).max(100),
    zone: z.string().refine(isZone, 'must be an IANA time zone such as Europe/Berlin'),
    weekend: z
      .array(z.int().min(1).max(7))
      .max(6, 'must leave at least one working day in the week')
      .refine((days) => new Set(days).size === days.length, 'must name each weekday once')
      .default([6, 7]),
    holidays: namedDaysSchema,
    halfDays: namedDaysSchema,
    /** Last day for which days off are known; beyond it only weekends are left out. */
    until: localDateSchema.optional(),
    /** Where the days come from, as people check it. */
    source: z.string().trim().min(1).max(300).optional(),
  })
  .superRefine(({ holidays, halfDays }, context) => {
    for (const date of Object.keys(halfDays)) {
      if (!Object.hasOwn(holidays, date)) continue;
      context.addIssue({
        code: 'custom',
        path: ['halfDays', date],
        message: 'is a holiday already; remove it from one of the two',
      });
    }
  });

export type WorkingCalendar = z.infer<typeof workingCalendarSchema>;
