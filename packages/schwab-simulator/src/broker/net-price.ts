import {
  compareDecimals,
  type ExactDecimal,
  negated,
  parseDecimal,
  plainText,
  quotientHalfUp,
  sumOf,
  times,
  ZERO,
} from './exact-decimal.ts';
import { isOption } from './option-symbol.ts';
import type { Execution } from './planned-fill.ts';
import { buys, type OrderLeg } from './simulated-order.ts';

/** USD per unit of a multi-leg order; the amount is never negative. */
export interface TruthNetPrice {
  amount: string;
  effect: 'CREDIT' | 'DEBIT' | 'EVEN';
}

const NET_PRICE_PLACES = 8;
const SHARES_PER_CONTRACT = parseDecimal('100');

/**
 * What one filled unit brought in or cost: what the sold legs brought in less what the bought ones cost, over the units
 * filled. Shares beside options are quoted for one of the hundred shares that a contract delivers. Null when nothing
 * filled.
 *
 * @param filledQuantity units of the order, in which the executions stand in ratio
 */
export function netPriceOf(
  legs: readonly OrderLeg[],
  executions: readonly Execution[],
  filledQuantity: ExactDecimal,
): TruthNetPrice | null {
  if (filledQuantity.units === 0n) return null;
  const hasOptions = legs.some(({ symbol }) => isOption(symbol));
  // In hundredths of a unit, so that shares beside options need no division of their own.
  const received = sumOf(
    legs.map((leg) => {
      const worth = worthOf(executions.filter(({ legId }) => legId === leg.legId));
      const weighed = hasOptions && !isOption(leg.symbol) ? worth : times(worth, SHARES_PER_CONTRACT);
      return buys(leg) ? negated(weighed) : weighed;
    }),
  );
  const direction = compareDecimals(received, ZERO);
  const amount = direction < 0 ? negated(received) : received;
  const units = times(filledQuantity, SHARES_PER_CONTRACT);
  return { amount: plainText(quotientHalfUp(amount, units, NET_PRICE_PLACES)), effect: effectOf(direction) };
}

function effectOf(direction: number): TruthNetPrice['effect'] {
  if (direction === 0) return 'EVEN';
  return direction > 0 ? 'CREDIT' : 'DEBIT';
}

function worthOf(executions: readonly Execution[]): ExactDecimal {
  return sumOf(executions.map(({ price, quantity }) => times(parseDecimal(price), parseDecimal(quantity))));
}
