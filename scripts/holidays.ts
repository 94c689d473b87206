/**
 * Precomputes the public holidays of a country or state into a working calendar, so that nothing at run time needs the
 * holiday rules of the world (12 MB):
 *
 *   npx tsx scripts/holidays.ts --country DE --state BY --zone Europe/Berlin --years 2024-2036 \
 *     --company-day 12-24 --company-day 12-31 --out demo/calendars/DE-BY.json
 *
 * The data are those of date-holidays; NOTICE carries their attribution.
 */
import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import Holidays, { type HolidaysTypes } from 'date-holidays';
import { format } from 'prettier';
import { Temporal } from 'temporal-polyfill';
import { workingCalendarSchema, type WorkingCalendar } from '../contracts/calendar.ts';

export interface HolidayRequest {
  /** ISO 3166 code, e.g. `DE`. */
  country: string;
  /** ISO 3166-2 code of the state without its country, e.g. `BY`. */
  state?: string;
  zone: string;
  firstYear: number;
  lastYear: number;
  /** Days off every year by the company's own rule, as `MM-DD`. */
  companyDays?: string[];
}

const COMPANY_DAY = 'Company day off';
const HOUR = 3_600_000;
/** The day on which summer time ends. */
const LONGEST_DAY_HOURS = 25;
/** The day on which it begins. */
const SHORTEST_DAY_HOURS = 23;

/** Public holidays only; bank, school and optional days are for the organisation to add. */
export function precomputeCalendar(request: HolidayRequest): WorkingCalendar {
  const { country, state, zone, companyDays = [] } = request;
  const years = yearsOf(request);
  const publicDays = years.flatMap((year) => publicHolidays(request, year)).flatMap(datesOf);
  const ownDays = years.flatMap((year) => companyDays.map((day) => named(`${year}-${day}`, COMPANY_DAY)));
  const holidays = [...ownDays, ...publicDays.filter(({ half }) => !half)];
  const off = new Set(holidays.map(({ date }) => date));
  return workingCalendarSchema.parse({
    id: state ? `${country}-${state}` : country,
    zone,
    holidays: byDate(holidays),
    halfDays: byDate(publicDays.filter(({ date, half }) => half && !off.has(date))),
  });
}

interface NamedDate {
  date: string;
  name: string;
  half: boolean;
}

function named(date: string, name: string, half = false): NamedDate {
  return { date, name, half };
}

function yearsOf({ firstYear, lastYear }: HolidayRequest): number[] {
  return Array.from({ length: lastYear - firstYear + 1 }, (_, n) => firstYear + n);
}

function publicHolidays({ country, state }: HolidayRequest, year: number): HolidaysTypes.Holiday[] {
  const rules = state ? new Holidays(country, state) : new Holidays(country);
  const found = rules.getHolidays(year, 'en').filter(({ type }) => type === 'public');
  if (found.length === 0)
    throw new Error(`No public holidays are known for ${country} ${state ?? ''} in ${year}`);
  return found;
}

/** A holiday of several days is one date each; one that begins within the day and ends with it is a half day. */
function datesOf({ date, name, start, end }: HolidaysTypes.Holiday): NamedDate[] {
  const first = Temporal.PlainDate.from(date.slice(0, 10));
  const hours = (end.getTime() - start.getTime()) / HOUR;
  return Array.from({ length: Math.ceil(hours / LONGEST_DAY_HOURS) }, (_, n) =>
    named(first.add({ days: n }).toString(), name, hours < SHORTEST_DAY_HOURS),
  );
}

function byDate(days: NamedDate[]): Record<string, string> {
  const sorted = days.toSorted((a, b) => a.date.localeCompare(b.date));
  return Object.fromEntries(sorted.map(({ date, name }) => [date, name]));
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      country: { type: 'string' },
      state: { type: 'string' },
      zone: { type: 'string' },
      years: { type: 'string' },
      'company-day': { type: 'string', multiple: true },
      out: { type: 'string' },
    },
  });
  const [, firstYear, lastYear] = /^(\d{4})-(\d{4})$/.exec(values.years ?? '') ?? [];
  const { country, state, zone, out } = values;
  if (!country || !zone || !out || !firstYear || !lastYear) {
    throw new Error(
      'Give --country DE --zone Europe/Berlin --years 2024-2036 --out FILE (and --state, --company-day)',
    );
  }
  const years = { firstYear: Number(firstYear), lastYear: Number(lastYear) };
  const calendar = precomputeCalendar({ country, state, zone, ...years, companyDays: values['company-day'] });
  writeFileSync(out, await format(JSON.stringify(calendar), { parser: 'json' }));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();
