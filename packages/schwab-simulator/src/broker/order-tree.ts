import { endingOf } from './order-at-instant.ts';
import type { SimulatedGroup, SimulatedNode, SimulatedOrder } from './simulated-order.ts';

export function isGroup(node: SimulatedNode): node is SimulatedGroup {
  return 'strategy' in node;
}

/** The node and everything below it, parents first. */
export function nodesOf(node: SimulatedNode): readonly SimulatedNode[] {
  return [node, ...node.children.flatMap(nodesOf)];
}

/** The real orders of a tree, parents first; groups are left out. */
export function ordersOf(node: SimulatedNode): readonly SimulatedOrder[] {
  return nodesOf(node).flatMap((each) => (isGroup(each) ? [] : [each]));
}

/** The tree with `changed` in the place of the node of its id. */
export function replaceIn(node: SimulatedNode, changed: SimulatedNode): SimulatedNode {
  if (node.orderId === changed.orderId) return changed;
  return { ...node, children: node.children.map((child) => replaceIn(child, changed)) };
}

/**
 * Writes into the scripts of a tree what its orders do to each other. Children of an order wait for it to be filled, and
 * are cancelled when it ends otherwise; of the children of a group, the first to be filled cancels the rest. An ending
 * that was scripted stands, and so do the fills under it.
 */
export function settleTree(node: SimulatedNode): SimulatedNode {
  const children = node.children.map(settleTree);
  if (isGroup(node)) return { ...node, children: cancelOthers(children) };
  return { ...node, children: children.map((child) => awaitParent(child, node)) };
}

function awaitParent(child: SimulatedNode, parent: SimulatedOrder): SimulatedNode {
  if (isGroup(child)) return { ...child, children: child.children.map((each) => awaitParent(each, parent)) };
  const ending = endingOf(parent);
  const goesLiveAt = ending?.status === 'FILLED' ? ending.at : null;
  const waiting = { at: child.enteredAt, until: goesLiveAt, status: 'AWAITING_PARENT_ORDER' };
  const held = { ...child, phases: [...child.phases, waiting] };
  return ending === null || goesLiveAt !== null ? held : cancelAt(held, ending.at);
}

function cancelOthers(children: readonly SimulatedNode[]): readonly SimulatedNode[] {
  return children.map((child) => {
    const firstFilledAt = Math.min(...children.filter((other) => other !== child).map(filledAt));
    return firstFilledAt < filledAt(child) ? cancelAt(child, firstFilledAt) : child;
  });
}

/** Epoch ms; infinite for what is never filled whole. */
function filledAt(node: SimulatedNode): number {
  if (isGroup(node)) return Math.min(...node.children.map(filledAt));
  const ending = endingOf(node);
  return ending?.status === 'FILLED' ? ending.at : Infinity;
}

/** The node with every order in it cancelled at `at` (epoch ms) unless it is over by then or its end was scripted. */
function cancelAt(node: SimulatedNode, at: number): SimulatedNode {
  const children = node.children.map((child) => cancelAt(child, at));
  const stands = isGroup(node) || node.ending !== null || (endingOf(node)?.at ?? Infinity) <= at;
  if (stands) return { ...node, children };
  const fills = node.fills.filter((fill) => fill.at <= at);
  return { ...node, fills, ending: { at, status: 'CANCELED', description: null }, children };
}
