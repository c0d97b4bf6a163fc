/**
 * One trading date as three witnesses tell it: the record, the broker's list of orders, and the accounts' transactions.
 *
 * The record is read after the broker has answered, so that it is never older than what it is held against. An order
 * that lives for several dates is judged by all it ever traded, and counts for the date by what it traded then.
 */
import type { StoredOrder } from '@fill-tracker/db';
import {
  certifyDay,
  type ComparedOrder,
  compareWithTransactions,
  type DayCertificate,
  HOUR,
  type Instant,
  MINUTE,
  type OrderId,
  type TradeTransaction,
} from '@fill-tracker/domain';
import { SchwabError } from '@fill-tracker/schwab-client';
import type { PolledAccount } from '../cycle/account-directory.ts';
import { listOrders } from '../cycle/list-orders.ts';
import type { Poller } from '../poller.ts';
import { fetchTransactions } from './fetch-transactions.ts';
import { type HeardOrder, hearTransactions, tradesByOrder } from './hear-transactions.ts';
import { fillTime, lifeOf, ordersOfDay } from './orders-of-day.ts';
import { isWithin, type TradingDay } from './trading-day.ts';
import type { TranslatedTransactions, UnreadableTransaction } from './translate-transactions.ts';

/** All that was seen of a date. */
export interface WitnessedDay {
  readonly certificate: DayCertificate;
  /** To be kept in the record by `recordHeard`, at once: the next change of an order makes it old. */
  readonly heard: readonly HeardOrder[];
  /** False when the date lies too far back for the broker's list of orders; its transactions reach further. */
  readonly isListed: boolean;
  /** Trades that name no order. */
  readonly withoutOrder: number;
  readonly unreadable: readonly UnreadableTransaction[];
}

/**
 * Asks the broker about one date and holds the record against its answers. Writes nothing.
 *
 * @throws {SchwabError} when one of the answers does not come whole: half of it is no witness.
 */
export async function witnessDay(
  poller: Poller,
  accounts: readonly PolledAccount[],
  day: TradingDay,
  signal: AbortSignal,
): Promise<WitnessedDay> {
  const seen: AccountDay[] = [];
  for (const account of accounts) seen.push(await witnessAccount(poller, account, day, signal));
  return {
    certificate: certifyDay({
      date: day.date,
      accounts: accounts.map(({ id }) => id),
      orders: seen.flatMap(({ orders }) => orders),
      listed: seen.flatMap(({ listed }) => listed),
      transacted: seen.flatMap(({ transacted }) => transacted),
    }),
    heard: seen.flatMap(({ heard }) => heard),
    isListed: isListable(day, poller.clock.now()),
    withoutOrder: seen.reduce((count, { trades }) => count + trades.withoutOrder, 0),
    unreadable: seen.flatMap(({ trades }) => trades.unreadable),
  };
}

type TradesByOrder = ReadonlyMap<string, readonly TradeTransaction[]>;

interface AccountDay {
  readonly trades: TranslatedTransactions;
  readonly orders: readonly ComparedOrder[];
  readonly heard: readonly HeardOrder[];
  readonly listed: readonly OrderId[];
  readonly transacted: readonly OrderId[];
}

async function witnessAccount(
  poller: Poller,
  account: PolledAccount,
  day: TradingDay,
  signal: AbortSignal,
): Promise<AccountDay> {
  const listed = await listDay(poller, account, day, signal);
  const trades = await lifelongTrades(poller, account, day, signal);
  const today = tradesByOrder(trades.trades.filter(({ occurredAt }) => isOn(day, occurredAt)));
  const stored = await recordOf(poller, account, day, new Set([...today.keys(), ...(listed ?? [])]));
  const known = new Set(stored.map((order) => order.known.brokerOrderId));
  // Where only named orders are tracked, the record is to have no others.
  const expected = (ids: Iterable<string>): OrderId[] =>
    [...ids]
      .filter((id) => poller.discoversOrders || known.has(id))
      .map((brokerOrderId) => ({ accountId: account.id, brokerOrderId }));
  const unrecorded = expected([...today.keys()].filter((id) => !known.has(id)));
  return {
    trades,
    heard: hearTransactions(stored, trades.trades, poller.clock.now()),
    listed: expected(listed ?? known),
    transacted: expected(today.keys()),
    orders: [
      ...stored.map((order) => recordedOrder(order, day, today)),
      ...unrecorded.map((order) => unrecordedOrder(order, today)),
    ],
  };
}

/** The broker's limit is 60 days before today, in a zone that it does not name. */
const LIST_REACHES_BACK_MS = 59 * 24 * HOUR;

/** The broker's clock may run ahead of ours. */
const CLOCK_MARGIN_MS = 5 * MINUTE;

function isListable(day: TradingDay, now: Instant): boolean {
  return day.from >= now - LIST_REACHES_BACK_MS;
}

/** Ids of the orders entered on the date; null when the broker's list does not reach back so far. */
async function listDay(
  poller: Poller,
  account: PolledAccount,
  day: TradingDay,
  signal: AbortSignal,
): Promise<readonly string[] | null> {
  const now = poller.clock.now();
  if (!isListable(day, now)) return null;
  const window = { from: day.from, to: Math.min(day.to, now + CLOCK_MARGIN_MS) };
  const { reports, failure, isCutOff } = await listOrders(poller, [account], window, signal);
  const what = `the list of orders of ${account.id} on ${day.date}`;
  if (failure !== null) throw new SchwabError(failure, `${what} did not come (${failure})`);
  if (isCutOff) throw new SchwabError('shape', `${what} is too long to be read whole`);
  return reports.map(({ order }) => order.brokerOrderId);
}

/** The trades of the day; and of orders that lived longer, all there ever were. */
async function lifelongTrades(
  poller: Poller,
  account: PolledAccount,
  day: TradingDay,
  signal: AbortSignal,
): Promise<TranslatedTransactions> {
  const trades = await fetchTransactions(poller, account, day, signal);
  const named = new Set(trades.trades.map(({ orderId }) => orderId));
  const life = lifeOf(await recordOf(poller, account, day, named), day, poller.clock.now());
  const isLonger = life.from < day.from || life.to > day.to;
  return isLonger ? await fetchTransactions(poller, account, life, signal) : trades;
}

/** What the record has of the day, and of orders that the broker names for it. */
async function recordOf(
  { db }: Poller,
  account: PolledAccount,
  day: TradingDay,
  named: ReadonlySet<string>,
): Promise<readonly StoredOrder[]> {
  const ofDay = await ordersOfDay(db, account.id, day);
  const have = new Set(ofDay.map(({ known }) => known.brokerOrderId));
  const others = [...named].filter((id) => !have.has(id));
  return [...ofDay, ...(await db.loadOrdersByBrokerIds(account.id, others))];
}

/** Where the broker tells no time, it was the date asked for that brought it up. */
function isOn(day: TradingDay, at: Instant | null): boolean {
  return at === null || isWithin(day, at);
}

function recordedOrder({ accountId, known }: StoredOrder, day: TradingDay, today: TradesByOrder): ComparedOrder {
  const { brokerOrderId, state } = known;
  const fills = known.fills.filter((fill) => isWithin(day, fillTime(fill)));
  const isPart = fills.length < known.fills.length;
  // What the broker says of the whole order does not bind the part of it that traded on this date.
  const facts =
    known.facts && isPart
      ? { ...known.facts, filledQuantity: null, leastFilledQuantity: null, brokerStatus: 'WORKING' }
      : known.facts;
  const comparison = compareWithTransactions({ facts, fills }, today.get(brokerOrderId) ?? []);
  return { accountId, brokerOrderId, status: state.status, comparison };
}

function unrecordedOrder({ accountId, brokerOrderId }: OrderId, today: TradesByOrder): ComparedOrder {
  const comparison = compareWithTransactions({ facts: null, fills: [] }, today.get(brokerOrderId) ?? []);
  return { accountId, brokerOrderId, status: null, comparison };
}
