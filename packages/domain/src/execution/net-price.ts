import { decimal, type Decimal, divideHalfUp, sumOf, ZERO } from '../decimal.ts';
import { sideOf } from '../order/instruction.ts';
import { AVERAGE_PLACES, type LegSummary } from './leg-summary.ts';

/** What one unit of a multi-leg order brought in or cost. */
export interface NetPrice {
  /** USD per unit, at least zero, rounded half up to 8 places. */
  readonly amount: Decimal;
  readonly effect: 'CREDIT' | 'DEBIT' | 'EVEN';
}

/** Shares that one option contract delivers as a rule; an order quotes its share leg per share of that. */
const SHARES_PER_CONTRACT = decimal('100');

/**
 * The net price per unit filled: the sum over legs of sign (sell +, buy -) x leg sum / (filled quantity x u), where
 * u is 100 for a leg of shares in an order that also has option legs, else 1. From exact sums, rounded once.
 *
 * @param filledQuantity units of the order that filled, all legs in ratio
 * @returns null when nothing filled, when a leg's side is not known, or when a leg beside an option leg may or may
 * not be one of shares: a net price is never guessed.
 */
export function netPriceOf(legs: readonly LegSummary[], filledQuantity: Decimal): NetPrice | null {
  const sides = legs.map((leg) => sideOf(leg.instruction));
  if (filledQuantity.isZero() || sides.includes(null)) return null;
  const hasOption = legs.some(isOption);
  if (hasOption && legs.some((leg) => leg.assetType === null)) return null;
  // Every term is brought to the scale of u = 100, so that one division at the end is the only one.
  const total = sumOf(
    legs.map((leg, i) => {
      const scaled = hasOption && !isOption(leg) ? leg.sum : leg.sum.times(SHARES_PER_CONTRACT);
      return sides[i] === 'SELL' ? scaled : scaled.neg();
    }),
  );
  const amount = divideHalfUp(total.abs(), filledQuantity.times(SHARES_PER_CONTRACT), AVERAGE_PLACES);
  return { amount, effect: effectOf(total) };
}

function effectOf(total: Decimal): NetPrice['effect'] {
  if (total.isZero()) return 'EVEN';
  return total.gt(ZERO) ? 'CREDIT' : 'DEBIT';
}

function isOption(leg: LegSummary): boolean {
  return leg.assetType === 'OPTION';
}
