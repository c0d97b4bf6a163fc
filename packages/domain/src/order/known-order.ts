import type { Decimal } from '../decimal.ts';
import type { RecordedFill, WithdrawnFill } from '../execution/fill.ts';
import type { NetPrice } from '../execution/net-price.ts';
import type { Instant } from '../instant.ts';
import type { OrderFlag } from './order-flag.ts';
import type { OrderOutcome, OrderStatus } from './order-status.ts';
import type { OrderFacts } from './reported-order.ts';

/** How an order came into the record. */
export type OrderSource =
  /** A person or a bot asked to track its id. */
  | 'TRACKED'
  /** Found in the broker's list. */
  | 'DISCOVERED'
  /** Taken over from an older database. */
  | 'IMPORTED';

/** What the record says of an order, as stored: status and price, which change together or not at all. */
export interface OrderState {
  readonly status: OrderStatus;
  /** Null while PENDING. */
  readonly outcome: OrderOutcome | null;
  /** Units of the order; null before the first report. */
  readonly filledQuantity: Decimal | null;
  /** USD, exact; single-leg orders only. */
  readonly sum: Decimal | null;
  /** USD per share, 8 places; single-leg orders only. */
  readonly averagePrice: Decimal | null;
  /** Whole USD cents per share; single-leg orders only. */
  readonly priceCents: number | null;
  /** Multi-leg orders only. */
  readonly netPrice: NetPrice | null;
  readonly flags: readonly OrderFlag[];
  /** Null while PENDING. */
  readonly closedAt: Instant | null;
}

/** Positive answers that the broker does not know the order. Errors and gaps never count. */
export interface Absence {
  readonly count: number;
  readonly since: Instant;
}

/** A person's word that an order is over which the broker's reports leave open. */
export interface Resolution {
  /** Who, such as `operator`. */
  readonly by: string;
  readonly reason: string;
  readonly at: Instant;
  /** The broker's word then; null when it had said nothing readable. Another live word reopens the order; after null, any. */
  readonly brokerStatus: string | null;
}

/** One order of the record, with all that reconciliation needs to know. */
export interface KnownOrder {
  readonly brokerOrderId: string;
  readonly source: OrderSource;
  /** When it came into the record. */
  readonly firstSeenAt: Instant;
  /** Null until the broker has told anything of it. */
  readonly facts: OrderFacts | null;
  /** Version stamp: when the report that gave the facts was requested. */
  readonly reportedAt: Instant | null;
  /** The fills that count. */
  readonly fills: readonly RecordedFill[];
  /** Fills that a correction, a bust or a person took back: kept, so that no repeated report brings them back. */
  readonly withdrawn: readonly WithdrawnFill[];
  readonly state: OrderState;
  /** Null unless the broker's last answer was that it does not know the order. */
  readonly absence: Absence | null;
  /** Null unless a person closed it. */
  readonly resolution: Resolution | null;
}

/** An order of which only the id is known: pending, and nothing else. */
export function newlyKnownOrder(brokerOrderId: string, source: OrderSource, now: Instant): KnownOrder {
  return {
    brokerOrderId,
    source,
    firstSeenAt: now,
    facts: null,
    reportedAt: null,
    fills: [],
    withdrawn: [],
    state: {
      status: 'PENDING',
      outcome: null,
      filledQuantity: null,
      sum: null,
      averagePrice: null,
      priceCents: null,
      netPrice: null,
      flags: [],
      closedAt: null,
    },
    absence: null,
    resolution: null,
  };
}
