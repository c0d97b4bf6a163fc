import { activityIdOf, fillActivityId, FIRST_EXTRA_TRANSACTION } from './activity-id.ts';
import { executionsAt, type PlannedFill } from './planned-fill.ts';
import { legsOf, type OrderLeg, type SimulatedOrder } from './simulated-order.ts';

/** One trade of one leg, as the account's history keeps it. */
export interface TradeTransaction {
  readonly activityId: string;
  /** When it traded, epoch ms. */
  readonly at: number;
  readonly leg: OrderLeg;
  /** Shares or contracts, plain decimal text. */
  readonly quantity: string;
  /** USD per share, plain decimal text. */
  readonly price: string;
}

/**
 * The transactions that the account's history shows of the order at `now` (epoch ms): one for each execution leg, under
 * the activityId of the order's activity. A corrected trade shows its new price; a busted one is gone (both are guesses).
 */
export function transactionsOf(order: SimulatedOrder, now: number): TradeTransaction[] {
  const legs = legsOf(order);
  const traded = order.fills
    .filter((fill) => hasTransaction(order, fill, now))
    .flatMap((fill) =>
      executionsAt(fill, now).map(({ legId, quantity, price }) => ({
        activityId: fillActivityId(order, fill),
        at: fill.at,
        leg: legById(legs, legId),
        quantity,
        price: order.transactions.price ?? price,
      })),
    );
  const extra = order.transactions.extra
    .map(({ at, quantity, price }, index) => ({
      activityId: activityIdOf(order, FIRST_EXTRA_TRANSACTION + index),
      at,
      leg: legById(legs, '1'),
      quantity,
      price,
    }))
    .filter(({ at }) => at <= now);
  return [...traded, ...extra];
}

/** True when the history shows this fill at `now` (epoch ms). */
export function hasTransaction({ transactions }: SimulatedOrder, fill: PlannedFill, now: number): boolean {
  return !transactions.missing && fill.at + transactions.delayMs <= now;
}

function legById(legs: readonly OrderLeg[], legId: string): OrderLeg {
  const leg = legs.find((each) => each.legId === legId);
  if (leg === undefined) throw new RangeError(`The order has no leg ${legId}`);
  return leg;
}
