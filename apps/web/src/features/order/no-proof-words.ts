import type { FullOrder } from '@fill-tracker/contract';
import { groupedDecimal } from '../../lib/decimal-text.ts';
import { isUnreadable } from '../../lib/order-words.ts';

const LIMIT_IS_NO_PRICE = 'A limit is not a price that anybody paid.';

const UNREADABLE =
  'What the broker says of this order cannot be read, so nobody here knows whether it filled, or at what price. Its answer stands under “What the broker said”.';

/** Why no fill proves a price. What stands between backticks is a command. */
export function whyNoProof(order: FullOrder): string {
  const { flags, filledQuantity, averagePrice } = order;
  // Without fills an average has one source only: an older record.
  if (flags.includes('NOT_BACKFILLED') || averagePrice !== null) return takenOverText(order);
  if (order.status === 'PENDING' && isUnreadable(order)) return UNREADABLE;
  if (!flags.includes('UNPRICED')) return `Nothing has filled, so there is no price. ${LIMIT_IS_NO_PRICE}`;
  const filled = filledQuantity === null ? 'it' : groupedDecimal(filledQuantity);
  return `The broker says that ${filled} filled and names no price yet, so there is none here. ${LIMIT_IS_NO_PRICE}`;
}

function takenOverText({ averagePrice, brokerOrderId }: FullOrder): string {
  const what =
    averagePrice === null
      ? 'This order was taken over from the older bot’s record, which names no price for it. The broker has not confirmed it yet.'
      : 'This price was taken over from the older bot’s record. The broker has not confirmed it yet, so no fills are behind it.';
  const next =
    brokerOrderId === null
      ? 'It has no order id, so the broker cannot be asked about it.'
      : 'Stop the poller and run `poller backfill`: it asks the broker for the fills.';
  return `${what} ${next}`;
}
