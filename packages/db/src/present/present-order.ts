/**
 * Orders as plain JSON, the one form for every program that shows the record: decimals as canonical text, never as
 * JSON numbers, which would pass through a float; instants as ISO 8601 UTC. The broker's account hash stays behind.
 */
import {
  blindSpotOfFill,
  byTime,
  type Decimal,
  decimalText,
  type LegSummary,
  type Resolution,
  summariseLegs,
} from '@fill-tracker/domain';
import { lastCheckedAt, lookedAtWith, type Looks } from '../looks.ts';
import type { OrderDetail, OrderView, StoredEvidence } from '../orders.ts';
import type { StoredAuditEntry } from '../rows/audit-rows.ts';
import { decimalTextOrNull } from '../rows/decimal-text.ts';
import type { StoredFill, StoredWithdrawnFill } from '../rows/fill-rows.ts';
import { instantText, instantTextOrNull } from '../rows/instant-text.ts';
import type { Verification } from '../verifications.ts';

/** The replacement chain of an order. */
export interface OrderChain {
  /** Oldest first, the order itself among them. */
  readonly orders: readonly OrderView[];
  /** Ids of the record: `to` took the place of `from`. */
  readonly links: readonly { readonly from: number; readonly to: number; readonly basis: 'INFERRED' | 'OPERATOR' }[];
  /** Over all its orders, each counted once; null when they do not trade the same. */
  readonly totals: {
    readonly filledQuantity: Decimal | null;
    readonly sum: Decimal | null;
    readonly averagePrice: Decimal | null;
  } | null;
}

/**
 * One row of an order list.
 *
 * @param looks from which follows when it was last checked
 */
export function presentOrder(view: OrderView, looks: Looks | null) {
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
    lastCheckedAt: instantText(lastCheckedAt(view, looks)),
    lookedAtWith: lookedAtWith(view, looks),
    detectionLatencyMs: detectionLatencyMs(view),
    flags: [...state.flags],
    verdict: view.verification?.verdict ?? null,
  };
}

/**
 * One order with all that is known of it.
 *
 * @param chain its replacement chain; a chain of its own when none is given
 */
export function presentFullOrder(detail: OrderDetail, looks: Looks | null, chain?: OrderChain) {
  const row = presentOrder(detail, looks);
  return {
    ...row,
    statusDescription: detail.known.facts?.statusDescription ?? null,
    legs: detail.legs.map(presentLeg),
    fills: detail.fills.toSorted(byTime).map((fill) => presentFillOfOrder(fill, detail)),
    withdrawnFills: detail.withdrawnFills.toSorted(byTime).map((fill) => presentWithdrawnFill(fill, detail)),
    resolution: detail.known.resolution && presentResolution(detail.known.resolution),
    verification: detail.verification && presentVerification(detail.verification),
    audit: detail.audit.map(presentAuditEntry),
    chain: chain === undefined ? [row] : chain.orders.map((view) => presentOrder(view, looks)),
    chainLinks: (chain?.links ?? []).map(({ from, to, basis }) => ({ from, to, basis })),
    chainTotals: chain?.totals ? presentTotals(chain.totals) : null,
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

/** From the broker's time of the last fill until the record had all of them. */
function detectionLatencyMs({ known, lastFillCommittedAt }: OrderView): number | null {
  const occurredAt = known.fills.at(-1)?.occurredAt ?? null;
  if (occurredAt === null || lastFillCommittedAt === null) return null;
  return Math.max(0, lastFillCommittedAt - occurredAt);
}

export function presentFill(fill: StoredFill) {
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

function presentFillOfOrder(fill: StoredFill, detail: OrderDetail) {
  return { ...presentFill(fill), foundLate: foundLate(fill, detail) };
}

/** The blind spot that kept a fill out of sight. A corrected fill was found with its first version. */
function foundLate({ key, occurredAt }: StoredFill, { fills, withdrawnFills, blindSpots }: OrderDetail) {
  const versions = [...fills, ...withdrawnFills].filter((fill) => fill.key === key);
  const committedAt = Math.min(...versions.map((fill) => fill.committedAt));
  const spot = blindSpotOfFill({ occurredAt, committedAt }, blindSpots);
  return spot && { id: spot.id, cause: spot.cause };
}

function presentWithdrawnFill(fill: StoredWithdrawnFill, detail: OrderDetail) {
  return { ...presentFillOfOrder(fill, detail), withdrawnAt: instantText(fill.withdrawnAt) };
}

function presentResolution({ by, reason, at }: Resolution) {
  return { by, reason, at: instantText(at) };
}

function presentVerification(verification: Verification) {
  return {
    verdict: verification.verdict,
    recordQuantity: decimalTextOrNull(verification.recordQuantity),
    recordSum: decimalTextOrNull(verification.recordSum),
    transactionsQuantity: decimalTextOrNull(verification.transactionsQuantity),
    transactionsSum: decimalTextOrNull(verification.transactionsSum),
    fees: decimalTextOrNull(verification.fees),
    checkedAt: instantText(verification.checkedAt),
  };
}

function presentTotals({ filledQuantity, sum, averagePrice }: NonNullable<OrderChain['totals']>) {
  return {
    filledQuantity: decimalTextOrNull(filledQuantity),
    sum: decimalTextOrNull(sum),
    averagePrice: decimalTextOrNull(averagePrice),
  };
}

/** The body stays text: parsing it would round its numbers. */
function presentEvidence({ hash, body, requestedAt, correlationId }: StoredEvidence) {
  return { hash, body, requestedAt: instantText(requestedAt), correlationId };
}
