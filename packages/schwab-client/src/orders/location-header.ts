import { isOrderId } from './order-texts.ts';

/**
 * The order id in the `Location` of a placed order, its last path segment:
 * `https://api.schwabapi.com/trader/v1/accounts/{hash}/orders/1005639387086`, absolute or relative.
 *
 * @returns null when the header is missing, is not about an order, or names no order id: then nothing is known.
 */
export function orderIdFromLocation(location: string | null): string | null {
  if (location === null) return null;
  const path = location
    .trim()
    .replace(/[?#].*$/s, '')
    .replace(/\/$/, '');
  const [parent, id] = path.split('/').slice(-2);
  return parent === 'orders' && id !== undefined && isOrderId(id) ? id : null;
}
