import { expect, it } from 'vitest';
import { ALWAYS_OPEN } from './always-open.ts';
import { calendarEnding } from './calendar-ending.ts';
import { usEquities } from './us-equities.ts';

const RULES = usEquities();
const noonOn = (date: string): number => Date.parse(`${date}T12:00:00-05:00`);

it.each([
  ['2028-10-01', null],
  ['2028-10-02', 90],
  ['2028-12-31', 0],
  ['2029-01-10', -10],
])('on %s, the days left of the built-in rules are %s', (date, daysLeft) => {
  const ending = daysLeft === null ? null : { validThrough: '2028-12-31', daysLeft };
  expect(calendarEnding(RULES, noonOn(date))).toEqual(ending);
});

it('counts the days of New York', () => {
  expect(calendarEnding(RULES, Date.parse('2029-01-01T04:59:00Z'))?.daysLeft).toBe(0);
  expect(calendarEnding(RULES, Date.parse('2029-01-01T05:00:00Z'))?.daysLeft).toBe(-1);
});

it('never ends for a market that is always open', () => {
  expect(calendarEnding(ALWAYS_OPEN, noonOn('2099-01-01'))).toBeNull();
});
