import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { seededRandom } from './seeded-random.ts';
import { splitShares } from './split-shares.ts';

it('splits all shares into parts of at least one share each', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 10_000 }),
      fc.integer({ min: 1, max: 6 }),
      fc.nat(),
      (shares, parts, seed) => {
        const split = splitShares(seededRandom(seed), shares, parts);
        expect(split.reduce((sum, part) => sum + part, 0)).toBe(shares);
        expect(split).toHaveLength(Math.min(shares, parts));
        expect(Math.min(...split)).toBeGreaterThan(0);
      },
    ),
  );
});
