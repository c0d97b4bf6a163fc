import { symbolKey } from '@fill-tracker/domain';

/** Underlying, expiry as YYMMDD, call or put, strike in thousandths of a dollar; without the blanks that pad it. */
const OPTION = /^[A-Z0-9./]{1,6}\d{6}[CP]\d{8}$/;

/**
 * A sum of price times quantity with its unit. An option's is premium times contracts: its contract's multiplier, 100
 * as a rule, is not in the record, so nothing here calls that sum USD.
 *
 * @param sum exact, as plain text
 * @param symbol of what traded; null when nobody names it
 */
export function sumText(sum: string, symbol: string | null): string {
  return OPTION.test(symbolKey(symbol) ?? '') ? `${sum} before the contract's multiplier` : `${sum} USD`;
}
