import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Decimal, decimalText, ZERO } from '../decimal.ts';
import {
  chainLeg,
  chainOrder,
  crowdedOrders,
  replaced,
  tenThousandths,
  trueChains,
} from '../testing/chain-builders.ts';
import { PROPERTY_RUNS, PROPERTY_TIMEOUT } from '../testing/property-runs.ts';
import type { ChainOrder } from './chain-order.ts';
import { inferReplacements } from './infer-replacements.ts';
import { chainOf, type ReplacementChain } from './replacement-chain.ts';

function chainAt(key: string, orders: readonly ChainOrder[]): ReplacementChain {
  return chainOf(key, orders, inferReplacements(orders).links);
}

function textOf(value: Decimal | null | undefined): string | null {
  return value ? decimalText(value) : null;
}

function told(chain: ReplacementChain): object {
  const { orders, filledQuantity, sum, averagePrice } = chain;
  return {
    keys: orders.map((order) => order.key),
    filledQuantity: textOf(filledQuantity),
    sum: textOf(sum),
    averagePrice: textOf(averagePrice),
  };
}

/** 1 of 3 at 22.7299; then the 2 that were left, at 22.73 each. */
const WALKED = [
  replaced({ key: 'A', quantity: '3', filled: '1', sum: '22.7299' }),
  chainOrder({ key: 'B', quantity: '2', filled: '2', sum: '45.46', entered: 60, status: 'FILLED' }),
  chainOrder({ key: 'C', quantity: '5', filled: '5', sum: '100', entered: 500, status: 'FILLED' }),
];

describe('chainOf', PROPERTY_TIMEOUT, () => {
  it.each(['A', 'B'])('counts the fills of all its orders once, asked for %s', (key) => {
    expect(told(chainAt(key, WALKED))).toEqual({
      keys: ['A', 'B'],
      filledQuantity: '3',
      sum: '68.1899',
      averagePrice: '22.72996667',
    });
  });

  it('is the order alone where nothing links it', () => {
    expect(told(chainAt('C', WALKED))).toEqual({ keys: ['C'], filledQuantity: '5', sum: '100', averagePrice: '20' });
  });

  it('has no average where nothing filled', () => {
    const orders = [replaced({ key: 'A' }), chainOrder({ key: 'B', entered: 60 })];
    expect(told(chainAt('B', orders))).toEqual({ keys: ['A', 'B'], filledQuantity: '0', sum: '0', averagePrice: null });
  });

  it('gives no average for a part of what filled: the price of the rest is not known', () => {
    const unpriced = replaced({ key: 'A', filled: '40', legs: [chainLeg({ filled: '0' })] });
    const rest = chainOrder({ key: 'B', quantity: '60', filled: '60', sum: '600', entered: 60 });
    expect(told(chainAt('A', [unpriced, rest]))).toMatchObject({
      filledQuantity: '100',
      sum: '600',
      averagePrice: null,
    });
  });

  it('adds up several legs each for itself, in whatever order they are listed', () => {
    const legs = (filled: string, sums: readonly [string, string]) => [
      chainLeg({ symbol: 'GME   260116C00025000', instruction: 'BUY_TO_OPEN', quantity: '3', filled, sum: sums[0] }),
      chainLeg({ symbol: 'GME   260116C00030000', instruction: 'SELL_TO_OPEN', quantity: '3', filled, sum: sums[1] }),
    ];
    const orders = [
      replaced({ key: 'A', quantity: '3', filled: '1', legs: legs('1', ['2.06', '0.86']) }),
      chainOrder({ key: 'B', quantity: '2', filled: '2', entered: 60, legs: legs('2', ['4.1', '1.7']).toReversed() }),
    ];
    const chain = chainOf('A', orders, [{ from: 'A', to: 'B', basis: 'OPERATOR' }]);
    expect(told(chain)).toEqual({ keys: ['A', 'B'], filledQuantity: '3', sum: null, averagePrice: null });
    expect(chain.legs?.map((leg) => [leg.symbol, textOf(leg.filledQuantity), textOf(leg.sum)])).toEqual([
      ['GME   260116C00025000', '3', '6.16'],
      ['GME   260116C00030000', '3', '2.56'],
    ]);
  });

  it('adds up nothing over orders that do not trade the same', () => {
    const orders = [replaced({ key: 'A' }), chainOrder({ key: 'B', symbol: 'AMC' })];
    const chain = chainOf('B', orders, [{ from: 'A', to: 'B', basis: 'OPERATOR' }]);
    expect(chain).toMatchObject({ filledQuantity: null, sum: null, averagePrice: null, legs: null });
    expect(chain.orders.map((order) => order.key)).toEqual(['A', 'B']);
  });

  it('does not know the filled quantity when one order does not', () => {
    const orders = [replaced({ key: 'A', filled: null }), chainOrder({ key: 'B' })];
    const chain = chainOf('B', orders, [{ from: 'A', to: 'B', basis: 'OPERATOR' }]);
    expect(told(chain)).toMatchObject({ filledQuantity: null, averagePrice: null });
  });

  it('passes over links to orders that it was not given, and ends where links go in a circle', () => {
    const orders = [chainOrder({ key: 'A' }), chainOrder({ key: 'B' })];
    const chain = chainOf('A', orders, [
      { from: 'Z', to: 'A', basis: 'OPERATOR' },
      { from: 'A', to: 'B', basis: 'OPERATOR' },
      { from: 'B', to: 'A', basis: 'OPERATOR' },
    ]);
    expect(chain.orders).toHaveLength(2);
  });

  it('refuses an order that it was not given', () => {
    expect(() => chainAt('Z', WALKED)).toThrow('Order Z is not among the 3 orders given');
  });

  it('puts each order into exactly one chain, and adds up to the sum over all orders', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          crowdedOrders,
          trueChains.map((chains) => chains.flat()),
        ),
        (orders) => {
          const chains = new Map<string, ReplacementChain>();
          for (const { key } of orders) {
            const chain = chainAt(key, orders);
            expect(chain.orders.filter((order) => order.key === key)).toHaveLength(1);
            chains.set(chain.orders.map((order) => order.key).join(' '), chain);
          }
          const members = [...chains.values()].flatMap((chain) => chain.orders.map((order) => order.key));
          expect(members.sort()).toEqual(orders.map((order) => order.key).sort());
          const sums = [...chains.values()].map((chain) => (chain.sum === null ? 0n : tenThousandths(chain.sum)));
          const truth = orders.flatMap((order) => order.legs.map((leg) => tenThousandths(leg.sum)));
          expect(total(sums)).toBe(total(truth));
        },
      ),
      PROPERTY_RUNS,
    );
  });

  it('totals what its orders truly filled, oldest first, whatever the order of the input', () => {
    fc.assert(
      fc.property(trueChains, (chains) => {
        const orders = chains.flat().toReversed();
        for (const truth of chains) {
          const chain = chainAt(truth[0]?.key ?? '', orders);
          expect(chain.orders).toEqual(truth);
          const filled = total(truth.map((order) => tenThousandths(order.filledQuantity ?? ZERO)));
          const sum = total(truth.flatMap((order) => order.legs.map((leg) => tenThousandths(leg.sum))));
          expect(chain.filledQuantity && tenThousandths(chain.filledQuantity)).toBe(filled);
          expect(chain.sum && tenThousandths(chain.sum)).toBe(sum);
          expect(textOf(chain.averagePrice)).toBe(filled === 0n ? null : average(sum, filled));
        }
      }),
      PROPERTY_RUNS,
    );
  });
});

function total(values: readonly bigint[]): bigint {
  return values.reduce((sum, value) => sum + value, 0n);
}

/** Both in units of 10^-4; rounded half up to 8 places, in integers alone. */
function average(sum: bigint, quantity: bigint): string {
  const scaled = (sum * 10n ** 8n * 2n + quantity) / (quantity * 2n);
  const text = String(scaled).padStart(9, '0');
  return `${text.slice(0, -8)}.${text.slice(-8)}`.replace(/\.?0+$/, '');
}
