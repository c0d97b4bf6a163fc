import { byText } from '../by-text.ts';
import { type Decimal, decimalText, sumOf } from '../decimal.ts';
import type { TradingDate } from '../market/trading-date.ts';
import type { LegComparison, WitnessTotal } from './compare-leg.ts';
import type { OrderComparison, Verdict } from './compare-with-transactions.ts';

/** An order at the broker, across accounts. */
export interface OrderId {
  /** Our short account id. */
  readonly accountId: string;
  readonly brokerOrderId: string;
}

/** One order of the day and what its comparison came to. */
export interface ComparedOrder extends OrderId {
  /** As the record has it; null for an order that only the broker knows. */
  readonly status: string | null;
  readonly comparison: OrderComparison;
}

/** Everything that was seen of one trading date. */
export interface DayEvidence {
  readonly date: TradingDate;
  /** Every account that was looked at, also those without orders. */
  readonly accounts: readonly string[];
  /** The record's orders that were entered or traded on the date; and any that only the transactions have. */
  readonly orders: readonly ComparedOrder[];
  /** The orders in the broker's list of the date. */
  readonly listed: readonly OrderId[];
  /** The orders that the transactions of the date name; null when there was no such answer. */
  readonly transacted: readonly OrderId[] | null;
}

/** What traded of one kind of instrument. */
export interface Traded {
  readonly quantity: Decimal;
  /** USD: exact sum of price times quantity; of contracts without their multiplier. */
  readonly notional: Decimal;
}

/** Something in which the record and the broker differ. */
export interface DayDifference extends OrderId {
  readonly kind: 'MISSING_IN_RECORD' | 'EXTRA_IN_RECORD' | 'QUANTITY_DIFFERS' | 'PRICE_DIFFERS';
  /** Null when it is the order as a whole that one side does not know. */
  readonly symbol: string | null;
  /** Null when this side does not know the order. */
  readonly record: WitnessTotal | null;
  readonly broker: WitnessTotal | null;
}

/** What a day came to, and whether all witnesses agree on it. A value: whoever hashes or signs it does so elsewhere. */
export interface DayCertificate {
  readonly date: TradingDate;
  readonly accounts: readonly string[];
  /** Orders of the record. */
  readonly orders: number;
  /** Fills of the record. */
  readonly fills: number;
  readonly shares: Traded;
  readonly contracts: Traded;
  /** Of any other or unknown kind. */
  readonly otherUnits: Traded;
  /** USD: commission and fees. */
  readonly fees: Decimal;
  /** How many orders came to each verdict. */
  readonly verdicts: Readonly<Record<Verdict, number>>;
  /** By account, then order id. */
  readonly differences: readonly DayDifference[];
  /**
   * The record's statement, for hashing: one line per order that anybody named, sorted, in a form that only a change
   * of the facts changes. Each is a JSON array: account, order id, status, then symbol, quantity and sum of each leg
   * that filled. An order that the record does not have has the status null. The date is not in it.
   */
  readonly lines: readonly string[];
}

/** Certifies one trading date: totals of the record, and every difference from what the broker says elsewhere. */
export function certifyDay(evidence: DayEvidence): DayCertificate {
  const orders = [...evidence.orders].sort(byId);
  const recorded = orders.filter(({ status }) => status !== null);
  const legs = recorded.flatMap(({ comparison }) => comparison.legs);
  return {
    date: evidence.date,
    accounts: [...evidence.accounts].sort(byText),
    orders: recorded.length,
    fills: legs.reduce((count, leg) => count + leg.record.executions, 0),
    shares: tradedOf(legs, 'shares'),
    contracts: tradedOf(legs, 'contracts'),
    otherUnits: tradedOf(legs, 'other'),
    fees: sumOf(orders.map(({ comparison }) => comparison.fees)),
    verdicts: countVerdicts(orders),
    differences: differencesOf(evidence, orders),
    lines: linesOf(evidence, orders),
  };
}

type Unit = 'shares' | 'contracts' | 'other';

const UNITS: Readonly<Record<string, Unit>> = {
  EQUITY: 'shares',
  COLLECTIVE_INVESTMENT: 'shares',
  OPTION: 'contracts',
};

function tradedOf(legs: readonly LegComparison[], unit: Unit): Traded {
  const chosen = legs.filter(({ assetType }) => (UNITS[assetType ?? ''] ?? 'other') === unit);
  return {
    quantity: sumOf(chosen.map(({ record }) => record.quantity)),
    notional: sumOf(chosen.flatMap(({ record }) => record.sum ?? [])),
  };
}

function countVerdicts(orders: readonly ComparedOrder[]): Record<Verdict, number> {
  const counts = { VERIFIED: 0, ONE_SOURCE: 0, DISAGREE: 0, UNPRICED: 0 };
  for (const { comparison } of orders) counts[comparison.verdict] += 1;
  return counts;
}

/** Legs tell the most; the order as a whole is named where no leg does. */
function differencesOf(evidence: DayEvidence, orders: readonly ComparedOrder[]): readonly DayDifference[] {
  const hasTransactions = evidence.transacted !== null;
  const ofLegs = hasTransactions ? orders.flatMap(legDifferences) : [];
  const named = new Set(ofLegs.map(idText));
  return [...ofLegs, ...wholeOrders(evidence, orders).filter((whole) => !named.has(idText(whole)))].sort(byId);
}

function legDifferences({ accountId, brokerOrderId, status, comparison }: ComparedOrder): readonly DayDifference[] {
  return comparison.legs.flatMap((leg) => {
    const { symbol, record, transactions } = leg;
    if (leg.difference === null) return [];
    return [
      {
        kind: kindOf(leg),
        accountId,
        brokerOrderId,
        symbol,
        record: status === null ? null : record,
        broker: transactions,
      },
    ];
  });
}

function kindOf({ difference, record, transactions }: LegComparison): DayDifference['kind'] {
  if (record.executions === 0) return 'MISSING_IN_RECORD';
  if (transactions.executions === 0) return 'EXTRA_IN_RECORD';
  return difference === 'QUANTITY' ? 'QUANTITY_DIFFERS' : 'PRICE_DIFFERS';
}

/** Orders that only one side knows at all. */
function wholeOrders(evidence: DayEvidence, orders: readonly ComparedOrder[]): readonly DayDifference[] {
  const atBroker = new Map([...evidence.listed, ...(evidence.transacted ?? [])].map((id) => [idText(id), id]));
  const onRecord = new Map(orders.filter(({ status }) => status !== null).map((order) => [idText(order), order]));
  const whole = { symbol: null, record: null, broker: null };
  const missing = [...atBroker.values()].filter((id) => !onRecord.has(idText(id)));
  const extra = [...onRecord.values()].filter((id) => !atBroker.has(idText(id)));
  return [
    ...missing.map((id) => ({ kind: 'MISSING_IN_RECORD' as const, ...bareId(id), ...whole })),
    ...extra.map((id) => ({ kind: 'EXTRA_IN_RECORD' as const, ...bareId(id), ...whole })),
  ];
}

function linesOf({ listed, transacted }: DayEvidence, orders: readonly ComparedOrder[]): readonly string[] {
  const known = new Map(orders.map((order) => [idText(order), order]));
  const ids = new Map([...orders, ...listed, ...(transacted ?? [])].map((id) => [idText(id), id]));
  return [...ids].sort(([, a], [, b]) => byId(a, b)).map(([text, id]) => lineOf(id, known.get(text)));
}

function lineOf({ accountId, brokerOrderId }: OrderId, order: ComparedOrder | undefined): string {
  const legs = (order?.comparison.legs ?? [])
    .filter(({ record }) => record.executions > 0)
    .map(({ symbol, record }) => [symbol ?? '', decimalText(record.quantity), record.sum && decimalText(record.sum)])
    .sort((a, b) => byText(a[0] ?? '', b[0] ?? ''));
  return JSON.stringify([accountId, brokerOrderId, order?.status ?? null, legs]);
}

function bareId({ accountId, brokerOrderId }: OrderId): OrderId {
  return { accountId, brokerOrderId };
}

function idText({ accountId, brokerOrderId }: OrderId): string {
  return JSON.stringify([accountId, brokerOrderId]);
}

function byId(a: OrderId, b: OrderId): number {
  return byText(a.accountId, b.accountId) || byText(a.brokerOrderId, b.brokerOrderId);
}
