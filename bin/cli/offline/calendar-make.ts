import type { WorkingCalendar } from '../../../contracts/calendar.ts';
import { type OwnDay, precomputeCalendar } from '../../public-holidays.ts';
import { type Answer, answer } from '../answer.ts';
import { Failure } from '../failure.ts';

interface MakeOptions {
  years: string;
  zone?: string;
  id?: string;
  halfDay?: string[];
  companyDay?: string[];
}

/** `isms calendar make DE-BY --years 2026-2030 > DE-BY.json`: what it prints is the file, also without --json. */
export async function calendarMake(region: string, options: MakeOptions): Promise<Answer> {
  const made = make(region, options);
  const calendar = options.id === undefined ? made : { ...made, id: options.id };
  return answer(calendar, (file) => JSON.stringify(file, null, 2));
}

function make(region: string, { years, zone, halfDay = [], companyDay = [] }: MakeOptions): WorkingCalendar {
  const [country = '', state] = region.split(/-(.*)/s);
  const request = { country, ...(state && { region: state }), ...(zone && { zone }), ...readYears(years) };
  const days = { halfDays: halfDay.map((each) => readDay(each, 'Half day')), companyDays: companyDay.map((each) => readDay(each, 'Company day off')) };
  try {
    return precomputeCalendar({ ...request, ...days });
  } catch (error) {
    throw new Failure('usage', error instanceof Error ? `${error.message}.` : String(error));
  }
}

const LONGEST_YEARS = 15;

function readYears(text: string): { firstYear: number; lastYear: number } {
  const [, first, last = first] = /^(\d{4})(?:-(\d{4}))?$/.exec(text) ?? [];
  const years = { firstYear: Number(first), lastYear: Number(last) };
  const span = years.lastYear - years.firstYear;
  if (first === undefined || span < 0 || span >= LONGEST_YEARS)
    throw new Failure('usage', `Give the years as 2026-2030, at most ${LONGEST_YEARS} of them; "${text}" was given.`);
  return years;
}

/** `12-24`, `12-24:Christmas Eve` in every year, or `2027-05-07:Bridge day` in one. */
function readDay(text: string, usual: string): OwnDay {
  const [, day, name = usual] = /^((?:\d{4}-)?(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?::(.+))?$/.exec(text) ?? [];
  if (day === undefined) throw new Failure('usage', `Give a day as MM-DD or YYYY-MM-DD, with its name: 12-24:"Christmas Eve"; "${text}" was given.`);
  return { day, name };
}
