import { orderAtInstant } from './order-at-instant.ts';
import type { SimulatedOrder } from './simulated-order.ts';

/**
 * The order, cancelled or replaced by its owner at `now` and gone `delayMs` later: what is planned up to then still
 * fills, as it does in real life. Null when the order is already over.
 */
export function withdrawOrder(
  order: SimulatedOrder,
  { status, now, delayMs }: { status: 'CANCELED' | 'REPLACED'; now: number; delayMs: number },
): SimulatedOrder | null {
  if (orderAtInstant(order, now).ended !== null) return null;
  const at = now + delayMs;
  const withdrawn = { ...order, fills: order.fills.filter((fill) => fill.at <= at) };
  const overBefore = orderAtInstant(order, at).ended !== null;
  return overBefore ? withdrawn : { ...withdrawn, ending: { at, status, description: null } };
}
