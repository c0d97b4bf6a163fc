/**
 * Orders as plain JSON, the one form for every program that shows the record: decimals as canonical text, never as
 * JSON numbers, which would pass through a float; instants as ISO 8601 UTC. The broker's account hash stays behind.
 */
import { decimalText, type Instant, type KnownOrder, type LegSummary, summariseLegs } from '@fill-tracker/domain';
import type { OrderDetail, OrderView, StoredEvidence } from '../orders.ts';
import type { StoredAuditEntry } from '../rows/audit-rows.ts';
import { decimalTextOrNull } from '../rows/decimal-text.ts';
import type { StoredFill } from '../rows/fill-rows.ts';
import { instantText, instantTextOrNull } from '../rows/instant-text.ts';

/**
 * One row of an order list.
 *
 * @param lastCompleteAt end of the last cycle that examined every due order; null before the first
 */
export function presentOrder(view: OrderView, lastCompleteAt: Instant | null) {
  const { facts, state, fills, firstSeenAt, source } = view.known;
  const [leg] = facts?.legs ?? [];
  return {
    id: view.id,
    account: { id: view.account.id, maskedNumber: view.account.maskedNumber },
    brokerOrderId: view.known.brokerOrderId === '' ? null : view.known.brokerOrderId,
    symbol: leg?.symbol ?? null,
    instruction: leg?.instruction ?? null,
    assetType: leg?.assetType ?? null,
    orderType: facts?.orderType ?? null,
    orderSession: facts?.orderSession ?? null,
    duration: facts?.duration ?? null,
    quantity: decimalTextOrNull(facts?.quantity ?? null),
    limitPrice: decimalTextOrNull(facts?.limitPrice ?? null),
    stopPrice: decimalTextOrNull(facts?.stopPrice ?? null),
    filledQuantity: decimalTextOrNull(state.filledQuantity),
    sum: decimalTextOrNull(state.sum),
    averagePrice: decimalTextOrNull(state.averagePrice),
    netPrice: state.netPrice && { amount: decimalText(state.netPrice.amount), effect: state.netPrice.effect },
    priceCents: state.priceCents,
    status: state.status,
    outcome: state.outcome,
    brokerStatus: facts?.brokerStatus ?? null,
    legCount: facts === null ? 0 : summariseLegs(facts, fills).length,
    fillCount: fills.length,
    source,
    enteredAt: instantTextOrNull(facts?.enteredAt ?? null),
    closedAt: instantTextOrNull(state.closedAt),
    firstSeenAt: instantText(firstSeenAt),
    lastChangedAt: instantText(view.lastChangedAt),
    lastCheckedAt: instantText(lastCheckedAt(view, lastCompleteAt)),
    detectionLatencyMs: detectionLatencyMs(view),
    flags: [...state.flags],
  };
}

/** One order with all that is known of it. */
export function presentFullOrder(detail: OrderDetail, lastCompleteAt: Instant | null) {
  const row = presentOrder(detail, lastCompleteAt);
  return {
    ...row,
    statusDescription: detail.known.facts?.statusDescription ?? null,
    legs: detail.legs.map(presentLeg),
    fills: fillsByTime(detail).map(presentFill),
    audit: detail.audit.map(presentAuditEntry),
    chain: [row],
    evidence: detail.evidence.map(presentEvidence),
  };
}

export function presentLeg(leg: LegSummary) {
  return {
    legId: leg.legId,
    instruction: leg.instruction,
    symbol: leg.symbol,
    assetType: leg.assetType,
    quantity: decimalTextOrNull(leg.quantity),
    filledQuantity: decimalText(leg.filledQuantity),
    sum: decimalText(leg.sum),
    averagePrice: decimalTextOrNull(leg.averagePrice),
  };
}

/** One line of the audit trail. */
export function presentAuditEntry(entry: StoredAuditEntry) {
  return {
    seq: entry.seq,
    kind: entry.kind,
    before: entry.before,
    after: entry.after,
    reason: entry.reason,
    actor: entry.actor,
    cycleId: entry.cycleId,
    recordedAt: instantText(entry.recordedAt),
  };
}

/** A pending order is looked at by every complete cycle; another one rests as it was last written. */
function lastCheckedAt({ known, lastChangedAt }: OrderView, lastCompleteAt: Instant | null): Instant {
  if (known.state.status !== 'PENDING' || lastCompleteAt === null) return lastChangedAt;
  return Math.max(lastChangedAt, lastCompleteAt);
}

/** From the broker's time of the last fill until the record had all of them. */
function detectionLatencyMs({ known, lastFillCommittedAt }: OrderView): number | null {
  const occurredAt = known.fills.at(-1)?.occurredAt ?? null;
  if (occurredAt === null || lastFillCommittedAt === null) return null;
  return Math.max(0, lastFillCommittedAt - occurredAt);
}

/** `known` keeps fills by broker time, the record by arrival. */
function fillsByTime({ known, fills }: OrderDetail): readonly StoredFill[] {
  const place = new Map(known.fills.map((fill, i) => [nameOf(fill), i]));
  return fills.toSorted((a, b) => (place.get(nameOf(a)) ?? 0) - (place.get(nameOf(b)) ?? 0));
}

function nameOf({ key, version }: KnownOrder['fills'][number]): string {
  return `${key} ${version}`;
}

function presentFill(fill: StoredFill) {
  return {
    key: fill.key,
    legId: fill.legId,
    price: decimalText(fill.price),
    quantity: decimalText(fill.quantity),
    occurredAt: instantTextOrNull(fill.occurredAt),
    observedAt: instantText(fill.observedAt),
    committedAt: instantText(fill.committedAt),
    version: fill.version,
  };
}

/** The body stays text: parsing it would round its numbers. */
function presentEvidence({ hash, body, requestedAt, correlationId }: StoredEvidence) {
  return { hash, body, requestedAt: instantText(requestedAt), correlationId };
}
