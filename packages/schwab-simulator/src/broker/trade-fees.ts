import { type ExactDecimal, parseDecimal, roundUp, sumOf, times } from './exact-decimal.ts';
import { isOption } from './option-symbol.ts';
import { buys } from './simulated-order.ts';
import type { TradeTransaction } from './transactions.ts';

/** One fee of a trade, USD. */
export interface TradeFee {
  readonly feeType: 'COMMISSION' | 'OPT_REG_FEE' | 'SEC_FEE';
  readonly amount: ExactDecimal;
}

const COMMISSION_PER_CONTRACT = parseDecimal('0.65');
const REGULATORY_PER_CONTRACT = parseDecimal('0.02');
const SEC_RATE = parseDecimal('0.0000278');
const SHARES_PER_CONTRACT = parseDecimal('100');

/** What the trade is worth before fees, USD: an option contract delivers a hundred shares. */
export function notionalOf({ leg, quantity, price }: TradeTransaction): ExactDecimal {
  const amount = times(parseDecimal(price), parseDecimal(quantity));
  return isOption(leg.symbol) ? times(amount, SHARES_PER_CONTRACT) : amount;
}

/**
 * The fees of a trade by a rule as simple as can be, in the order of magnitude of real ones: options pay by the
 * contract, sold shares some millionths of their worth, bought shares nothing. Each is a whole number of cents, up.
 */
export function feesOf(trade: TradeTransaction): readonly TradeFee[] {
  const contracts = parseDecimal(trade.quantity);
  if (isOption(trade.leg.symbol)) {
    return [
      { feeType: 'COMMISSION', amount: upToCents(times(contracts, COMMISSION_PER_CONTRACT)) },
      { feeType: 'OPT_REG_FEE', amount: upToCents(times(contracts, REGULATORY_PER_CONTRACT)) },
    ];
  }
  return buys(trade.leg) ? [] : [{ feeType: 'SEC_FEE', amount: upToCents(times(notionalOf(trade), SEC_RATE)) }];
}

/** All fees of these trades, USD. */
export function feesOfAll(trades: readonly TradeTransaction[]): ExactDecimal {
  return sumOf(trades.flatMap(feesOf).map(({ amount }) => amount));
}

function upToCents(value: ExactDecimal): ExactDecimal {
  return roundUp(value, 2);
}
