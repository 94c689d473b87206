import { createRequire } from 'node:module';
import Holidays, { type HolidaysTypes } from 'date-holidays';
import { Temporal } from 'temporal-polyfill';
import { workingCalendarSchema, type WorkingCalendar } from '../contracts/calendar.ts';

/**
 * Works out the public holidays of a country or region for some years beforehand, so that nothing that decides needs the holiday
 * rules of the world (12 MB): the result is a file, versioned and approved like any other part of the configuration. The data are
 * those of date-holidays; NOTICE carries their attribution.
 */
export interface HolidayRequest {
  /** ISO 3166 code, e.g. `DE`. */
  country: string;
  /** ISO 3166-2 code of the region without its country, e.g. `BY`. */
  region?: string;
  /** The zone of the country or region where it is not given. */
  zone?: string;
  firstYear: number;
  lastYear: number;
  /** Days off by the company's own rule: `MM-DD` in every year or `YYYY-MM-DD` in one, with the name. */
  companyDays?: readonly OwnDay[];
  /** Days on which work ends at noon, written likewise; a public holiday stays one. */
  halfDays?: readonly OwnDay[];
}

export interface OwnDay {
  day: string;
  name: string;
}

const HOUR = 3_600_000;
/** The day on which summer time ends. */
const LONGEST_DAY_HOURS = 25;
/** The day on which it begins. */
const SHORTEST_DAY_HOURS = 23;

/** Public holidays only; bank, school and optional days are for the organisation to add. */
export function precomputeCalendar(request: HolidayRequest): WorkingCalendar {
  const { country, region, companyDays = [], halfDays = [], firstYear, lastYear } = request;
  const rules = rulesOf(request);
  const publicDays = yearsOf(request).flatMap((year) => publicHolidays(rules, request, year)).flatMap(datesOf);
  const holidays = [...dated(companyDays, request), ...publicDays.filter(({ half }) => !half)];
  const off = new Set(holidays.map(({ date }) => date));
  const half = [...dated(halfDays, request), ...publicDays.filter((each) => each.half)];
  const id = region ? `${country}-${region}` : country;
  return workingCalendarSchema.parse({
    ...{ id, zone: request.zone ?? rules.getTimezones()?.[0] ?? 'UTC', holidays: byDate(holidays) },
    ...{ halfDays: byDate(half.filter(({ date }) => !off.has(date))), until: `${lastYear}-12-31` },
    source: `date-holidays ${libraryVersion()}: public holidays of ${id}, ${firstYear} to ${lastYear}`,
  });
}

interface NamedDate {
  date: string;
  name: string;
  half: boolean;
}

function rulesOf({ country, region }: HolidayRequest): Holidays {
  return region ? new Holidays(country, region) : new Holidays(country);
}

function libraryVersion(): string {
  return (createRequire(import.meta.url)('date-holidays/package.json') as { version: string }).version;
}

function yearsOf({ firstYear, lastYear }: HolidayRequest): number[] {
  return Array.from({ length: lastYear - firstYear + 1 }, (_, n) => firstYear + n);
}

/** 29 February exists in leap years alone. */
function dated(days: readonly OwnDay[], request: HolidayRequest): NamedDate[] {
  return days.flatMap(({ day, name }) => {
    const dates = day.length === 5 ? yearsOf(request).map((year) => `${year}-${day}`).filter(exists) : [day];
    return dates.map((date) => ({ date, name, half: false }));
  });
}

function exists(date: string): boolean {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  return day <= Temporal.PlainYearMonth.from({ year, month }).daysInMonth;
}

function publicHolidays(rules: Holidays, { country, region }: HolidayRequest, year: number): HolidaysTypes.Holiday[] {
  const found = rules.getHolidays(year, 'en').filter(({ type }) => type === 'public');
  if (found.length === 0) throw new Error(`No public holidays are known for ${country} ${region ?? ''} in ${year}`);
  return found;
}

/** A holiday of several days is one date each; one that begins within the day and ends with it is a half day. */
function datesOf({ date, name, start, end }: HolidaysTypes.Holiday): NamedDate[] {
  const first = Temporal.PlainDate.from(date.slice(0, 10));
  const hours = (end.getTime() - start.getTime()) / HOUR;
  return Array.from({ length: Math.ceil(hours / LONGEST_DAY_HOURS) }, (_, n) => ({
    ...{ date: first.add({ days: n }).toString(), name, half: hours < SHORTEST_DAY_HOURS },
  }));
}

function byDate(days: NamedDate[]): Record<string, string> {
  const sorted = days.toSorted((a, b) => a.date.localeCompare(b.date));
  return Object.fromEntries(sorted.map(({ date, name }) => [date, name]));
}
