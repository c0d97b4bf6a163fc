import { describe, expect, it } from 'vitest';
import {
  clockFor,
  countdown,
  exactMoment,
  latencyText,
  marketClock,
  marketMomentText,
  roughDuration,
  skewText,
} from './time-text.ts';

describe('times for people', () => {
  it('shows New York first, in winter and in summer', () => {
    expect(exactMoment('2026-01-05T15:00:01.000Z')).toContain('Mon, Jan 5, 2026, 10:00:01 ET · ');
    expect(marketClock('2026-07-06T15:00:01.000Z')).toBe('11:00:01');
  });

  it('names the year of an exact moment in both zones: months later nothing else tells which January it was', () => {
    expect(exactMoment('2025-07-07T15:00:01.000Z').match(/\b2025\b/g)).toHaveLength(2);
    expect(marketMomentText('2025-07-07T15:00:01.000Z')).toBe('Mon, Jul 7, 2025, 11:00:01');
  });

  it.each([
    ['of one New York date', ['2026-01-05T15:00:01.000Z', '2026-01-06T01:00:00.000Z', null], '10:00:01'],
    ['on both sides of its midnight', ['2026-01-06T04:59:59.000Z', '2026-01-06T05:00:00.000Z'], 'Jan 5, 23:59:59'],
    ['a year apart', ['2025-01-06T15:00:00.000Z', '2026-01-06T15:00:00.000Z'], 'Jan 6, 10:00:00'],
  ] as const)('writes times %s so that none is taken for one of another day', (_name, isos, first) => {
    expect(clockFor(isos)(isos[0])).toBe(first);
  });

  it('writes midnight as 00, not as 24', () => {
    expect(marketClock('2026-01-05T05:00:00.000Z')).toBe('00:00:00');
  });

  it.each([
    [-500, '0 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [7_200_000, '2 h'],
    [200_000_000, '2 d'],
  ])('calls %d ms %s', (ms, text) => {
    expect(roughDuration(ms)).toBe(text);
  });

  it.each([
    [0, '0.0 s'],
    [432, '0.4 s'],
    [9949, '9.9 s'],
    [9950, '9 s'],
    [90_000, '1 min'],
  ])('calls a latency of %d ms %s', (ms, text) => {
    expect(latencyText(ms)).toBe(text);
  });

  it.each([
    [12, 40, '0.01 s ahead of Schwab’s, to within 0.04 s'],
    [-7_250, 500, '7.25 s behind Schwab’s, to within 0.50 s'],
  ])('tells a clock that is %d ms ahead, to within %d ms', (aheadMs, uncertaintyMs, text) => {
    expect(skewText(aheadMs, uncertaintyMs)).toBe(text);
  });

  it.each([
    [0, '0 s'],
    [58_200, '59 s'],
    [245_000, '4 min 05 s'],
    [3_840_000, '1 h 04 min'],
    [187_200_000, '2 d 4 h'],
  ])('counts %d ms down as %s', (ms, text) => {
    expect(countdown(ms)).toBe(text);
  });
});
