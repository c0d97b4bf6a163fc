import type { OrderFacts, OrderLeg, ReportedOrder } from '../order/reported-order.ts';

/**
 * The newer report wins; what it does not say, it does not take back. Only the filled quantity and the closing time
 * are its own: they belong to that answer's fills and status, and an old one beside new fills would be wrong.
 */
export function mergeFacts(known: OrderFacts | null, reported: ReportedOrder): OrderFacts {
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
