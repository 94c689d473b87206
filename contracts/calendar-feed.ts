import { z } from 'zod';
import { instant } from './api-fields.ts';

/** The calendar of a person under a secret address (iCalendar, RFC 5545), for programs that cannot sign in. */

/** 256 bits that nobody guesses; calendars like an address that ends so. */
export const calendarFeedParams = z.strictObject({ token: z.string().regex(/^[\w-]{43}\.ics$/) });

const feed = { createdAt: instant, lastReadAt: instant.nullable().meta({ description: 'To the hour; null: never' }) };

export const calendarFeedView = z.strictObject({ feed: z.strictObject(feed).nullable().meta({ description: 'Null: there is no address' }) });
export type CalendarFeedView = z.output<typeof calendarFeedView>;

export const newCalendarFeedView = z.strictObject({ url: z.string().meta({ description: 'Shown once' }), createdAt: instant });
export type NewCalendarFeedView = z.output<typeof newCalendarFeedView>;
