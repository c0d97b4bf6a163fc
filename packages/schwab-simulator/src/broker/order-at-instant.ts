import { compareDecimals, type ExactDecimal, minus, parseDecimal, sumOf } from './exact-decimal.ts';
import type { PlannedEnding, PlannedFill, SimulatedOrder } from './simulated-order.ts';

/** What has happened to an order by an instant. */
export interface OrderAtInstant {
  /** The broker's word for it. A live order is WORKING, also when filled in part: Schwab has no partial status. */
  readonly status: string;
  readonly fills: readonly PlannedFill[];
  /** Shares that the broker says are filled. Only an order scripted to say FILLED early claims more than its fills. */
  readonly filledQuantity: ExactDecimal;
  /** The ending, once it has come. */
  readonly ended: PlannedEnding | null;
  /** Shares that were still open when the order ended. */
  readonly unfilledAtEnd: ExactDecimal;
}

/** Reads the script up to and including `now` (epoch ms). */
export function orderAtInstant(order: SimulatedOrder, now: number): OrderAtInstant {
  const fills = fillsBy(order, now);
  const ending = order.ending ?? endingByLastFill(order);
  const ended = ending !== null && ending.at <= now ? ending : null;
  const quantity = parseDecimal(order.quantity);
  return {
    status: order.oddities.statusText ?? ended?.status ?? 'WORKING',
    fills,
    filledQuantity: ended?.status === 'FILLED' ? quantity : quantityOf(fills),
    ended,
    unfilledAtEnd: minus(quantity, quantityOf(ended === null ? fills : fillsBy(order, ended.at))),
  };
}

/** The stretch of time around `now` in which nothing happens to the order: from the last event to before the next. */
export function quietSpan(order: SimulatedOrder, now: number): { readonly from: number; readonly until: number } {
  const events = eventsOf(order);
  return {
    from: Math.max(...events.filter((at) => at <= now)),
    until: Math.min(...events.filter((at) => at > now)),
  };
}

function eventsOf({ enteredAt, fills, ending }: SimulatedOrder): number[] {
  return [enteredAt, ...fills.map((fill) => fill.at), ...(ending === null ? [] : [ending.at])];
}

function endingByLastFill(order: SimulatedOrder): PlannedEnding | null {
  const complete = compareDecimals(quantityOf(order.fills), parseDecimal(order.quantity)) >= 0;
  return complete ? { at: Math.max(...eventsOf(order)), status: 'FILLED', description: null } : null;
}

function fillsBy(order: SimulatedOrder, now: number): PlannedFill[] {
  return order.fills.filter((fill) => fill.at <= now);
}

function quantityOf(fills: readonly PlannedFill[]): ExactDecimal {
  return sumOf(fills.map((fill) => parseDecimal(fill.quantity)));
}
