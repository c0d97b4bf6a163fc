/** A source of whole numbers that depends on the seed and the labels alone: the same record for the same seed. */
export interface Random {
  /** From `lowest` to `highest`, both included. */
  between(lowest: number, highest: number): number;
  /** One of the items. @throws {RangeError} when there is none */
  pick<Item>(items: readonly Item[]): Item;
}

export function seededRandom(seed: number, ...labels: readonly (string | number)[]): Random {
  let state = hashOf([seed, ...labels].join('/'));
  const next = (): number => {
    // mulberry32, in the public domain.
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  return {
    between: (lowest, highest) => lowest + (next() % (highest - lowest + 1)),
    pick(items) {
      const item = items[next() % items.length];
      if (item === undefined) throw new RangeError('Nothing to pick from');
      return item;
    },
  };
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x81_1c_9d_c5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01_00_01_93);
  return hash | 0;
}
