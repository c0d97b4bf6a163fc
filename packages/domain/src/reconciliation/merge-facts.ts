import type { Decimal } from '../decimal.ts';
import type { Fill } from '../execution/fill.ts';
import { filledQuantityOf } from '../execution/fill-evidence.ts';
import { summariseLegs } from '../execution/leg-summary.ts';
import type { OrderFacts, OrderLeg, ReportedOrder } from '../order/reported-order.ts';

/**
 * The newer report wins; what it does not say, it does not take back. Only the closing time is its own, and the
 * filled quantity wherever the fills have reached it: an old one beside new fills would be wrong.
 *
 * @param fills what counts once the report is taken in
 */
export function mergeFacts(known: OrderFacts | null, reported: ReportedOrder, fills: readonly Fill[]): OrderFacts {
  const merged = mergeTerms(known, reported);
  return { ...merged, filledQuantity: reported.filledQuantity ?? unprovedClaim(known, merged, fills) };
}

/** What the broker said earlier to have filled, while the fills do not show it yet: quantities only grow. */
function unprovedClaim(known: OrderFacts | null, merged: OrderFacts, fills: readonly Fill[]): Decimal | null {
  const claim = known?.filledQuantity ?? null;
  if (claim === null) return null;
  const silent = { ...merged, filledQuantity: null, brokerStatus: 'WORKING' };
  return claim.gt(filledQuantityOf(silent, summariseLegs(silent, fills))) ? claim : null;
}

function mergeTerms(known: OrderFacts | null, reported: ReportedOrder): OrderFacts {
  return {
    brokerOrderId: reported.brokerOrderId,
    brokerStatus: reported.brokerStatus,
    statusDescription: reported.statusDescription ?? known?.statusDescription ?? null,
    orderType: reported.orderType ?? known?.orderType ?? null,
    orderSession: reported.orderSession ?? known?.orderSession ?? null,
    duration: reported.duration ?? known?.duration ?? null,
    quantity: reported.quantity ?? known?.quantity ?? null,
    filledQuantity: reported.filledQuantity,
    limitPrice: reported.limitPrice ?? known?.limitPrice ?? null,
    stopPrice: reported.stopPrice ?? known?.stopPrice ?? null,
    enteredAt: reported.enteredAt ?? known?.enteredAt ?? null,
    closeTime: reported.closeTime,
    legs: reported.legs.length > 0 ? byLegId(reported.legs) : (known?.legs ?? []),
  };
}

/** In one order, whatever the broker's: else the same legs told the other way round would look like a change. */
function byLegId(legs: readonly OrderLeg[]): readonly OrderLeg[] {
  return legs.toSorted((a, b) => a.legId.localeCompare(b.legId, 'en', { numeric: true }));
}
