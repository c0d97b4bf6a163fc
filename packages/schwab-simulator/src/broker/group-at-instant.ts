import { orderAtInstant } from './order-at-instant.ts';
import { isGroup, ordersOf } from './order-tree.ts';
import type { SimulatedGroup, SimulatedNode } from './simulated-order.ts';

/**
 * The group's own status: that of its waiting or working children while there are any. The end of a group was never
 * captured; it is taken to be FILLED when one of its orders is, else CANCELED.
 */
export function groupAtInstant(group: SimulatedGroup, now: number): { status: string; closedAt: number | null } {
  const states = ordersOf(group).map((order) => orderAtInstant(order, now));
  if (states.some(({ ended }) => ended === null)) {
    const waits = states.every(({ status, ended }) => ended !== null || status === 'AWAITING_PARENT_ORDER');
    return { status: waits ? 'AWAITING_PARENT_ORDER' : 'WORKING', closedAt: null };
  }
  const closedAt = Math.max(...states.map(({ ended }) => ended?.at ?? 0));
  return { status: states.some(({ ended }) => ended?.status === 'FILLED') ? 'FILLED' : 'CANCELED', closedAt };
}

/** The broker's word for an order or a group at `now` (epoch ms). */
export function statusAt(node: SimulatedNode, now: number): string {
  return (isGroup(node) ? groupAtInstant(node, now) : orderAtInstant(node, now)).status;
}
