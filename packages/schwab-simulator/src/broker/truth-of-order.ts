import { compareDecimals, parseDecimal, plainText, quotientHalfUp, sumOf, times } from './exact-decimal.ts';
import { orderAtInstant, type OrderAtInstant } from './order-at-instant.ts';
import type { PlannedFill, SimulatedOrder } from './simulated-order.ts';

/** What a correct tracker must conclude about one order. Decimals are plain text without trailing zeros. */
export interface TruthOrder {
  brokerOrderId: string;
  /** Schwab's word. */
  brokerStatus: string;
  status: 'PENDING' | 'COMPLETED' | 'FAILED';
  /** Shares. */
  filledQuantity: string;
  /** USD per share, quantity-weighted, rounded half up to 8 places; null when nothing filled. */
  averagePrice: string | null;
  /** By time; `occurredAt` is ISO 8601 UTC with milliseconds, where the broker's reports have whole seconds. */
  fills: { price: string; quantity: string; occurredAt: string }[];
}

const AVERAGE_PLACES = 8;

/** The truth about the order at `now` (epoch ms), by exact arithmetic from its script and from nothing else. */
export function truthOfOrder(order: SimulatedOrder, now: number): TruthOrder {
  const state = orderAtInstant(order, now);
  return {
    brokerOrderId: order.orderId,
    brokerStatus: state.status,
    status: trueStatus(state),
    filledQuantity: plainText(state.filledQuantity),
    averagePrice: averagePriceOf(state.fills),
    fills: state.fills.map(({ at, price, quantity }) => ({
      price: plainText(parseDecimal(price)),
      quantity: plainText(parseDecimal(quantity)),
      occurredAt: new Date(at).toISOString(),
    })),
  };
}

/** An order is over when the broker says so in a word that ends it, and its priced fills account for what it filled. */
function trueStatus({ status, fills, filledQuantity }: OrderAtInstant): TruthOrder['status'] {
  const ends = ['FILLED', 'CANCELED', 'EXPIRED', 'REPLACED', 'REJECTED'].includes(status);
  if (!ends) return 'PENDING';
  const priced = sumOf(fills.map((fill) => parseDecimal(fill.quantity)));
  if (compareDecimals(priced, filledQuantity) !== 0) return 'PENDING';
  if (priced.units > 0n) return 'COMPLETED';
  return status === 'FILLED' ? 'PENDING' : 'FAILED';
}

function averagePriceOf(fills: readonly PlannedFill[]): string | null {
  if (fills.length === 0) return null;
  const shares = sumOf(fills.map((fill) => parseDecimal(fill.quantity)));
  const paid = sumOf(fills.map((fill) => times(parseDecimal(fill.price), parseDecimal(fill.quantity))));
  return plainText(quotientHalfUp(paid, shares, AVERAGE_PLACES));
}
