import type { Decimal } from '../decimal.ts';
import type { Instant } from '../instant.ts';
import type { OrderFacts, ReportedActivity, ReportedExecutionLeg } from '../order/reported-order.ts';

/** One execution leg that counts: something traded, at this price. */
export interface Fill {
  readonly legId: string;
  /** USD per share (or per unit of one contract's deliverable), as reported, above zero. */
  readonly price: Decimal;
  /** Shares or contracts, above zero. */
  readonly quantity: Decimal;
  /** Broker time, whole seconds; null when the answer had none. */
  readonly occurredAt: Instant | null;
  readonly activityId: string | null;
  /** Units of the order left after this fill. */
  readonly remainingAfter: Decimal | null;
}

/** A fill in our record. Once written, its price, quantity and time never change. */
export interface RecordedFill extends Fill {
  /** Unique within the order, made of content; see `fill-key.ts`. */
  readonly key: string;
  /** When we first saw it. */
  readonly observedAt: Instant;
  /** 1 for the first report; a correction by the broker adds a higher one under the same key. */
  readonly version: number;
}

/** A fill that counted, or never came to, until a correction took its place or the trade was taken back. It stays. */
export interface WithdrawnFill extends RecordedFill {
  readonly withdrawnAt: Instant;
}

/** The leg id given to an execution that names none, on an order with several legs. */
export const UNNAMED_LEG = '?';

/** True for activities that mean a trade. Cancels arrive as EXECUTION too, with legs at price zero. */
export function isFillActivity(activity: ReportedActivity): boolean {
  return activity.activityType === 'EXECUTION' && activity.executionType === 'FILL';
}

/**
 * The legs of an activity that can count: those with a positive price and a positive quantity.
 *
 * A leg without price is no fill: the price is unknown then, and the quantity check tells (see `told-quantity.ts`).
 */
export function fillsIn(order: OrderFacts, activity: ReportedActivity): readonly Fill[] {
  return activity.legs.flatMap((leg) =>
    leg.price?.gt(0) === true ? (fillOf(order, activity, leg, leg.price) ?? []) : [],
  );
}

/** One leg of an activity, at this price; null when it tells no quantity above zero. */
export function fillOf(
  order: OrderFacts,
  activity: ReportedActivity,
  leg: ReportedExecutionLeg,
  price: Decimal,
): Fill | null {
  if (leg.quantity?.gt(0) !== true) return null;
  return {
    legId: legIdIn(order, leg),
    price,
    quantity: leg.quantity,
    occurredAt: leg.occurredAt,
    activityId: activity.activityId,
    remainingAfter: activity.remainingAfter,
  };
}

/** The leg that an execution names; without a name, the only leg of the order. */
export function legIdIn(order: OrderFacts, leg: ReportedExecutionLeg): string {
  const [first, second] = order.legs;
  return leg.legId ?? (second === undefined ? (first?.legId ?? '1') : UNNAMED_LEG);
}

/** Made once: making it costs a hundred times what a comparison does. */
const BY_KEY = new Intl.Collator('en', { numeric: true });

/** By broker time, then by key: the order in which people read fills. */
export function byTime(a: RecordedFill, b: RecordedFill): number {
  return (a.occurredAt ?? 0) - (b.occurredAt ?? 0) || BY_KEY.compare(a.key, b.key);
}
