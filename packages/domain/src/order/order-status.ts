/** Where an order stands in our record. */
export type OrderStatus =
  /** Something may still change, or something is not proved yet. */
  | 'PENDING'
  /** Something traded, and every traded share has a price from the broker. */
  | 'COMPLETED'
  /** Ended, and nothing traded. */
  | 'FAILED';

/** How an order that is no longer PENDING ended. */
export type OrderOutcome =
  | 'FILLED'
  /** Cancelled, expired or replaced after a part of it had traded. */
  | 'PARTIALLY_FILLED'
  | 'CANCELED'
  | 'EXPIRED'
  | 'REPLACED'
  | 'REJECTED'
  /** A person closed it, with a reason. */
  | 'CLOSED_BY_OPERATOR';
