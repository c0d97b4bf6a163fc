import { describe, expect, it } from 'vitest';
import { fillOf } from '../testing/builders.ts';
import { fillKey } from './fill-key.ts';

const FILL = { price: '22.7299', quantity: '100', second: 5 };

function keyOf(...[fill]: Parameters<typeof fillOf>): string {
  return fillKey(fillOf(fill), new Set());
}

describe('fillKey', () => {
  it('is the content of the fill, readable', () => {
    expect(keyOf({ ...FILL, activityId: '77' })).toBe('1/a77/2026-01-05T15:00:05Z/100@22.7299#1');
    expect(keyOf({ ...FILL, remainingAfter: '40', legId: '2' })).toBe('2/left40/2026-01-05T15:00:05Z/100@22.7299#1');
    expect(keyOf(FILL)).toBe('1/-/2026-01-05T15:00:05Z/100@22.7299#1');
  });

  it('prefers the activity id to what was left, which may be told anew', () => {
    const left = { ...FILL, activityId: '77' };
    expect(keyOf({ ...left, remainingAfter: '40' })).toBe(keyOf({ ...left, remainingAfter: '39' }));
  });

  it('writes equal numbers alike, however the broker wrote them', () => {
    expect(keyOf({ ...FILL, quantity: '100.0', price: '22.72990' })).toBe(keyOf(FILL));
  });

  it('has no time when the broker gave none, and keeps a stray fraction of a second', () => {
    expect(fillKey({ ...fillOf(FILL), occurredAt: null }, new Set())).toBe('1/-/-/100@22.7299#1');
    expect(keyOf({ ...FILL, second: 5.25 })).toBe('1/-/2026-01-05T15:00:05.250Z/100@22.7299#1');
  });

  it('numbers fills that are alike in everything', () => {
    const taken = new Set<string>();
    const keys = [1, 2, 3].map(() => {
      const key = fillKey(fillOf(FILL), taken);
      taken.add(key);
      return key;
    });
    expect(keys.map((key) => key.slice(-2))).toEqual(['#1', '#2', '#3']);
  });
});
