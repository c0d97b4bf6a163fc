import { endingOf, orderAtInstant } from './order-at-instant.ts';
import { isGroup } from './order-tree.ts';
import type { SimulatedNode, SimulatedOrder } from './simulated-order.ts';

/** A cancel or replacement by the owner at `now` (epoch ms) that has gone through `delayMs` later. */
interface Withdrawal {
  readonly status: 'CANCELED' | 'REPLACED';
  readonly now: number;
  readonly delayMs: number;
}

/**
 * The order as its owner withdraws it: what is planned up to the end still fills, as it does in real life. Null when the
 * order is already over.
 */
export function withdrawOrder(order: SimulatedOrder, { status, now, delayMs }: Withdrawal): SimulatedOrder | null {
  if (orderAtInstant(order, now).ended !== null) return null;
  const at = now + delayMs;
  const withdrawn = { ...order, fills: order.fills.filter((fill) => fill.at <= at) };
  if (orderAtInstant(order, at).ended !== null) return withdrawn;
  const phases = order.phases.map((phase) => ({
    ...phase,
    until: phase.until === null ? null : Math.min(phase.until, at),
  }));
  return { ...withdrawn, phases, ending: { at, status, description: null } };
}

/**
 * The same for an order with all that waits for it, or for a group. Whatever it was that withdrew the parent, children
 * are cancelled; only a parent that fills before the cancel has gone through keeps them. Null when all is already over.
 */
export function withdrawTree(node: SimulatedNode, withdrawal: Withdrawal): SimulatedNode | null {
  const cancel = { ...withdrawal, status: 'CANCELED' } as const;
  const children = node.children.map((child) => withdrawTree(child, cancel));
  const kept = node.children.map((child, index) => children[index] ?? child);
  if (isGroup(node)) return children.some((child) => child !== null) ? { ...node, children: kept } : null;
  const order = withdrawOrder(node, withdrawal);
  if (order === null || endingOf(order)?.status === 'FILLED') return order;
  return { ...order, children: kept };
}
