import { expect, it } from 'vitest';
import { ALWAYS_OPEN } from '../market/always-open.ts';
import { usEquities } from '../market/us-equities.ts';
import { choiceEndsAt } from './choice-ends-at.ts';

/** Of January 2026, in New York; the 9th is a Friday. */
const at = (day: number, time: string): number => Date.parse(`2026-01-${String(day).padStart(2, '0')}T${time}-05:00`);

const ONLY_REGULAR = { extendedHours: false };
const ALL_HOURS = { extendedHours: true };
const CALENDAR = usEquities();
const SESSION = CALENDAR.sessionOn('2026-01-09');
const PRE_OPEN_OF_MONDAY = CALENDAR.sessionOn('2026-01-12')?.preOpen;

it.each([
  ['overnight: with the next session', at(8, '20:00:00.050'), ALL_HOURS, SESSION?.preOpen],
  ['over a weekend', at(9, '20:00:00.050'), ALL_HOURS, PRE_OPEN_OF_MONDAY],
  ['when its look began before the bell', at(8, '19:59:59.900'), ALL_HOURS, SESSION?.preOpen],
  ['after the close, where only regular hours count', at(9, '16:00:00.050'), ONLY_REGULAR, SESSION?.postClose],
  ['before the open, where only regular hours count', at(9, '09:00:00.000'), ONLY_REGULAR, SESSION?.open],
  ['and its look began before the close', at(9, '15:59:59.900'), ONLY_REGULAR, SESSION?.postClose],
])('a rest by choice ends at the next bell: %s', (_name, beganAt, settings, end) => {
  expect(end).toBeDefined();
  expect(choiceEndsAt(CALENDAR, beganAt, settings)).toBe(end);
});

it('a rest by choice of a market that never changes has no end', () => {
  expect(choiceEndsAt(ALWAYS_OPEN, at(9, '12:00:00.000'), ALL_HOURS)).toBeNull();
});
