import { expect, it } from 'vitest';
import { SECOND } from '../instant.ts';
import type { BlindSpot } from '../polling/blind-spot.ts';
import { isSightWhole } from './is-sight-whole.ts';

const SINCE = 1_000_000_000;
const ALERT = { since: SINCE, raisedAt: SINCE + 15 * SECOND };
const LATER = ALERT.raisedAt + 60 * SECOND;

const spot = (endedAt: number | null, cause: BlindSpot['cause'] = 'poller-down'): BlindSpot => ({
  beganAt: SINCE - SECOND,
  endedAt,
  cause,
  also: [],
});

it('is whole after a look since the alert was raised, when nothing is to be made up for', () => {
  expect(isSightWhole(ALERT, { lastLookAt: null, spots: [] })).toBe(false);
  expect(isSightWhole(ALERT, { lastLookAt: ALERT.raisedAt, spots: [] })).toBe(false);
  expect(isSightWhole(ALERT, { lastLookAt: ALERT.raisedAt + 1, spots: [] })).toBe(true);
});

it('is not whole while a blind spot is open, or one that lies in the trouble is to be made up for', () => {
  const withSpot = (each: BlindSpot): boolean => isSightWhole(ALERT, { lastLookAt: LATER, spots: [each] });
  expect(withSpot(spot(null))).toBe(false);
  expect(withSpot(spot(LATER))).toBe(false);
  expect(withSpot(spot(SINCE - 1))).toBe(true);
  expect(withSpot(spot(null, 'closed-by-choice'))).toBe(true);
});
