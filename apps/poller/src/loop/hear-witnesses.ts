/**
 * After an order traded, other witnesses are heard: the account's transactions, and the market's prices of that minute.
 * They come after the polls, within a part of the budget, and raise alarms only: fills and prices stay as they are.
 */
import type { OrderCommit, StoredOrder } from '@fill-tracker/db';
import { type Instant, MINUTE, SECOND } from '@fill-tracker/domain';
import { SchwabError } from '@fill-tracker/schwab-client';
import type { PolledAccount } from '../cycle/account-directory.ts';
import { orderKey } from '../cycle/order-report.ts';
import { describeFailure } from '../cycle/tell-trouble.ts';
import { within } from '../cycle/within.ts';
import type { Poller } from '../poller.ts';
import { createCandleCache } from '../witness/candle-cache.ts';
import { checkMarketRange } from '../witness/check-market-range.ts';
import { fetchTransactions } from '../witness/fetch-transactions.ts';
import { hearTransactions, recordHeard } from '../witness/hear-transactions.ts';

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

interface Waiting {
  readonly accountId: string;
  readonly brokerOrderId: string;
  readonly since: Instant;
}

/** What is still to be heard is kept in memory: after a restart, the later looks at ended orders bring it back. */
export function createWitnesses(poller: Poller): Witnesses {
  const { witnessAfterMs, witnessEveryMs } = poller.settings;
  const waiting = new Map<string, Waiting>();
  const candles = createCandleCache();
  let toCompare: readonly StoredOrder[] = [];
  let lastAskedAt: Instant = 0;

  return {
    async hear(witnessed, { fencing, signal }) {
      const now = poller.clock.now();
      note(witnessed, now);
      if (now - lastAskedAt < witnessEveryMs || isBudgetShort(poller)) return;
      const due = [...waiting.values()].filter(({ since }) => now - since >= witnessAfterMs);
      if (due.length + toCompare.length === 0) return;
      lastAskedAt = now;
      try {
        await askForTransactions(due, fencing, signal, now);
        const { later } = await within(WITHIN_MS, signal, (limited) =>
          checkMarketRange(poller, toCompare, { fencing, signal: limited, candles }),
        );
        toCompare = later;
      } catch (error) {
        if (!(error instanceof SchwabError)) throw error;
        poller.events.brokerCallFailed({ operation: 'list-transactions', ...describeFailure(error) });
      }
    },
  };

  function note({ changed, looked }: Witnessed, now: Instant): void {
    for (const { accountId, reconciliation } of changed) {
      const { order, audit } = reconciliation;
      if (order.state.status === 'COMPLETED' && audit.length > 0) wait(accountId, order.brokerOrderId, now);
    }
    // What settled that long ago is in the books.
    for (const { accountId, known } of looked) wait(accountId, known.brokerOrderId, now - witnessAfterMs);
  }

  function wait(accountId: string, brokerOrderId: string, since: Instant): void {
    waiting.set(orderKey(accountId, brokerOrderId), { accountId, brokerOrderId, since });
  }

  async function askForTransactions(
    due: readonly Waiting[],
    fencing: number,
    signal: AbortSignal,
    now: Instant,
  ): Promise<void> {
    const accounts = await within(WITHIN_MS, signal, (limited) => poller.accounts.current(limited));
    for (const account of accounts) {
      const own = due.filter(({ accountId }) => accountId === account.id);
      if (own.length === 0) continue;
      const ids = own.map(({ brokerOrderId }) => brokerOrderId);
      const orders = await poller.db.loadOrdersByBrokerIds(account.id, ids);
      await hearAccount(account, orders, fencing, signal, now);
      for (const { accountId, brokerOrderId } of own) waiting.delete(orderKey(accountId, brokerOrderId));
      toCompare = [...toCompare, ...orders.filter(({ known }) => known.fills.length > 0)];
    }
  }

  async function hearAccount(
    account: PolledAccount,
    orders: readonly StoredOrder[],
    fencing: number,
    signal: AbortSignal,
    now: Instant,
  ): Promise<void> {
    const from = Math.min(now, ...orders.map(({ known }) => known.facts?.enteredAt ?? known.firstSeenAt));
    const window = { from: from - CLOCK_MARGIN_MS, to: now + CLOCK_MARGIN_MS };
    const { trades } = await within(WITHIN_MS, signal, (limited) =>
      fetchTransactions(poller, account, window, limited),
    );
    await recordHeard(poller, hearTransactions(orders, trades, now), fencing);
  }
}

/** Half of the budget belongs to orders, whatever happens. */
function isBudgetShort(poller: Poller): boolean {
  const { perMinute, usedLastMinute, waiting, pausedUntil } = poller.client.budget();
  return pausedUntil !== null || waiting > 0 || usedLastMinute > perMinute * 0.75;
}
