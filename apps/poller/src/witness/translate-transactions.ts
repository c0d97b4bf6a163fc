/** From Schwab's words for what an account traded to the domain's: renames, parses, drops signs, and invents nothing. */
import { type Decimal, decimal, sumOf, type TradeTransaction } from '@fill-tracker/domain';
import type { SchwabTransaction, SchwabTransferItem } from '@fill-tracker/schwab-client';
import { instant, number, UntranslatableError } from '../translate-values.ts';

/** A transaction that cannot be taken for evidence without guessing. */
export interface UnreadableTransaction {
  /** Null when not even that can be read. */
  readonly activityId: string | null;
  /** What is wrong and where. */
  readonly problem: string;
}

export interface TranslatedTransactions {
  /** One for each security of a transaction; the fees of all of it are on its first. */
  readonly trades: readonly TradeTransaction[];
  /** Trades that name no order, as a reinvested dividend does: they are evidence of none. */
  readonly withoutOrder: number;
  readonly unreadable: readonly UnreadableTransaction[];
}

/** Translates each on its own: one that cannot be read disturbs no other. */
export function translateTransactions(transactions: readonly SchwabTransaction[]): TranslatedTransactions {
  const trades: TradeTransaction[] = [];
  const unreadable: UnreadableTransaction[] = [];
  let withoutOrder = 0;
  for (const transaction of transactions.filter(isTrade)) {
    const { orderId, activityId = null } = transaction;
    if (orderId === undefined) {
      withoutOrder += 1;
      continue;
    }
    try {
      trades.push(...tradesOf(transaction, orderId));
    } catch (error) {
      if (!(error instanceof UntranslatableError)) throw error;
      unreadable.push({ activityId, problem: error.message });
    }
  }
  return { trades, withoutOrder, unreadable };
}

/** Only trades were asked for. What the broker itself calls invalid is no evidence; any other word may be. */
function isTrade({ type = 'TRADE', status = 'VALID' }: SchwabTransaction): boolean {
  return type === 'TRADE' && status !== 'INVALID';
}

function tradesOf(transaction: SchwabTransaction, orderId: string): readonly TradeTransaction[] {
  const items = (transaction.transferItems ?? []).map((item, i) => ({ item, path: `transferItems[${i}]` }));
  const activityId = transaction.activityId ?? null;
  const common = { activityId, orderId, occurredAt: instant(transaction.time, 'time') };
  const paid = items.filter(({ item }) => item.feeType !== undefined);
  const fees = sumOf(paid.map(({ item, path }) => feeOf(item, path)));
  const securities = items.filter(({ item }) => isSecurity(item));
  if (securities.length > 0) {
    return securities.map(({ item, path }, i) => ({ ...common, ...tradeOf(item, path), fees: i === 0 ? fees : ZERO }));
  }
  if (paid.length === 0) throw new UntranslatableError('transferItems', 'name neither a security nor a fee');
  return [{ ...common, symbol: null, price: null, quantity: ZERO, cost: ZERO, fees }];
}

/** Cash that moves besides is the other side of the trade, told once by the security already. */
function isSecurity({ feeType, instrument }: SchwabTransferItem): boolean {
  return feeType === undefined && instrument?.assetType !== 'CURRENCY';
}

/** A missing price stays missing, also where cost and amount would give one: the broker rounds the cost to cents. */
function tradeOf(
  { instrument, amount, price, cost }: SchwabTransferItem,
  path: string,
): Pick<TradeTransaction, 'symbol' | 'price' | 'quantity' | 'cost'> {
  const quantity = number(amount, `${path}.amount`);
  if (quantity === null) throw new UntranslatableError(`${path}.amount`, 'is missing: how much was traded is not told');
  return {
    symbol: instrument?.symbol ?? null,
    price: number(price, `${path}.price`),
    quantity: quantity.abs(),
    cost: number(cost, `${path}.cost`)?.abs() ?? null,
  };
}

/** The cost has the account's sign, below zero when it was paid; the amount of a fee has none. */
function feeOf({ amount, cost }: SchwabTransferItem, path: string): Decimal {
  const fee = number(cost, `${path}.cost`)?.negated() ?? number(amount, `${path}.amount`);
  if (fee === null) throw new UntranslatableError(`${path}.cost`, 'is missing on a fee');
  return fee;
}

const ZERO = decimal('0');
