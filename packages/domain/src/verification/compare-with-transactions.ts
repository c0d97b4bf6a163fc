import { type Decimal, sumOf } from '../decimal.ts';
import type { Fill } from '../execution/fill.ts';
import { weighFills } from '../execution/fill-evidence.ts';
import { summariseLegs } from '../execution/leg-summary.ts';
import type { OrderFacts, OrderLeg } from '../order/reported-order.ts';
import { symbolKey } from '../order/symbol-key.ts';
import { compareLeg, type LegComparison, type WitnessedExecution } from './compare-leg.ts';
import type { TradeTransaction } from './trade-transaction.ts';

/** What two independent answers of the broker, the order's executions and its books, come to. */
export type Verdict =
  /** Both tell the same, or both tell that nothing traded. */
  | 'VERIFIED'
  /** Only one of them has anything. */
  | 'ONE_SOURCE'
  /** They differ in a quantity, a price or a sum. */
  | 'DISAGREE'
  /** They do not differ, and some quantity has no price. */
  | 'UNPRICED';

/** An order as the record has it. */
export interface OrderOnRecord {
  /** Null when the broker never told anything of it. */
  readonly facts: OrderFacts | null;
  /** Those that count. */
  readonly fills: readonly Pick<
    Fill,
    'legId' | 'price' | 'quantity' | 'activityId' | 'occurredAt' | 'remainingAfter'
  >[];
}

export interface OrderComparison {
  readonly verdict: Verdict;
  /** How a VERIFIED order was: execution by execution, or by each leg's quantity and sum; null otherwise. */
  readonly basis: 'EXECUTIONS' | 'TOTALS' | null;
  /** Which one has anything, of an order with ONE_SOURCE; null otherwise. */
  readonly source: 'RECORD' | 'TRANSACTIONS' | null;
  /** By symbol, with the numbers of both. */
  readonly legs: readonly LegComparison[];
  /** USD: exact sum. */
  readonly fees: Decimal;
  /** USD: exact sum of what the books say that it cost or brought in, unsigned; null when some of it is missing. */
  readonly cost: Decimal | null;
}

/**
 * Holds an order's fills against the transactions of the same order: the second witness.
 *
 * @param transactions all of this order's TRADE transactions, and of no other's
 */
export function compareWithTransactions(
  order: OrderOnRecord,
  transactions: readonly TradeTransaction[],
): OrderComparison {
  const recorded = order.fills.map((fill) => ({ ...fill, symbol: symbolOf(order, fill.legId) }));
  const transacted = transactions.filter(({ quantity }) => quantity.gt(0)).map(executionOf);
  const legs = comparedLegs(order.facts?.legs ?? [], recorded, transacted);
  const verdict = verdictOf(order, legs);
  const costs = transactions.flatMap(({ cost }) => cost?.abs() ?? []);
  return {
    verdict,
    basis: verdict === 'VERIFIED' ? basisOf(legs) : null,
    source: verdict === 'ONE_SOURCE' ? sourceOf(legs) : null,
    legs,
    fees: sumOf(transactions.map(({ fees }) => fees)),
    cost: costs.length === transactions.length ? sumOf(costs) : null,
  };
}

function basisOf(legs: readonly LegComparison[]): 'EXECUTIONS' | 'TOTALS' {
  const isExact = legs.every((leg) => leg.onlyInRecord.length === 0 && leg.onlyInTransactions.length === 0);
  return isExact ? 'EXECUTIONS' : 'TOTALS';
}

function sourceOf(legs: readonly LegComparison[]): 'RECORD' | 'TRANSACTIONS' {
  return legs.some((leg) => leg.record.executions > 0) ? 'RECORD' : 'TRANSACTIONS';
}

function symbolOf({ facts }: OrderOnRecord, legId: string): string | null {
  return facts?.legs.find((leg) => leg.legId === legId)?.symbol ?? null;
}

/** A price of zero in the books is a price that is not there: nothing trades for nothing. */
function executionOf({ symbol, price, quantity, activityId }: TradeTransaction): WitnessedExecution {
  return { symbol, price: price?.gt(0) === true ? price : null, quantity, activityId };
}

/** Per symbol, because transactions name no leg: the order's own symbols first, then any that it does not know. */
function comparedLegs(
  orderLegs: readonly OrderLeg[],
  recorded: readonly WitnessedExecution[],
  transacted: readonly WitnessedExecution[],
): readonly LegComparison[] {
  const bare = [...recorded, ...transacted].map(({ symbol }) => ({ symbol, assetType: null }));
  const bySymbol = new Map<string | null, Pick<OrderLeg, 'symbol' | 'assetType'>>();
  for (const leg of [...orderLegs, ...bare]) {
    if (!bySymbol.has(symbolKey(leg.symbol))) bySymbol.set(symbolKey(leg.symbol), leg);
  }
  return [...bySymbol].map(([key, leg]) =>
    compareLeg(
      leg,
      recorded.filter((execution) => symbolKey(execution.symbol) === key),
      transacted.filter((execution) => symbolKey(execution.symbol) === key),
    ),
  );
}

function verdictOf(order: OrderOnRecord, legs: readonly LegComparison[]): Verdict {
  const isRecorded = legs.some((leg) => leg.record.executions > 0);
  const isTransacted = legs.some((leg) => leg.transactions.executions > 0);
  const isUnpriced = legs.some((leg) => leg.transactions.sum === null);
  if (isRecorded && !isTransacted) return 'ONE_SOURCE';
  if (!isRecorded && isTransacted) return isUnpriced ? 'UNPRICED' : 'ONE_SOURCE';
  if (legs.some((leg) => leg.difference !== null)) return 'DISAGREE';
  return isUnpriced || lacksPrices(order) ? 'UNPRICED' : 'VERIFIED';
}

/** True when the broker says of the order itself that more filled than its priced fills hold; more fills lack none. */
function lacksPrices({ facts, fills }: OrderOnRecord): boolean {
  if (facts === null) return false;
  const legs = summariseLegs(facts, fills);
  const [only, another] = legs;
  const isOver =
    another === undefined && facts.filledQuantity !== null && only?.filledQuantity.gt(facts.filledQuantity);
  const evidence = weighFills(facts, legs);
  return isOver !== true && (evidence === 'unpriced' || evidence === 'unsummed');
}
