import { compareDecimals, type ExactDecimal, minus, parseDecimal, sumOf } from './exact-decimal.ts';
import { instantsOf, type PlannedFill } from './planned-fill.ts';
import type { PlannedEnding, SimulatedOrder } from './simulated-order.ts';

/** What has happened to an order by an instant. */
export interface OrderAtInstant {
  /** The broker's word for it. A live order is WORKING, also when filled in part: Schwab has no partial status. */
  readonly status: string;
  /** What has traded, also what the report does not show. */
  readonly fills: readonly PlannedFill[];
  /** Units that the broker says are filled. Only an order scripted to claim more than its fills does so. */
  readonly filledQuantity: ExactDecimal;
  /** The ending, once it has come. */
  readonly ended: PlannedEnding | null;
  /** Units that were still open when the order ended. */
  readonly unfilledAtEnd: ExactDecimal;
}

/** Reads the script up to and including `now` (epoch ms). */
export function orderAtInstant(order: SimulatedOrder, now: number): OrderAtInstant {
  const fills = fillsBy(order, now);
  const ending = endingOf(order);
  const ended = ending !== null && ending.at <= now ? ending : null;
  const quantity = parseDecimal(order.quantity);
  return {
    status: order.oddities.statusText ?? phaseAt(order, now, ended !== null) ?? ended?.status ?? 'WORKING',
    fills,
    filledQuantity: claimOf(order, ended, now),
    ended,
    unfilledAtEnd: minus(quantity, quantityOf(ended === null ? fills : fillsBy(order, ended.at))),
  };
}

/** How the order ends: as scripted, or with the fill that completes it. Null when it works on for ever. */
export function endingOf(order: SimulatedOrder): PlannedEnding | null {
  return order.ending ?? endingByLastFill(order);
}

/** The stretch of time around `now` in which nothing happens to these orders: from the last event to before the next. */
export function quietSpan(
  orders: readonly SimulatedOrder[],
  now: number,
): { readonly from: number; readonly until: number } {
  const events = orders.flatMap(eventsOf);
  return {
    from: Math.max(...events.filter((at) => at <= now)),
    until: Math.min(...events.filter((at) => at > now)),
  };
}

function eventsOf({ enteredAt, fills, ending, phases, notices }: SimulatedOrder): number[] {
  return [
    // Whatever comes before the entry was there from the start.
    Number.NEGATIVE_INFINITY,
    enteredAt,
    ...fills.flatMap(instantsOf),
    ...(ending === null ? [] : [ending.at]),
    ...phases.flatMap(({ at, until }) => (until === null ? [at] : [at, until])),
    ...notices.map(({ at }) => at),
  ];
}

/** The latest phase that holds; one without an end of its own holds only while the order lives. */
function phaseAt({ phases }: SimulatedOrder, now: number, isOver: boolean): string | null {
  const holding = phases.filter(({ at, until }) => at <= now && (until === null ? !isOver : now < until));
  return holding.toSorted((left, right) => left.at - right.at).at(-1)?.status ?? null;
}

function endingByLastFill(order: SimulatedOrder): PlannedEnding | null {
  const complete = compareDecimals(quantityOf(order.fills), parseDecimal(order.quantity)) >= 0;
  const last = Math.max(order.enteredAt, ...order.fills.map(({ at }) => at));
  return complete ? { at: last, status: 'FILLED', description: null } : null;
}

/** FILLED claims all that was ordered; a bust takes its own part back. */
function claimOf(order: SimulatedOrder, ended: PlannedEnding | null, now: number): ExactDecimal {
  const fills = fillsBy(order, now);
  const { claimedFilledQuantity } = order.oddities;
  if (claimedFilledQuantity !== null && fills.length > 0) return parseDecimal(claimedFilledQuantity);
  const traded = quantityOf(fills);
  const quantity = parseDecimal(order.quantity);
  const claimed = ended?.status === 'FILLED' && compareDecimals(traded, quantity) < 0 ? quantity : traded;
  return minus(
    claimed,
    quantityOf(fills.filter(({ correction }) => correction?.kind === 'BUSTED' && correction.at <= now)),
  );
}

function fillsBy(order: SimulatedOrder, now: number): PlannedFill[] {
  return order.fills.filter((fill) => fill.at <= now);
}

function quantityOf(fills: readonly PlannedFill[]): ExactDecimal {
  return sumOf(fills.map((fill) => parseDecimal(fill.quantity)));
}
