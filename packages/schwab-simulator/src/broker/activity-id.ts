import type { PlannedFill } from './planned-fill.ts';
import type { SimulatedOrder } from './simulated-order.ts';

/** Activities by kind: fills from 0, the cancel after the last fill, notices from 500, extra transactions from 900. */
export const FIRST_NOTICE = 500;
export const FIRST_EXTRA_TRANSACTION = 900;

/** Unique while no order has five hundred fills. */
export function activityIdOf({ orderId }: SimulatedOrder, index: number): string {
  return (BigInt(orderId) * 1000n + BigInt(index)).toString();
}

/** The id of a fill, the same in the order's report and in the transactions. */
export function fillActivityId(order: SimulatedOrder, fill: PlannedFill): string {
  return activityIdOf(order, order.fills.indexOf(fill));
}
