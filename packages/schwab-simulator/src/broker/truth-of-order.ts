import { compareDecimals, parseDecimal, plainText, quotientHalfUp, sumOf, times } from './exact-decimal.ts';
import { netPriceOf, type TruthNetPrice } from './net-price.ts';
import { orderAtInstant, type OrderAtInstant } from './order-at-instant.ts';
import { type ProvenExecution, provenExecutions } from './proven-executions.ts';
import { legsOf, type OrderLeg, type SimulatedOrder } from './simulated-order.ts';
import { feesOfAll } from './trade-fees.ts';
import { transactionsOf } from './transactions.ts';

/** One execution leg that counts. */
export interface TruthFill {
  price: string;
  quantity: string;
  /** ISO 8601 UTC with milliseconds, where the broker's reports have whole seconds. */
  occurredAt: string;
  /** Of multi-leg orders only. */
  legId?: string;
}

/** One leg of a multi-leg order. */
export interface TruthLeg {
  legId: string;
  symbol: string;
  instruction: string;
  /** Shares or contracts, as are the filled ones. */
  quantity: string;
  filledQuantity: string;
  averagePrice: string | null;
}

/** What the evidence of an order comes to. */
export interface TruthVerdict {
  status: 'PENDING' | 'COMPLETED' | 'FAILED';
  /** Shares, or units of a multi-leg order, as the broker says. */
  filledQuantity: string;
  /** USD per share, quantity-weighted, rounded half up to 8 places; null when nothing filled, and for multi-leg orders. */
  averagePrice: string | null;
  /** By time. */
  fills: TruthFill[];
  /** Of multi-leg orders only. */
  legs?: TruthLeg[];
  /** Of multi-leg orders only; null until every leg's fills add up. */
  netPrice?: TruthNetPrice | null;
}

/** What a correct tracker must conclude about one order. Decimals are plain text without trailing zeros. */
export interface TruthOrder extends TruthVerdict {
  brokerOrderId: string;
  /** Schwab's word. */
  brokerStatus: string;
  /** The order whose fill this one waits for; missing at the top of a tree. */
  parentOrderId?: string;
  /** Links of a replacement, which no report tells. */
  replaces?: string;
  replacedBy?: string;
  /** USD, of the transactions shown so far; missing while there are none. */
  fees?: string;
  /** Where the order's report alone proves less than report and transactions together: what it proves. */
  byOrdersAlone?: TruthVerdict;
}

const AVERAGE_PLACES = 8;

/**
 * The truth about the order at `now` (epoch ms), by exact arithmetic from its script and from nothing else: what follows
 * from everything that the broker answers by then, transactions included.
 */
export function truthOfOrder(order: SimulatedOrder, now: number, parentOrderId: string | null = null): TruthOrder {
  const state = orderAtInstant(order, now);
  const proven = provenExecutions(order, now, { byTransactions: true });
  const reported = provenExecutions(order, now, { byTransactions: false });
  const fees = feesOfAll(transactionsOf(order, now));
  return {
    brokerOrderId: order.orderId,
    brokerStatus: state.status,
    ...verdictOf(order, state, proven),
    ...(parentOrderId !== null && { parentOrderId }),
    ...(order.replaces !== null && { replaces: order.replaces }),
    ...(order.replacedBy !== null && state.ended !== null && { replacedBy: order.replacedBy }),
    ...(fees.units > 0n && { fees: plainText(fees) }),
    // Whatever the report shows counts, so fewer is the only way to differ.
    ...(reported.length < proven.length && { byOrdersAlone: verdictOf(order, state, reported) }),
  };
}

function verdictOf(order: SimulatedOrder, state: OrderAtInstant, proven: readonly ProvenExecution[]): TruthVerdict {
  const legs = legsOf(order);
  const isMultiLeg = legs.length > 1;
  const status = trueStatus(order, state, proven);
  return {
    status,
    filledQuantity: plainText(state.filledQuantity),
    averagePrice: isMultiLeg ? null : averagePriceOf(proven),
    fills: proven.map(({ at, price, quantity, legId }) => ({
      price: plainText(parseDecimal(price)),
      quantity: plainText(parseDecimal(quantity)),
      occurredAt: new Date(at).toISOString(),
      ...(isMultiLeg && { legId }),
    })),
    ...(isMultiLeg && {
      legs: legs.map((leg) => truthOfLeg(order, leg, proven)),
      netPrice: addUp(order, state, proven) ? netPriceOf(legs, proven, state.filledQuantity) : null,
    }),
  };
}

function truthOfLeg(order: SimulatedOrder, leg: OrderLeg, proven: readonly ProvenExecution[]): TruthLeg {
  const { legId, symbol, instruction, ratio } = leg;
  const own = proven.filter((execution) => execution.legId === legId);
  return {
    legId,
    symbol,
    instruction,
    quantity: plainText(times(parseDecimal(order.quantity), parseDecimal(ratio))),
    filledQuantity: plainText(sumOf(own.map(({ quantity }) => parseDecimal(quantity)))),
    averagePrice: averagePriceOf(own),
  };
}

/** An order is over when the broker says so in a word that ends it, and its priced fills account for what it filled. */
function trueStatus(
  order: SimulatedOrder,
  state: OrderAtInstant,
  proven: readonly ProvenExecution[],
): TruthOrder['status'] {
  const ends = ['FILLED', 'CANCELED', 'EXPIRED', 'REPLACED', 'REJECTED'].includes(state.status);
  if (!ends || !addUp(order, state, proven)) return 'PENDING';
  if (proven.length > 0) return 'COMPLETED';
  return state.status === 'FILLED' ? 'PENDING' : 'FAILED';
}

/** True when each leg's fills are the filled quantity times the leg's ratio. */
function addUp(order: SimulatedOrder, { filledQuantity }: OrderAtInstant, proven: readonly ProvenExecution[]): boolean {
  return legsOf(order).every(({ legId, ratio }) => {
    const own = proven.filter((execution) => execution.legId === legId);
    const priced = sumOf(own.map(({ quantity }) => parseDecimal(quantity)));
    return compareDecimals(priced, times(filledQuantity, parseDecimal(ratio))) === 0;
  });
}

function averagePriceOf(proven: readonly ProvenExecution[]): string | null {
  if (proven.length === 0) return null;
  const shares = sumOf(proven.map(({ quantity }) => parseDecimal(quantity)));
  const paid = sumOf(proven.map(({ price, quantity }) => times(parseDecimal(price), parseDecimal(quantity))));
  return plainText(quotientHalfUp(paid, shares, AVERAGE_PLACES));
}
