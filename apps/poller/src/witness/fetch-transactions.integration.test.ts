import { sumOf } from '@fill-tracker/domain';
import { expect, it } from 'vitest';
import { createWorld } from '../testing/world.ts';
import { fetchTransactions } from './fetch-transactions.ts';

const never = new AbortController().signal;

it('reads more trades than one answer holds, each once, alike or not', async (test) => {
  const world = await createWorld(test);
  const alike = Array.from({ length: 2 }, () => ({ quantity: '1', price: '22.73' }));
  const fills = Array.from({ length: 1_600 }, (_, i) => ({ afterMs: 10 * i - 20_000, quantity: '2', parts: alike }));
  const orderId = world.script({
    symbol: 'GME',
    orderType: 'MARKET',
    quantity: '3200',
    enteredAfterMs: -20_000,
    fills,
  });
  // Answers of 3,000 rows take a busy machine a while.
  const poller = await world.preparePoller({ attemptTimeoutMs: 30_000 });
  const [account] = await poller.accounts.current();
  if (account === undefined) throw new Error('the simulator has no account');
  const window = { from: Date.now() - 60_000, to: Date.now() };
  const { trades, unreadable, withoutOrder } = await fetchTransactions(poller, account, window, never);
  expect({ unreadable, withoutOrder }).toEqual({ unreadable: [], withoutOrder: 0 });
  expect(new Set(trades.map((trade) => trade.orderId))).toEqual(new Set([orderId]));
  expect(sumOf(trades.map(({ quantity }) => quantity)).toFixed()).toBe('3200');
  expect(trades).toHaveLength(3_200);
  const asked = world.simulator.requests().filter(({ path }) => path.endsWith('/transactions'));
  expect(asked.length).toBeGreaterThanOrEqual(3);
});
