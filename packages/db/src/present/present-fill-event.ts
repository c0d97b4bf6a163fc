import type { FillEvent, FillEventOrder } from '../fill-events.ts';
import { instantText } from '../rows/instant-text.ts';
import { EFFECTS, STATUSES } from '../rows/order-rows.ts';
import { wordOf } from '../rows/words.ts';
import { presentFill } from './present-order.ts';

/**
 * One line of the feed of fills. The fill is what it was at that number, but for its key, which may have been refined
 * since; the order is what it is now.
 */
export function presentFillEvent({ seq, kind, replacesSeq, recordedAt, fill, order }: FillEvent) {
  const { committedAt: _committedAt, ...shown } = presentFill(fill);
  const leg = order.legs.find(({ legId }) => legId === fill.legId);
  return {
    sequence: seq,
    kind,
    replacesSequence: replacesSeq,
    recordedAt: instantText(recordedAt),
    order: presentOrderNow(order),
    fill: {
      ...shown,
      symbol: leg?.symbol ?? order.symbol,
      instruction: leg?.instruction ?? order.instruction,
    },
  };
}

function presentOrderNow(order: FillEventOrder) {
  return {
    id: order.id,
    account: order.accountId,
    brokerOrderId: order.brokerOrderId,
    symbol: order.symbol,
    instruction: order.instruction,
    quantity: order.quantity,
    filledQuantity: order.filledQuantity,
    averagePrice: order.averagePrice,
    netPrice:
      order.netPrice === null || order.netEffect === null
        ? null
        : { amount: order.netPrice, effect: wordOf(EFFECTS, order.netEffect) },
    status: wordOf(STATUSES, order.status),
    outcome: order.outcome,
  };
}
