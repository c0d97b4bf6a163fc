import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { type ClockSample, createClockComparison, estimateClockSkew } from './clock-skew.ts';

const NOW = Date.UTC(2026, 0, 5, 15, 0, 0);

/** An answer as it comes when our clock is `ahead` of the server's. */
function sample(serverTime: number, ahead: number, travel: { out: number; back: number }): ClockSample {
  return {
    requestedAt: serverTime + ahead - travel.out,
    respondedAt: serverTime + ahead + travel.back,
    serverDate: Math.floor(serverTime / 1_000) * 1_000,
  };
}

const at = (serverTime: number, ahead: number): ClockSample => sample(serverTime, ahead, { out: 20, back: 20 });

it('knows nothing without an answer', () => {
  expect(estimateClockSkew([])).toBeNull();
});

it('knows the skew within half a second and half the way from one answer alone', () => {
  expect(estimateClockSkew([at(NOW + 500, 0)])).toEqual({ aheadMs: 0, uncertaintyMs: 520 });
});

it.each([0, 7_000, -7_000, 3_600_000])(
  'comes within 100 ms of %i ms over answers at all parts of a second',
  (ahead) => {
    const answers = Array.from({ length: 20 }, (_, i) => at(NOW + i * 1_050, ahead));
    const skew = estimateClockSkew(answers);
    expect(Math.abs((skew?.aheadMs ?? Infinity) - ahead)).toBeLessThan(100);
    expect(skew?.uncertaintyMs).toBeLessThan(100);
  },
);

it('holds the truth within its bounds, however slow and uneven the way', () => {
  const delay = fc.integer({ min: 0, max: 9_000 });
  const answers = fc.array(fc.tuple(fc.integer({ min: 0, max: 600_000 }), delay, delay), { minLength: 1 });
  fc.assert(
    fc.property(fc.integer({ min: -86_400_000, max: 86_400_000 }), answers, (ahead, times) => {
      const skew = estimateClockSkew(times.map(([after, out, back]) => sample(NOW + after, ahead, { out, back })));
      // Rounding to whole milliseconds costs one.
      return skew !== null && Math.abs(skew.aheadMs - ahead) <= skew.uncertaintyMs + 1;
    }),
  );
});

it('forgets what was measured before a clock was set', () => {
  const skew = estimateClockSkew([at(NOW, 0), at(NOW + 1_300, 0), at(NOW + 2_600, 60_000)]);
  expect(Math.abs((skew?.aheadMs ?? 0) - 60_000)).toBeLessThanOrEqual(520);
});

it('drops an answer during which our clock was set back, and what is older than ten minutes', () => {
  const comparison = createClockComparison();
  comparison.note({ requestedAt: NOW, respondedAt: NOW - 1, serverDate: NOW });
  expect(comparison.skew(NOW)).toBeNull();
  comparison.note(at(NOW, 0));
  expect(comparison.skew(NOW + 1_000)).not.toBeNull();
  expect(comparison.skew(NOW + 11 * 60_000)).toBeNull();
});
