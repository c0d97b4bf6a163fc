import { HOUR, type Instant, MINUTE } from '@fill-tracker/domain';
import { orderKey } from '../cycle/order-report.ts';

/** An order that the account's transactions are to be asked about. */
export interface WaitingOrder {
  readonly accountId: string;
  readonly brokerOrderId: string;
  /** The account's history is asked for from here on. */
  readonly enteredAt: Instant;
}

/** The orders of one account that one question is about; at least one. */
export interface WaitingBatch {
  readonly accountId: string;
  readonly orders: readonly WaitingOrder[];
}

/** Who waits to be asked about, for how long yet, and how many at a time. */
export interface WaitingOrders {
  /** @param readyAt when the books should have it */
  add(order: WaitingOrder, readyAt: Instant): void;
  /** For each account a batch of the orders whose turn it is. */
  due(now: Instant): readonly WaitingBatch[];
  heard(batch: WaitingBatch): void;
  /** No answer in time: fewer at once from now on, and a single one not again so soon. */
  failed(batch: WaitingBatch, now: Instant): void;
}

/** More are not worth a pause of polling. */
const MOST_AT_ONCE = 100;
/** One order that lived for weeks would have the history of all that time read for all the others. */
const NEAR_MS = 72 * HOUR;
const FIRST_REST_MS = MINUTE;
const LONGEST_REST_MS = 6 * HOUR;

interface Waiting extends WaitingOrder {
  readonly readyAt: Instant;
  readonly failures: number;
}

/** Kept in memory: after a restart, the later looks at ended orders bring everything back. */
export function createWaitingOrders(): WaitingOrders {
  const waiting = new Map<string, Waiting>();
  const atOnce = new Map<string, number>();
  const keyOf = ({ accountId, brokerOrderId }: WaitingOrder): string => orderKey(accountId, brokerOrderId);
  const mostAtOnce = (accountId: string): number => atOnce.get(accountId) ?? MOST_AT_ONCE;

  return {
    add(order, readyAt) {
      const key = keyOf(order);
      // News of an order do not cut its rest short.
      const former = waiting.get(key);
      const failures = former?.failures ?? 0;
      waiting.set(key, { ...order, failures, readyAt: failures > 0 && former ? former.readyAt : readyAt });
    },
    due(now) {
      const due = [...waiting.values()].filter(({ readyAt }) => readyAt <= now);
      return [...new Set(due.map(({ accountId }) => accountId))].map((accountId) => {
        const own = due.filter((each) => each.accountId === accountId);
        return { accountId, orders: batchOf(own, mostAtOnce(accountId)) };
      });
    },
    heard({ accountId, orders }) {
      atOnce.set(accountId, Math.min(MOST_AT_ONCE, 2 * mostAtOnce(accountId)));
      for (const order of orders) waiting.delete(keyOf(order));
    },
    failed({ accountId, orders }, now) {
      atOnce.set(accountId, Math.max(1, Math.floor(orders.length / 2)));
      const [only, another] = orders;
      const former = only && another === undefined ? waiting.get(keyOf(only)) : undefined;
      if (former === undefined) return;
      const restMs = Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** former.failures);
      waiting.set(keyOf(former), { ...former, failures: former.failures + 1, readyAt: now + restMs });
    },
  };
}

/** Those entered near the one that has waited longest. */
function batchOf(due: readonly Waiting[], mostAtOnce: number): readonly WaitingOrder[] {
  const longest = due.reduce((a, b) => (b.readyAt < a.readyAt ? b : a));
  const near = due.filter((each) => Math.abs(each.enteredAt - longest.enteredAt) <= NEAR_MS);
  return [longest, ...near.filter((each) => each !== longest)].slice(0, mostAtOnce);
}
