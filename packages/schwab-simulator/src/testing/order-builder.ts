import * as fc from 'fast-check';
import type { PlainFill, PlannedFill } from '../broker/planned-fill.ts';
import {
  ENDING_STATUSES,
  NO_ODDITIES,
  NOTHING_FURTHER,
  type Oddities,
  type SimulatedGroup,
  type SimulatedOrder,
} from '../broker/simulated-order.ts';

/** 2025-08-29T17:15:17Z, when test orders are entered. */
export const ENTERED_AT = Date.UTC(2025, 7, 29, 17, 15, 17);

/** A limit order for 10 GME without fills or ending, with what the test cares about put over it. */
export function anOrder(
  overrides: Partial<Omit<SimulatedOrder, 'oddities'>> & { oddities?: Partial<Oddities> } = {},
): SimulatedOrder {
  return {
    ...NOTHING_FURTHER,
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

/** A group of orders that cancel each other. */
export function aGroup(children: readonly SimulatedOrder[], orderId = '2'): SimulatedGroup {
  return { strategy: 'OCO', orderId, accountNumber: '12345678', enteredAt: ENTERED_AT, children };
}

/** Order 1, filled after a second, and below it the pair (2) of a target (3) and a stop (4). Not settled. */
export function aBracket({ target = [], stop = [] }: { target?: PlannedFill[]; stop?: PlannedFill[] }): SimulatedOrder {
  const sale = { instruction: 'SELL', limitPrice: null } as const;
  const pair = [
    anOrder({ ...sale, orderId: '3', limitPrice: '23.5', fills: target }),
    anOrder({ ...sale, orderId: '4', orderType: 'STOP', stopPrice: '21.9', fills: stop }),
  ];
  return anOrder({ orderId: '1', fills: [aFill(1_000, '10', '22.7299')], children: [aGroup(pair)] });
}

/** A vertical spread of two calls: the first leg sold, the second bought. */
export function aSpread(overrides: Parameters<typeof anOrder>[0] = {}): SimulatedOrder {
  const legs = [
    { legId: '1', symbol: 'MRVL  250321C00155000', instruction: 'SELL_TO_OPEN', ratio: '1' },
    { legId: '2', symbol: 'MRVL  250321C00170000', instruction: 'BUY_TO_OPEN', ratio: '1' },
  ] satisfies SimulatedOrder['legs'];
  const whole = { symbol: 'MRVL  250321C00155000', instruction: 'SELL_TO_OPEN', complexStrategy: 'VERTICAL' } as const;
  return anOrder({ ...whole, orderType: 'NET_CREDIT', limitPrice: '1.2', legs, ...overrides });
}

/** A fill of so many units, `afterMs` after entry, at these prices by leg. */
export function aSpreadFill(
  afterMs: number,
  quantity: string,
  prices: readonly string[],
  ratios = ['1', '1'],
): PlannedFill {
  const executions = prices.map((price, index) => ({
    legId: String(index + 1),
    quantity: String(Number(quantity) * Number(ratios[index])),
    price,
  }));
  return { at: ENTERED_AT + afterMs, quantity, executions };
}

/** A fill `afterMs` after entry. */
export function aFill(afterMs: number, quantity: string, price: string): PlainFill {
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
