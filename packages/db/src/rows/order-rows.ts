import {
  byTime,
  decimalFromRecord,
  decimalText,
  type Instant,
  type KnownOrder,
  type NetPrice,
  type OrderFacts,
  ORDER_FLAGS,
  type OrderFlag,
  type OrderOutcome,
  type OrderSource,
  type OrderState,
  type OrderStatus,
  type Resolution,
} from '@fill-tracker/domain';
import type { Prisma } from '../generated/client.ts';
import type { FillModel, OrderLegModel, OrderModel } from '../generated/models.ts';
import { decimalFromTextOrNull, decimalTextOrNull } from './decimal-text.ts';
import { countingFills, withdrawnFills } from './fill-rows.ts';
import { instantFromText, instantFromTextOrNull, instantText, instantTextOrNull } from './instant-text.ts';
import { legsFromRows, legsOf } from './leg-rows.ts';
import { isWordOf, wordOf, type Words } from './words.ts';

/** An order of the record with its id there. */
export interface StoredOrder {
  readonly id: number;
  /** Our short account id, such as A1. */
  readonly accountId: string;
  /** An imported order that never had a broker id has the empty text as `brokerOrderId`. */
  readonly known: KnownOrder;
}

/** An order row with all that makes a `KnownOrder`. */
export type FullOrderRow = OrderModel & { legs: OrderLegModel[]; fills: FillModel[] };

/** What of an order changes with a reconciliation; `satisfies` below makes the compiler ask for every column. */
type OrderColumns = Omit<Prisma.OrderCreateManyInput, 'id' | 'accountId'>;

/** One order as a row, whole: what is not known is written as NULL, never left as it was. */
export function orderToRow(order: KnownOrder, changedAt: Instant) {
  return {
    brokerOrderId: order.brokerOrderId === '' ? null : order.brokerOrderId,
    source: order.source,
    ...factsToColumns(order.facts),
    ...stateToColumns(order.state),
    firstSeenAt: instantText(order.firstSeenAt),
    lastChangedAt: instantText(changedAt),
    reportedAt: instantTextOrNull(order.reportedAt),
    absentCount: order.absence?.count ?? 0,
    absentSince: instantTextOrNull(order.absence?.since ?? null),
    legCount: legsOf(order).length,
    ...resolutionToColumns(order.resolution),
  } satisfies Required<OrderColumns>;
}

function factsToColumns(facts: OrderFacts | null) {
  const [firstLeg] = facts?.legs ?? [];
  return {
    symbol: firstLeg?.symbol ?? null,
    assetType: firstLeg?.assetType ?? null,
    instruction: firstLeg?.instruction ?? null,
    orderType: facts?.orderType ?? null,
    orderSession: facts?.orderSession ?? null,
    duration: facts?.duration ?? null,
    quantity: decimalTextOrNull(facts?.quantity ?? null),
    limitPrice: decimalTextOrNull(facts?.limitPrice ?? null),
    stopPrice: decimalTextOrNull(facts?.stopPrice ?? null),
    brokerStatus: facts?.brokerStatus ?? null,
    statusDescription: facts?.statusDescription ?? null,
    reportedFilledQuantity: decimalTextOrNull(facts?.filledQuantity ?? null),
    leastFilledQuantity: decimalTextOrNull(facts?.leastFilledQuantity ?? null),
    enteredAt: instantTextOrNull(facts?.enteredAt ?? null),
    reportedCloseTime: instantTextOrNull(facts?.closeTime ?? null),
  };
}

function stateToColumns(state: OrderState) {
  return {
    status: state.status,
    outcome: state.outcome,
    filledQuantity: decimalTextOrNull(state.filledQuantity),
    sumPriceQuantity: decimalTextOrNull(state.sum),
    averagePrice: decimalTextOrNull(state.averagePrice),
    priceCents: state.priceCents,
    netPrice: state.netPrice === null ? null : decimalText(state.netPrice.amount),
    netEffect: state.netPrice?.effect ?? null,
    flags: state.flags.join(' '),
    closedAt: instantTextOrNull(state.closedAt),
  };
}

function resolutionToColumns(resolution: Resolution | null) {
  return {
    resolvedBy: resolution?.by ?? null,
    resolvedReason: resolution?.reason ?? null,
    resolvedBrokerStatus: resolution?.brokerStatus ?? null,
    resolvedAt: instantTextOrNull(resolution?.at ?? null),
  };
}

/** The order as it was committed. */
export function orderFromRow(row: FullOrderRow): StoredOrder {
  const brokerOrderId = row.brokerOrderId ?? '';
  return {
    id: row.id,
    accountId: row.accountId,
    known: {
      brokerOrderId,
      source: wordOf(SOURCES, row.source),
      firstSeenAt: instantFromText(row.firstSeenAt),
      facts: factsFromRow(row, brokerOrderId),
      reportedAt: instantFromTextOrNull(row.reportedAt),
      fills: countingFills(row.fills).sort(byTime),
      withdrawn: withdrawnFills(row.fills).sort(byTime),
      state: stateFromRow(row),
      absence: row.absentSince === null ? null : { count: row.absentCount, since: instantFromText(row.absentSince) },
      resolution: resolutionFromRow(row),
    },
  };
}

/** The database keeps the columns together. */
function resolutionFromRow(row: OrderModel): Resolution | null {
  const { resolvedBy: by, resolvedReason: reason, resolvedBrokerStatus: brokerStatus, resolvedAt } = row;
  if (by === null || reason === null || resolvedAt === null) return null;
  return { by, reason, at: instantFromText(resolvedAt), brokerStatus };
}

/** A report always carries the broker's status word, so a row without one has had no report. */
function factsFromRow(row: FullOrderRow, brokerOrderId: string): OrderFacts | null {
  if (row.brokerStatus === null) return null;
  return {
    brokerOrderId,
    brokerStatus: row.brokerStatus,
    statusDescription: row.statusDescription,
    orderType: row.orderType,
    orderSession: row.orderSession,
    duration: row.duration,
    quantity: decimalFromTextOrNull(row.quantity),
    filledQuantity: decimalFromTextOrNull(row.reportedFilledQuantity),
    leastFilledQuantity: decimalFromTextOrNull(row.leastFilledQuantity),
    limitPrice: decimalFromTextOrNull(row.limitPrice),
    stopPrice: decimalFromTextOrNull(row.stopPrice),
    enteredAt: instantFromTextOrNull(row.enteredAt),
    closeTime: instantFromTextOrNull(row.reportedCloseTime),
    legs: legsFromRows(row.legs),
  };
}

function stateFromRow(row: OrderModel): OrderState {
  return {
    status: wordOf(STATUSES, row.status),
    outcome: row.outcome === null ? null : wordOf(OUTCOMES, row.outcome),
    filledQuantity: decimalFromTextOrNull(row.filledQuantity),
    sum: decimalFromTextOrNull(row.sumPriceQuantity),
    averagePrice: decimalFromTextOrNull(row.averagePrice),
    priceCents: row.priceCents === null ? null : Number(row.priceCents),
    netPrice: netPriceFromRow(row),
    flags: flagsFromText(row.flags),
    closedAt: instantFromTextOrNull(row.closedAt),
  };
}

/** Flags follow from the facts, so one that only another version knows is left out rather than stopping the poller. */
function flagsFromText(text: string): readonly OrderFlag[] {
  return text.split(' ').filter((word) => isWordOf(FLAGS, word));
}

function netPriceFromRow(row: OrderModel): NetPrice | null {
  if (row.netPrice === null || row.netEffect === null) return null;
  return { amount: decimalFromRecord(row.netPrice), effect: wordOf(EFFECTS, row.netEffect) };
}

const SOURCES: Words<OrderSource> = { TRACKED: true, DISCOVERED: true, IMPORTED: true };

export const STATUSES: Words<OrderStatus> = { PENDING: true, COMPLETED: true, FAILED: true };

const OUTCOMES: Words<OrderOutcome> = {
  FILLED: true,
  PARTIALLY_FILLED: true,
  CANCELED: true,
  EXPIRED: true,
  REPLACED: true,
  REJECTED: true,
  CLOSED_BY_OPERATOR: true,
};

export const EFFECTS: Words<NetPrice['effect']> = { CREDIT: true, DEBIT: true, EVEN: true };

const FLAGS: Words<OrderFlag> = ORDER_FLAGS;
