import { HOUR } from '@fill-tracker/domain';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeSignInNeeded, describeSignInWarning, type SignInThreshold, signInWarning } from './sign-in-warning.ts';

const END = Date.parse('2026-01-12T15:00:00Z');
const ORDER: readonly SignInThreshold[] = ['48h', '24h', '4h', '1h', 'expired'];
const HOURS: Readonly<Record<SignInThreshold, number>> = { '48h': 48, '24h': 24, '4h': 4, '1h': 1, expired: 0 };

describe('signInWarning', () => {
  it.each([
    [48 * HOUR + 1, null, null],
    [48 * HOUR, null, '48h'],
    [48 * HOUR, '48h', null],
    [24 * HOUR + 1, '48h', null],
    [24 * HOUR, '48h', '24h'],
    [4 * HOUR, '24h', '4h'],
    [HOUR, '4h', '1h'],
    [1, '1h', null],
    [0, '1h', 'expired'],
    [-48 * HOUR, 'expired', null],
  ] as const)('with %d ms left and %s told: %s', (left, told, warning) => {
    expect(signInWarning(END, END - left, told)).toBe(warning);
  });

  it('tells a process that starts late the nearest alone', () => {
    expect(signInWarning(END, END - 3 * HOUR, null)).toBe('4h');
    expect(signInWarning(END, END + HOUR, null)).toBe('expired');
  });

  it('tells nothing again when the clock is set back', () => {
    expect(signInWarning(END, END - 30 * HOUR, '4h')).toBeNull();
  });

  it('tells each at most once, from far to near, never early and never late, whenever one looks', () => {
    const looks = fc.array(fc.integer({ min: -60 * HOUR, max: 10 * HOUR }), { minLength: 1 });
    fc.assert(
      fc.property(looks, (times) => {
        let told: SignInThreshold | null = null;
        for (const time of times.toSorted((a, b) => a - b)) {
          const warning = signInWarning(END, END + time, told);
          if (warning !== null)
            expect(ORDER.indexOf(warning)).toBeGreaterThan(told === null ? -1 : ORDER.indexOf(told));
          told = warning ?? told;
          // What was told last is the nearest that is reached, neither more nor less.
          expect(told).toBe(ORDER.findLast((name) => -time <= HOURS[name] * HOUR) ?? null);
        }
      }),
    );
  });
});

it.each([
  ['4h', 3, 'the sign-in at Schwab ends within four hours: sign in again; 3 working orders would go untracked'],
  ['1h', 1, 'the sign-in at Schwab ends within an hour: sign in again; 1 working order would go untracked'],
  ['expired', 0, 'the sign-in at Schwab has ended: sign in again; no working orders go untracked'],
] as const)('says %s with %d orders', (threshold, orders, words) => {
  expect(describeSignInWarning(threshold, orders)).toBe(words);
});

it.each([
  [1, 'until then 1 working order is untracked'],
  [2, 'until then 2 working orders are untracked'],
])('raises the alarm for %d orders', (orders, words) => {
  expect(describeSignInNeeded(orders)).toContain(words);
});
