/** The orders that the pictures show: hours of an ordinary day in the record, a running demo, and some strange ones. */
import { setTimeout as wait } from 'node:timers/promises';
import { orderPage } from '@fill-tracker/contract';
import { seedRecord } from '../seed/seed-record.ts';
import type { OrderScript } from '../stack/broker-control.ts';
import type { Stack } from '../stack/start-stack.ts';

const SEED = 7;
const ORDINARY_ORDERS = 240;
/** Of the running demo, ms. */
const DEMO_EVERY_MS = 1_500;

/** Our ids of orders that have a page in the pictures. */
export type Cast = Readonly<Record<keyof typeof STRANGE | 'spread', number>>;

/** Times in ms from now; shares, USD per share. */
const STRANGE = {
  /** Fills in parts over half a minute, at an average that takes all eight places. */
  parts: {
    symbol: 'GME',
    instruction: 'BUY',
    orderType: 'LIMIT',
    quantity: '120',
    limitPrice: '22.61',
    fills: [
      { afterMs: 6_000, quantity: '15', price: '22.61' },
      { afterMs: 11_000, quantity: '24', price: '22.6098' },
      { afterMs: 17_000, quantity: '27', price: '22.6097' },
      { afterMs: 22_000, quantity: '19', price: '22.6095' },
      { afterMs: 34_000, quantity: '35', price: '22.6099' },
    ],
  },
  partly: {
    symbol: 'MSFT',
    instruction: 'SELL',
    orderType: 'LIMIT',
    quantity: '100',
    limitPrice: '501.2',
    fills: [
      { afterMs: 1_000, quantity: '33', price: '501.2' },
      { afterMs: 2_500, quantity: '7', price: '501.2117' },
    ],
    ending: { afterMs: 9_000, status: 'CANCELED' },
  },
  rejected: {
    symbol: 'IREN',
    instruction: 'BUY',
    orderType: 'LIMIT',
    quantity: '200',
    limitPrice: '41.75',
    ending: {
      afterMs: 800,
      status: 'REJECTED',
      description: 'You do not have enough available cash/buying power for this order.',
    },
  },
  rejectedWithFills: {
    symbol: 'TSLA',
    instruction: 'BUY',
    orderType: 'LIMIT',
    quantity: '50',
    limitPrice: '334.1',
    fills: [{ afterMs: 900, quantity: '20', price: '334.0919' }],
    ending: { afterMs: 4_000, status: 'REJECTED', description: 'Order exceeds the position limit.' },
  },
  /** Said to be filled; the price comes long after the pictures. */
  unpriced: {
    symbol: 'NVDA',
    instruction: 'SELL',
    orderType: 'MARKET',
    quantity: '75',
    fills: [{ afterMs: 3_600_000, quantity: '75', price: '176.2417' }],
    ending: { afterMs: 1_500, status: 'FILLED' },
  },
  unknownStatus: {
    symbol: 'AMZN',
    instruction: 'BUY',
    orderType: 'LIMIT',
    quantity: '40',
    limitPrice: '220.15',
    statusText: 'PENDING_COMPLIANCE_REVIEW',
  },
  outsideLimit: {
    symbol: 'AMD',
    instruction: 'BUY',
    orderType: 'LIMIT',
    quantity: '25',
    limitPrice: '162.7',
    fills: [{ afterMs: 1_200, quantity: '25', price: '162.7442' }],
  },
  /** One fill corrected, one busted, and the rest at work. */
  corrected: {
    symbol: 'GOOG',
    instruction: 'BUY',
    orderType: 'LIMIT',
    quantity: '90',
    limitPrice: '201.4',
    fills: [
      {
        afterMs: 1_000,
        quantity: '30',
        price: '201.3912',
        correction: { afterMs: 9_000, kind: 'CORRECTED', price: '201.3812' },
      },
      { afterMs: 3_000, quantity: '20', price: '201.3899', correction: { afterMs: 12_000, kind: 'BUSTED' } },
    ],
  },
  /** Another price in the account's books. */
  disagreeing: {
    symbol: 'META',
    instruction: 'BUY',
    orderType: 'LIMIT',
    quantity: '12',
    limitPrice: '739.5',
    fills: [{ afterMs: 1_000, quantity: '12', price: '739.4412' }],
    transactions: { price: '739.4612' },
  },
  /** Replaced after a part of it filled. */
  replaced: {
    symbol: 'INTC',
    instruction: 'BUY',
    orderType: 'LIMIT',
    quantity: '100',
    limitPrice: '24.1',
    fills: [{ afterMs: 1_000, quantity: '40', price: '24.0999' }],
    replacedBy: { afterMs: 4_000, limitPrice: '24.2' },
  },
  working: {
    symbol: 'SPY',
    instruction: 'BUY',
    orderType: 'LIMIT',
    quantity: '300',
    limitPrice: '644.9',
    fills: [{ afterMs: 2_000, quantity: '130', price: '644.8831' }],
  },
} as const satisfies Record<string, OrderScript>;

/** Fills the record of a stack that has just started, and waits until the slowest of the strange orders is over. */
export async function enterCast(stack: Stack): Promise<Cast> {
  await stack.poller.stop();
  const pace = { days: 0, burst: { from: 1, to: 2 } };
  const file = stack.databaseFile;
  await seedRecord({ file, orders: ORDINARY_ORDERS, seed: SEED, now: Date.now(), pace, onlyEnded: true });
  await stack.poller.start();
  const entered = await enterStrange(stack);
  await stack.broker.runScenario({ name: 'demo', seed: SEED, everyMs: DEMO_EVERY_MS });
  const idOf = (name: keyof typeof STRANGE, selection = ''): Promise<number> =>
    firstOrder(stack, `brokerOrderId=${entered.get(name)}${selection}`);
  return {
    spread: await spreadIn(stack),
    working: await idOf('working'),
    partly: await idOf('partly'),
    rejected: await idOf('rejected'),
    rejectedWithFills: await idOf('rejectedWithFills'),
    unpriced: await idOf('unpriced'),
    unknownStatus: await idOf('unknownStatus'),
    outsideLimit: await idOf('outsideLimit'),
    corrected: await idOf('corrected'),
    disagreeing: await idOf('disagreeing'),
    replaced: await idOf('replaced'),
    parts: await idOf('parts', '&status=completed'),
  };
}

/** @returns the broker's ids by name */
async function enterStrange(stack: Stack): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>();
  for (const [name, script] of Object.entries(STRANGE)) ids.set(name, await stack.broker.script(script));
  return ids;
}

async function spreadIn(stack: Stack): Promise<number> {
  const { items } = orderPage.parse(await stack.ask('/api/orders?status=completed&limit=500'));
  const spread = items.find(({ legCount }) => legCount > 1);
  if (spread === undefined) throw new Error(`The ordinary day of seed ${SEED} has no order of several legs.`);
  return spread.id;
}

/** Our id of the first order that a selection gives, as soon as it gives one. */
export async function firstOrder(stack: Stack, selection: string): Promise<number> {
  for (;;) {
    const { items } = orderPage.parse(await stack.ask(`/api/orders?${selection}`));
    const [order] = items;
    if (order !== undefined) return order.id;
    await wait(500);
  }
}
