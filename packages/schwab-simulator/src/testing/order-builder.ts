import * as fc from 'fast-check';
import { ENDING_STATUSES, NO_ODDITIES, type Oddities, type SimulatedOrder } from '../broker/simulated-order.ts';

/** 2025-08-29T17:15:17Z, when test orders are entered. */
export const ENTERED_AT = Date.UTC(2025, 7, 29, 17, 15, 17);

/** A limit order for 10 GME without fills or ending, with what the test cares about put over it. */
export function anOrder(
  overrides: Partial<Omit<SimulatedOrder, 'oddities'>> & { oddities?: Partial<Oddities> } = {},
): SimulatedOrder {
  return {
    orderId: '1004055538153',
    accountNumber: '12345678',
    symbol: 'GME',
    instruction: 'BUY',
    orderType: 'LIMIT',
    duration: 'DAY',
    session: 'NORMAL',
    quantity: '10',
    limitPrice: '22.75',
    stopPrice: null,
    enteredAt: ENTERED_AT,
    fills: [],
    ending: null,
    ...overrides,
    oddities: { ...NO_ODDITIES, ...overrides.oddities },
  };
}

/** A fill `afterMs` after entry. */
export function aFill(afterMs: number, quantity: string, price: string): SimulatedOrder['fills'][number] {
  return { at: ENTERED_AT + afterMs, quantity, price };
}

/** An ending `afterMs` after entry. */
export function anEnding(
  afterMs: number,
  status: NonNullable<SimulatedOrder['ending']>['status'],
): NonNullable<SimulatedOrder['ending']> {
  return { at: ENTERED_AT + afterMs, status, description: null };
}

const positiveDecimal = fc
  .tuple(fc.integer({ min: 1, max: 10 ** 9 }), fc.integer({ min: 0, max: 6 }))
  .map(([units, places]) => {
    const digits = String(units).padStart(places + 1, '0');
    return places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
  });

/** Orders of any quantity of whole shares, filled in any parts at any prices, with any ending or none. */
export const anyOrder: fc.Arbitrary<SimulatedOrder> = fc
  .record({
    parts: fc.array(
      fc.record({ shares: fc.integer({ min: 1, max: 900 }), price: positiveDecimal, afterMs: fc.nat(10_000) }),
      { maxLength: 6 },
    ),
    unfilled: fc.nat(50),
    ending: fc.option(fc.record({ status: fc.constantFrom(...ENDING_STATUSES), afterMs: fc.nat(12_000) })),
  })
  .map(({ parts, unfilled, ending }) => {
    const filled = parts.reduce((sum, { shares }) => sum + shares, 0);
    return anOrder({
      quantity: String(filled + unfilled || 1),
      fills: parts
        .map(({ afterMs, shares, price }) => aFill(afterMs, String(shares), price))
        .sort((left, right) => left.at - right.at),
      ending: ending === null ? null : anEnding(ending.afterMs, ending.status),
    });
  });
