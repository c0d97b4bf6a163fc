/**
 * After an order traded, other witnesses are heard: the account's transactions, and the market's prices of that minute.
 * They come after the polls, within a part of the budget, and raise alarms only: fills and prices stay as they are.
 */
import type { OrderCommit, StoredOrder } from '@fill-tracker/db';
import { HOUR, type Instant, isPast, type KnownOrder, MINUTE, type PollWindow, SECOND } from '@fill-tracker/domain';
import { SchwabError, type SchwabErrorKind } from '@fill-tracker/schwab-client';
import type { PolledAccount } from '../cycle/account-directory.ts';
import { orderKey } from '../cycle/order-report.ts';
import { spareCalls } from '../cycle/spare-calls.ts';
import { describeFailure } from '../cycle/tell-trouble.ts';
import { within } from '../cycle/within.ts';
import type { Poller } from '../poller.ts';
import { createCandleCache } from '../witness/candle-cache.ts';
import { checkMarketRange } from '../witness/check-market-range.ts';
import { fetchTransactions } from '../witness/fetch-transactions.ts';
import { hearTransactions, recordHeard } from '../witness/hear-transactions.ts';
import { createWaitingOrders, type WaitingBatch, type WaitingOrder } from '../witness/waiting-orders.ts';

/** What a cycle brought that witnesses can speak of. */
export interface Witnessed {
  readonly changed: readonly OrderCommit[];
  /** Ended orders that were looked at once more. */
  readonly looked: readonly StoredOrder[];
}

export interface Witnesses {
  hear(witnessed: Witnessed, run: { readonly fencing: number; readonly signal: AbortSignal }): Promise<void>;
}

/** Polling waits meanwhile: a witness that is slow is heard another time. */
const WITHIN_MS = 3 * SECOND;
/** The broker's clock may run ahead of ours. */
const CLOCK_MARGIN_MS = 5 * MINUTE;

/** Schwab's history reaches back a year; an order that lives longer is compared with its last months. */
const LONGEST_SPAN_MS = 360 * 24 * HOUR;
/** More are not held against the market's prices; later looks at ended orders bring them back. */
const MOST_TO_COMPARE = 100;
/** Transactions of some kinds of account may not be read: that is asked again now and then, not all the time. */
const REFUSED_REST_MS = HOUR;

interface Run {
  readonly fencing: number;
  readonly signal: AbortSignal;
}

export function createWitnesses(poller: Poller): Witnesses {
  const { witnessAfterMs, witnessEveryMs } = poller.settings;
  const waiting = createWaitingOrders();
  const toCompare = new Map<string, StoredOrder>();
  const restingUntil = new Map<string, Instant>();
  const candles = createCandleCache();
  let lastAskedAt: Instant | null = null;

  return {
    async hear(witnessed, run) {
      const now = poller.clock.now();
      note(witnessed, now);
      const isTooSoon = lastAskedAt !== null && !isPast(lastAskedAt, witnessEveryMs, now);
      if (isTooSoon || spareCalls(poller.client) === 0) return;
      const due = waiting.due(now).filter(({ accountId }) => !isResting(accountId, now));
      if (due.length + toCompare.size === 0) return;
      lastAskedAt = now;
      await unlessRefused('list-accounts', () => hearAll(due, run, now));
      await unlessRefused('get-price-history', () => compareWithMarket(run));
    },
  };

  function note({ changed, looked }: Witnessed, now: Instant): void {
    for (const { accountId, reconciliation } of changed) {
      const { order, audit } = reconciliation;
      const isTraded = order.state.status === 'COMPLETED' && audit.length > 0;
      if (isTraded) waiting.add(waitingOrder(accountId, order), now + witnessAfterMs);
    }
    // What settled that long ago is in the books.
    for (const { accountId, known } of looked) waiting.add(waitingOrder(accountId, known), now);
  }

  function isResting(accountId: string, now: Instant): boolean {
    return (restingUntil.get(accountId) ?? 0) > now;
  }

  async function hearAll(due: readonly WaitingBatch[], run: Run, now: Instant): Promise<void> {
    const accounts = await within(poller.client, WITHIN_MS, run.signal, (limited) => poller.accounts.current(limited));
    for (const batch of due) {
      const account = accounts.find(({ id }) => id === batch.accountId);
      const isHeard = account === undefined || (await hearAccount(account, batch, run, now));
      if (isHeard) waiting.heard(batch);
      else waiting.failed(batch, now);
    }
  }

  /** @returns false when it is worth another try soon */
  async function hearAccount(
    account: PolledAccount,
    { orders: own }: WaitingBatch,
    run: Run,
    now: Instant,
  ): Promise<boolean> {
    const kind = await unlessRefused('list-transactions', async () => {
      const ids = own.map(({ brokerOrderId }) => brokerOrderId);
      const orders = await poller.db.loadOrdersByBrokerIds(account.id, ids);
      const { trades } = await within(poller.client, WITHIN_MS, run.signal, (limited) =>
        fetchTransactions(poller, account, windowOf(own, now), limited),
      );
      await recordHeard(poller, hearTransactions(orders, trades, now), run.fencing);
      for (const order of orders) {
        const key = orderKey(account.id, order.known.brokerOrderId);
        if (order.known.fills.length > 0 && toCompare.size < MOST_TO_COMPARE) toCompare.set(key, order);
      }
    });
    if (kind !== null) restingUntil.set(account.id, now + (REFUSALS.has(kind) ? REFUSED_REST_MS : witnessEveryMs * 2));
    return kind === null || REFUSALS.has(kind);
  }

  async function compareWithMarket({ fencing, signal }: Run): Promise<void> {
    const orders = [...toCompare];
    const { later } = await within(poller.client, WITHIN_MS, signal, (limited) =>
      checkMarketRange(
        poller,
        orders.map(([, order]) => order),
        { fencing, signal: limited, candles },
      ),
    );
    // Only now: what no answer came for is still to be compared.
    toCompare.clear();
    for (const order of later) toCompare.set(orderKey(order.accountId, order.known.brokerOrderId), order);
  }

  /** @returns the kind of the broker's refusal; null when there was none */
  async function unlessRefused(operation: string, ask: () => Promise<void>): Promise<SchwabErrorKind | null> {
    try {
      await ask();
      return null;
    } catch (error) {
      if (!(error instanceof SchwabError)) throw error;
      poller.events.brokerCallFailed({ operation, ...describeFailure(error) });
      return error.kind;
    }
  }
}

/** Refusals that the next try would only repeat. */
const REFUSALS: ReadonlySet<SchwabErrorKind> = new Set(['forbidden', 'bad-request', 'not-found', 'shape']);

function waitingOrder(accountId: string, { brokerOrderId, facts, firstSeenAt }: KnownOrder): WaitingOrder {
  return { accountId, brokerOrderId, enteredAt: facts?.enteredAt ?? firstSeenAt };
}

function windowOf(orders: readonly WaitingOrder[], now: Instant): PollWindow {
  const first = Math.min(now, ...orders.map(({ enteredAt }) => enteredAt));
  const from = Math.max(first - CLOCK_MARGIN_MS, now - LONGEST_SPAN_MS);
  return { from, to: now + CLOCK_MARGIN_MS };
}
