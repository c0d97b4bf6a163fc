import type { Decimal } from '../decimal.ts';
import type { Instant } from '../instant.ts';

/**
 * One security of one TRADE transaction: what the broker's books say of an execution. A transaction that moves
 * several securities is several of these, of which one carries its fees.
 */
export interface TradeTransaction {
  /** Equals the activity id of the order's execution in what was seen so far; null when missing. */
  readonly activityId: string | null;
  /** The order that it belongs to. */
  readonly orderId: string;
  readonly symbol: string | null;
  /** USD per share, or per unit of one contract's deliverable; null when missing. */
  readonly price: Decimal | null;
  /** Shares or contracts, at least zero: the books' sign tells the side, which the order knows already. */
  readonly quantity: Decimal;
  /** USD without fees, with the deliverable's multiplier, rounded to cents by the broker; null when missing. */
  readonly cost: Decimal | null;
  /** USD: commission and fees. */
  readonly fees: Decimal;
  readonly occurredAt: Instant | null;
}
