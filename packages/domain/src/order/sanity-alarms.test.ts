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
  return sanityAlarms(facts, summariseLegs(facts, fills), fills);
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

  it('says nothing of a fill without time', () => {
    const fill = { ...fillOf({ price: '1', quantity: '100' }), occurredAt: null };
    expect(sanityAlarms(orderOf(), [], [fill])).toEqual([]);
  });
});
