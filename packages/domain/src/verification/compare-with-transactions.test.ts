import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal, decimalText } from '../decimal.ts';
import type { OrderFacts } from '../order/reported-order.ts';
import { type FillInput, fillOf, legOf, orderOf } from '../testing/builders.ts';
import { anyDay, onRecord, splitIntoUnits, transactionsOf } from '../testing/day-story.ts';
import { PROPERTY_RUNS, PROPERTY_TIMEOUT } from '../testing/property-runs.ts';
import type { WitnessTotal } from './compare-leg.ts';
import { compareWithTransactions, type OrderComparison } from './compare-with-transactions.ts';
import type { TradeTransaction } from './trade-transaction.ts';

interface TradeInput {
  readonly price: string | null;
  readonly quantity: string;
  readonly activityId?: string | null;
  readonly symbol?: string | null;
  readonly cost?: string | null;
  readonly fees?: string;
}

function trade({ price, quantity, activityId = null, symbol = 'GME', cost = null, fees = '0' }: TradeInput) {
  const transaction: TradeTransaction = {
    activityId,
    orderId: '1000000000001',
    symbol,
    price: price === null ? null : decimal(price),
    quantity: decimal(quantity),
    cost: cost === null ? null : decimal(cost),
    fees: decimal(fees),
    occurredAt: null,
  };
  return transaction;
}

/** An order of 100 GME, of which nobody said how much filled unless overridden. */
function compare(
  fills: readonly FillInput[],
  trades: readonly TradeInput[],
  facts: Partial<OrderFacts> = {},
): OrderComparison {
  const order = { facts: orderOf({ filledQuantity: null, ...facts }), fills: fills.map(fillOf) };
  return compareWithTransactions(order, trades.map(trade));
}

function text({ executions, quantity, sum }: WitnessTotal): string {
  return `${executions}: ${decimalText(quantity)} for ${sum === null ? '?' : decimalText(sum)}`;
}

const TWO_FILLS = [
  { price: '22.7299', quantity: '60', activityId: 'X' },
  { price: '22.73', quantity: '40', activityId: 'Y' },
];

describe('compareWithTransactions', PROPERTY_TIMEOUT, () => {
  it.each<[string, readonly FillInput[], readonly TradeInput[], OrderComparison['basis']]>([
    ['the same executions', TWO_FILLS, TWO_FILLS, 'EXECUTIONS'],
    ['the same in another order', TWO_FILLS, TWO_FILLS.toReversed(), 'EXECUTIONS'],
    [
      'the same under ids that only one of them has',
      TWO_FILLS.map((fill) => ({ ...fill, activityId: null })),
      TWO_FILLS,
      'EXECUTIONS',
    ],
    [
      'three equal fills, three times',
      Array.from({ length: 3 }, () => ({ price: '5', quantity: '1' })),
      Array.from({ length: 3 }, () => ({ price: '5.00', quantity: '1' })),
      'EXECUTIONS',
    ],
    [
      'one fill that the books split',
      [{ price: '10', quantity: '100', activityId: 'X' }],
      [
        { price: '10', quantity: '60', activityId: 'X' },
        { price: '10', quantity: '40', activityId: 'Y' },
      ],
      'TOTALS',
    ],
    [
      'two fills that the books join at their average',
      [
        { price: '10', quantity: '50' },
        { price: '10.5', quantity: '50' },
      ],
      [{ price: '10.25', quantity: '100', activityId: 'X' }],
      'TOTALS',
    ],
    ['nothing, of an order that did not trade', [], [], 'EXECUTIONS'],
    ['nothing, in a transaction that moves no share', [], [{ price: null, quantity: '0', fees: '1' }], 'EXECUTIONS'],
  ])('verifies an order of which both tell %s', (_name, fills, trades, basis) => {
    expect(compare(fills, trades)).toMatchObject({ verdict: 'VERIFIED', basis, source: null });
  });

  it.each<[string, readonly FillInput[], readonly TradeInput[], OrderComparison['source']]>([
    ['the record', TWO_FILLS, [], 'RECORD'],
    ['the transactions', [], TWO_FILLS, 'TRANSACTIONS'],
  ])('names %s where only that has anything', (_name, fills, trades, source) => {
    expect(compare(fills, trades)).toMatchObject({ verdict: 'ONE_SOURCE', basis: null, source });
  });

  it.each<[string, readonly FillInput[], readonly TradeInput[], string, string]>([
    ['a fill is missing', TWO_FILLS.slice(1), TWO_FILLS, '1: 40 for 909.2', '2: 100 for 2272.994'],
    ['a fill is too many', TWO_FILLS, TWO_FILLS.slice(1), '2: 100 for 2272.994', '1: 40 for 909.2'],
    [
      'a price is a hundredth of a cent off',
      [{ price: '22.7299', quantity: '1' }],
      [{ price: '22.73', quantity: '1' }],
      '1: 1 for 22.7299',
      '1: 1 for 22.73',
    ],
    [
      'an activity has another price, though the sums agree',
      [
        { price: '10', quantity: '1', activityId: 'X' },
        { price: '12', quantity: '1', activityId: 'Y' },
      ],
      [
        { price: '12', quantity: '1', activityId: 'X' },
        { price: '10', quantity: '1', activityId: 'Y' },
      ],
      '2: 2 for 22',
      '2: 2 for 22',
    ],
    [
      'a quantity differs and a price is missing',
      [{ price: '10', quantity: '1' }],
      [{ price: null, quantity: '2' }],
      '1: 1 for 10',
      '1: 2 for ?',
    ],
  ])('disagrees when %s, and keeps both numbers', (_name, fills, trades, record, transactions) => {
    const { verdict, legs } = compare(fills, trades);
    expect(verdict).toBe('DISAGREE');
    expect(legs.map((leg) => [text(leg.record), text(leg.transactions)])).toEqual([[record, transactions]]);
  });

  it('names the executions that differ, and no others', () => {
    const trades = [...TWO_FILLS, { price: '22.73', quantity: '40', activityId: 'Z' }];
    const [leg] = compare(TWO_FILLS, trades).legs;
    expect(leg?.onlyInRecord).toEqual([]);
    expect(leg?.onlyInTransactions).toEqual([
      { symbol: 'GME', price: decimal('22.73'), quantity: decimal('40'), activityId: 'Z' },
    ]);
    const retoldTrades = TWO_FILLS.map((fill) => (fill.activityId === 'X' ? { ...fill, price: '22' } : fill));
    const [retold] = compare(TWO_FILLS, retoldTrades).legs;
    expect(retold?.onlyInRecord.map(({ activityId }) => activityId)).toEqual(['X']);
    expect(retold?.onlyInTransactions.map(({ activityId }) => activityId)).toEqual(['X']);
  });

  it.each<[string, readonly FillInput[], readonly TradeInput[], Partial<OrderFacts>]>([
    ['the books have no price', TWO_FILLS, TWO_FILLS.map((fill) => ({ ...fill, price: null })), {}],
    ['the books have a price of zero', TWO_FILLS, TWO_FILLS.map((fill) => ({ ...fill, price: '0' })), {}],
    ['only the books have it, without price', [], [{ price: null, quantity: '1' }], {}],
    ['it is said to have filled, and nobody has an execution', [], [], { filledQuantity: decimal('100') }],
    ['both lack a part of what is said to have filled', TWO_FILLS, TWO_FILLS, { filledQuantity: decimal('120') }],
  ])('calls an order unpriced when %s', (_name, fills, trades, facts) => {
    expect(compare(fills, trades, facts)).toMatchObject({ verdict: 'UNPRICED', basis: null, source: null });
  });

  it('verifies fills that the books have too, though the order is said to have filled less', () => {
    expect(compare(TWO_FILLS, TWO_FILLS, { filledQuantity: decimal('60') }).verdict).toBe('VERIFIED');
  });

  it('lets the books be the one source for an order that is only said to have filled', () => {
    expect(compare([], TWO_FILLS, { filledQuantity: decimal('100') }).source).toBe('TRANSACTIONS');
  });

  describe('with several legs', () => {
    const [low, high] = ['GME   260116C00025000', 'GME   260116C00030000'];
    const legs = [
      legOf({ legId: '1', symbol: low, assetType: 'OPTION', quantity: decimal('1') }),
      legOf({ legId: '2', symbol: high, assetType: 'OPTION', quantity: decimal('1') }),
    ];
    const fills = [
      { legId: '1', price: '2.06', quantity: '1', activityId: 'X' },
      { legId: '2', price: '0.86', quantity: '1', activityId: 'X' },
    ];
    const trades = [
      { symbol: high, price: '0.86', quantity: '1', activityId: 'X' },
      { symbol: low, price: '2.06', quantity: '1', activityId: 'X' },
    ];

    it('compares each for itself, by symbol', () => {
      const { verdict, legs: compared } = compare(fills, trades, { legs });
      expect(verdict).toBe('VERIFIED');
      expect(compared.map(({ symbol, assetType, record }) => [symbol, assetType, text(record)])).toEqual([
        [low, 'OPTION', '1: 1 for 2.06'],
        [high, 'OPTION', '1: 1 for 0.86'],
      ]);
    });

    it('is not misled by prices at the wrong legs', () => {
      const crossed = trades.map((one) => ({ ...one, symbol: one.symbol === low ? high : low }));
      expect(compare(fills, crossed, { legs }).legs.map(({ difference }) => difference)).toEqual(['PRICE', 'PRICE']);
    });

    it('reads through the padding of option symbols', () => {
      const unpadded = trades.map((one) => ({ ...one, symbol: one.symbol.replaceAll(' ', '') }));
      expect(compare(fills, unpadded, { legs }).verdict).toBe('VERIFIED');
    });

    it('gives a symbol that the order does not know a leg of its own', () => {
      const { verdict, legs: compared } = compare(fills, [...trades, { price: '1', quantity: '1' }], { legs });
      expect(verdict).toBe('DISAGREE');
      expect(compared.at(-1)).toMatchObject({ symbol: 'GME', assetType: null, difference: 'QUANTITY' });
    });
  });

  it('compares even an order of which the broker told nothing but its trades', () => {
    const { source, legs } = compareWithTransactions({ facts: null, fills: [] }, TWO_FILLS.map(trade));
    expect(source).toBe('TRANSACTIONS');
    expect(legs.map(({ symbol, transactions }) => [symbol, text(transactions)])).toEqual([
      ['GME', '2: 100 for 2272.994'],
    ]);
  });

  it('adds up fees and costs exactly, and knows no cost when one is missing', () => {
    const trades = [
      { price: '2.06', quantity: '1', cost: '-206', fees: '0.65' },
      { price: '2.06', quantity: '1', cost: '206', fees: '0.02' },
    ];
    const { fees, cost } = compare([], trades);
    expect([decimalText(fees), cost && decimalText(cost)]).toEqual(['0.67', '412']);
    expect(compare([], [...trades, { price: '2', quantity: '1' }]).cost).toBeNull();
    expect(decimalText(compare([], []).cost ?? decimal('1'))).toBe('0');
  });

  it('verifies whatever truly traded, also when the books split every trade', () => {
    fc.assert(
      fc.property(anyDay, (orders) => {
        for (const order of orders) {
          const books = transactionsOf(order);
          expect(compareWithTransactions(onRecord(order), books)).toMatchObject({
            verdict: 'VERIFIED',
            basis: 'EXECUTIONS',
          });
          expect(compareWithTransactions(onRecord(order), splitIntoUnits(books)).verdict).toBe('VERIFIED');
        }
      }),
      PROPERTY_RUNS,
    );
  });
});
