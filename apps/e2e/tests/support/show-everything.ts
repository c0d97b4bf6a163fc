import { summary } from '@fill-tracker/contract';
import { expect } from '@playwright/test';
import type { OrderScript } from '../../src/stack/broker-control.ts';
import type { Stack } from '../../src/stack/start-stack.ts';
import { orderPath } from './orders.ts';

const BUY: OrderScript = {
  symbol: 'GME',
  instruction: 'BUY',
  orderType: 'LIMIT',
  limitPrice: '22.80',
  quantity: '100',
};

const FILLED: OrderScript = {
  ...BUY,
  fills: [
    { afterMs: 0, quantity: '29', price: '22.5352' },
    { afterMs: 0, quantity: '29', price: '22.5354' },
    { afterMs: 0, quantity: '42', price: '22.535541' },
  ],
};

const FLAGGED: OrderScript = { ...BUY, symbol: 'AMC', statusText: 'AWAITING_SOMETHING_NEW' };

const REJECTED: OrderScript = {
  ...BUY,
  symbol: 'TSLA',
  ending: { afterMs: 0, status: 'REJECTED', description: 'Insufficient buying power' },
};

const OTHERS: readonly OrderScript[] = [
  { ...BUY, symbol: 'PLTR', instruction: 'SELL' },
  { ...BUY, symbol: 'NVDA', fills: [{ afterMs: 0, quantity: '40', price: '22.7299' }] },
  { ...BUY, symbol: 'SPY', ending: { afterMs: 0, status: 'CANCELED' } },
  {
    ...BUY,
    symbol: 'QQQ',
    quantity: '1200000',
    fills: [{ afterMs: 0, quantity: '700000', price: '22.12345678' }],
    ending: { afterMs: 0, status: 'EXPIRED' },
  },
];

/** Where the dashboard shows some orders. */
export interface OrderPaths {
  readonly filled: string;
  readonly flagged: string;
  readonly rejected: string;
}

/** Enters an order of each kind, waits until all are recorded, and gives the paths of some. */
export async function showEverything(stack: Stack): Promise<OrderPaths> {
  const { broker } = stack;
  const filled = await broker.script(FILLED);
  const flagged = await broker.script(FLAGGED);
  const rejected = await broker.script(REJECTED);
  for (const order of OTHERS) await broker.script(order);
  const counts = async (): Promise<unknown> => summary.parse(await stack.ask('/api/summary')).counts;
  await expect
    .poll(counts, 'the record of the gallery')
    .toMatchObject({ pending: 3, completed: 2, failed: 2, attention: 1 });
  return {
    filled: await orderPath(stack, filled),
    flagged: await orderPath(stack, flagged),
    rejected: await orderPath(stack, rejected),
  };
}
