import type { OrderFacts, OrderLeg, ReportedOrder } from '../order/reported-order.ts';

/**
 * The newer report wins; what it does not say, it does not take back. Only the filled quantities and the closing time
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
    leastFilledQuantity: reported.leastFilledQuantity,
    limitPrice: reported.limitPrice ?? known?.limitPrice ?? null,
    stopPrice: reported.stopPrice ?? known?.stopPrice ?? null,
    enteredAt: reported.enteredAt ?? known?.enteredAt ?? null,
    closeTime: reported.closeTime,
    legs: byLegId(mergeLegs(known?.legs ?? [], reported.legs)),
  };
}

/** A leg that is not listed is not taken back either, unless there are others in its place. */
function mergeLegs(known: readonly OrderLeg[], reported: readonly OrderLeg[]): readonly OrderLeg[] {
  const former = new Map(known.map((leg) => [leg.legId, leg]));
  const told = reported.map((leg) => mergeLeg(former.get(leg.legId), leg));
  if (!reported.every(({ legId }) => former.has(legId))) return told;
  const isTold = new Set(reported.map(({ legId }) => legId));
  return [...told, ...known.filter(({ legId }) => !isTold.has(legId))];
}

function mergeLeg(known: OrderLeg | undefined, reported: OrderLeg): OrderLeg {
  return {
    legId: reported.legId,
    instruction: reported.instruction ?? known?.instruction ?? null,
    symbol: reported.symbol ?? known?.symbol ?? null,
    assetType: reported.assetType ?? known?.assetType ?? null,
    quantity: reported.quantity ?? known?.quantity ?? null,
  };
}

/** In one order, whatever the broker's: else the same legs told the other way round would look like a change. */
function byLegId(legs: readonly OrderLeg[]): readonly OrderLeg[] {
  return legs.toSorted((a, b) => a.legId.localeCompare(b.legId, 'en', { numeric: true }));
}
