import { describe, expect, it } from 'vitest';
import { summariseLegs } from '../execution/leg-summary.ts';
import { decimal } from '../decimal.ts';
import { type FillInput, fillOf, legOf, MONDAY_TEN, orderOf } from '../testing/builders.ts';
import type { OrderFlag } from './order-flag.ts';
import type { OrderFacts } from './reported-order.ts';
import { sanityAlarms } from './sanity-alarms.ts';

/** The alarms of an order for 100 at a limit of 22.80, unless overridden, with one fill. */
function alarms(order: Partial<OrderFacts>, fill: Partial<FillInput> = {}): readonly OrderFlag[] {
  const facts = orderOf({ filledQuantity: decimal('100'), ...order });
  const fills = [fillOf({ price: '22.80', quantity: '100', ...fill })];
  return sanityAlarms(facts, summariseLegs(facts, fills), fills, null);
}

const SELL = [legOf({ instruction: 'SELL_SHORT' })];

describe('sanityAlarms', () => {
  it.each<[string, readonly OrderFlag[], Partial<OrderFacts>, Partial<FillInput>]>([
    ['bought at the limit', [], {}, {}],
    ['bought better', [], {}, { price: '22.7299' }],
    ['bought worse', ['PRICE_OUTSIDE_LIMIT'], {}, { price: '22.8001' }],
    ['sold at the limit', [], { legs: SELL }, {}],
    ['sold better', [], { legs: SELL }, { price: '23' }],
    ['sold worse', ['PRICE_OUTSIDE_LIMIT'], { legs: SELL }, { price: '22.7999' }],
    ['no limit', [], { limitPrice: null }, { price: '999' }],
    ['a side that nobody knows', [], { legs: [legOf({ instruction: 'EXCHANGE' })] }, { price: '999' }],
    ['no legs listed', [], { legs: [] }, { price: '999' }],
    ['more than ordered', ['OVERFILLED'], { filledQuantity: decimal('101') }, { quantity: '101' }],
    ['in the second of entry', [], { enteredAt: MONDAY_TEN + 999 }, { second: 0 }],
    ['a second before entry', ['FILL_BEFORE_ENTRY'], {}, { second: -1 }],
    ['entry not known', [], { enteredAt: null }, { second: -1 }],
  ])('%s: %j', (_name, expected, order, fill) => {
    expect(alarms(order, fill)).toEqual(expected);
  });

  it('does not hold a leg of a spread against the limit, which bounds the net price', () => {
    const legs = [legOf({ legId: '1' }), legOf({ legId: '2', instruction: 'SELL' })];
    expect(alarms({ legs, limitPrice: decimal('0.5') })).toEqual([]);
  });

  it.each<[string, string | null, 'DEBIT' | 'CREDIT' | 'EVEN', string, readonly OrderFlag[]]>([
    ['NET_DEBIT', '1', 'DEBIT', '1', []],
    ['NET_DEBIT', '1', 'DEBIT', '1.00000001', ['PRICE_OUTSIDE_LIMIT']],
    ['NET_DEBIT', '1', 'CREDIT', '7', []],
    ['NET_CREDIT', '1.2', 'CREDIT', '1.2', []],
    ['NET_CREDIT', '1.2', 'CREDIT', '1.1999', ['PRICE_OUTSIDE_LIMIT']],
    ['NET_CREDIT', '1.2', 'EVEN', '0', ['PRICE_OUTSIDE_LIMIT']],
    ['NET_CREDIT', '1.2', 'DEBIT', '1.3', ['PRICE_OUTSIDE_LIMIT']],
    ['NET_ZERO', null, 'EVEN', '0', []],
    ['NET_ZERO', null, 'DEBIT', '0.01', ['PRICE_OUTSIDE_LIMIT']],
    ['NET_DEBIT', null, 'DEBIT', '7', []],
    ['MARKET', '1', 'DEBIT', '7', []],
  ])(
    'holds the net price of a %s order, limit %s, against it: a %s of %s',
    (orderType, limit, effect, amount, expected) => {
      const legs = [legOf({ legId: '1' }), legOf({ legId: '2', instruction: 'SELL' })];
      const facts = orderOf({ orderType, limitPrice: limit === null ? null : decimal(limit), legs });
      const netPrice = { amount: decimal(amount), effect };
      expect(sanityAlarms(facts, summariseLegs(facts, []), [], netPrice)).toEqual(expected);
    },
  );

  it('says nothing of a fill without time', () => {
    const fill = { ...fillOf({ price: '1', quantity: '100' }), occurredAt: null };
    expect(sanityAlarms(orderOf(), [], [fill], null)).toEqual([]);
  });
});
