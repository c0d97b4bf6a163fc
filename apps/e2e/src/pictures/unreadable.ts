import type { Stack } from '../stack/start-stack.ts';
import { firstOrder } from './cast.ts';
import type { Photographer } from './photographer.ts';

/** Long enough for the fault to be set before the order can be seen, ms. */
const ENTERED_AFTER_MS = 1_500;

/** An order of which nothing can be read but its id: the broker writes a number in a way that nobody foresaw. */
export async function takeUnreadable(stack: Stack, camera: Photographer): Promise<void> {
  const { broker } = stack;
  const terms = { symbol: 'AMD', instruction: 'BUY', orderType: 'MARKET', quantity: '50' } as const;
  const orderId = await broker.script({ ...terms, enteredAfterMs: ENTERED_AFTER_MS });
  await broker.setFaults([{ kind: 'malformed-order', orderId }]);
  const id = await firstOrder(stack, `brokerOrderId=${orderId}`);
  await camera.take(stack.urls.api, [
    { name: 'order-unreadable', path: `/orders/${id}` },
    { name: 'orders-with-unreadable', path: '/orders?status=pending' },
  ]);
  await broker.setFaults([]);
}
