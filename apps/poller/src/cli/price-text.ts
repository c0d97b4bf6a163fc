import type { ListedOrder } from '@fill-tracker/contract';

/** The price of an order in one word: its average, or its net price with its effect; `-` without either. */
export function priceText(order: Pick<ListedOrder, 'averagePrice' | 'netPrice'>): string {
  if (order.netPrice !== null) return `${order.netPrice.amount} ${order.netPrice.effect.toLowerCase()}`;
  return order.averagePrice ?? '-';
}
