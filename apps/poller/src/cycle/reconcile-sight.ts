import type { OrderCommit, StoredOrder } from '@fill-tracker/db';
import { type Instant, isTerminalBrokerStatus } from '@fill-tracker/domain';
import type { Poller } from '../poller.ts';
import type { Sight } from './look-at-broker.ts';
import { orderKey, type OrderReport, type UnreadableReport } from './order-report.ts';
import { commitOfAbsence, commitOfReport, commitOfUnreadable, newestOfEach } from './reconcile-reports.ts';

export interface SightReconciled {
  /** What reports, and absences, do to the record. */
  readonly commits: readonly OrderCommit[];
  /** Reports with which nothing is to be done, now or when they come again unchanged. */
  readonly ignored: readonly OrderReport[];
  /** Of those, orders that nobody tracks. */
  readonly foreign: readonly OrderReport[];
  /** Of what cannot be read, what was taken in, or set aside, by this. */
  readonly unreadable: readonly UnreadableReport[];
}

/** What a look, or a list of another time, showed. */
export interface SeenOrders
  extends Pick<Sight, 'reports' | 'absent'>, Partial<Pick<Sight, 'unreadable' | 'currentSince'>> {
  /** True where also those reports count that an earlier look set aside, such as of ended orders of earlier dates. */
  readonly isAllNews?: boolean;
}

/** Reconciles what is new to us: reports that say the same as last time cost nothing. */
export async function reconcileSight(
  poller: Poller,
  pending: readonly StoredOrder[],
  sight: SeenOrders,
): Promise<SightReconciled> {
  const now = poller.clock.now();
  const stored = new Map(pending.map((order) => [orderKey(order.accountId, order.known.brokerOrderId), order]));
  const news = newestOfEach(sight.reports).filter(
    (report) => sight.isAllNews === true || isNews(poller, stored, report),
  );
  const unreadable = unreadableNews(poller, stored, sight);
  const told = news.map(({ accountId, order: { brokerOrderId } }) => ({ accountId, brokerOrderId }));
  for (const order of await loadOthers(poller, stored, [...told, ...unreadable])) {
    stored.set(orderKey(order.accountId, order.known.brokerOrderId), order);
  }
  const commits: OrderCommit[] = [];
  const ignored: OrderReport[] = [];
  const foreign: OrderReport[] = [];
  for (const report of news) {
    const known = stored.get(orderKey(report.accountId, report.order.brokerOrderId)) ?? null;
    const isHistory = known === null && isOfThePast(report, sight.currentSince, poller.watchingSince);
    const isForeign = known === null && !isHistory && !poller.discoversOrders;
    const commit = isHistory || isForeign ? null : tryToReconcile(poller, known, report, now);
    if (isForeign) foreign.push(report);
    if (commit === null) ignored.push(report);
    else commits.push(commit);
  }
  for (const report of unreadable) {
    const known = stored.get(orderKey(report.accountId, report.brokerOrderId)) ?? null;
    if (saysSomethingOf(poller, known, report)) commits.push(commitOfUnreadable(known, report, now));
  }
  for (const order of absentIndeed(sight)) commits.push(commitOfAbsence(order, now));
  return { commits, ignored, foreign, unreadable };
}

/**
 * Of an order of the record, an answer about that order alone decides: it is asked for when no list shows it readably,
 * and lists that are odd would take back in each second what it said. Of any other, a list of today says that it is.
 */
function saysSomethingOf(poller: Poller, known: StoredOrder | null, { toldBy }: UnreadableReport): boolean {
  return known === null ? toldBy === 'list' && poller.discoversOrders : toldBy === 'id';
}

/**
 * Of an earlier trading date, and ended before anybody watched: a list that reaches back shows weeks of such orders.
 *
 * @param watchingSince one that ended later was missed while it lived, and is no history
 */
function isOfThePast({ order }: OrderReport, currentSince: Instant = -Infinity, watchingSince: Instant): boolean {
  const { enteredAt, closeTime, brokerStatus } = order;
  const isEarlier = enteredAt !== null && enteredAt < currentSince;
  return isEarlier && isTerminalBrokerStatus(brokerStatus) && (closeTime === null || closeTime < watchingSince);
}

/**
 * What cannot be read and was not taken in before, each order once. One that another answer of the same look tells
 * readably is readable, and an answer about the order alone goes before a list.
 */
function unreadableNews(
  poller: Poller,
  stored: ReadonlyMap<string, StoredOrder>,
  { reports, unreadable = [] }: SeenOrders,
): readonly UnreadableReport[] {
  if (unreadable.length === 0) return [];
  const readable = new Set(reports.map(({ accountId, order }) => orderKey(accountId, order.brokerOrderId)));
  const each = new Map<string, UnreadableReport>();
  for (const report of unreadable) {
    const key = orderKey(report.accountId, report.brokerOrderId);
    if (!readable.has(key) && isUnreadableNews(poller, stored.get(key), report)) each.set(key, report);
  }
  return [...each.values()];
}

/** Read again since, an order has lost its flag: then the same text is news. */
function isUnreadableNews(poller: Poller, known: StoredOrder | undefined, report: UnreadableReport): boolean {
  const isTakenIn = poller.toldUnreadable.isUnchanged(report.accountId, unreadableName(report), report.hash);
  const isCleared = report.toldBy === 'id' && known?.known.state.flags.includes('REPORT_UNREADABLE') === false;
  return !isTakenIn || isCleared;
}

/** As which the poller remembers what it took in, or set aside: what a list says does not speak for an answer by id. */
export function unreadableName({ toldBy, brokerOrderId }: UnreadableReport): string {
  return `${toldBy} ${brokerOrderId}`;
}

/** A child that is unknown by its own id may stand in its parent's tree: then it is not absent. */
function absentIndeed({ absent, reports, unreadable = [] }: SeenOrders): readonly StoredOrder[] {
  const reported = new Set([
    ...reports.map(({ accountId, order }) => orderKey(accountId, order.brokerOrderId)),
    ...unreadable.map(({ accountId, brokerOrderId }) => orderKey(accountId, brokerOrderId)),
  ]);
  return absent.filter(({ accountId, known }) => !reported.has(orderKey(accountId, known.brokerOrderId)));
}

/** Nothing that a report holds should make the core throw; if it does, that order alone is set aside. */
function tryToReconcile(
  poller: Poller,
  known: StoredOrder | null,
  report: OrderReport,
  now: Instant,
): OrderCommit | null {
  try {
    return commitOfReport(known, report, now);
  } catch (error) {
    const problem = `it cannot be reconciled: ${error instanceof Error ? error.message : String(error)}`;
    poller.events.orderUnreadable({ brokerOrderId: report.order.brokerOrderId, problem });
    return null;
  }
}

function isNews(poller: Poller, stored: ReadonlyMap<string, StoredOrder>, report: OrderReport): boolean {
  const { accountId, order, hash } = report;
  const known = stored.get(orderKey(accountId, order.brokerOrderId))?.known;
  if (known !== undefined && (known.facts === null || known.absence !== null)) return true;
  return !poller.seen.isUnchanged(accountId, order.brokerOrderId, hash);
}

/** Orders that are in the record and no longer pending: a late fill or a correction must find them. */
async function loadOthers(
  poller: Poller,
  pending: ReadonlyMap<string, StoredOrder>,
  told: readonly { readonly accountId: string; readonly brokerOrderId: string }[],
): Promise<readonly StoredOrder[]> {
  const byAccount = new Map<string, string[]>();
  for (const { accountId, brokerOrderId } of told) {
    if (pending.has(orderKey(accountId, brokerOrderId))) continue;
    byAccount.set(accountId, [...(byAccount.get(accountId) ?? []), brokerOrderId]);
  }
  const loaded = await Promise.all(
    [...byAccount].map(([accountId, ids]) => poller.db.loadOrdersByBrokerIds(accountId, ids)),
  );
  return loaded.flat();
}
