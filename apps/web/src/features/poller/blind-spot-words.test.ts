import { describe, expect, it } from 'vitest';
import { aBlindSpot, NOW } from '../../testing/builders.ts';
import { blindSpotSentence, placeInDay, spotsOfDay } from './blind-spot-words.ts';

describe('the line of the last day', () => {
  it('holds the spots that reach into it, and the one of now, written down or not', () => {
    const spots = [
      aBlindSpot({ id: 3, beganAt: '2026-01-05T14:59:00.000Z', endedAt: null }),
      aBlindSpot({ id: 2 }),
      aBlindSpot({ id: 1, beganAt: '2026-01-04T10:00:00.000Z', endedAt: '2026-01-04T15:00:00.000Z' }),
    ];
    const open = { beganAt: '2026-01-05T14:59:00.000Z', cause: 'network', explanation: '' } as const;
    expect(spotsOfDay(spots, open, NOW).map(({ beganAt }) => beganAt)).toEqual([spots[0]?.beganAt, spots[1]?.beganAt]);
    expect(spotsOfDay([], open, NOW)).toHaveLength(1);
  });

  it.each([
    ['of six hours ago', '2026-01-05T09:00:00.000Z', '2026-01-05T10:12:00.000Z', '75.000%', '5.000%'],
    ['that began before the day', '2026-01-01T00:00:00.000Z', '2026-01-04T18:00:00.000Z', '0.000%', '12.500%'],
    ['that lasts', '2026-01-05T14:45:36.000Z', null, '99.000%', '1.000%'],
    ['ahead of a clock that was set back', '2026-01-05T16:00:00.000Z', null, '100.000%', '0.000%'],
  ])('places a spot %s', (_name, beganAt, endedAt, left, width) => {
    expect(placeInDay(aBlindSpot({ beganAt, endedAt }), NOW)).toEqual({ left, width });
  });
});

it('says a spot in a sentence', () => {
  expect(blindSpotSentence(aBlindSpot(), NOW)).toBe('09:30:00 to 09:30:30 ET, 30 s: the broker could not be reached');
  expect(blindSpotSentence(aBlindSpot({ endedAt: null }), NOW)).toMatch(/^09:30:00 to now ET, 30 min: /);
});
