import { statusAt } from './group-at-instant.ts';
import { quietSpan } from './order-at-instant.ts';
import { nodesOf, ordersOf, replaceIn } from './order-tree.ts';
import { reportOrder } from './report-order.ts';
import { renderJson } from './schwab-json.ts';
import type { SimulatedNode } from './simulated-order.ts';

/** Which orders a list call asks for. Instants are epoch ms, both included. */
export interface OrderQuery {
  /** Null for all accounts. */
  readonly accountNumber: string | null;
  readonly from: number;
  readonly to: number;
  /** The broker's word as reported, or null for any. */
  readonly status: string | null;
  readonly maxResults: number;
}

/** Every order of the broker, in trees. Ids that it hands out only ever go up. */
export interface OrderLedger {
  nextOrderId(): string;
  /** The highest id handed out. */
  lastOrderId(): string;
  /** Enters the tree, or puts the node in the place of the one with its id, be it at the top or below. */
  put(node: SimulatedNode): void;
  /** At the top or below. */
  find(orderId: string): SimulatedNode | null;
  /** The whole tree that holds this id. */
  treeOf(orderId: string): SimulatedNode | null;
  /** The tops of all trees, oldest first. */
  all(): readonly SimulatedNode[];
  /** The tops of trees, newest first, as Schwab lists them; those not yet entered at `now` are left out. */
  list(query: OrderQuery, now: number): SimulatedNode[];
  /** The report of the order and all below it as JSON text. */
  reportText(node: SimulatedNode, now: number): string;
  clear(): void;
}

export function createOrderLedger(firstOrderId: bigint): OrderLedger {
  const trees = new Map<string, SimulatedNode>();
  /** Of each id, the id at the top of its tree. */
  const tops = new Map<string, string>();
  let byEntry: SimulatedNode[] | null = [];
  let nextId = firstOrderId;
  // A list of thousands is asked for every second; a report is rendered once for as long as nothing happens.
  let reports = new WeakMap<SimulatedNode, { text: string; from: number; until: number }>();

  function all(): readonly SimulatedNode[] {
    byEntry ??= [...trees.values()].sort((left, right) => left.enteredAt - right.enteredAt);
    return byEntry;
  }

  function treeOf(orderId: string): SimulatedNode | null {
    return trees.get(tops.get(orderId) ?? '') ?? null;
  }

  return {
    nextOrderId() {
      while (tops.has(String(nextId))) nextId += 1n;
      return String(nextId++);
    },
    lastOrderId: () => String(nextId - 1n),
    put(node) {
      const known = treeOf(node.orderId);
      const tree = known === null ? node : replaceIn(known, node);
      const inOrder = known === null && (byEntry?.at(-1)?.enteredAt ?? tree.enteredAt) <= tree.enteredAt;
      trees.set(tree.orderId, tree);
      for (const { orderId } of nodesOf(tree)) tops.set(orderId, tree.orderId);
      if (inOrder) byEntry?.push(tree);
      else byEntry = null;
    },
    find(orderId) {
      const tree = treeOf(orderId);
      return tree === null ? null : (nodesOf(tree).find((node) => node.orderId === orderId) ?? null);
    },
    treeOf,
    all,
    list: ({ accountNumber, from, to, status, maxResults }, now) =>
      all()
        .filter((node) => node.enteredAt >= from && node.enteredAt <= Math.min(to, now))
        .filter((node) => accountNumber === null || node.accountNumber === accountNumber)
        .filter((node) => status === null || statusAt(node, now) === status)
        .toReversed()
        .slice(0, maxResults),
    reportText(node, now) {
      const kept = reports.get(node);
      if (kept !== undefined && now >= kept.from && now < kept.until) return kept.text;
      const text = renderJson(reportOrder(node, now));
      reports.set(node, { text, ...quietSpan(ordersOf(node), now) });
      return text;
    },
    clear() {
      trees.clear();
      tops.clear();
      byEntry = [];
      reports = new WeakMap();
    },
  };
}
