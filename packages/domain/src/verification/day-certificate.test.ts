import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal, decimalText } from '../decimal.ts';
import { fillOf, legOf, orderOf } from '../testing/builders.ts';
import {
  anyDay,
  onRecord,
  quantityOf,
  splitIntoUnits,
  transactionsOf,
  type TrueFill,
  type TrueOrder,
} from '../testing/day-story.ts';
import { PROPERTY_RUNS, PROPERTY_TIMEOUT } from '../testing/property-runs.ts';
import { compareWithTransactions, type OrderOnRecord } from './compare-with-transactions.ts';
import { certifyDay, type ComparedOrder, type DayCertificate, type DayEvidence } from './day-certificate.ts';
import type { TradeTransaction } from './trade-transaction.ts';

const DATE = '2026-01-05';

function trade(symbol: string, price: string, quantity: string): TradeTransaction {
  return {
    activityId: null,
    orderId: '',
    symbol,
    price: decimal(price),
    quantity: decimal(quantity),
    cost: null,
    fees: decimal('0.03'),
    occurredAt: null,
  };
}

function compared(
  brokerOrderId: string,
  order: OrderOnRecord,
  trades: readonly TradeTransaction[],
  status: string | null = 'COMPLETED',
): ComparedOrder {
  return { accountId: 'A1', brokerOrderId, status, comparison: compareWithTransactions(order, trades) };
}

/** 100 GME at 22.7299, as both know it. */
const VERIFIED = compared(
  '1001',
  { facts: orderOf({ filledQuantity: null }), fills: [fillOf({ price: '22.7299', quantity: '100' })] },
  [trade('GME', '22.7299', '100')],
);

const NOTHING: OrderOnRecord = { facts: null, fills: [] };

function certify(orders: readonly ComparedOrder[], overrides: Partial<DayEvidence> = {}): DayCertificate {
  return certifyDay({ date: DATE, accounts: ['A1'], orders, listed: orders, transacted: orders, ...overrides });
}

/** The differences as `kind order symbol record/broker quantities`. */
function differencesOf(certificate: DayCertificate): readonly string[] {
  return certificate.differences.map(({ kind, brokerOrderId, symbol, record, broker }) => {
    const [ours, theirs] = [record, broker].map((side) => (side === null ? '-' : decimalText(side.quantity)));
    return `${kind} ${brokerOrderId} ${symbol ?? '-'} ${ours}/${theirs}`;
  });
}

describe('certifyDay', () => {
  it('totals the record by kind of instrument, exactly', () => {
    const spread = compared(
      '1002',
      {
        facts: orderOf({
          filledQuantity: null,
          quantity: null,
          legs: [
            legOf({ legId: '1', assetType: 'COLLECTIVE_INVESTMENT', symbol: 'SPY' }),
            legOf({ legId: '2', assetType: 'OPTION', symbol: 'SPY   260116C00600000', quantity: null }),
            legOf({ legId: '3', assetType: 'BOND', symbol: 'T 4.25', quantity: null }),
          ],
        }),
        fills: [
          fillOf({ legId: '1', price: '600.01', quantity: '0.5' }),
          fillOf({ legId: '2', price: '1.21', quantity: '2' }),
          fillOf({ legId: '3', price: '99', quantity: '1' }),
        ],
      },
      [],
    );
    const day = certify([spread, VERIFIED], { accounts: ['A2', 'A1'] });
    expect(day).toMatchObject({ date: DATE, accounts: ['A1', 'A2'], orders: 2, fills: 4 });
    const traded = [day.shares, day.contracts, day.otherUnits].map(({ quantity, notional }) => [
      decimalText(quantity),
      decimalText(notional),
    ]);
    expect(traded).toEqual([
      ['100.5', '2572.995'],
      ['2', '2.42'],
      ['1', '99'],
    ]);
    expect(decimalText(day.fees)).toBe('0.03');
    expect(day.verdicts).toEqual({ VERIFIED: 1, ONE_SOURCE: 1, DISAGREE: 0, UNPRICED: 0 });
  });

  it.each<[string, readonly ComparedOrder[], Partial<DayEvidence>, readonly string[]]>([
    ['nothing', [VERIFIED], {}, []],
    [
      'a listed order that the record does not have',
      [VERIFIED],
      { listed: [VERIFIED, { accountId: 'A1', brokerOrderId: '1002' }] },
      ['MISSING_IN_RECORD 1002 - -/-'],
    ],
    [
      'a traded order that the record does not have',
      [compared('1002', NOTHING, [trade('GME', '5', '3')], null)],
      { listed: [] },
      ['MISSING_IN_RECORD 1002 GME -/3'],
    ],
    [
      'an order that the broker does not know',
      [VERIFIED],
      { listed: [], transacted: [] },
      ['EXTRA_IN_RECORD 1001 - -/-'],
    ],
    ['nothing about an older order that traded today', [VERIFIED], { listed: [] }, []],
    [
      'fills that the books do not have',
      [compared('1002', { facts: orderOf(), fills: [fillOf({ price: '5', quantity: '3' })] }, [])],
      {},
      ['EXTRA_IN_RECORD 1002 GME 3/0'],
    ],
    [
      'fills that the record does not have, of an order it has',
      [compared('1002', { facts: orderOf(), fills: [] }, [trade('GME', '5', '3')])],
      {},
      ['MISSING_IN_RECORD 1002 GME 0/3'],
    ],
    [
      'another quantity',
      [
        compared('1002', { facts: orderOf(), fills: [fillOf({ price: '5', quantity: '3' })] }, [
          trade('GME', '5', '4'),
        ]),
      ],
      {},
      ['QUANTITY_DIFFERS 1002 GME 3/4'],
    ],
    [
      'another price',
      [
        compared('1002', { facts: orderOf(), fills: [fillOf({ price: '5', quantity: '3' })] }, [
          trade('GME', '6', '3'),
        ]),
      ],
      {},
      ['PRICE_DIFFERS 1002 GME 3/3'],
    ],
    [
      'the same order id in another account',
      [VERIFIED],
      { listed: [VERIFIED, { accountId: 'A2', brokerOrderId: '1001' }] },
      ['MISSING_IN_RECORD 1001 - -/-'],
    ],
    [
      'nothing about fills when the books were not there to ask',
      [compared('1002', { facts: orderOf(), fills: [fillOf({ price: '5', quantity: '3' })] }, [])],
      { transacted: null },
      [],
    ],
  ])('tells %s', (_name, orders, overrides, expected) => {
    expect(differencesOf(certify(orders, overrides))).toEqual(expected);
  });

  it('keeps the sums of both sides', () => {
    const order = { facts: orderOf(), fills: [fillOf({ price: '22.7299', quantity: '2' })] };
    const [difference] = certify([compared('1002', order, [trade('GME', '22.73', '2')])]).differences;
    expect([difference?.record?.sum, difference?.broker?.sum]).toEqual([decimal('45.4598'), decimal('45.46')]);
  });

  it('states one line per order that anybody named, sorted', () => {
    const canceled = compared('0999', { facts: orderOf(), fills: [] }, [], 'FAILED');
    const day = certify([VERIFIED, canceled], {
      listed: [{ accountId: 'A1', brokerOrderId: '1002' }],
      transacted: [{ accountId: 'A0', brokerOrderId: '1"3' }],
    });
    expect(day.lines).toEqual([
      '["A0","1\\"3",null,[]]',
      '["A1","0999","FAILED",[]]',
      '["A1","1001","COMPLETED",[["GME","100","2272.99"]]]',
      '["A1","1002",null,[]]',
    ]);
  });
});

describe('the lines of a certificate', () => {
  it('name the legs in an order of their own, however the broker lists them', () => {
    const legs = [
      legOf({ legId: '1', symbol: 'GME', quantity: null }),
      legOf({ legId: '2', symbol: 'AMC', quantity: null }),
    ];
    const fills = [
      fillOf({ legId: '1', price: '5', quantity: '1' }),
      fillOf({ legId: '2', price: '6', quantity: '1' }),
    ];
    const [listed, reversed] = [legs, legs.toReversed()].map((order) =>
      certify([compared('1001', { facts: orderOf({ legs: order, quantity: null }), fills }, [])]),
    );
    expect(listed?.lines).toEqual(['["A1","1001","COMPLETED",[["AMC","1","6"],["GME","1","5"]]]']);
    expect(reversed?.lines).toEqual(listed?.lines);
  });
});

describe('certifyDay over any day', PROPERTY_TIMEOUT, () => {
  type Record = (order: TrueOrder) => readonly TrueFill[];

  /** The evidence of a day on which the record holds these fills of each order. */
  function evidenceOf(orders: readonly TrueOrder[], recordOf: Record, isSplit = false): DayEvidence {
    const compareOne = (order: TrueOrder): ComparedOrder => {
      const books = transactionsOf(order);
      const comparison = compareWithTransactions(
        onRecord(order, recordOf(order)),
        isSplit ? splitIntoUnits(books) : books,
      );
      return { accountId: order.accountId, brokerOrderId: order.brokerOrderId, status: 'COMPLETED', comparison };
    };
    const traded = orders.filter((order) => order.fills.length > 0);
    return { date: DATE, accounts: ['A1', 'A2'], orders: orders.map(compareOne), listed: orders, transacted: traded };
  }

  const named = (certificate: DayCertificate): readonly string[] => [
    ...new Set(certificate.differences.map(({ accountId, brokerOrderId }) => `${accountId} ${brokerOrderId}`)),
  ];

  it('finds no difference where none is', () => {
    fc.assert(
      fc.property(anyDay, fc.boolean(), (orders, isSplit) => {
        const certificate = certifyDay(evidenceOf(orders, ({ fills }) => fills, isSplit));
        expect(certificate.differences).toEqual([]);
        expect(certificate.verdicts.VERIFIED).toBe(orders.length);
        expect(certificate.lines).toHaveLength(orders.length);
        const shares = orders.filter(({ kind }) => kind === 'shares').map(({ fills }) => quantityOf(fills));
        expect(certificate.shares.quantity.toNumber()).toBe(shares.reduce((sum, quantity) => sum + quantity, 0));
      }),
      PROPERTY_RUNS,
    );
  });

  const extraFill: TrueFill = { legId: '1', price: 62_798, quantity: 1, activityId: null };
  const PLANTED = {
    missing: (fills: readonly TrueFill[], n: number) => fills.filter((_, i) => i !== n),
    wrongPrice: (fills: readonly TrueFill[], n: number) =>
      fills.map((fill, i) => (i === n ? { ...fill, price: fill.price + 1 } : fill)),
    extra: (fills: readonly TrueFill[]) => [...fills, extraFill],
  };

  it.each(Object.entries(PLANTED))('finds a %s fill, in the order where it is and in no other', (kind, plant) => {
    fc.assert(
      fc.property(anyDay, fc.nat(), fc.nat(), fc.boolean(), (orders, o, f, isSplit) => {
        const victim = orders[o % orders.length];
        fc.pre(victim !== undefined && (kind === 'extra' || victim.fills.length > 0));
        const recordOf: Record = (order) =>
          order === victim ? plant(order.fills, f % Math.max(1, order.fills.length)) : order.fills;
        const certificate = certifyDay(evidenceOf(orders, recordOf, isSplit));
        expect(named(certificate)).toEqual([`${victim?.accountId} ${victim?.brokerOrderId}`]);
        expect(certificate.lines).not.toEqual(certifyDay(evidenceOf(orders, ({ fills }) => fills)).lines);
      }),
      PROPERTY_RUNS,
    );
  });

  it('finds an order that the record lost, or made up', () => {
    fc.assert(
      fc.property(anyDay, fc.nat(), fc.boolean(), (orders, o, isLost) => {
        const evidence = evidenceOf(orders, ({ fills }) => fills);
        const victim = evidence.orders[o % orders.length];
        const others = evidence.orders.filter((order) => order !== victim);
        const seen = isLost ? { orders: others } : { listed: others, transacted: others };
        expect(named(certifyDay({ ...evidence, ...seen }))).toEqual([`${victim?.accountId} ${victim?.brokerOrderId}`]);
      }),
      PROPERTY_RUNS,
    );
  });

  it('states the same whatever the order of the evidence, and whatever the books say', () => {
    fc.assert(
      fc.property(anyDay, (orders) => {
        const evidence = evidenceOf(orders, ({ fills }) => fills);
        const reversed = evidenceOf(
          orders.toReversed().map((order) => ({ ...order, fills: order.fills.toReversed() })),
          ({ fills }) => fills,
          true,
        );
        expect(certifyDay(reversed).lines).toEqual(certifyDay(evidence).lines);
      }),
      PROPERTY_RUNS,
    );
  });
});
