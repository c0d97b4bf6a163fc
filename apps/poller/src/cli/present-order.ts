import type { Order, OrderDetail } from '@fill-tracker/contract';
import type { OrderDetail as StoredDetail, OrderView, StoredAuditEntry } from '@fill-tracker/db';
import {
  type Decimal,
  decimalText,
  type Instant,
  type LegSummary,
  type RecordedFill,
  summariseLegs,
} from '@fill-tracker/domain';

/** An order of the record in the words of the contract. */
export function presentOrder({ id, account, known }: OrderView): Order {
  const { facts, state } = known;
  const [leg] = facts?.legs ?? [];
  return {
    id,
    account: { id: account.id, maskedNumber: account.maskedNumber },
    brokerOrderId: known.brokerOrderId,
    symbol: leg?.symbol ?? null,
    instruction: leg?.instruction ?? null,
    orderType: facts?.orderType ?? null,
    quantity: number(facts?.quantity),
    filledQuantity: number(state.filledQuantity),
    averagePrice: number(state.averagePrice),
    netPrice: state.netPrice && { amount: decimalText(state.netPrice.amount), effect: state.netPrice.effect },
    priceCents: state.priceCents,
    status: state.status,
    outcome: state.outcome,
    brokerStatus: facts?.brokerStatus ?? null,
    enteredAt: time(facts?.enteredAt),
    closedAt: time(state.closedAt),
    flags: [...state.flags],
  };
}

/** One order with its legs, fills and audit trail. */
export function presentDetail(detail: StoredDetail): OrderDetail {
  const { facts, fills, state } = detail.known;
  return {
    ...presentOrder(detail),
    statusDescription: facts?.statusDescription ?? null,
    limitPrice: number(facts?.limitPrice),
    sum: number(state.sum),
    legs: facts === null ? [] : summariseLegs(facts, fills).map(presentLeg),
    fills: fills.map(presentFill),
    audit: detail.audit.map(presentAudit),
  };
}

export function presentLeg(leg: LegSummary): OrderDetail['legs'][number] {
  return {
    legId: leg.legId,
    instruction: leg.instruction,
    symbol: leg.symbol,
    quantity: number(leg.quantity),
    filledQuantity: decimalText(leg.filledQuantity),
    averagePrice: number(leg.averagePrice),
  };
}

function presentFill(fill: RecordedFill): OrderDetail['fills'][number] {
  return {
    key: fill.key,
    legId: fill.legId,
    price: decimalText(fill.price),
    quantity: decimalText(fill.quantity),
    occurredAt: time(fill.occurredAt),
    observedAt: new Date(fill.observedAt).toISOString(),
    version: fill.version,
  };
}

function presentAudit(entry: StoredAuditEntry): OrderDetail['audit'][number] {
  return {
    seq: entry.seq,
    kind: entry.kind,
    before: entry.before,
    after: entry.after,
    reason: entry.reason,
    recordedAt: new Date(entry.recordedAt).toISOString(),
  };
}

function number(value: Decimal | null | undefined): string | null {
  return value === null || value === undefined ? null : decimalText(value);
}

function time(at: Instant | null | undefined): string | null {
  return at === null || at === undefined ? null : new Date(at).toISOString();
}
