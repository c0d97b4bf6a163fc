import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ZERO } from '../decimal.ts';
import { PROPERTY_RUNS, PROPERTY_TIMEOUT } from '../testing/property-runs.ts';
import {
  chainLeg,
  chainOrder,
  type ChainOrderInput,
  crowdedOrders,
  replaced,
  trueChains,
} from '../testing/chain-builders.ts';
import type { ChainOrder } from './chain-order.ts';
import { inferReplacements } from './infer-replacements.ts';
import { leadsTo, type ReplacementCorrection } from './replacement-link.ts';

/** The links as `A>B`, an asterisk after a person's. */
function linked(orders: readonly ChainOrder[], corrections: readonly ReplacementCorrection[] = []): readonly string[] {
  return inferReplacements(orders, corrections).links.map(
    ({ from, to, basis }) => `${from}>${to}${basis === 'OPERATOR' ? '*' : ''}`,
  );
}

describe('inferReplacements', PROPERTY_TIMEOUT, () => {
  it.each<[string, ChainOrderInput, boolean]>([
    ['entered in the second in which the old one closed', {}, true],
    ['entered 5 s later', { entered: 65 }, true],
    ['entered 6 s later', { entered: 66 }, false],
    ['entered 5 s before the venue confirmed the cancel', { entered: 55 }, true],
    ['entered 6 s before', { entered: 54 }, false],
    ['for all of it, as if nothing had filled', { quantity: '100' }, false],
    ['for 60.0, which is 60', { quantity: '60.0' }, true],
    ['in another symbol', { symbol: 'AMC' }, false],
    ['the other way', { instruction: 'SELL' }, false],
    ['of unknown symbol', { symbol: null }, false],
    ['of unknown quantity', { quantity: null }, false],
    ['of unknown entry', { entered: null }, false],
    ['that was itself rejected', { status: 'REJECTED' }, true],
  ])('after 40 of 100 filled, takes an order for 60 %s: %#', (_name, successor, isLinked) => {
    const old = replaced({ key: 'A', filled: '40' });
    const next = chainOrder({ key: 'B', quantity: '60', entered: 60, ...successor });
    expect(linked([old, next])).toEqual(isLinked ? ['A>B'] : []);
    expect(inferReplacements([old, next]).ambiguous).toEqual([]);
  });

  it.each<[string, ChainOrderInput]>([
    ['was cancelled', { status: 'CANCELED' }],
    ['is still to be replaced', { status: 'PENDING_REPLACE' }],
    ['has no closing time', { closed: null }],
    ['has no entry time', { entered: null }],
    ['filled as far as nobody knows', { filled: null }],
    ['filled entirely, so that nothing was left', { filled: '100' }],
    ['has no known side', { instruction: null }],
  ])('gives no successor to an order that %s', (_name, old) => {
    expect(linked([replaced({ key: 'A', ...old }), chainOrder({ key: 'B', entered: 60 })])).toEqual([]);
  });

  it('follows a price that is walked up, second by second', () => {
    const orders = [
      replaced({ key: 'A', entered: 0, closed: 1 }),
      replaced({ key: 'B', entered: 1, closed: 2 }),
      replaced({ key: 'C', entered: 2, closed: 3, filled: '30' }),
      chainOrder({ key: 'D', entered: 3, quantity: '70' }),
    ];
    expect(linked(orders)).toEqual(['A>B', 'B>C', 'C>D']);
  });

  it.each([
    ['B', 'C'],
    ['C', 'B'],
  ])('takes the nearest, %s, and leaves the farther %s alone', (near, far) => {
    const orders = [
      replaced({ key: 'A' }),
      chainOrder({ key: near, entered: 61 }),
      chainOrder({ key: far, entered: 62 }),
    ];
    expect(inferReplacements(orders)).toEqual({ links: [{ from: 'A', to: near, basis: 'INFERRED' }], ambiguous: [] });
  });

  it('takes no order that was there before the one it would replace', () => {
    const orders = [replaced({ key: 'A', entered: 58 }), chainOrder({ key: 'B', entered: 57 })];
    expect(inferReplacements(orders)).toEqual({ links: [], ambiguous: [] });
  });

  it.each<[string, readonly ChainOrder[], readonly string[], object[]]>([
    [
      'two could follow one',
      [replaced({ key: 'A' }), chainOrder({ key: 'B', entered: 61 }), chainOrder({ key: 'C', entered: 59 })],
      [],
      [{ from: 'A', candidates: ['B', 'C'] }],
    ],
    [
      'one could follow two',
      [replaced({ key: 'A' }), replaced({ key: 'B' }), chainOrder({ key: 'C', entered: 60 })],
      [],
      [
        { from: 'A', candidates: ['C'] },
        { from: 'B', candidates: ['C'] },
      ],
    ],
    [
      'a farther order needs one of those that are unclear',
      [
        replaced({ key: 'A' }),
        chainOrder({ key: 'B', entered: 59 }),
        chainOrder({ key: 'C', entered: 61 }),
        replaced({ key: 'D', closed: 64 }),
      ],
      [],
      [
        { from: 'A', candidates: ['B', 'C'] },
        { from: 'D', candidates: ['B', 'C'] },
      ],
    ],
    [
      'a farther order is left for one that is unclear',
      [
        replaced({ key: 'A' }),
        chainOrder({ key: 'B', entered: 59 }),
        chainOrder({ key: 'C', entered: 61 }),
        chainOrder({ key: 'D', entered: 64 }),
      ],
      [],
      [{ from: 'A', candidates: ['B', 'C', 'D'] }],
    ],
    [
      'two were entered and replaced in the same seconds',
      [replaced({ key: 'A', closed: 1 }), replaced({ key: 'B', closed: 1 })],
      [],
      [
        { from: 'A', candidates: ['B'] },
        { from: 'B', candidates: ['A'] },
      ],
    ],
  ])('links nothing when %s', (_name, orders, links, ambiguous) => {
    expect(linked(orders)).toEqual(links);
    expect(inferReplacements(orders).ambiguous).toEqual(ambiguous);
  });

  it('leaves the other pairs of an unclear second alone', () => {
    const orders = [
      replaced({ key: 'A' }),
      chainOrder({ key: 'B', entered: 60 }),
      chainOrder({ key: 'C', entered: 60 }),
      replaced({ key: 'D', symbol: 'AMC' }),
      chainOrder({ key: 'E', symbol: 'AMC', entered: 60 }),
    ];
    expect(linked(orders)).toEqual(['D>E']);
  });

  it('knows the first of two by what became of them when both were entered in one second', () => {
    const orders = [
      replaced({ key: 'A', entered: 0, closed: 3 }),
      replaced({ key: 'B', entered: 0, closed: 1 }),
      chainOrder({ key: 'C', entered: 3 }),
    ];
    expect(linked(orders)).toEqual(['A>C', 'B>A']);
  });

  describe('with several legs', () => {
    const legs = (quantity: string, other: string) => [
      chainLeg({ symbol: 'GME   260116C00025000', instruction: 'BUY_TO_OPEN', quantity }),
      chainLeg({ symbol: 'GME   260116C00030000', instruction: 'SELL_TO_OPEN', quantity: other }),
    ];
    const old = replaced({ key: 'A', quantity: '3', filled: '1', legs: legs('3', '6') });

    it.each<[string, readonly ReturnType<typeof chainLeg>[], boolean]>([
      ['the same legs in the same ratio', legs('2', '4'), true],
      ['the legs listed the other way round', legs('2', '4').toReversed(), true],
      ['another ratio', legs('2', '2'), false],
      ['one leg only', legs('2', '4').slice(1), false],
      ['a leg the other way', legs('2', '4').map((leg) => ({ ...leg, instruction: 'BUY_TO_OPEN' })), false],
    ])('compares them all: %s', (_name, successor, isLinked) => {
      const next = chainOrder({ key: 'B', quantity: '2', entered: 60, legs: successor });
      expect(linked([old, next])).toEqual(isLinked ? ['A>B'] : []);
    });
  });

  describe('corrected by a person', () => {
    const orders = [
      replaced({ key: 'A' }),
      chainOrder({ key: 'B', entered: 60 }),
      chainOrder({ key: 'C', entered: 63 }),
      chainOrder({ key: 'Z', entered: 9_000, quantity: '7' }),
    ];

    it.each<[string, readonly ReplacementCorrection[], readonly string[]]>([
      ['nothing', [], ['A>B']],
      ['that B is no replacement, the next nearest is', [{ to: 'B', from: null }], ['A>C']],
      ['that C is the one, B is not', [{ to: 'C', from: 'A' }], ['A>C*']],
      ['that an order far off is the one', [{ to: 'Z', from: 'A' }], ['A>Z*']],
      [
        'otherwise later, the later word holds',
        [
          { to: 'Z', from: 'A' },
          { to: 'Z', from: null },
        ],
        ['A>B'],
      ],
      [
        'two successors, the first word holds',
        [
          { to: 'Z', from: 'A' },
          { to: 'C', from: 'A' },
        ],
        ['A>Z*'],
      ],
      [
        'a circle, it does not hold',
        [
          { to: 'Z', from: 'A' },
          { to: 'A', from: 'Z' },
        ],
        ['A>Z*'],
      ],
    ])('who says %s', (_name, corrections, expected) => {
      expect(linked(orders, corrections)).toEqual(expected);
    });

    it('closes no circle with what a person said: it leaves the pair to that person', () => {
      const circle = [replaced({ key: 'A' }), chainOrder({ key: 'B', entered: 60 })];
      expect(inferReplacements(circle, [{ to: 'A', from: 'B' }])).toEqual({
        links: [{ from: 'B', to: 'A', basis: 'OPERATOR' }],
        ambiguous: [{ from: 'A', candidates: ['B'] }],
      });
    });
  });

  it('finds what truly happened where time tells the chains apart, whatever the order of the input', () => {
    const shuffledChains = trueChains.chain((chains) => {
      const orders = chains.flat();
      return fc.shuffledSubarray(orders, { minLength: orders.length }).map((shuffled) => ({ chains, shuffled }));
    });
    fc.assert(
      fc.property(shuffledChains, ({ chains, shuffled }) => {
        const truth = chains.flatMap((chain) => chain.slice(1).map((order, i) => `${chain[i]?.key}>${order.key}`));
        expect([...linked(shuffled)].sort()).toEqual([...truth].sort());
        expect(inferReplacements(shuffled).ambiguous).toEqual([]);
      }),
      PROPERTY_RUNS,
    );
  });

  const crowdWithWords = crowdedOrders.chain((orders) => {
    const keys = ['none', ...orders.map((order) => order.key)];
    const word = fc.record({ to: fc.constantFrom(...keys), from: fc.constantFrom(null, ...keys) });
    return fc.record({
      orders: fc.constant(orders),
      shuffled: fc.shuffledSubarray([...orders], { minLength: orders.length }),
      corrections: fc.array(word, { maxLength: 4 }),
    });
  });

  it('gives each order at most one predecessor and one successor, and no circle, however crowded', () => {
    fc.assert(
      fc.property(crowdWithWords, ({ orders, corrections }) => {
        const { links, ambiguous } = inferReplacements(orders, corrections);
        expect(new Set(links.map((link) => link.from)).size).toBe(links.length);
        expect(new Set(links.map((link) => link.to)).size).toBe(links.length);
        for (const link of links) expect(leadsTo(links, link.to, link.from)).toBe(false);
        for (const { from, candidates } of ambiguous) {
          expect(links.some((link) => link.from === from)).toBe(false);
          expect(links.some((link) => candidates.includes(link.to) && link.basis === 'INFERRED')).toBe(false);
        }
      }),
      PROPERTY_RUNS,
    );
  });

  it('does not depend on the order of the input', () => {
    fc.assert(
      fc.property(crowdWithWords, ({ orders, shuffled, corrections }) => {
        expect(inferReplacements(shuffled, corrections)).toEqual(inferReplacements(orders, corrections));
      }),
      PROPERTY_RUNS,
    );
  });

  it('links only what fits in quantity, and never two that nothing could tell from others', () => {
    fc.assert(
      fc.property(crowdedOrders, (orders) => {
        const byKey = new Map(orders.map((order) => [order.key, order]));
        const { links } = inferReplacements(orders);
        const isFollowing = new Set(links.map((link) => link.to));
        for (const { from, to } of links) {
          const [old, next] = [byKey.get(from), byKey.get(to)];
          expect(old?.quantity?.minus(old.filledQuantity ?? ZERO)).toEqual(next?.quantity);
          const twins = orders.filter(
            ({ key, enteredAt, ...twin }) =>
              key !== from &&
              !isFollowing.has(key) &&
              enteredAt === next?.enteredAt &&
              (enteredAt ?? 0) > (old?.enteredAt ?? 0) &&
              isAlike(twin, next),
          );
          expect(twins).toEqual([]);
        }
      }),
      PROPERTY_RUNS,
    );
  });
});

function isAlike(a: Pick<ChainOrder, 'legs' | 'quantity'>, b: ChainOrder | undefined): boolean {
  return a.legs[0]?.symbol === b?.legs[0]?.symbol && a.quantity?.toFixed() === b?.quantity?.toFixed();
}
