import { describe, expect, it } from 'vitest';
import { mostWithin } from './most-within.ts';

describe('mostWithin', () => {
  it.each([
    [[], 0],
    [[5], 1],
    [[0, 59_999], 2],
    [[0, 60_000], 1],
    [[100_000, 0, 30_000, 59_999, 60_000, 61_000], 4],
  ])('of %j in a minute: %d', (instants, most) => {
    expect(mostWithin(instants, 60_000)).toBe(most);
  });
});
