import { integerBetween, type Random } from './seeded-random.ts';

/** Splits whole shares into at most `parts` parts of uneven size, none of them empty. */
export function splitShares(random: Random, shares: number, parts: number): number[] {
  if (parts <= 1 || shares <= 1) return [shares];
  const fairShare = Math.floor(shares / parts);
  const first = integerBetween(random, Math.max(1, Math.floor(fairShare / 2)), Math.max(1, fairShare));
  return [first, ...splitShares(random, shares - first, parts - 1)];
}
