import { orderAtInstant, quietSpan } from './order-at-instant.ts';
import { reportOrder } from './report-order.ts';
import { renderJson } from './schwab-json.ts';
import type { SimulatedOrder } from './simulated-order.ts';

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

/** Every order of the broker. Ids only ever go up. */
export interface OrderLedger {
  nextOrderId(): string;
  /** The highest id handed out. */
  lastOrderId(): string;
  /** Enters the order, or puts it in the place of the one with its id. */
  put(order: SimulatedOrder): void;
  find(orderId: string): SimulatedOrder | null;
  /** Oldest first. */
  all(): readonly SimulatedOrder[];
  /** Newest first, as Schwab lists them; orders not yet entered at `now` are left out. */
  list(query: OrderQuery, now: number): SimulatedOrder[];
  /** The order's report as JSON text. */
  reportText(order: SimulatedOrder, now: number): string;
  clear(): void;
}

export function createOrderLedger(firstOrderId: bigint): OrderLedger {
  const orders = new Map<string, SimulatedOrder>();
  let byEntry: SimulatedOrder[] | null = [];
  let nextId = firstOrderId;
  // A list of thousands is asked for every second; a report is rendered once for as long as nothing happens.
  let reports = new WeakMap<SimulatedOrder, { text: string; from: number; until: number }>();

  function all(): readonly SimulatedOrder[] {
    byEntry ??= [...orders.values()].sort((left, right) => left.enteredAt - right.enteredAt);
    return byEntry;
  }

  return {
    nextOrderId: () => String(nextId++),
    lastOrderId: () => String(nextId - 1n),
    put(order) {
      const inOrder = !orders.has(order.orderId) && (byEntry?.at(-1)?.enteredAt ?? order.enteredAt) <= order.enteredAt;
      orders.set(order.orderId, order);
      if (inOrder) byEntry?.push(order);
      else byEntry = null;
    },
    find: (orderId) => orders.get(orderId) ?? null,
    all,
    list: ({ accountNumber, from, to, status, maxResults }, now) =>
      all()
        .filter((order) => order.enteredAt >= from && order.enteredAt <= Math.min(to, now))
        .filter((order) => accountNumber === null || order.accountNumber === accountNumber)
        .filter((order) => status === null || orderAtInstant(order, now).status === status)
        .toReversed()
        .slice(0, maxResults),
    reportText(order, now) {
      const kept = reports.get(order);
      if (kept !== undefined && now >= kept.from && now < kept.until) return kept.text;
      const text = renderJson(reportOrder(order, now));
      reports.set(order, { text, ...quietSpan(order, now) });
      return text;
    },
    clear() {
      orders.clear();
      byEntry = [];
      reports = new WeakMap();
    },
  };
}
