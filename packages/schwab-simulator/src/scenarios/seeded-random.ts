/** The next whole number from 0 to 2^32 - 1. */
export type Random = () => number;

/** A source of random numbers that depends on the seed and the labels alone: the same story for the same seed. */
export function seededRandom(seed: number, ...labels: readonly (string | number)[]): Random {
  let state = hashText([seed, ...labels].join('/'));
  return () => {
    // mulberry32, in the public domain: one 32-bit word of state, good enough for stories.
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

/** A whole number from `lowest` to `highest`, both included. */
export function integerBetween(random: Random, lowest: number, highest: number): number {
  return lowest + (random() % (highest - lowest + 1));
}

/** One of the items. Throws `RangeError` when there is none. */
export function pickOne<Item>(random: Random, items: readonly Item[]): Item {
  const item = items[random() % items.length];
  if (item === undefined) throw new RangeError('Nothing to pick from');
  return item;
}

/** True in about `rate` (0 to 1) of all calls. */
export function strikes(random: Random, rate: number): boolean {
  return random() < rate * 2 ** 32;
}

/** FNV-1a. */
function hashText(text: string): number {
  let hash = 0x81_1c_9d_c5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01_00_01_93);
  return hash | 0;
}
