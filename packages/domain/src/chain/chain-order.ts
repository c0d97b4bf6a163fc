import type { Decimal } from '../decimal.ts';
import { filledQuantityOf } from '../execution/fill-evidence.ts';
import type { LegSummary } from '../execution/leg-summary.ts';
import type { Instant } from '../instant.ts';
import type { OrderFacts } from '../order/reported-order.ts';
import { symbolKey } from '../order/symbol-key.ts';
import { byText } from '../by-text.ts';

/** What one leg of a chain's order is, and what it traded. */
export type ChainLeg = Pick<LegSummary, 'symbol' | 'instruction' | 'quantity' | 'filledQuantity' | 'sum'>;

/** All that a replacement chain needs to know of an order. */
export interface ChainOrder {
  /** Unique among the orders of one account. */
  readonly key: string;
  /** The broker's own word. */
  readonly brokerStatus: string;
  readonly legs: readonly ChainLeg[];
  /** Units of the order, as ordered; null when not told. */
  readonly quantity: Decimal | null;
  /** Units of the order that filled; null when not known. */
  readonly filledQuantity: Decimal | null;
  readonly enteredAt: Instant | null;
  readonly closeTime: Instant | null;
}

/** An order as its chain sees it, from what the broker said of it and what its legs traded. */
export function chainOrderOf(key: string, facts: OrderFacts, legs: readonly LegSummary[]): ChainOrder {
  const { brokerStatus, quantity, enteredAt, closeTime } = facts;
  return { key, brokerStatus, legs, quantity, filledQuantity: filledQuantityOf(facts, legs), enteredAt, closeTime };
}

/** The legs in an order of their own, because the broker lists them in any. */
export function sortedLegs<T extends ChainLeg>(legs: readonly T[]): readonly T[] {
  return [...legs].sort(
    (a, b) => byText(instrumentOf(a), instrumentOf(b)) || (a.quantity && b.quantity ? a.quantity.cmp(b.quantity) : 0),
  );
}

/** What is traded and which way, as one text for each leg; null when the broker left some of it unsaid. */
export function shapeOf({ legs }: ChainOrder): string | null {
  if (legs.length === 0 || legs.some((leg) => leg.symbol === null || leg.instruction === null)) return null;
  return JSON.stringify(sortedLegs(legs).map(instrumentOf));
}

function instrumentOf({ symbol, instruction }: ChainLeg): string {
  return `${symbolKey(symbol) ?? ''}|${instruction ?? ''}`;
}
