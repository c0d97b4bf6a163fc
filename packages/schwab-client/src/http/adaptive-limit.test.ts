import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AdaptiveLimit, lowered, recovered } from './adaptive-limit.ts';

const FULL: AdaptiveLimit = { perMinute: 80, changedAt: -Infinity };
const MINUTE = 60_000;

describe('a budget that learns from "too many"', () => {
  it('is halved by each 429, down to what keeps something asked', () => {
    let limit = FULL;
    const seen = [1, 2, 3, 4, 5].map((at) => (limit = lowered(limit, 80, at)).perMinute);
    expect(seen).toEqual([40, 20, 10, 6, 6]);
  });

  it('never becomes more than was configured, however little that is', () => {
    expect(lowered({ perMinute: 4, changedAt: -Infinity }, 4, 0).perMinute).toBe(4);
  });

  it.each([
    [MINUTE - 1, 20],
    [MINUTE, 28],
    [3 * MINUTE, 44],
    [60 * MINUTE, 80],
  ])('gives back a tenth each quiet minute: after %i ms %i', (quietMs, expected) => {
    expect(recovered({ perMinute: 20, changedAt: 0 }, 80, quietMs).perMinute).toBe(expected);
  });

  it('stays as it is while it is whole', () => {
    expect(recovered(FULL, 80, MINUTE)).toBe(FULL);
  });

  it('is the same whether it is looked at often or once', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 10 * MINUTE }), { maxLength: 20 }), (looks) => {
        const times = looks.toSorted((a, b) => a - b);
        const last = times.at(-1) ?? 0;
        const start: AdaptiveLimit = { perMinute: 10, changedAt: 0 };
        const often = times.reduce((limit, at) => recovered(limit, 80, at), start);
        expect(often.perMinute).toBe(recovered(start, 80, last).perMinute);
      }),
    );
  });
});
