import { isGroup } from './order-tree.ts';
import type { SimulatedNode } from './simulated-order.ts';
import { type TruthOrder, truthOfOrder } from './truth-of-order.ts';

/** The truth about every real order of a tree at `now` (epoch ms), parents first. A group is no order. */
export function truthOfTree(node: SimulatedNode, now: number, parentOrderId: string | null = null): TruthOrder[] {
  if (isGroup(node)) return node.children.flatMap((child) => truthOfTree(child, now, parentOrderId));
  const below = node.children.flatMap((child) => truthOfTree(child, now, node.orderId));
  return [truthOfOrder(node, now, parentOrderId), ...below];
}
