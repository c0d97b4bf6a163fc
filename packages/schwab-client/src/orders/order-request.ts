import { SchwabError } from '../errors.ts';
import { JsonNumber, writeJson } from '../lossless.ts';

export interface EquityOrderLeg {
  readonly instruction: 'BUY' | 'SELL' | 'BUY_TO_COVER' | 'SELL_SHORT';
  /** Whole shares, as text. The API takes no fractions (some were accepted and never filled). */
  readonly quantity: string;
  readonly symbol: string;
}

interface EquityOrderTerms {
  readonly session: 'NORMAL' | 'AM' | 'PM' | 'SEAMLESS';
  /** The durations that Schwab takes for equities. */
  readonly duration: 'DAY' | 'GOOD_TILL_CANCEL' | 'FILL_OR_KILL';
  readonly legs: readonly EquityOrderLeg[];
}

interface MarketOrderRequest extends EquityOrderTerms {
  readonly orderType: 'MARKET';
}

interface LimitOrderRequest extends EquityOrderTerms {
  readonly orderType: 'LIMIT';
  /** USD per share, decimal text. Schwab takes 2 decimals from $1, 4 below, and judges that itself. */
  readonly price: string;
}

/** A single-strategy equity order. */
export type OrderRequest = MarketOrderRequest | LimitOrderRequest;

/**
 * The body of `POST /orders`. Decimals become JSON numbers digit by digit, without passing through a double. Members
 * Schwab refuses from clients (`requestedDestination`) are not there.
 *
 * @throws {SchwabError} `bad-request` for a price or quantity that is no positive decimal: nothing is sent.
 */
export function writeOrderRequest(order: OrderRequest): string {
  if (order.legs.length === 0) throw refuse('an order needs a leg');
  const price = order.orderType === 'LIMIT' ? { price: positive(order.price, PRICE, 'price') } : {};
  return writeJson({
    orderType: order.orderType,
    session: order.session,
    duration: order.duration,
    ...price,
    orderStrategyType: 'SINGLE',
    orderLegCollection: order.legs.map((leg) => ({
      instruction: leg.instruction,
      quantity: positive(leg.quantity, WHOLE, 'quantity'),
      instrument: { symbol: symbolOf(leg), assetType: 'EQUITY' },
    })),
  });
}

const WHOLE = /^[1-9]\d{0,9}$/;
/** JSON's own form: no sign, no leading zeros, no exponent; at least one digit that is not zero. */
const PRICE = /^(?=.*[1-9])(0|[1-9]\d{0,9})(\.\d{1,10})?$/;

function positive(text: string, form: RegExp, name: string): JsonNumber {
  if (!form.test(text)) throw refuse(`${name} is not a positive ${form === WHOLE ? 'whole number' : 'decimal'}`);
  return new JsonNumber(text);
}

function symbolOf(leg: EquityOrderLeg): string {
  if (!/^[A-Z][A-Z0-9./-]{0,15}$/.test(leg.symbol)) throw refuse('symbol is not an equity symbol');
  return leg.symbol;
}

function refuse(problem: string): SchwabError {
  return new SchwabError('bad-request', `place-order: ${problem} (nothing was sent)`, { operation: 'place-order' });
}
