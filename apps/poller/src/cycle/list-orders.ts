import { type Instant, type PollWindow, SECOND, splitWindow } from '@fill-tracker/domain';
import { type Lane, type OrderList, SchwabError, type SchwabErrorKind } from '@fill-tracker/schwab-client';
import type { Poller } from '../poller.ts';
import type { PolledAccount } from './account-directory.ts';
import { orderKey, type OrderReport, reportsOf, type UnreadableReport, unreadableOf } from './order-report.ts';
import { describeFailure, tellProblems, tellUnreadable } from './tell-trouble.ts';
import { within } from './within.ts';

/** What the list call told. */
export interface Listing {
  readonly reports: readonly OrderReport[];
  /** What it told of orders and that cannot be read. */
  readonly unreadable: readonly UnreadableReport[];
  /** Keys of the orders that were shown; null when the call failed. */
  readonly shown: ReadonlySet<string> | null;
  /** True when the list is as long as it can be: what is missing from it may just have been cut off. */
  readonly isCutOff: boolean;
  /** Calls to the broker that it took. */
  readonly calls: number;
  readonly failure: SchwabErrorKind | null;
  /** When it was asked for, by our clock: all that happened until then is in it. Null when nobody was asked. */
  readonly requestedAt: Instant | null;
}

/** Schwab gives at most this many orders and has no further page. */
const LIST_LIMIT = 3_000;

/** All tries together. A wait that the broker asked for (Retry-After) is longer, and is waited out between cycles. */
const LIST_WITHIN_MS = 45 * SECOND;

/** For a list that reaches back, all its calls together: it is less urgent, and the trading date's own list waits. */
const SWEEP_WITHIN_MS = 10 * SECOND;

/** Enough for some 20,000 orders of one trading date; more would eat the budget of everything else. */
const MOST_CALLS = 16;

/** What to list. */
export interface ListRange extends PollWindow {
  /** True when it reaches back to orders of earlier trading dates; then it gets less time. */
  readonly isSweep?: boolean;
}

/**
 * Asks for every order of the window: of the one account, or of all accounts of the login. One call does for fewer
 * than 3,000 orders; a list that is full is asked for again in halves. Never throws on the broker's account.
 */
export async function listOrders(
  poller: Poller,
  accounts: readonly PolledAccount[],
  { isSweep = false, ...window }: ListRange,
  signal: AbortSignal,
  lane: Lane = 'fresh',
): Promise<Listing> {
  if (accounts.length === 0) return { ...NOTHING_SHOWN, shown: new Set() };
  const startedAt = poller.clock.now();
  const parts: Part[] = [];
  const waiting: PollWindow[] = [window];
  for (let calls = 1; ; calls += 1) {
    const next = waiting.shift();
    if (next === undefined) return { ...joined(parts), calls: calls - 1 };
    const listing = await listWindow(poller, accounts, next, {
      signal,
      lane,
      isSweep,
      limitMs: isSweep ? leftOfSweep(startedAt, poller.clock.now()) : LIST_WITHIN_MS,
    });
    if (listing.failure !== null) return { ...NOTHING_SHOWN, calls, failure: listing.failure };
    const halves = listing.isCutOff && calls + waiting.length < MOST_CALLS ? splitWindow(next) : null;
    if (halves === null) parts.push(listing);
    else waiting.push(...halves);
  }
}

const NOTHING_SHOWN: Listing = {
  reports: [],
  unreadable: [],
  shown: null,
  isCutOff: false,
  calls: 0,
  failure: null,
  requestedAt: null,
};

type Part = Omit<Listing, 'calls'>;

function leftOfSweep(startedAt: Instant, now: Instant): number {
  return Math.max(1, SWEEP_WITHIN_MS - Math.max(0, now - startedAt));
}

/** Windows overlap, so an order may be told twice; the newest report of each is taken later. */
function joined(parts: readonly Part[]): Part {
  return {
    reports: parts.flatMap(({ reports }) => reports),
    unreadable: parts.flatMap(({ unreadable }) => unreadable),
    shown: new Set(parts.flatMap(({ shown }) => [...(shown ?? [])])),
    isCutOff: parts.some(({ isCutOff }) => isCutOff),
    failure: null,
    requestedAt: earliest(parts),
  };
}

/** What came in while its parts were asked for one after another is sure to be in none of them. */
function earliest(parts: readonly Part[]): Instant | null {
  const times = parts.flatMap(({ requestedAt }) => requestedAt ?? []);
  return times.length === 0 ? null : Math.min(...times);
}

interface ListCall {
  readonly signal: AbortSignal;
  readonly lane: Lane;
  readonly isSweep: boolean;
  readonly limitMs: number;
}

async function listWindow(
  poller: Poller,
  accounts: readonly PolledAccount[],
  window: PollWindow,
  { signal, lane, isSweep, limitMs }: ListCall,
): Promise<Part> {
  const [only, another] = accounts;
  if (only === undefined) return NOTHING_SHOWN;
  try {
    const range = { ...window, maxResults: LIST_LIMIT };
    const list = await within(poller.client, limitMs, signal, (limited) => {
      const call = { lane, signal: limited };
      return another === undefined
        ? poller.client.listOrders({ accountHash: only.hash, ...range }, call)
        : poller.client.listAllOrders(range, call);
    });
    return readListing(poller, list, { only: another === undefined ? only : null, toldBy: isSweep ? 'sweep' : 'list' });
  } catch (error) {
    if (!(error instanceof SchwabError)) throw error;
    poller.events.brokerCallFailed({ operation: 'list-orders', ...describeFailure(error) });
    if (error.kind === 'bad-request') poller.accounts.forget();
    return { ...NOTHING_SHOWN, failure: error.kind };
  }
}

interface ReadAs {
  /** The account that alone was asked for; null when each order says whose it is. */
  readonly only: PolledAccount | null;
  readonly toldBy: 'list' | 'sweep';
}

function readListing(poller: Poller, list: OrderList, { only, toldBy }: ReadAs): Part {
  const { requestedAt, correlationId } = list;
  const reports: OrderReport[] = [];
  const unreadable: UnreadableReport[] = [];
  for (const report of list.orders) {
    const { orderId, accountNumber = '' } = report.order;
    const account = only ?? poller.accounts.byNumber(accountNumber);
    if (account === null) {
      tellUnreadable(poller, orderId, 'it names no enabled account of this login', report.text);
      continue;
    }
    const answer = { accountId: account.id, requestedAt, correlationId };
    const read = reportsOf(answer, report);
    tellProblems(poller, read);
    reports.push(...read.reports);
    unreadable.push(...unreadableOf(answer, report.text, read.unreadable, toldBy));
  }
  for (const { orderId, problem, text } of list.odd) {
    tellUnreadable(poller, orderId, problem, text);
    const account = only ?? poller.accounts.byNumber(accountNumberIn(text));
    if (account === null) continue;
    const answer = { accountId: account.id, requestedAt, correlationId };
    unreadable.push(...unreadableOf(answer, text, [{ brokerOrderId: orderId, problem }], toldBy));
  }
  return {
    reports,
    unreadable,
    shown: new Set(reports.map(({ accountId, order }) => orderKey(accountId, order.brokerOrderId))),
    isCutOff: list.rows >= LIST_LIMIT,
    failure: null,
    requestedAt: list.requestedAt,
  };
}

/** Of an order that cannot be read, whose it is may still be found. Those below it are of the same account. */
function accountNumberIn(text: string): string {
  return /"accountNumber"\s*:\s*"?(\d+)/.exec(text)?.[1] ?? '';
}
