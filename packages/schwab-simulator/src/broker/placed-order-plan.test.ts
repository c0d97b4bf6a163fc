import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../scenarios/seeded-random.ts';
import { compareDecimals, parseDecimal, plainText, sumOf } from './exact-decimal.ts';
import type { PlaceOrderRequest } from './place-order-request.ts';
import { planPlacedOrder } from './placed-order-plan.ts';
import { executionsOf } from './planned-fill.ts';

const NOW = 1_700_000_000_000;

function request(overrides: Partial<PlaceOrderRequest> = {}): PlaceOrderRequest {
  const order = {
    symbol: 'AAPL',
    instruction: 'BUY',
    orderType: 'MARKET',
    session: 'NORMAL',
    duration: 'DAY',
  } as const;
  return { ...order, shares: 100, limitPrice: null, stopPrice: null, ...overrides };
}

function plan(overrides: Partial<PlaceOrderRequest>, seed = 1) {
  const placed = { orderId: '1', accountNumber: '12345678', now: NOW, marketTicks: 2_134_000 };
  return planPlacedOrder(request(overrides), { ...placed, random: seededRandom(seed) });
}

describe('planPlacedOrder', () => {
  it.each([
    [1, 1],
    [2, 2],
    [3, 3],
    [100, 3],
  ])('fills %d shares in %d parts within a few seconds', (shares, parts) => {
    const { fills } = plan({ shares });
    expect(fills).toHaveLength(parts);
    expect(fills.every(({ at }) => at > NOW && at < NOW + 3_000)).toBe(true);
  });

  it('fills all of it, whatever the size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 ** 6 }), fc.nat(), (shares, seed) => {
        const { fills } = plan({ shares }, seed);
        expect(plainText(sumOf(fills.map(({ quantity }) => parseDecimal(quantity))))).toBe(String(shares));
        expect(fills.every(({ quantity }) => Number(quantity) > 0)).toBe(true);
      }),
    );
  });

  it.each([
    ['BUY', '213.41', -1],
    ['BUY', '150', -1],
    ['BUY', '0.0001', -1],
    ['SELL', '213.41', 1],
    ['SELL', '300', 1],
  ] as const)('never fills a %s below its owner’s limit of %s', (instruction, limitPrice, better) => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const { fills } = plan({ instruction, orderType: 'LIMIT', limitPrice }, seed);
        for (const { price } of fills.flatMap(executionsOf)) {
          const distance = compareDecimals(parseDecimal(price), parseDecimal(limitPrice));
          expect([0, better]).toContain(distance);
          expect(parseDecimal(price).units).toBeGreaterThan(0n);
        }
      }),
    );
  });

  it('plans the same fills for the same seed', () => {
    expect(plan({}, 7)).toEqual(plan({}, 7));
    expect(plan({}, 7)).not.toEqual(plan({}, 8));
  });

  it.each(['213.415', '0.12345'])('rejects a limit of %s a second later, with Schwab’s words', (limitPrice) => {
    const order = plan({ orderType: 'LIMIT', limitPrice });
    expect(order.fills).toEqual([]);
    expect(order.ending).toMatchObject({ at: NOW + 1_000, status: 'REJECTED' });
    expect(order.ending?.description).toContain('no more than two decimals');
  });

  it('lets a stop order rest', () => {
    expect(plan({ orderType: 'STOP', stopPrice: '200' })).toMatchObject({ fills: [], ending: null });
  });

  it('fills a fill-or-kill order in one part', () => {
    expect(plan({ duration: 'FILL_OR_KILL' }).fills).toHaveLength(1);
  });
});
