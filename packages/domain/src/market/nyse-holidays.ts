import { DateTime } from 'luxon';
import { addDays, dateText, type TradingDate, weekdayOf } from './trading-date.ts';

/** What is special about a date at the New York Stock Exchange. */
export interface SpecialDay {
  readonly date: TradingDate;
  readonly name: string;
  readonly kind: 'closed' | 'early-close';
}

const MONDAY = 1;
const THURSDAY = 4;
const SATURDAY = 6;
const SUNDAY = 7;

/** Closures that no rule foretells. 2025-01-09: day of mourning for President Carter. */
const AD_HOC_CLOSURES: readonly SpecialDay[] = [
  { date: '2025-01-09', name: 'National Day of Mourning', kind: 'closed' },
];

/**
 * Holidays and early closes of one year, by the exchange's rules: NYSE Rule 7.2, and the NYSE Group calendars for
 * 2025 to 2028, which the tests hold against this.
 */
export function nyseSpecialDays(year: number): readonly SpecialDay[] {
  return [
    ...closures(year),
    ...earlyCloses(year),
    ...AD_HOC_CLOSURES.filter((day) => day.date.startsWith(`${year}-`)),
  ].sort((a, b) => a.date.localeCompare(b.date, 'en'));
}

function closures(year: number): readonly SpecialDay[] {
  const named: readonly (readonly [string, TradingDate | null])[] = [
    ['New Year', observedNewYear(year)],
    ['Martin Luther King Jr. Day', nthWeekday(year, 1, MONDAY, 3)],
    ["Washington's Birthday", nthWeekday(year, 2, MONDAY, 3)],
    ['Good Friday', addDays(easterSunday(year), -2)],
    ['Memorial Day', lastWeekday(year, 5, MONDAY)],
    ['Juneteenth', observed(`${year}-06-19`)],
    ['Independence Day', observed(`${year}-07-04`)],
    ['Labor Day', nthWeekday(year, 9, MONDAY, 1)],
    ['Thanksgiving', thanksgiving(year)],
    ['Christmas', observed(`${year}-12-25`)],
  ];
  return named.flatMap(([name, date]) => (date === null ? [] : [{ date, name, kind: 'closed' as const }]));
}

/** 13:00: the day after Thanksgiving; Christmas Eve; 3 July when the holiday itself falls on a later weekday. */
function earlyCloses(year: number): readonly SpecialDay[] {
  const eve = `${year}-12-24`;
  const third = `${year}-07-03`;
  const days: SpecialDay[] = [
    { date: addDays(thanksgiving(year), 1), name: 'Day after Thanksgiving', kind: 'early-close' },
  ];
  if (isWeekday(eve) && observed(`${year}-12-25`) !== eve)
    days.push({ date: eve, name: 'Christmas Eve', kind: 'early-close' });
  if (isWeekday(third) && isWeekday(`${year}-07-04`))
    days.push({ date: third, name: 'Eve of Independence Day', kind: 'early-close' });
  return days;
}

/** A Saturday is kept on Friday, a Sunday on Monday. */
function observed(date: TradingDate): TradingDate {
  if (weekdayOf(date) === SATURDAY) return addDays(date, -1);
  return weekdayOf(date) === SUNDAY ? addDays(date, 1) : date;
}

/** A New Year on a Saturday is not kept: the Friday before ends a month and a year (Rule 7.2). */
function observedNewYear(year: number): TradingDate | null {
  const date = `${year}-01-01`;
  return weekdayOf(date) === SATURDAY ? null : observed(date);
}

function thanksgiving(year: number): TradingDate {
  return nthWeekday(year, 11, THURSDAY, 4);
}

function isWeekday(date: TradingDate): boolean {
  return weekdayOf(date) < SATURDAY;
}

function nthWeekday(year: number, month: number, weekday: number, n: number): TradingDate {
  const first = DateTime.utc(year, month, 1);
  return dateText(first.plus({ days: ((weekday - first.weekday + 7) % 7) + 7 * (n - 1) }));
}

function lastWeekday(year: number, month: number, weekday: number): TradingDate {
  const last = DateTime.utc(year, month, 1).endOf('month');
  return dateText(last.minus({ days: (last.weekday - weekday + 7) % 7 }));
}

/** Gregorian Easter by the anonymous algorithm (Meeus, Jones, Butcher). */
function easterSunday(year: number): TradingDate {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return dateText(DateTime.utc(year, Math.floor(n / 31), (n % 31) + 1));
}
