import { describe, expect, it } from 'vitest';
import { decimal, decimalText } from '../decimal.ts';
import type { OrderLeg } from '../order/reported-order.ts';
import { fillOf, legOf, orderOf } from '../testing/builders.ts';
import { summariseLegs } from './leg-summary.ts';
import { netPriceOf } from './net-price.ts';

interface NetLeg {
  readonly leg: Partial<OrderLeg>;
  /** `quantity@price`, or nothing. */
  readonly fills: readonly string[];
}

const option = (instruction: string, ...fills: readonly string[]): NetLeg => ({
  leg: { instruction, assetType: 'OPTION' },
  fills,
});
const shares = (instruction: string, ...fills: readonly string[]): NetLeg => ({
  leg: { instruction, assetType: 'EQUITY' },
  fills,
});

/** The net price as `amount EFFECT` of an order with these legs, of which so many units filled. */
function net(filledQuantity: string, ...legs: readonly NetLeg[]): string | null {
  const order = orderOf({ legs: legs.map(({ leg }, i) => legOf({ legId: String(i + 1), ...leg })) });
  const fills = legs.flatMap((leg, i) =>
    leg.fills.map((text) => {
      const [quantity = '', price = ''] = text.split('@');
      return fillOf({ legId: String(i + 1), quantity, price });
    }),
  );
  const price = netPriceOf(summariseLegs(order, fills), decimal(filledQuantity));
  return price && `${decimalText(price.amount)} ${price.effect}`;
}

describe('netPriceOf', () => {
  it('counts 100 shares of a covered call as the deliverable of its one contract', () => {
    expect(net('1', shares('BUY', '100@62.505'), option('SELL_TO_OPEN', '1@1.21'))).toBe('61.295 DEBIT');
  });

  it('counts shares of a fund in the same way', () => {
    const fund: NetLeg = { leg: { instruction: 'BUY', assetType: 'COLLECTIVE_INVESTMENT' }, fills: ['200@500.25'] };
    expect(net('2', fund, option('SELL_TO_OPEN', '2@3.5'))).toBe('496.75 DEBIT');
  });

  it('brings in a credit from a vertical', () => {
    expect(net('2', option('SELL_TO_OPEN', '2@5.25'), option('BUY_TO_OPEN', '2@3.10'))).toBe('2.15 CREDIT');
  });

  it('counts the second leg of a 1x2 ratio spread twice', () => {
    expect(net('3', option('BUY_TO_OPEN', '3@5'), option('SELL_TO_OPEN', '6@2.1'))).toBe('0.8 DEBIT');
  });

  it('is even when the legs cancel out', () => {
    expect(net('1', option('SELL_TO_OPEN', '1@2.5'), option('BUY_TO_OPEN', '1@2.5'))).toBe('0 EVEN');
  });

  it('takes shares against shares one for one: no contract delivers them', () => {
    expect(net('10', shares('SELL', '10@20.5'), shares('BUY', '10@20'))).toBe('0.5 CREDIT');
  });

  it('rounds once, from the exact sums of several fills', () => {
    // (2 x 1.00 + 1 x 1.01) / 3 - 0.5 = 0.50333..., of which the legs' own averages would lose a part.
    expect(net('3', option('SELL_TO_CLOSE', '2@1.00', '1@1.01'), option('BUY_TO_CLOSE', '3@0.5'))).toBe(
      '0.50333333 CREDIT',
    );
  });

  it('is per unit filled, also when only a part did', () => {
    expect(net('0.5', option('BUY_TO_OPEN', '0.5@4'), option('SELL_TO_OPEN', '0.5@1'))).toBe('3 DEBIT');
  });

  it.each([
    ['a side is not known', net('1', option('EXCHANGE', '1@1'), option('SELL_TO_OPEN', '1@1'))],
    ['a side is missing', net('1', { leg: { instruction: null }, fills: ['1@1'] }, shares('BUY', '1@1'))],
    ['nothing filled', net('0', option('BUY_TO_OPEN'), option('SELL_TO_OPEN'))],
    [
      'a leg beside an option could be shares or another option',
      net('1', { leg: { assetType: null }, fills: ['100@62.5'] }, option('SELL_TO_OPEN', '1@1')),
    ],
  ])('is not guessed when %s', (_name, price) => {
    expect(price).toBeNull();
  });
});
