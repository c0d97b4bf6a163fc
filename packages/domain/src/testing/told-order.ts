/** Tells of an order step by step, and writes down in a line what came of each. */
import { decimal, decimalText } from '../decimal.ts';
import { type KnownOrder, newlyKnownOrder } from '../order/known-order.ts';
import type { ReportedActivity, ReportedOrder } from '../order/reported-order.ts';
import { reconcileOrder } from '../reconciliation/reconcile-order.ts';
import type { Reconciliation } from '../reconciliation/reconciliation.ts';
import { fillActivity, type FillInput, MONDAY_TEN, orderOf } from './builders.ts';

export const UNSEEN = newlyKnownOrder('1000000000001', 'TRACKED', MONDAY_TEN);

/** Seconds after 10:00; reports are seen half a second after they were asked for. */
export function report(known: KnownOrder, second: number, reported: ReportedOrder): Reconciliation {
  const requestedAt = MONDAY_TEN + second * 1_000;
  return reconcileOrder(known, reported, requestedAt, requestedAt + 500);
}

/** An order for 100 with this word, this filled quantity and these fills. */
export function orderWith(
  brokerStatus: string,
  filledQuantity: string | null,
  activities: readonly ReportedActivity[],
  overrides: Partial<ReportedOrder> = {},
): ReportedOrder {
  return orderOf({
    brokerStatus,
    filledQuantity: filledQuantity === null ? null : decimal(filledQuantity),
    activities,
    ...overrides,
  });
}

export const fill = (quantity: string, price: string, rest: Partial<FillInput> = {}): ReportedActivity =>
  fillActivity({ quantity, price, ...rest });

/** `STATUS/OUTCOME FLAG…: quantity@price quantity@price`. */
export function written({ order }: Reconciliation): string {
  const { status, outcome, flags } = order.state;
  const fills = order.fills.map((each) => `${decimalText(each.quantity)}@${decimalText(each.price)}`);
  return `${[outcome === null ? status : `${status}/${outcome}`, ...flags].join(' ')}: ${fills.join(' ')}`.trim();
}
