import type { OrderCommit, StoredOrder, VerificationCommit } from '@fill-tracker/db';
import {
  compareWithTransactions,
  decimalText,
  type Instant,
  type LegComparison,
  type OrderComparison,
  type TradeTransaction,
  type WitnessTotal,
} from '@fill-tracker/domain';
import type { Poller } from '../poller.ts';
import { recordOrders } from '../cycle/record-orders.ts';
import { sumText } from './sum-text.ts';
import { hearFindings } from './hear-findings.ts';

/** What an account's transactions say of one order of the record. */
export interface HeardOrder {
  readonly order: StoredOrder;
  readonly comparison: OrderComparison;
  /** Null when there is nothing to keep: nothing has traded yet, and both say so. */
  readonly verification: VerificationCommit | null;
  /** The alarm raised or cleared; null when it stays as it is. Fills and prices are never touched. */
  readonly commit: OrderCommit | null;
}

/**
 * Holds orders of one account against its transactions.
 *
 * @param trades all that the account's history shows of these orders, from their entry to their end
 * @param now when it was asked
 */
export function hearTransactions(
  orders: readonly StoredOrder[],
  trades: readonly TradeTransaction[],
  now: Instant,
): readonly HeardOrder[] {
  const byOrder = tradesByOrder(trades);
  return orders.map((order) => {
    const own = byOrder.get(order.known.brokerOrderId) ?? [];
    const comparison = compareWithTransactions(order.known, own);
    return {
      order,
      comparison,
      verification: verificationOf(order, comparison, own.length > 0, now),
      commit: alarmOf(order, comparison),
    };
  });
}

export function tradesByOrder(trades: readonly TradeTransaction[]): ReadonlyMap<string, readonly TradeTransaction[]> {
  const byOrder = new Map<string, TradeTransaction[]>();
  for (const trade of trades) {
    const others = byOrder.get(trade.orderId);
    if (others === undefined) byOrder.set(trade.orderId, [trade]);
    else others.push(trade);
  }
  return byOrder;
}

/** Writes verdicts and alarms, all of them or nothing. */
export async function recordHeard(poller: Poller, heard: readonly HeardOrder[], fencing: number): Promise<void> {
  await recordOrders(poller, {
    fencing,
    cycle: null,
    orders: heard.flatMap(({ commit }) => commit ?? []),
    commands: [],
    verifications: heard.flatMap(({ verification }) => verification ?? []),
  });
}

/**
 * Silence is no contradiction: books are written later than orders fill, so an order that only the record knows keeps
 * whatever alarm it has. An imported order has no fills before the broker was asked about it: nothing to contradict.
 */
function alarmOf(order: StoredOrder, comparison: OrderComparison): OrderCommit | null {
  const { verdict, source, legs } = comparison;
  if (order.known.state.flags.includes('NOT_BACKFILLED')) return null;
  if (verdict === 'ONE_SOURCE' && source === 'RECORD') return null;
  const isRaised = verdict === 'DISAGREE' || legs.some(isOnlyTransacted);
  const reason = isRaised
    ? `the account's transactions differ: ${legs
        .filter(({ difference }) => difference !== null)
        .map(describe)
        .join('; ')}`
    : "the account's transactions do not contradict the record";
  return hearFindings(order, [{ flag: 'TRANSACTIONS_DISAGREE', isRaised, reason }]);
}

function isOnlyTransacted({ record, transactions }: LegComparison): boolean {
  return record.executions === 0 && transactions.executions > 0;
}

function describe({ symbol, record, transactions }: LegComparison): string {
  const amount = ({ quantity, sum }: WitnessTotal): string =>
    `${decimalText(quantity)} for ${sum === null ? 'an unknown sum' : sumText(decimalText(sum), symbol)}`;
  return `${symbol ?? 'an unnamed security'}: ${amount(transactions)} there, ${amount(record)} in the record`;
}

function verificationOf(
  { id, known }: StoredOrder,
  comparison: OrderComparison,
  hasTransactions: boolean,
  now: Instant,
): VerificationCommit | null {
  const { verdict, legs, fees } = comparison;
  const hasTraded = legs.some(({ record, transactions }) => record.executions + transactions.executions > 0);
  if (!hasTraded && known.state.status === 'PENDING') return null;
  const [only, another] = legs;
  const single = another === undefined ? only : undefined;
  return {
    orderId: id,
    verdict,
    recordQuantity: single?.record.quantity ?? null,
    recordSum: single?.record.sum ?? null,
    transactionsQuantity: single?.transactions.quantity ?? null,
    transactionsSum: single?.transactions.sum ?? null,
    fees: hasTransactions ? fees : null,
    detail: { basis: comparison.basis, source: comparison.source, legs: legs.map(presentLeg) },
    checkedAt: now,
  };
}

function presentLeg({ symbol, difference, record, transactions }: LegComparison) {
  return { symbol, difference, record: presentTotal(record), transactions: presentTotal(transactions) };
}

/** Decimals as text. */
export function presentTotal({ executions, quantity, sum }: WitnessTotal) {
  return { executions, quantity: decimalText(quantity), sum: sum && decimalText(sum) };
}
