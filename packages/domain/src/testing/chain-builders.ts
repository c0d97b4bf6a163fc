/** Short ways to write down the orders of replacement chains in tests. Times are in seconds after Monday ten. */
import * as fc from 'fast-check';
import type { ChainLeg, ChainOrder } from '../chain/chain-order.ts';
import { decimal, type Decimal } from '../decimal.ts';
import { MONDAY_TEN } from './builders.ts';

export interface ChainOrderInput {
  readonly key?: string;
  readonly status?: string;
  readonly symbol?: string | null;
  readonly instruction?: string | null;
  readonly quantity?: string | null;
  readonly filled?: string | null;
  /** USD. */
  readonly sum?: string;
  readonly entered?: number | null;
  readonly closed?: number | null;
  /** In place of the one leg that the other fields describe. */
  readonly legs?: readonly ChainLeg[];
}

/** An order for 100 GME that was entered at 0, is still working and has not filled, unless overridden. */
export function chainOrder(input: ChainOrderInput = {}): ChainOrder {
  const { key = 'A', status = 'WORKING', quantity = '100', filled = '0', entered = 0, closed = null } = input;
  return {
    key,
    brokerStatus: status,
    legs: input.legs ?? [chainLeg(input)],
    quantity: quantity === null ? null : decimal(quantity),
    filledQuantity: filled === null ? null : decimal(filled),
    enteredAt: entered === null ? null : MONDAY_TEN + entered * 1_000,
    closeTime: closed === null ? null : MONDAY_TEN + closed * 1_000,
  };
}

export function chainLeg(input: ChainOrderInput = {}): ChainLeg {
  const { symbol = 'GME', instruction = 'BUY', quantity = '100', filled = '0', sum = '0' } = input;
  return {
    symbol,
    instruction,
    quantity: quantity === null ? null : decimal(quantity),
    filledQuantity: decimal(filled ?? '0'),
    sum: decimal(sum),
  };
}

/** An order that was replaced after some of it filled. */
export function replaced(input: ChainOrderInput): ChainOrder {
  return chainOrder({ status: 'REPLACED', closed: 60, ...input });
}

/** What truly happened: orders that replaced one another, oldest first. */
export type TrueChain = readonly ChainOrder[];

interface Step {
  readonly fills: number;
  readonly lasts: number;
  readonly lag: number;
}

/**
 * Chains of up to four orders. Every chain has its own hour, so that time tells them apart, and each successor is
 * entered up to 2 s around the end of the order it replaced, while orders last 10 s at least.
 */
export const trueChains: fc.Arbitrary<readonly TrueChain[]> = fc
  .array(
    fc.record({
      ordered: fc.integer({ min: 1, max: 50 }),
      steps: fc.array(
        fc.record({
          fills: fc.nat({ max: 20 }),
          lasts: fc.integer({ min: 10, max: 90 }),
          lag: fc.integer({ min: -2, max: 2 }),
        }),
        { maxLength: 3 },
      ),
      lastFills: fc.nat({ max: 50 }),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((plans) =>
    plans.map(({ ordered, steps, lastFills }, i) => trueChain(`${i}`, i * 3_600, ordered, steps, lastFills)),
  );

function trueChain(name: string, start: number, ordered: number, steps: readonly Step[], lastFills: number): TrueChain {
  const orders: ChainOrder[] = [];
  let quantity = ordered;
  let entered = start;
  for (const { fills, lasts, lag } of steps) {
    const filled = Math.min(fills, quantity - 1);
    const closed = entered + lasts;
    orders.push(priced({ key: `${name}.${orders.length}`, status: 'REPLACED', entered, closed }, quantity, filled));
    quantity -= filled;
    entered = closed + lag;
  }
  const filled = Math.min(lastFills, quantity);
  const status = filled === quantity ? 'FILLED' : 'WORKING';
  orders.push(priced({ key: `${name}.${orders.length}`, status, entered }, quantity, filled));
  return orders;
}

/** Each share at 22.7299 and a tenth of a cent more for every share before it: averages that do not end. */
function priced(input: ChainOrderInput, quantity: number, filled: number): ChainOrder {
  const sum = BigInt(filled) * 227_299n + BigInt(filled) * BigInt(filled) * 10n;
  const text = `${sum / 10_000n}.${String(sum % 10_000n).padStart(4, '0')}`;
  return chainOrder({ ...input, quantity: `${quantity}`, filled: `${filled}`, sum: text });
}

/** Orders so close and so alike that many could follow many. */
export const crowdedOrders: fc.Arbitrary<readonly ChainOrder[]> = fc
  .array(
    fc.record({
      isReplaced: fc.boolean(),
      symbol: fc.constantFrom('GME', 'GME', 'AMC', null),
      quantity: fc.constantFrom(1, 2, 3),
      filled: fc.constantFrom(0, 0, 1),
      entered: fc.nat({ max: 8 }),
      lasts: fc.nat({ max: 6 }),
    }),
    { maxLength: 12 },
  )
  .map((plans) =>
    plans.map(({ isReplaced, symbol, quantity, filled, entered, lasts }, i) => {
      const end = isReplaced ? { status: 'REPLACED', closed: entered + lasts } : {};
      return priced({ key: `K${i}`, symbol, entered, ...end }, quantity, filled);
    }),
  );

/** An amount in units of 10^-4, as an integer. */
export function tenThousandths(value: Decimal): bigint {
  return BigInt(value.times(decimal('10000')).toFixed());
}
