import { type PollWindow, SECOND } from '@fill-tracker/domain';
import { type OrderList, SchwabError, type SchwabErrorKind } from '@fill-tracker/schwab-client';
import type { Poller } from '../poller.ts';
import type { PolledAccount } from './account-directory.ts';
import { orderKey, type OrderReport, reportsOf } from './order-report.ts';
import { describeFailure, tellUnreadable } from './tell-trouble.ts';
import { within } from './within.ts';

/** What the list call told. */
export interface Listing {
  readonly reports: readonly OrderReport[];
  /** Keys of the orders that were shown; null when the call failed. */
  readonly shown: ReadonlySet<string> | null;
  /** True when the list is as long as it can be: what is missing from it may just have been cut off. */
  readonly isCutOff: boolean;
  readonly failure: SchwabErrorKind | null;
}

/** Schwab gives at most this many orders and has no further page. */
const LIST_LIMIT = 3_000;

/** All tries together. A wait that the broker asked for (Retry-After) is longer, and is waited out between cycles. */
const LIST_WITHIN_MS = 45 * SECOND;

/** Asks once for every order of the window: of the one account, or of all accounts of the login. Never throws on the broker's account. */
export async function listOrders(
  poller: Poller,
  accounts: readonly PolledAccount[],
  window: PollWindow,
  signal: AbortSignal,
): Promise<Listing> {
  const [only, another] = accounts;
  if (only === undefined) return { reports: [], shown: new Set(), isCutOff: false, failure: null };
  try {
    const range = { ...window, maxResults: LIST_LIMIT };
    const list = await within(LIST_WITHIN_MS, signal, (limited) => {
      const call = { lane: 'fresh', signal: limited } as const;
      return another === undefined
        ? poller.client.listOrders({ accountHash: only.hash, ...range }, call)
        : poller.client.listAllOrders(range, call);
    });
    return readListing(poller, list, another === undefined ? only : null);
  } catch (error) {
    if (!(error instanceof SchwabError)) throw error;
    poller.events.brokerCallFailed({ operation: 'list-orders', ...describeFailure(error) });
    if (error.kind === 'bad-request') poller.accounts.forget();
    return { reports: [], shown: null, isCutOff: false, failure: error.kind };
  }
}

function readListing(poller: Poller, list: OrderList, only: PolledAccount | null): Listing {
  const reports: OrderReport[] = [];
  for (const report of list.orders) {
    const account = only ?? poller.accounts.byNumber(report.order.accountNumber ?? '');
    const facts = { requestedAt: list.requestedAt, correlationId: list.correlationId };
    const read =
      account === null
        ? { problem: 'it names no enabled account of this login' }
        : reportsOf({ accountId: account.id, ...facts }, report);
    if ('problem' in read) tellUnreadable(poller, report.order.orderId, read.problem, report.text);
    else reports.push(...read);
  }
  for (const { orderId, problem, text } of list.odd) tellUnreadable(poller, orderId, problem, text);
  return {
    reports,
    shown: new Set(reports.map(({ accountId, order }) => orderKey(accountId, order.brokerOrderId))),
    isCutOff: list.orders.length + list.odd.length >= LIST_LIMIT,
    failure: null,
  };
}
