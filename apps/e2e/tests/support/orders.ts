import { orderPage, type ListedOrder } from '@fill-tracker/contract';
import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import type { Stack } from '../../src/stack/start-stack.ts';

/** The order as the API lists it; null while it is not in the record. */
export async function listedOrder(stack: Stack, brokerOrderId: string): Promise<ListedOrder | null> {
  const page = orderPage.parse(await stack.ask(`/api/orders?brokerOrderId=${brokerOrderId}`));
  return page.items[0] ?? null;
}

/** Where the dashboard shows the order. Waits until it is in the record. */
export async function orderPath(stack: Stack, brokerOrderId: string): Promise<string> {
  await expect.poll(() => listedOrder(stack, brokerOrderId), `order ${brokerOrderId} in the record`).not.toBeNull();
  const order = await listedOrder(stack, brokerOrderId);
  return `/orders/${order?.id}`;
}

/** The rows of the orders table, or those that hold such a text. */
export function rows(page: Page, hasText: string | RegExp = ''): Locator {
  return page.getByRole('region', { name: 'Orders' }).locator('tbody tr:not([aria-hidden])').filter({ hasText });
}

/** A cell of a row, by the name of its column. */
export function cell(row: Locator, column: 'price' | 'quantity' | 'status' | 'symbol'): Locator {
  return row.locator(`[data-column="${column}"]`);
}

/** One of the marks at the top of each page. */
export function statusMark(page: Page, name: 'Poller' | 'Connection' | 'Market'): Locator {
  return page.getByRole('group', { name });
}
